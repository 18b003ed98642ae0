"""The outline by mouse and keyboard, in step with the selection."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from scene.scene import Scene
from tests.ui.samples import make_scene
from ui.outline.panel import OutlinePanel


@pytest.fixture
def panel(qtbot: QtBot) -> OutlinePanel:
    made = OutlinePanel()
    qtbot.addWidget(made)
    made.resize(304, 400)
    made.show_scene(make_scene())
    made.show()
    return made


def rows(panel: OutlinePanel) -> int:
    def below(parent: object) -> int:
        count = panel.filter.rowCount(parent)  # type: ignore[arg-type]
        return count + sum(below(panel.filter.index(row, 0, parent)) for row in range(count))  # type: ignore[arg-type]

    return below(panel.tree.rootIndex())


def test_the_selection_comes_in_without_going_out(panel: OutlinePanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.selected):
        panel.show_selection(frozenset({"work-2", "work-3"}))
    assert panel.selected_ids() == {"work-2", "work-3"}


def test_the_keyboard_walks_selects_flies_and_removes(panel: OutlinePanel, qtbot: QtBot) -> None:
    panel.focus_tree()
    for _ in range(2):
        qtbot.keyClick(panel.tree, Qt.Key.Key_Down)
    assert panel.selected_ids() == {"work-0"}
    with qtbot.waitSignal(panel.selected) as caught:
        qtbot.keyClick(panel.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert caught.args == [frozenset({"work-0", "work-1"})]
    with qtbot.waitSignal(panel.activated) as caught:
        qtbot.keyClick(panel.tree, Qt.Key.Key_Return)
    assert caught.args == ["work-1"]
    with qtbot.waitSignal(panel.remove_wanted):
        qtbot.keyClick(panel.tree, Qt.Key.Key_Delete)


def test_a_wall_stands_for_its_works(panel: OutlinePanel, qtbot: QtBot) -> None:
    panel.focus_tree()
    qtbot.keyClick(panel.tree, Qt.Key.Key_Down)
    assert panel.selected_ids() == frozenset(f"work-{n}" for n in range(6))


def test_open_rows_and_the_selection_outlive_a_change(panel: OutlinePanel) -> None:
    panel.show_selection(frozenset({"work-2"}))
    panel.tree.collapse(panel.filter.mapFromSource(panel.model.index_of("signs")))
    panel.show_scene(make_scene(8))
    assert panel.selected_ids() == {"work-2"}
    assert not panel.tree.isExpanded(panel.filter.mapFromSource(panel.model.index_of("signs")))
    assert panel.tree.isExpanded(panel.filter.mapFromSource(panel.model.index_of("room-1")))


def test_words_and_pins_filter(panel: OutlinePanel) -> None:
    everything = rows(panel)
    panel.field.setText("Work 3")
    assert rows(panel) == 3
    panel.field.clear()
    assert rows(panel) == everything
    panel.pinned_only.setChecked(True)
    assert rows(panel) == 3


def test_an_empty_scene_says_what_will_be_here(panel: OutlinePanel) -> None:
    panel.show_scene(Scene())
    assert panel._empty.isVisible()
    assert not panel.field.isVisible()


def test_ten_thousand_works_are_listed(panel: OutlinePanel) -> None:
    panel.show_scene(make_scene(10_000))
    QApplication.processEvents()
    assert rows(panel) > 10_000
