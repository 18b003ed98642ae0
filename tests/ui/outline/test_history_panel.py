"""The history as a list to walk."""

from datetime import datetime, timedelta, timezone

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from scene.change import SceneChange
from scene.history import Step
from ui.outline.history_panel import TIME_ROLE, HistoryPanel, spoken_time

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


@pytest.mark.parametrize(
    ("at", "words"), [("2026-05-04T12:32:10+00:00", "14:32"), ("2026-05-02T12:32:10+00:00", "2 May"), ("", "")]
)
def test_steps_show_when_they_were_made(at: str, words: str) -> None:
    now = datetime(2026, 5, 4, 18, 0, tzinfo=timezone(timedelta(hours=2)))
    assert spoken_time(at, now) == words


def test_a_long_name_leaves_room_for_its_time(qtbot: QtBot) -> None:
    panel = HistoryPanel()
    qtbot.addWidget(panel)
    panel.resize(220, 200)
    panel.show()
    panel.show_steps(
        [Step("1", "A very long name of a step that does not fit", SceneChange(), at="2020-01-02T10:00:00")]
    )
    item = panel.list.item(0)
    assert item.data(TIME_ROLE) == "2 Jan"
    option = QStyleOptionViewItem()
    option.rect = panel.list.visualItemRect(item)
    panel._delegate.initStyleOption(option, panel.list.indexFromItem(item))
    assert option.text.endswith("…")
    assert panel.grab().width() == 220
