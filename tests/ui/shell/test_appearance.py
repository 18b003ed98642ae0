"""Dark, light or as the system: kept between starts, and worn at once by all that is drawn."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.shell.appearance import SETTING, Appearance, chosen_appearance, tokens_for
from ui.style.apply import dress
from ui.style.icons import icon
from ui.style.mark import Mark
from ui.style.tokens import DARK, LIGHT
from ui.style.worn import colour_of, tokens


@pytest.fixture
def appearance(qapp: QApplication, tmp_path: Path) -> Iterator[Appearance]:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    holder = QWidget()
    yield Appearance(qapp, settings, holder)
    qapp.styleHints().unsetColorScheme()
    if tokens() is not DARK:
        dress(qapp)


@pytest.mark.parametrize(
    ("choice", "told", "worn"),
    [
        ("system", Qt.ColorScheme.Light, LIGHT),
        ("system", Qt.ColorScheme.Dark, DARK),
        ("system", Qt.ColorScheme.Unknown, DARK),
        ("light", Qt.ColorScheme.Dark, LIGHT),
        ("dark", Qt.ColorScheme.Light, DARK),
    ],
)
def test_the_choice_comes_before_the_system(choice: str, told: Qt.ColorScheme, worn: object) -> None:
    assert tokens_for(choice, told) is worn


@pytest.mark.parametrize("strange", ["purple", "", "1", "[]"])
def test_a_strange_setting_is_the_systems(tmp_path: Path, strange: str) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    settings.setValue(SETTING, strange)
    assert chosen_appearance(settings) == "system"


def inks(drawn: QImage) -> set[str]:
    places = ((x, y) for x in range(drawn.width()) for y in range(drawn.height()))
    return {found.name() for place in places if (found := drawn.pixelColor(*place)).alpha() == 255}


def test_a_choice_is_worn_at_once_and_kept_and_what_is_there_follows(
    appearance: Appearance, qapp: QApplication, qtbot: QtBot
) -> None:
    made, mark = icon("circle-fill", "faint"), Mark(16)
    qtbot.addWidget(mark)
    mark.show_icon("circle-fill", "good")
    for choice, look in (("light", LIGHT), ("dark", DARK)):
        appearance.choose(choice)
        assert (appearance.choice, tokens()) == (choice, look)
        assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(look.panel)
        assert look.raised in qapp.styleSheet()
        assert look.faint in inks(made.pixmap(QSize(16, 16)).toImage())
        assert look.good in inks(mark.grab().toImage())
        assert (colour_of("#123456"), colour_of("faint")) == ("#123456", look.faint)
