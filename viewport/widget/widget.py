"""The viewport as a Qt widget: one view behind two bodies, OpenGL or raster, with mouse and keyboard navigation."""

import time
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Literal

from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QLabel, QWidget

from scene.change import SceneChange
from scene.proposal import Proposal
from scene.scene import Scene
from scene.themes import Theme
from viewport.camera import Pose
from viewport.navigation import Drag, Navigation, Step
from viewport.offscreen import render_picture
from viewport.ports import Renditions
from viewport.stage import Side
from viewport.view import SceneView
from viewport.widget.bodies import GlBody, RasterBody
from viewport.widget.grasp import Grasp

FRAME_MS = 16
TELL_EVERY_S = 0.25
Point = tuple[float, float, float]
GL_PATIENCE_MS = 2000
CLICK_PX = 5.0
Body = Literal["auto", "gl", "raster"]

_STEPS: dict[int, Step] = {
    Qt.Key.Key_W: "forward",
    Qt.Key.Key_Up: "forward",
    Qt.Key.Key_S: "back",
    Qt.Key.Key_Down: "back",
    Qt.Key.Key_A: "left",
    Qt.Key.Key_D: "right",
    Qt.Key.Key_E: "up",
    Qt.Key.Key_Q: "down",
    Qt.Key.Key_Left: "turn_left",
    Qt.Key.Key_Right: "turn_right",
}


class ViewportWidget(QWidget):
    """Shows scenes; follows the pointer and the keys; renders only when something changed."""

    picked = Signal(str, bool)
    """A click: the work's id, or "" for none, and whether it extends the selection."""
    hovered = Signal(str)
    """The work under the pointer, or ""."""
    activated = Signal(str)
    """A double click on a work."""
    menu_wanted = Signal(str, QPoint)
    """The right button or the menu key: the work's id, or "", and where on the screen."""
    camera_moved = Signal()
    drawn = Signal(float, int, int)
    """Milliseconds of a frame, cards on it and bytes of their textures; at most four times a second."""
    failed = Signal(str)
    """The picture cannot be drawn as wished; the words say why and what happens instead."""

    def __init__(
        self,
        themes: Mapping[str, Theme],
        renditions: Renditions,
        parent: QWidget | None = None,
        body: Body = "auto",
    ) -> None:
        super().__init__(parent)
        self._themes, self._renditions = themes, renditions
        self._stopped = False
        self._told_s = -TELL_EVERY_S
        self._selected: frozenset[str] = frozenset()
        self._hovered = ""
        self._press: QPointF | None = None
        self._last = QPointF()
        self._drag: Drag | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("Viewport")
        self.setAccessibleDescription("The scene in 3D. The outline lists the same works for the keyboard.")
        self._clock = QTimer(self, interval=FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._clock.timeout.connect(self._tick)
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self._wake)
        self._name = self._make_name_tag()
        self.camera_moved.connect(self._point_away)
        self._make_body("raster" if body == "raster" or (body == "auto" and _no_gl_here()) else "gl")
        self.grasp = Grasp(self)

    # -- what is shown ---------------------------------------------------------------------------

    def show_scene(self, scene: Scene) -> None:
        """Show this scene, whatever was shown before."""
        self.view.show(scene)

    def follow(self, change: SceneChange, scene: Scene) -> None:
        """The scene changed."""
        self.view.follow(change, scene)

    def stage(self, proposal: Proposal | None) -> None:
        """Show a proposal as a ghost, or none."""
        self.view.stage(proposal)

    def show_side(self, side: Side) -> None:
        """Before or after the proposal."""
        self.view.show_side(side)

    def select(self, ids: Collection[str]) -> None:
        """Mark these works as selected."""
        self._selected = frozenset(ids)
        self.grasp.hands.select(ids)
        self.view.select(ids)

    def fly_to(self, position_m: Point, target_m: Point, seconds: float = 1.2) -> None:
        """Move the camera, easing."""
        self.view.flights.depart(Pose.of(position_m, target_m), seconds)

    def fly_to_record(self, record_id: str, scene: Scene | None = None) -> None:
        """Move the camera to where a record is best seen."""
        self.view.flights.to_record(record_id, scene)

    def retry_pictures(self, asset_id: str | None = None) -> None:
        """Pixels that could not be had before may be there now."""
        self.view.retry_pictures(asset_id)

    def write_picture(self, path: Path) -> None:
        """Write what is seen to an image file; raises OSError when it cannot be written."""
        stage, pose = self.view.stage_shown, self.view.camera
        scale = self.devicePixelRatioF()
        size = (max(1, round(self.width() * scale)), max(1, round(self.height() * scale)))
        pixels = render_picture(stage.shown, self._themes, self._renditions, size, pose.position_m, pose.target_m)
        Image.fromarray(pixels).save(path)

    def stop(self) -> None:
        """Let go of threads and graphics memory; afterwards the widget only waits to be deleted."""
        if not self._stopped:
            self._stopped = True
            self._clock.stop()
            self._later.stop()
            self._let_go_of_body()

    # -- the bodies ------------------------------------------------------------------------------

    def _make_body(self, kind: Literal["gl", "raster"]) -> None:
        self.body_kind = kind
        if kind == "gl":
            body = GlBody(self)
            self.view = SceneView(self._themes, self._renditions, body.window_vtk)
            body.broken.connect(self._fall_back)
            body.ready.connect(self._wake)
            self._body: GlBody | RasterBody = body
        else:
            self._body = RasterBody(self)
            self.view = SceneView(self._themes, self._renditions)
        self._body.view = self.view
        self.navigation = Navigation(self.view)
        self.view.changed = self._wake
        self._body.setGeometry(self.rect())
        self._body.lower()
        self._body.show()

    def _let_go_of_body(self) -> None:
        self.view.changed = _nothing
        self._body.view = None
        if isinstance(self._body, GlBody):
            self.view.stop_loading()
            self._body.release()
        else:
            self.view.close()

    def _fall_back(self, why: str) -> None:
        """Go on with the raster body, showing the same."""
        if self._stopped or self.body_kind == "raster":
            return
        old, stage = self._body, self.view
        self._let_go_of_body()
        self._make_body("raster")
        self.view.take_over(stage)
        old.hide()
        old.deleteLater()
        self.failed.emit(f"{why}; pictures are drawn without it, a little slower.")

    def _expect_gl(self) -> None:
        if isinstance(self._body, GlBody) and not self._body.is_ready and self.isVisible():
            self._fall_back("OpenGL did not start in this window")

    # -- the frame loop --------------------------------------------------------------------------

    def _wake(self) -> None:
        if not self._stopped and not self._clock.isActive() and self.isVisible():
            self._clock.start()

    def _tick(self) -> None:
        before = self.view.camera.pose
        wanted = self.view.tick(time.monotonic())
        if self.view.dirty:
            self._body.update()
            self._tell_drawn(time.monotonic())
        if self.view.camera.pose is not before:
            self.camera_moved.emit()
        self.grasp.refresh()
        if not wanted and not self.view.dirty:
            self._clock.stop()
            look = self.view.next_look_s
            if look is not None:
                self._later.start(max(50, round((look - time.monotonic()) * 1000)))

    def _tell_drawn(self, now_s: float) -> None:
        if now_s - self._told_s >= TELL_EVERY_S:
            self._told_s = now_s
            self.drawn.emit(self.view.frame_ms, self.view.cards_drawn, self.view.texture_bytes)

    def showEvent(self, event: QEvent) -> None:
        """Begin to draw; a body without OpenGL is replaced after a while."""
        super().showEvent(event)  # type: ignore[arg-type]
        if self.body_kind == "gl":
            QTimer.singleShot(GL_PATIENCE_MS, self, self._expect_gl)
        self._wake()

    def hideEvent(self, event: QEvent) -> None:
        """Nothing is drawn that nobody sees."""
        super().hideEvent(event)  # type: ignore[arg-type]
        self._clock.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The body fills the widget."""
        super().resizeEvent(event)
        self._body.setGeometry(self.rect())
        self.view.touched()

    # -- pointer and keys ------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click or a drag begins; the side buttons go back and forward through places."""
        if event.button() in (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton):
            self.view.flights.retrace("back" if event.button() == Qt.MouseButton.BackButton else "forward")
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._press = self._last = event.position()
        self._drag = None
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, or point at a work."""
        position = event.position()
        if self._press is None:
            self._point_at(position)
            return
        if self._drag is None and (position - self._press).manhattanLength() > CLICK_PX:
            self._drag = self._drag_of(event)
            self._point_away()
        if self._drag is not None:
            moved = position - self._last
            self.navigation.drag(self._drag, moved.x(), moved.y())
            self.camera_moved.emit()
            self._last = position

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press that was no drag picks, or wants a menu."""
        if self._press is not None and self._drag is None and event.button() == Qt.MouseButton.RightButton:
            self._point_away()
            self.menu_wanted.emit(self._work_at(event.position()), event.globalPosition().toPoint())
        if self._press is not None and self._drag is None and event.button() == Qt.MouseButton.LeftButton:
            extend = bool(event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier))
            self.picked.emit(self._work_at(event.position()), extend)
        self._press = self._drag = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fly to the work, or walk to the spot on the floor."""
        self._press = None
        if event.button() != Qt.MouseButton.LeftButton:
            return
        found = self._work_at(event.position())
        if found:
            self.view.flights.to_work(found)
            self.activated.emit(found)
        else:
            self.navigation.walk_to(*self._physical(event.position()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Nearer or farther."""
        self.navigation.wheel(event.angleDelta().y() / 120.0)
        self.camera_moved.emit()
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu key asks for the selected work's menu; the right button does when it is let go without a drag."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.menu_wanted.emit(min(self._selected, default=""), self.mapToGlobal(self.rect().center()))
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is elsewhere."""
        super().leaveEvent(event)
        self._point_away()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No key is held any more."""
        super().focusOutEvent(event)
        self.navigation.release_all()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, turn, go to the entrance, the overview, the next or previous work."""
        step = _STEPS.get(event.key()) if not event.modifiers() & Qt.KeyboardModifier.ControlModifier else None
        if step is not None:
            if not event.isAutoRepeat() or step.startswith("turn"):
                self.navigation.hold(step, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.key() == Qt.Key.Key_Home:
            self.view.flights.home()
        elif event.key() == Qt.Key.Key_End:
            self.view.flights.overview()
        elif event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._tour(1 if event.key() == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """A walking key went up."""
        step = _STEPS.get(event.key())
        if step is not None and not event.isAutoRepeat():
            self.navigation.release(step)
        else:
            super().keyReleaseEvent(event)

    def let_go_of_pointer(self) -> None:
        """Forget the press: somebody else follows this drag."""
        self._press = self._drag = None
        self._point_away()

    def _tour(self, step: int) -> None:
        current = min(self._selected) if len(self._selected) == 1 else None
        found = self.navigation.tour(self.view.work_ids, current, step)
        if found is not None:
            self.picked.emit(found, False)

    def _drag_of(self, event: QMouseEvent) -> Drag:
        if event.buttons() & Qt.MouseButton.MiddleButton or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return "pan"
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return "orbit"
        if event.buttons() & Qt.MouseButton.RightButton:
            return "pan" if self.navigation.natural_drag() == "orbit" else "orbit"
        return self.navigation.natural_drag()

    def _physical(self, position: QPointF) -> tuple[float, float]:
        scale = self.devicePixelRatioF()
        return position.x() * scale, position.y() * scale

    def _work_at(self, position: QPointF) -> str:
        return self.view.pick(*self._physical(position)) or ""

    def _point_at(self, position: QPointF) -> None:
        found = self._work_at(position)
        if found != self._hovered:
            self._hovered = found
            self.view.hover(found or None)
            self.hovered.emit(found)
            self.setCursor(Qt.CursorShape.PointingHandCursor if found else Qt.CursorShape.ArrowCursor)
            self._name.setText(self.view.title_of(found))
            self._name.adjustSize()
        self._name.move(position.toPoint().x() + 16, position.toPoint().y() + 18)
        self._name.setVisible(bool(found) and bool(self._name.text()))

    def _point_away(self) -> None:
        self._name.hide()
        if self._hovered:
            self._hovered = ""
            self.view.hover(None)
            self.hovered.emit("")

    def _make_name_tag(self) -> QLabel:
        tag = QLabel(self)
        tag.setTextFormat(Qt.TextFormat.PlainText)
        tag.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        tag.setStyleSheet("background: rgba(12, 12, 14, 215); color: #f2f2f2; padding: 4px 9px; border-radius: 4px;")
        tag.hide()
        return tag


def _no_gl_here() -> bool:
    return QGuiApplication.platformName() in ("offscreen", "minimal")


def _nothing() -> None:
    return
