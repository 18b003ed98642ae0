"""The plan under mouse and keys: a click goes where it points, words say where one is."""

from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from scene.records import Placement, Room
from scene.scene import Scene
from tests.ui.samples import make_scene
from ui.plan.panel import PlanPanel
from ui.plan.plan_view import PlanView
from ui.style.tokens import DARK

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(qtbot: QtBot) -> PlanPanel:
    made = PlanPanel()
    qtbot.addWidget(made)
    quiet = Room(id="room-2", name="Quiet room", order=1, min_corner_m=(10.2, 0), max_corner_m=(16, 8))
    made.view.show_scene(Scene.of([*make_scene(3), quiet]))
    made.show()
    made.adjustSize()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def view(panel: PlanPanel) -> PlanView:
    return panel.view


def pixel(view: PlanView, x: float, z: float) -> QPoint:
    return QPoint(*(round(number) for number in view.projection.point_px(x, z)))


def test_a_click_on_the_floor_means_that_place(view: PlanView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.place_wanted) as wanted:
        qtbot.mouseClick(view, LEFT, pos=pixel(view, 5.0, 6.0))
    assert wanted.args == pytest.approx([5.0, 6.0], abs=0.6 / view.projection.scale_px_m)


def test_a_click_on_a_tick_means_the_work(view: PlanView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.work_wanted) as wanted:
        qtbot.mouseClick(view, LEFT, pos=pixel(view, 2.0, 0.1))
    assert wanted.args == ["work-1"]


def test_a_drag_says_where_to_look(view: PlanView, qtbot: QtBot) -> None:
    start, end = pixel(view, 5.0, 6.0), pixel(view, 5.0, 2.5)
    with qtbot.waitSignal(view.aimed) as aimed:
        QTest.mousePress(view, LEFT, Qt.KeyboardModifier.NoModifier, start)
        QTest.mouseMove(view, end)
        QTest.mouseRelease(view, LEFT, Qt.KeyboardModifier.NoModifier, end)
    assert aimed.args == pytest.approx([5.0, 6.0, 5.0, 2.5], abs=0.6 / view.projection.scale_px_m)


def test_the_keyboard_moves_a_cross_from_room_to_room_and_goes(view: PlanView, qtbot: QtBot) -> None:
    view.show_eye((5, 1.6, 4), (5, 1.6, 0))
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.cursor_m is not None
    assert view.cursor_m[0] > 5
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    with qtbot.waitSignal(view.place_wanted) as wanted:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert wanted.args == pytest.approx([13.1, 4.0])
    for _ in range(200):
        qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.cursor_m == pytest.approx((16.0, 4.0)), "the cross stays on the plan"
    with qtbot.waitSignal(view.left):
        qtbot.keyClick(view, Qt.Key.Key_Escape)


def test_it_says_where_one_stands_and_looks(panel: PlanPanel, view: PlanView) -> None:
    panel.show_eye((5, 1.6, 4), (9, 1.6, 4))
    assert view.accessibleDescription() == "You stand in Neon room, looking east. 3 works on show."
    panel.show_eye((99, 1.6, 4), (99, 9, 4.0001))
    assert view.accessibleDescription().startswith("You stand outside all rooms, looking")


def test_the_eye_the_selection_and_the_filter_are_seen(view: PlanView) -> None:
    def colours() -> set[str]:
        image = view.grab().toImage()
        return {QColor(image.pixel(x, y)).name() for x in range(image.width()) for y in range(image.height())}

    view.show_eye((5, 1.6, 6), (5, 1.6, 0))
    assert DARK.accent in colours()
    view.show_eye((5000, 1.6, 6), (5, 1.6, 0))
    before = view.grab().toImage()
    assert DARK.accent in colours(), "beyond the plan the eye stands at its rim"
    view.show_selection({"work-0"})
    selected = view.grab().toImage()
    assert selected != before
    view.show_matching({"work-2"})
    assert view.grab().toImage() != selected
    view.show_matching(None)
    assert view.grab().toImage() == selected


def test_folding_leaves_a_button_and_tells(panel: PlanPanel, qtbot: QtBot) -> None:
    tall = panel.sizeHint().height()
    with qtbot.waitSignal(panel.folded) as folded:
        panel.toggle()
    assert folded.args == [True]
    assert panel.sizeHint().height() < tall / 2
    assert panel._fold.accessibleName() == "Show the plan"
    panel.toggle()
    assert not panel.is_folded


def test_twenty_thousand_works_are_painted_and_dimmed(qtbot: QtBot) -> None:
    rng = np.random.default_rng(5)
    works = [
        Placement(id=f"w{n}", asset_id="a", position_m=(float(x), 1.5, float(z)), size_m=(1, 1), order=n)
        for n, (x, z) in enumerate(rng.uniform(-60, 60, (20_000, 2)))
    ]
    view = PlanView()
    qtbot.addWidget(view)
    view.show_scene(Scene.of(works))
    view.resize(view.sizeHint())
    plain = view.grab().toImage()
    view.show_matching({"w1"})
    dimmed = view.grab().toImage()
    view.show_scene(Scene())
    pictures = (plain, dimmed, view.grab().toImage())
    assert all(one != other for one, other in combinations(pictures, 2))
