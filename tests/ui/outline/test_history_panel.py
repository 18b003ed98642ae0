"""The history as a list to walk."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from scene.change import SceneChange
from scene.history import Step
from ui.outline.history_panel import HistoryPanel

STEPS = [Step(str(n), name, SceneChange()) for n, name in enumerate(("Neon gallery", "Move", "Theme: Noir"))]


def test_newest_first_and_undone_on_top(qtbot: QtBot) -> None:
    panel = HistoryPanel()
    qtbot.addWidget(panel)
    panel.show_steps(STEPS[:2], STEPS[2:])
    assert [panel.list.item(row).text() for row in range(3)] == ["Theme: Noir", "Move", "Neon gallery"]


def test_enter_goes_back_or_forward_to_a_step(qtbot: QtBot) -> None:
    panel = HistoryPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.show_steps(STEPS[:2], STEPS[2:])
    wanted: list[int] = []
    panel.wanted.connect(wanted.append)
    for row in (2, 1, 0):
        panel.list.setCurrentRow(row)
        qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert wanted == [-1, 1]
