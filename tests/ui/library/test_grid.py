"""Keys in the grid of thumbnails."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from agent.ports.library import Facet, Facets
from tests.ui.samples import make_result
from ui.library.panel import LibraryPanel


@pytest.mark.parametrize(
    ("key", "modifiers", "picked"),
    [
        (Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier, 6),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, 1),
        (Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier, 1),
    ],
)
def test_keys_for_all_and_for_removing_do_not_reach_the_show(
    qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier, picked: int
) -> None:
    window, panel, reached = QMainWindow(), LibraryPanel(), list[bool]()
    qtbot.addWidget(window)
    action = QAction("Of the show", window)
    action.setShortcut(QKeySequence(int(key) | modifiers.value))
    action.triggered.connect(lambda: reached.append(True))
    window.addAction(action)
    window.setCentralWidget(panel)
    window.resize(320, 600)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    panel.show_facets(Facets(tags=(Facet(value="neon", count=6),), total=6))
    panel.show_result(make_result(6))
    panel.grid.setFocus()
    panel.grid.setCurrentIndex(panel.grid.rows.index(0, 0))
    qtbot.keyClick(panel.grid, key, modifiers)
    assert not reached
    assert len(panel.grid.picked_ids()) == picked
    qtbot.keyClick(window, key, modifiers)
    assert reached, "elsewhere in the window they do"
