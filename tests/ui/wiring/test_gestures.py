"""Gestures with the mouse and the keyboard in the whole window, over a real session: one step each, and undoable."""

import math
import re
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.session import Session
from scene.change import SceneChange
from scene.document import write_document
from scene.records import AnyRecord, Placement, Room, Viewpoint, Wall
from scene.rules import broken_rules
from scene.scene import Scene
from tests.ui.samples import make_result
from ui.wiring.studio import Studio
from viewport.camera import Pose
from viewport.widget import ViewportWidget
from viewport.widget.grasp import assets_mime

LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SHIFT, CONTROL, ALT = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
Place = tuple[float, float, float]


def room_of_works() -> Scene:
    """Four works on the back wall of a room of 10 by 8 metres, at different heights."""
    corners = {
        "back": ((0, 0), (10, 0)),
        "right": ((10, 0), (10, 8)),
        "front": ((10, 8), (0, 8)),
        "left": ((0, 8), (0, 0)),
    }
    records: list[AnyRecord] = [Room(id="room", name="Room", min_corner_m=(0.0, 0.0), max_corner_m=(10.0, 8.0))]
    records += [
        Wall(
            id=f"room-{name}",
            room_id="room",
            name=name,
            start_m=(float(a[0]), float(a[1])),
            end_m=(float(b[0]), float(b[1])),
        )
        for name, (a, b) in corners.items()
    ]
    for n, (x, y) in enumerate([(1.6, 1.5), (3.6, 1.5), (5.9, 1.62), (8.2, 1.5)]):
        records.append(
            Placement(
                id=f"work-{n}",
                asset_id=f"{n:064x}",
                title=f"Work {n}",
                position_m=(x, y, 0.04),
                size_m=(0.9, 0.7),
                wall_id="room-back",
                room_id="room",
                order=n,
            )
        )
    records.append(Viewpoint(id="entrance", name="Entrance", position_m=(5.0, 1.6, 7.4), target_m=(5.0, 1.5, 0.0)))
    return Scene.of(records)


class Hand:
    """Somebody at the mouse and the keys of one window."""

    def __init__(self, studio: Studio, session: Session, view: ViewportWidget, qtbot: QtBot) -> None:
        self.studio, self.session, self.view, self._qtbot = studio, session, view, qtbot

    def at(self, place: Place) -> QPoint:
        pixel = self.view.view.sight().pixel(place)
        assert pixel is not None
        scale = self.view.devicePixelRatioF()
        return QPoint(round(pixel[0] / scale), round(pixel[1] / scale))

    def work(self, n: int) -> Placement:
        found = self.session.store.scene.get(f"work-{n}")
        assert isinstance(found, Placement)
        return found

    def select(self, *numbers: int) -> None:
        self.view.setFocus()
        self.studio.scene_wires.select(frozenset(f"work-{n}" for n in numbers))

    def click(self, place: Place, keys: Qt.KeyboardModifier = NO_KEY) -> None:
        self._qtbot.mouseClick(self.view, LEFT, keys, self.at(place))

    def drag(self, *path: QPoint, keys: Qt.KeyboardModifier = NO_KEY) -> None:
        self._qtbot.mousePress(self.view, LEFT, keys, path[0])
        for start, end in pairwise(path):
            for step in range(1, 7):
                self._qtbot.mouseMove(self.view, start + (end - start) * step / 6)
                self._qtbot.wait(1)
        self._qtbot.mouseRelease(self.view, LEFT, keys, path[-1])

    def handle(self, kind: str, sign: tuple[int, int] | None = None) -> QPoint:
        gizmo = self.view.grasp.hands.gizmo()
        assert gizmo is not None
        grip = next(grip for grip in gizmo.grips if grip.kind == kind and sign in (None, grip.sign))
        scale = self.view.devicePixelRatioF()
        return QPoint(round(grip.at[0] / scale), round(grip.at[1] / scale))

    def one_step(self, does: Callable[[], object], name: str) -> None:
        """Do it: it is one step of that name, and undo and redo take every byte back and forth."""
        store = self.session.store
        before, steps = write_document(store.scene), len(store.history.steps)
        does()
        after = write_document(store.scene)
        names = [step.name for step in store.history.steps[steps:]]
        assert len(names) == 1
        assert re.fullmatch(name, names[0]), names[0]
        self.studio.run("edit.undo")
        assert write_document(store.scene) == before
        self.studio.run("edit.redo")
        assert write_document(store.scene) == after


@pytest.fixture
def hand(studio: Studio, session: Session, qtbot: QtBot) -> Iterator[Hand]:
    view = ViewportWidget(session.themes, session.renditions)
    studio.use_view(view)
    session.commit("Hang", SceneChange.between(session.store.scene, room_of_works()))
    qtbot.waitUntil(lambda: not view.view.camera.is_flying and view.view.staging.morph is None, timeout=15_000)
    view.view.guide.reduced_motion = True
    yield Hand(studio, session, view, qtbot)
    view.stop()


def test_works_are_chosen_by_click_box_lasso_and_wall(hand: Hand, qtbot: QtBot) -> None:
    session = hand.session
    hand.click(hand.work(1).position_m)
    assert session.selection == {"work-1"}
    hand.click(hand.work(2).position_m, SHIFT)
    assert session.selection == {"work-1", "work-2"}
    hand.click((5.0, 2.6, 0.0))
    assert session.selection == frozenset()
    hand.drag(hand.at((2.6, 2.3, 0.0)), hand.at((6.7, 0.7, 0.0)), keys=SHIFT)
    assert session.selection == {"work-1", "work-2"}
    hand.select()
    loop = [(7.2, 2.4), (9.2, 2.3), (9.1, 0.8), (7.1, 0.9), (7.2, 2.4)]
    hand.drag(*(hand.at((x, y, 0.0)) for x, y in loop), keys=CONTROL)
    assert session.selection == {"work-3"}
    hand.studio.run("select.wall")
    assert session.selection == {f"work-{n}" for n in range(4)}
    hand.studio.run("select.lasso")
    hand.drag(*(hand.at((x, y, 0.0)) for x, y in loop))
    assert session.selection == {"work-3"}, "an armed lasso needs no key"
    qtbot.keyClick(hand.view, Qt.Key.Key_A, CONTROL | SHIFT)


def test_moves_snap_turn_grow_and_go_round_the_corner(hand: Hand) -> None:
    hand.select(2)
    start = hand.at(hand.work(2).position_m)
    hand.one_step(lambda: hand.drag(start, hand.at((6.1, 1.51, 0.04))), "Move “Work 2”")
    assert hand.work(2).position_m[1] == pytest.approx(1.5), "it snaps to the line of its neighbours"
    knob, centre = hand.handle("turn"), hand.at(hand.work(2).position_m)
    reach = math.hypot((knob - centre).x(), (knob - centre).y())
    slanted = centre + QPoint(round(reach * math.sin(math.radians(14))), -round(reach * math.cos(math.radians(14))))
    hand.one_step(lambda: hand.drag(knob, slanted), "Turn “Work 2” to -15.0°")
    hand.select(0)
    corner = hand.handle("scale", (1, 1))
    before = hand.work(0).size_m
    target = hand.at((1.6 - 0.45 + 1.2 + 0.06, 1.5 - 0.35 + 0.933 + 0.06, 0.04))
    hand.one_step(lambda: hand.drag(corner, target, keys=ALT), r"Resize “Work 0” to 1\.\d\d × 0\.9\d m")
    assert hand.work(0).size_m[0] / hand.work(0).size_m[1] == pytest.approx(before[0] / before[1])
    hand.select(3)
    round_the_corner = (hand.at(hand.work(3).position_m), hand.at((9.7, 1.5, 0.04)), hand.at((9.96, 1.5, 2.4)))
    hand.one_step(lambda: hand.drag(*round_the_corner), "Move “Work 3” to wall “right”")
    assert hand.work(3).wall_id == "room-right"


def test_a_work_let_go_over_its_neighbour_hangs_at_the_free_place_that_was_shown(hand: Hand) -> None:
    hand.select(2)
    start, over = hand.at(hand.work(2).position_m), hand.at((7.6, 1.62, 0.04))
    hand.one_step(lambda: hand.drag(start, over), "Move “Work 2”")
    apart = hand.work(3).position_m[0] - hand.work(2).position_m[0]
    assert 0.9 < apart < 2.4
    assert broken_rules(hand.session.store.scene) == []


def test_flying_off_says_that_nothing_is_in_sight_and_leads_back(hand: Hand, qtbot: QtBot) -> None:
    view, astray = hand.view, hand.studio.window.stage.astray
    hand.studio.run("move.fly")
    view.view.camera.go(Pose.of((5.0, 3.0, 12.0), (5.0, 4.0, 30.0)))
    view.setFocus()
    qtbot.keyPress(view, Qt.Key.Key_W)
    qtbot.wait(60)
    qtbot.keyRelease(view, Qt.Key.Key_W)
    qtbot.waitUntil(astray.isVisible, timeout=5_000)
    button = astray.findChildren(QPushButton)[0]
    qtbot.mouseClick(button, LEFT)
    assert view.view.is_indoors
    qtbot.waitUntil(lambda: not astray.isVisible(), timeout=5_000)


def test_keys_and_numbers_move_works(hand: Hand, qtbot: QtBot) -> None:
    hand.select(1)

    def thrice() -> None:
        qtbot.keyPress(hand.view, Qt.Key.Key_Right, SHIFT)
        for _ in range(2):
            QApplication.sendEvent(hand.view, _repeat(Qt.Key.Key_Right, SHIFT))
        qtbot.keyRelease(hand.view, Qt.Key.Key_Right, SHIFT)

    hand.one_step(thrice, "Nudge “Work 1” 30 cm right")
    assert hand.work(1).position_m[0] == pytest.approx(3.9)
    field = hand.studio.window.stage.inspector.fields["height"]

    def typed() -> None:
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, "1.75")
        qtbot.keyClick(field, Qt.Key.Key_Return)

    hand.one_step(typed, "Set height of “Work 1” to 1.75 m")
    assert hand.work(1).position_m[1] == pytest.approx(1.75)


def _repeat(key: Qt.Key, keys: Qt.KeyboardModifier) -> QEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, keys, "", True)


def test_copies_order_and_removal_are_steps(hand: Hand) -> None:
    run, session = hand.studio.run, hand.session
    hand.select(0, 1, 2)
    hand.one_step(lambda: run("arrange.align_top"), "Align tops of 3 works")
    assert len({hand.work(n).position_m[1] for n in range(3)}) == 1
    hand.one_step(lambda: run("arrange.evenly"), "Distribute 3 works")
    gaps = [hand.work(n + 1).position_m[0] - hand.work(n).position_m[0] for n in range(2)]
    assert gaps[0] == pytest.approx(gaps[1])
    hand.select(3)
    hand.one_step(lambda: run("edit.duplicate"), "Duplicate “Work 3”")
    assert len(session.store.scene.placements) == 5
    hand.select(3)
    hand.one_step(lambda: run("edit.delete"), "Remove “Work 3”")
    assert len(session.store.scene.placements) == 4


def test_what_is_dragged_out_of_the_library_hangs_where_it_is_dropped(hand: Hand) -> None:
    library, session = hand.studio.window.library, hand.session
    library.show_result(make_result(3))
    asset = library.rows.asset(2)
    mime = assets_mime([asset.id])
    spot = QPointF(hand.at((4.75, 1.5, 0.04)))
    actions, buttons = Qt.DropAction.CopyAction, LEFT

    def dropped() -> None:
        for event in (
            QDragEnterEvent(spot.toPoint(), actions, mime, buttons, NO_KEY),
            QDragMoveEvent(spot.toPoint(), actions, mime, buttons, NO_KEY),
            QDropEvent(spot, actions, mime, buttons, NO_KEY),
        ):
            QApplication.sendEvent(hand.view, event)
        assert {work.asset_id for work in session.store.scene.placements if work.id in session.selection} == {asset.id}

    hand.studio.run("select.none")
    hand.select(1)
    hand.studio.run("edit.delete")
    hand.one_step(dropped, f"Hang “{asset.title}”")
    new = next(
        work for work in hand.session.store.scene.placements if work.asset_id == asset.id and work.id != "work-2"
    )
    assert new.wall_id == "room-back"
