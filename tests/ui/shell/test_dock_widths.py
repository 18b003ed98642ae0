"""Panels give way in a narrow window and get their width back."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from pytestqt.qtbot import QtBot

from ui.main_window import MainWindow
from ui.shell.dock_widths import PICTURE_PX, fitted

WANTED = {"library": 300, "conversation": 400}


@pytest.mark.parametrize(
    ("window_px", "expected"), [(2000, (300, 400)), (1260, (300, 400)), (910, (150, 200)), (200, (0, 0))]
)
def test_what_is_wanted_is_given_as_far_as_there_is_room(window_px: int, expected: tuple[int, int]) -> None:
    assert tuple(fitted(WANTED, window_px).values()) == expected
    assert fitted({}, window_px) == {}


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    made = MainWindow(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(made)
    made.resize(1500, 800)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_panels_that_were_squeezed_get_their_width_back(window: MainWindow, qtbot: QtBot) -> None:
    library, conversation = window.docks["library"], window.docks["conversation"]
    qtbot.waitUntil(lambda: (library.width(), conversation.width()) == (304, 372))
    window.resize(900, 800)
    qtbot.waitUntil(lambda: library.width() < 304 and conversation.width() < 372)
    assert window.stage.width() >= 380
    window.resize(1500, 800)
    qtbot.waitUntil(lambda: (library.width(), conversation.width()) == (304, 372))
    assert window.stage.width() > PICTURE_PX


def test_what_was_wanted_survives_a_narrow_window(window: MainWindow, qtbot: QtBot) -> None:
    window.widths.wanted["library"] = 350
    window.resize(900, 800)
    qtbot.waitUntil(lambda: window.docks["library"].width() < 350)
    window.keep_layout()
    other = MainWindow(window.settings)
    qtbot.addWidget(other)
    other.restore_layout()
    other.resize(1500, 800)
    other.show()
    qtbot.waitUntil(lambda: other.docks["library"].width() == 350)


def test_a_panel_keeps_the_width_that_it_is_dragged_to(window: MainWindow, qtbot: QtBot) -> None:
    library = window.docks["library"]
    qtbot.waitUntil(lambda: library.width() == 304)
    edge = QPoint(library.geometry().right() + 2, library.geometry().center().y())
    qtbot.mousePress(window, Qt.MouseButton.LeftButton, pos=edge)
    for step in range(1, 7):
        qtbot.mouseMove(window, edge + QPoint(10 * step, 0))
        qtbot.wait(10)
    qtbot.mouseRelease(window, Qt.MouseButton.LeftButton, pos=edge + QPoint(60, 0))
    assert window.widths.wanted["library"] == library.width() > 304
    dragged = library.width()
    window.resize(950, 800)
    qtbot.waitUntil(lambda: library.width() < dragged)
    window.resize(1500, 800)
    qtbot.waitUntil(lambda: library.width() == dragged)
