"""The hands in a real widget in both bodies, driven with real mouse and key events."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QMouseEvent,
)
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from scene.change import SceneChange
from scene.document import write_document
from scene.records import Placement
from scene.scene import Scene
from scene.store import SceneStore
from scene.themes import Theme
from viewport.hands.hanging import Hangable
from viewport.ports import Renditions
from viewport.widget import ViewportWidget
from viewport.widget.grasp import ASSETS_MIME, asset_ids, assets_mime

LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
SIZE = (640, 400)


class Studio:
    """A widget over a store, as the window wires them."""

    def __init__(self, widget: ViewportWidget, store: SceneStore, qtbot: QtBot) -> None:
        self.widget, self.store, self._qtbot = widget, store, qtbot
        self.refusals: list[str] = []
        hands = widget.grasp.hands
        hands.commit = self._commit
        hands.refused = lambda what, advice: self.refusals.append(what)
        hands.chosen = lambda ids, extend: widget.select(ids)
        widget.picked.connect(lambda found, _: widget.select([found] if found else []))
        store.follow(lambda change, scene, _: widget.follow(change, scene))
        widget.grasp.assets_of = lambda ids: [Hangable(i, i.title(), 1.0) for i in ids if i == "new"]

    def _commit(self, name: str, change: SceneChange) -> bool:
        self.store.commit(name, change)
        return True

    @property
    def steps(self) -> list[str]:
        return [step.name for step in self.store.history.steps]

    def work(self, work_id: str) -> Placement:
        found = self.store.scene.get(work_id)
        assert isinstance(found, Placement)
        return found

    def at(self, x: float, y: float, z: float = -2.96) -> QPoint:
        pixel = self.widget.view.sight().pixel((x, y, z))
        assert pixel is not None
        scale = self.widget.devicePixelRatioF()
        return QPoint(round(pixel[0] / scale), round(pixel[1] / scale))

    def drag(self, *points: QPoint, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press, move in small steps, and stay."""
        self._qtbot.mousePress(self.widget, LEFT, keys, points[0])
        for start, end in pairwise(points):
            for step in range(1, 9):
                place = start + (end - start) * step / 8
                if keys == ALT:  # the bot moves with no key held
                    at, there = QPointF(place), QPointF(self.widget.mapToGlobal(place))
                    QApplication.sendEvent(
                        self.widget, QMouseEvent(QMouseEvent.Type.MouseMove, at, there, NO_BUTTON, LEFT, keys)
                    )
                else:
                    self._qtbot.mouseMove(self.widget, place)
                self._qtbot.wait(2)

    def release(self, point: QPoint) -> None:
        self._qtbot.mouseRelease(self.widget, LEFT, Qt.KeyboardModifier.NoModifier, point)


@pytest.fixture(params=["raster", "gl"])
def studio(
    request: pytest.FixtureRequest, qtbot: QtBot, themes: dict[str, Theme], renditions: Renditions, three: Scene
) -> Iterator[Studio]:
    if request.param == "gl" and QGuiApplication.platformName() in ("offscreen", "minimal"):
        pytest.skip("this platform has no OpenGL in widgets")
    widget = ViewportWidget(themes, renditions, body=request.param)
    qtbot.addWidget(widget, before_close_func=lambda it: it.stop())
    widget.resize(*SIZE)
    widget.show_scene(three)
    widget.show()
    qtbot.waitExposed(widget)
    qtbot.waitUntil(lambda: not widget.clock.is_running, timeout=15_000)
    yield Studio(widget, SceneStore(three), qtbot)
    widget.stop()


def test_click_then_drag_along_the_wall_is_one_step_that_undo_takes_back(studio: Studio, qtbot: QtBot) -> None:
    before = write_document(studio.store.scene)
    start, end = studio.at(0.0, 1.5), studio.at(0.45, 2.2)
    qtbot.mouseClick(studio.widget, LEFT, pos=start)
    studio.drag(start, end)
    studio.release(end)
    assert studio.steps == ["Move “Green”"]
    assert studio.work("work-green").position_m == pytest.approx((0.45, 2.2, -2.96), abs=0.25)
    assert studio.work("work-green").position_m != pytest.approx((0.0, 1.5, -2.96))
    studio.store.undo()
    assert write_document(studio.store.scene) == before


def test_round_the_corner(studio: Studio) -> None:
    studio.widget.select({"work-blue"})
    corner, around = studio.at(3.5, 1.5), studio.at(3.96, 1.5, -1.7)
    studio.drag(studio.at(2.0, 1.5), corner, around)
    studio.release(around)
    assert studio.work("work-blue").wall_id == "right"
    assert studio.steps == ["Move “Blue” to wall right"]


def test_a_corner_handle_resizes(studio: Studio) -> None:
    studio.widget.select({"work-green"})
    gizmo = studio.widget.grasp.hands.gizmo()
    assert gizmo is not None
    handle = next(grip for grip in gizmo.grips if grip.sign == (-1, 1))
    start = QPoint(round(handle.at[0]), round(handle.at[1]))
    studio.drag(start, start + QPoint(-20, -30))
    studio.release(start + QPoint(-20, -30))
    assert studio.work("work-green").size_m[0] > 0.95
    assert studio.steps[0].startswith("Resize “Green”")


def test_a_box_with_shift_selects(studio: Studio) -> None:
    low, high = studio.at(-2.6, 2.5), studio.at(0.2, 0.7)
    studio.drag(low, high, keys=SHIFT)
    image = studio.widget.grab().toImage()
    assert image.pixelColor((low + high) / 2) != image.pixelColor(low - QPoint(8, 8))
    studio.release(high)
    assert studio.widget._selected == {"work-red", "work-green"}


def test_esc_while_dragging_leaves_every_byte_and_a_release_after_it_does_nothing(studio: Studio, qtbot: QtBot) -> None:
    before = write_document(studio.store.scene)
    studio.widget.select({"work-green"})
    start, end = studio.at(0.0, 1.5), studio.at(0.5, 2.0)
    studio.drag(start, end)
    assert studio.widget.view.cards.centre[1, 0] > 0.1, "it moves on the picture"
    qtbot.keyClick(studio.widget, Qt.Key.Key_Escape)
    assert studio.widget.view.cards.centre[1, 0] == pytest.approx(0.0)
    studio.release(end)
    assert write_document(studio.store.scene) == before
    assert studio.steps == []


def test_arrows_nudge_what_is_selected_and_else_walk(studio: Studio, qtbot: QtBot) -> None:
    studio.widget.select({"work-green"})
    eye = studio.widget.view.camera.position_m
    qtbot.keyClick(studio.widget, Qt.Key.Key_Right)
    qtbot.keyClick(studio.widget, Qt.Key.Key_Up, SHIFT)
    assert studio.steps == ["Nudge “Green” 1 cm right", "Nudge “Green” 10 cm up"]
    assert studio.work("work-green").position_m == pytest.approx((0.01, 1.6, -2.96))
    assert studio.widget.view.camera.position_m == eye
    studio.widget.select(())
    qtbot.keyPress(studio.widget, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: studio.widget.view.camera.position_m[2] < eye[2] - 0.1, timeout=10_000)
    qtbot.keyRelease(studio.widget, Qt.Key.Key_Up)


def test_a_drop_on_another_work_slides_to_the_free_place_that_was_shown(studio: Studio) -> None:
    studio.widget.select({"work-green"})
    start, end = studio.at(0.0, 1.5), studio.at(1.5, 1.5)
    studio.drag(start, end)
    preview = studio.widget.grasp.hands.preview
    assert preview is not None
    assert preview.wished
    shown = preview.works[0].position_m
    edge = studio.at(1.5 + 0.45 + 0.06, 1.5)
    image = studio.widget.grab().toImage()
    reds = [image.pixelColor(edge + QPoint(dx, dy)) for dx in range(-6, 7) for dy in range(-12, 13)]
    assert any(c.red() > 200 and c.green() < 120 for c in reds), "the wish is outlined in dashes"
    studio.release(end)
    assert studio.refusals == []
    assert studio.work("work-green").position_m == pytest.approx(shown)
    assert len(studio.steps) <= 1


def test_an_overlap_is_painted_red_and_goes_back_with_a_word_when_nothing_may_slide(studio: Studio) -> None:
    studio.widget.select({"work-green"})
    start, end = studio.at(0.0, 1.5), studio.at(1.7, 1.5)
    studio.drag(start, end, keys=ALT)
    colour = studio.widget.grab().toImage().pixelColor(end + QPoint(9, 22))
    assert colour.red() > 90, "green and red over each other"
    studio.release(end)
    assert studio.steps == []
    assert studio.refusals == ["“Green” and “Blue” overlap."]


def test_an_unselected_work_is_looked_past(studio: Studio) -> None:
    target = studio.widget.view.camera.target_m
    start = studio.at(0.0, 1.5)
    studio.drag(start, start + QPoint(60, 0))
    studio.release(start + QPoint(60, 0))
    assert studio.steps == []
    assert studio.widget.view.camera.target_m != pytest.approx(target)


def test_an_asset_that_is_dropped_hangs_there(studio: Studio, qtbot: QtBot) -> None:
    place = QPointF(studio.at(1.0, 2.9))
    mime = assets_mime(["new"])
    keys = (Qt.DropAction.CopyAction, mime, LEFT, ALT)
    QApplication.sendEvent(studio.widget, QDragEnterEvent(place.toPoint(), *keys))
    over = QDragMoveEvent(place.toPoint(), *keys)
    QApplication.sendEvent(studio.widget, over)
    assert over.isAccepted()
    assert "work-new" in studio.widget.view.cards.row, "the card is seen before it is dropped"
    drop = QDropEvent(place, *keys)
    QApplication.sendEvent(studio.widget, drop)
    assert drop.isAccepted()
    assert studio.steps == ["Hang “New”"]
    assert studio.work("work-new").wall_id == "back"
    qtbot.wait(30)
    assert studio.widget.view.work_ids.count("work-new") == 1


def test_a_drag_that_leaves_or_brings_nothing_known_leaves_no_trace(studio: Studio) -> None:
    before = write_document(studio.store.scene)
    place = studio.at(1.0, 2.9)
    for mime in (assets_mime(["unknown"]), assets_mime([])):
        enter = QDragEnterEvent(place, Qt.DropAction.CopyAction, mime, LEFT, ALT)
        QApplication.sendEvent(studio.widget, enter)
        assert not enter.isAccepted()
    mime = assets_mime(["new"])
    QApplication.sendEvent(studio.widget, QDragEnterEvent(place, Qt.DropAction.CopyAction, mime, LEFT, ALT))
    QApplication.sendEvent(studio.widget, QDragMoveEvent(place, Qt.DropAction.CopyAction, mime, LEFT, ALT))
    QApplication.sendEvent(studio.widget, QDragLeaveEvent())
    assert "work-new" not in studio.widget.view.cards.row
    assert write_document(studio.store.scene) == before


@pytest.mark.parametrize("data", [b"", b"{", b"7", b'{"a": 1}', b"[1, null]", b"\xff\xfe"])
def test_what_is_dragged_from_elsewhere_is_not_trusted(data: bytes) -> None:
    mime = QMimeData()
    mime.setData(ASSETS_MIME, data)
    assert asset_ids(mime) == []
