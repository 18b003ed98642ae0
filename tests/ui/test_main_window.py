"""The main window: panels, their keys, its memory, and a name for every control."""

from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSettings, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from agent.ports.library import Facet, Facets
from app.messages import Noticed
from tests.ui.samples import make_proposal, make_result, make_scene
from ui.commands.catalogue import COMMANDS
from ui.main_window import MainWindow


def fill(window: MainWindow) -> None:
    window.commands.add_all(COMMANDS, {command.id: lambda: None for command in COMMANDS})
    window.use_commands()
    window.library.show_result(make_result(30))
    window.outline.show_scene(make_scene())
    window.stage.proposal_bar.show_proposal(make_proposal())
    window.stage.welcome.hide()


def test_every_control_has_an_accessible_name(window: MainWindow) -> None:
    fill(window)
    window.show()
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QAbstractItemView)
    nameless = []
    for control in window.findChildren(QWidget):
        takes_keys = control.focusPolicy() != Qt.FocusPolicy.NoFocus
        if isinstance(control, kinds) and takes_keys and control.isVisible():
            text = control.text() if isinstance(control, QAbstractButton) else ""
            if not control.accessibleName() and not text:
                nameless.append(f"{type(control).__name__} in {type(control.parent()).__name__}")
    assert nameless == []


def test_tab_reaches_every_part(window: MainWindow, qtbot: QtBot) -> None:
    fill(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.library.field.setFocus()
    reached = set()
    for _ in range(80):
        focused = window.focusWidget()
        reached.update(
            name
            for name, part in (
                ("library", window.library), ("outline", window.outline), ("chat", window.chat),
                ("bar", window.stage.proposal_bar), ("tools", window.tools),
            )
            if part.isAncestorOf(focused)
        )  # fmt: skip
        window.focusNextChild()
    assert reached == {"library", "outline", "chat", "bar", "tools"}


def test_panels_are_put_away_and_brought_back(window: MainWindow) -> None:
    fill(window)
    window.show()
    window.toggle_panel("library")
    assert window.docks["library"].isHidden()
    assert not window.commands.actions["view.library"].isChecked()
    window.show_panel("library")
    assert window.docks["library"].isVisible()
    window.docks["conversation"].close()
    window.reset_panels()
    assert [name for name, dock in window.docks.items() if dock.isHidden()] == ["runs"]


def test_the_layout_is_remembered(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.show()
    window.docks["library"].hide()
    window.resize(1_200, 760)
    window.close()
    again = MainWindow(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(again)
    again.restore_layout()
    again.show()
    assert again.docks["library"].isHidden()
    assert again.docks["outline"].isVisible()
    assert (again.width(), again.height()) == (1_200, 760)
    again.commands.dispose()


def test_a_spoilt_memory_is_ignored(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "spoilt.ini").write_text("[window]\ngeometry=garbage\nstate=@ByteArray(garbage)\n")
    window = MainWindow(QSettings(str(tmp_path / "spoilt.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(window)
    window.restore_layout()
    window.show()
    assert window.docks["library"].isVisible()
    window.commands.dispose()


def test_the_title_shows_the_project(window: MainWindow) -> None:
    window.show_project("Night & day")
    assert window.windowTitle() == "Night & day — Vernissage"
    assert window.tools.project.text() == " Night && day"


def test_a_small_screen_is_enough(window: MainWindow, qtbot: QtBot) -> None:
    fill(window)
    window.show()
    window.resize(1_024, 680)
    qtbot.wait(20)
    assert (window.width(), window.height()) == (1_024, 680)
    assert window.minimumSizeHint().width() <= 1_024


def test_tabbed_panels_carry_one_title(window: MainWindow, qtbot: QtBot) -> None:
    window.show()
    outline = window.docks["outline"]
    qtbot.waitUntil(lambda: outline.titleBarWidget().height() == 0)
    window.docks["history"].close()
    qtbot.waitUntil(lambda: outline.titleBarWidget().height() > 0)
    assert window.docks["library"].titleBarWidget().height() > 0
    assert window.tabPosition(Qt.DockWidgetArea.LeftDockWidgetArea).name == "North"


def test_the_window_stays_on_its_screen(window: MainWindow) -> None:
    window.move(300, 200)
    window.stay_within(QRect(0, 0, 1_024, 700))
    assert (window.x(), window.y(), window.width(), window.height()) == (0, 0, 1_024, 700)
    window.stay_within(QRect(0, 0, 2_560, 1_440))
    assert (window.width(), window.height()) == (1_024, 700)


def test_the_window_stays_on_its_screen_with_its_frame(window: MainWindow) -> None:
    screen = window.screen().availableGeometry()
    window.setGeometry(screen.adjusted(20, 30, 20, 30))
    window.stay_within_screen()
    assert screen.contains(window.frameGeometry())
    before = window.geometry()
    window.stay_within_screen()
    assert window.geometry() == before


def test_a_window_kept_on_a_larger_screen_comes_back_whole(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window.resize(1_900, 1_000)
    window.keep_layout()
    again = MainWindow(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(again)
    again.restore_layout()
    screen = QRect(0, 0, 1_024, 700)
    again.stay_within(screen)
    assert screen.contains(again.geometry())
    again.commands.dispose()


def test_escape_closes_notices_one_by_one(window: MainWindow, qtbot: QtBot) -> None:
    window.show()
    for words in ("One.", "Two."):
        window.stage.toasts.show_notice(Noticed("error", words))
    qtbot.keyClick(window.chat.composer.field, Qt.Key.Key_Escape)
    assert [toast.notice.what for toast in window.stage.toasts.shown] == ["One."]
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.stage.toasts.shown == []


def test_the_request_field_has_the_keyboard_first(window: MainWindow) -> None:
    window.show()
    assert window.focusWidget() is window.chat.composer.field


def test_on_a_small_screen_nothing_is_cut(window: MainWindow, qtbot: QtBot) -> None:
    fill(window)
    window.library.show_facets(
        Facets(total=155, tags=tuple(Facet(value=v, count=9) for v in ("sample collection", "night", "blue", "map")))
    )
    window.show()
    window.stay_within(QRect(0, 0, 1_024, 700))
    qtbot.wait(50)
    field = window.chat.composer.field
    assert field.fontMetrics().horizontalAdvance(field.placeholderText()) < field.viewport().width()
    bar = window.library.facet_bar
    for chip in bar.chips.values():
        assert bar.rect().contains(chip.geometry())
        assert chip.width() >= chip.sizeHint().width()
    assert window.rect().contains(QRect(window.chat.mapTo(window, QPoint(0, 0)), window.chat.size()))
