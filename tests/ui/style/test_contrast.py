"""Every word of the window can be read where it stands, in both looks: measured on what is drawn (WCAG AA)."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSettings
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from agent.ports.library import Facet, Facets
from app.messages import Noticed, PlatformStateChanged, SaveChanged
from scene.numbers import Numbers
from tests.ui.samples import make_proposal, make_result, make_scene
from tests.ui.style.test_tokens import contrast
from ui.commands.catalogue import COMMANDS
from ui.main_window import MainWindow
from ui.settings.look_page import LookPage
from ui.shell.shortcuts import ShortcutsDialog
from ui.style.apply import dress
from ui.style.tokens import DARK, LIGHT

WORDS = (QLabel, QAbstractButton, QLineEdit, QComboBox)


@pytest.fixture
def dressing(qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    dress(qapp)


def fill(window: MainWindow) -> None:
    window.commands.add_all(COMMANDS, {command.id: lambda: None for command in COMMANDS})
    window.use_commands()
    facets = Facets(colours=(Facet(value="magenta", count=4),), tags=(Facet(value="neon", count=4),), total=30)
    window.library.show_facets(facets)
    window.library.show_result(make_result(30))
    window.outline.show_scene(make_scene())
    window.chat.begin_turn("t", "create a cyberpunk gallery", "Plan first")
    window.stage.welcome.hide()
    window.stage.proposal_bar.show_proposal(make_proposal())
    window.stage.toasts.show_notice(Noticed("error", "It broke.", "All is kept.", "Try again.", "r-1"))
    window.stage.inspector.show_numbers("Harbour", 1, Numbers(1.0, 1.5, 0.9, 0.6, 0.0, False, True), True)
    window.stage.inspector.show()
    window.stage.banner.show_state("signed_out", "Your session has ended.")
    window.status.show_platform(PlatformStateChanged("ready", "The library is ready"))
    window.status.show_save(SaveChanged("saved"))
    window.show_panel("runs")


def unreadable(window: QWidget) -> list[str]:
    """Words that stand on a ground they cannot be told from, with their contrast."""
    drawn, found = window.grab().toImage(), []
    for part in window.findChildren(QWidget):
        text = words_of(part) if part.window() is window else ""
        if not text.strip() or not part.isVisible() or not part.isEnabled() or part.visibleRegion().isEmpty():
            continue
        place = QRect(part.mapTo(window, QPoint(0, 0)), part.size()).intersected(window.rect())
        if place.width() < 6 or place.height() < 6:
            continue
        role = QPalette.ColorRole.PlaceholderText if is_invitation(part) else part.foregroundRole()
        ink = over(part.palette().color(QPalette.ColorGroup.Active, role), ground := ground_of(drawn, place))
        ratio = contrast(ink, ground)
        if ratio < 4.5:
            found.append(f"{type(part).__name__} “{text[:40]}” {ratio:.2f}")
    return found


def words_of(part: QWidget) -> str:
    if is_invitation(part):
        return str(part.placeholderText())  # type: ignore[attr-defined]
    return part.currentText() if isinstance(part, QComboBox) else part.text() if isinstance(part, WORDS) else ""


def is_invitation(part: QWidget) -> bool:
    """Whether it shows only what could be written into it."""
    return (isinstance(part, QLineEdit) and not part.text()) or (
        isinstance(part, QPlainTextEdit) and not part.toPlainText()
    )


def over(ink: QColor, ground: str) -> str:
    """What is seen of ink that is not opaque."""
    below, alpha = QColor(ground), ink.alphaF()
    seen = [
        round(255 * (a * alpha + b * (1 - alpha))) for a, b in zip(ink.getRgbF()[:3], below.getRgbF()[:3], strict=True)
    ]
    return QColor(*seen).name()


def ground_of(drawn: QImage, place: QRect) -> str:
    """The colour that most of a place has."""
    across, down = range(place.left(), place.right(), 3), range(place.top(), place.bottom(), 2)
    return Counter(drawn.pixelColor(x, y).name() for x in across for y in down).most_common(1)[0][0]


def test_every_word_can_be_read_in_both_looks_also_where_one_is_put_on_later(
    window: MainWindow, dressing: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    fill(window)
    window.show()
    qtbot.waitExposed(window)
    page = LookPage(QSettings(str(tmp_path / "w.ini"), QSettings.Format.IniFormat), lambda command_id: None)
    dialogs = (ShortcutsDialog(window.commands, window), page)
    for made in dialogs:
        qtbot.addWidget(made)
        made.show()
    for look in (LIGHT, DARK):
        dress(dressing, look)
        assert {type(part).__name__: unreadable(part) for part in (window, *dialogs)} == {
            "MainWindow": [], "ShortcutsDialog": [], "LookPage": [],
        }, look.scheme  # fmt: skip
        assert window.stage.toasts.grab().toImage().pixelColor(30, 6).name() == look.raised
