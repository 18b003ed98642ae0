"""The viewport as a Qt widget: one view behind a body, with mouse and keyboard navigation."""

from collections.abc import Collection, Mapping
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from scene.change import SceneChange
from scene.proposal import Proposal
from scene.scene import Scene
from scene.themes import Theme
from viewport.camera import Pose
from viewport.navigation import Navigation, Step
from viewport.offscreen import render_picture
from viewport.ports import Renditions
from viewport.stage import Side
from viewport.view import SceneView
from viewport.widget.embodiment import Body, Embodiment, Kind
from viewport.widget.frame_clock import FrameClock
from viewport.widget.grasp import Grasp
from viewport.widget.pointing import Pointing

Point = tuple[float, float, float]

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
    lacking = Signal(int)
    """So many works show their title because their picture cannot be had; 0 when all have come."""
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
        self._selected: frozenset[str] = frozenset()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("Viewport")
        self.setAccessibleDescription("The scene in 3D. The outline lists the same works for the keyboard.")
        self.clock = FrameClock(self)
        self.embodiment = Embodiment(self, themes, renditions, body)
        self.pointing = Pointing(self)
        self.camera_moved.connect(self.pointing.away)
        self.grasp = Grasp(self)

    @property
    def view(self) -> SceneView:
        """What is drawn; it is another one after OpenGL was lost."""
        return self.embodiment.view

    @property
    def navigation(self) -> Navigation:
        """What moves the view's camera."""
        return self.embodiment.navigation

    @property
    def body_kind(self) -> Kind:
        """How the picture comes into the window."""
        return self.embodiment.kind

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
        self.pointing.selected(self._selected)
        self.grasp.hands.select(ids)
        self.view.select(ids)

    def is_selected(self, work_id: str) -> bool:
        """Whether a work is marked as selected."""
        return work_id in self._selected

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

    def wake(self) -> None:
        """Something is to be drawn."""
        self.clock.wake()

    def stop(self) -> None:
        """Let go of threads and graphics memory; afterwards the widget only waits to be deleted."""
        self.clock.stop()
        self.embodiment.stop()

    # -- being a widget --------------------------------------------------------------------------

    def showEvent(self, event: QEvent) -> None:
        """Begin to draw; a body without OpenGL is replaced after a while."""
        super().showEvent(event)  # type: ignore[arg-type]
        self.embodiment.expect_gl()
        self.clock.wake()

    def hideEvent(self, event: QEvent) -> None:
        """Nothing is drawn that nobody sees."""
        super().hideEvent(event)  # type: ignore[arg-type]
        self.clock.rest()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The body fills the widget."""
        super().resizeEvent(event)
        self.embodiment.body.setGeometry(self.rect())
        self.view.touched()

    # -- pointer and keys ------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click or a drag begins, or one goes back or forward."""
        self.pointing.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, or point at a work."""
        self.pointing.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press that was no drag picks, or wants a menu."""
        self.pointing.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A second press, soon after a click: let go where it is, it flies to the work or walks to the spot."""
        self.pointing.press(event)

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
        self.pointing.away()

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

    def _tour(self, step: int) -> None:
        current = min(self._selected) if len(self._selected) == 1 else None
        found = self.navigation.tour(self.view.work_ids, current, step)
        if found is not None:
            self.picked.emit(found, False)
