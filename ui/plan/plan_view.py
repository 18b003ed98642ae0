"""The plan itself: painted once a scene, the eye over it at every move; mouse and keys choose where to go."""

from collections.abc import Collection

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from scene.plan import FloorPlan, PlanProjection, compass, fitted, heading_deg, plan_of
from scene.scene import Scene
from ui.plan.drawing import draw_aim, draw_cursor, draw_eye, draw_rooms, draw_works

WIDTH_PX, LEAST_PX, MOST_PX, MARGIN_PX = 236, 84, 190, 12
WORK_WITHIN_PX, AIM_PX = 6.0, 9.0
Point = tuple[float, float, float]
_MOVES = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


class PlanView(QWidget):
    """Emits where to go: `place_wanted` (x, z), `aimed` (x, z, and the point to look at), `work_wanted` (its id)."""

    place_wanted = Signal(float, float)
    aimed = Signal(float, float, float, float)
    work_wanted = Signal(str)
    left = Signal()
    """Escape: the keyboard goes back to the viewport."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("Plan")
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.plan: FloorPlan = plan_of(Scene())
        self.projection = PlanProjection(1.0, 0.0, 0.0)
        self._selected: frozenset[str] = frozenset()
        self._matching: frozenset[str] | None = None
        self._eye: Point = (0.0, 1.6, 0.0)
        self._heading_deg = 0.0
        self._painted: QPixmap | None = None
        self._press: QPointF | None = None
        self._aim: QPointF | None = None
        self.cursor_m: tuple[float, float] | None = None
        """Where the keyboard's cross is; None while it is not used."""

    # -- what is shown ---------------------------------------------------------------------------

    def show_scene(self, scene: Scene) -> None:
        """Another plan."""
        self.plan = plan_of(scene)
        self._fit()
        self.updateGeometry()
        self._describe()

    def show_selection(self, ids: Collection[str]) -> None:
        """Mark these works."""
        if frozenset(ids) != self._selected:
            self._selected = frozenset(ids)
            self._repaint()

    def show_matching(self, ids: Collection[str] | None) -> None:
        """Dim all works but these; None dims none."""
        self._matching = None if ids is None else frozenset(ids)
        self._repaint()

    def show_eye(self, position_m: Point, target_m: Point) -> None:
        """Where one stands and looks."""
        self._eye = position_m
        ahead = (target_m[0] - position_m[0], 0.0, target_m[2] - position_m[2])
        if abs(ahead[0]) + abs(ahead[2]) > 1e-6:
            self._heading_deg = heading_deg(ahead)
        self._describe()
        self.update()

    @property
    def standing_in(self) -> str:
        """The name of the room that one stands in; "" outside."""
        room = self.plan.room_at(self._eye[0], self._eye[2])
        return room.name if room is not None else ""

    def sizeHint(self) -> QSize:
        """As wide as the panel, as high as the plan needs."""
        (x0, z0), (x1, z1) = self.plan.low_m, self.plan.high_m
        high = (WIDTH_PX - 2 * MARGIN_PX) * (z1 - z0) / max(x1 - x0, 1e-6) + 2 * MARGIN_PX
        return QSize(WIDTH_PX, round(min(MOST_PX, max(LEAST_PX, high))))

    minimumSizeHint = sizeHint  # noqa: N815 (Qt's name)

    # -- painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The still plan from its pixmap, then what moves."""
        del event
        if self._painted is None:
            self._painted = self._paint_still()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(0, 0, self._painted)
        at = QPointF(*self.projection.point_px(self._eye[0], self._eye[2]))
        draw_eye(painter, at, self._heading_deg, QRectF(self.rect()))
        if self.cursor_m is not None and self.hasFocus():
            draw_cursor(painter, QPointF(*self.projection.point_px(*self.cursor_m)))
        if self._press is not None and self._aim is not None:
            draw_aim(painter, self._press, self._aim)

    def _paint_still(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        still = QPixmap(self.size() * ratio)
        still.setDevicePixelRatio(ratio)
        still.fill(Qt.GlobalColor.transparent)
        painter = QPainter(still)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        plan, row = self.plan, {i: k for k, i in enumerate(self.plan.work_ids)}
        draw_rooms(painter, plan, self.projection)
        dimmed = np.zeros(len(row), bool)
        if self._matching is not None:
            dimmed[:] = [i not in self._matching for i in plan.work_ids]
        chosen = [row[i] for i in self._selected if i in row]
        draw_works(painter, plan, self.projection, chosen, dimmed, ratio)
        painter.end()
        return still

    def _repaint(self) -> None:
        self._painted = None
        self.update()

    def _fit(self) -> None:
        self.projection = fitted(self.plan, self.width(), self.height(), MARGIN_PX)
        self._repaint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The plan fits whatever size there is."""
        super().resizeEvent(event)
        self._fit()

    def _describe(self) -> None:
        room = f"in {self.standing_in}" if self.standing_in else "outside all rooms"
        words = f"You stand {room}, looking {compass(self._heading_deg)}. {len(self.plan.work_ids):,} works on show."
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)

    # -- pointer ---------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click or an aim begins."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._press, self._aim = event.position(), None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """With the button down: the direction to look."""
        if self._press is not None:
            far = (event.position() - self._press).manhattanLength() > AIM_PX
            self._aim = event.position() if far else None
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go: to the work under the pointer, else to the place."""
        press, aim = self._press, self._aim
        self._press = self._aim = None
        self.update()
        if press is None or event.button() != Qt.MouseButton.LeftButton:
            return
        x, z = self.projection.to_m(press.x(), press.y())
        if aim is not None:
            self.aimed.emit(x, z, *self.projection.to_m(aim.x(), aim.y()))
        else:
            self._go(x, z)

    def event(self, event: QEvent) -> bool:
        """A tool tip names what is under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._name_at(event.pos().x(), event.pos().y()), self)
            return True
        return super().event(event)

    def _name_at(self, x_px: float, y_px: float) -> str:
        x, z = self.projection.to_m(x_px, y_px)
        row = self.plan.work_near(x, z, WORK_WITHIN_PX / self.projection.scale_px_m)
        room = self.plan.room_at(x, z)
        name = self.plan.titles[row] if row is not None else room.name if room is not None else ""
        return f"<span>{name.replace('&', '&amp;').replace('<', '&lt;')}</span>" if name else ""

    def _go(self, x: float, z: float) -> None:
        row = self.plan.work_near(x, z, WORK_WITHIN_PX / self.projection.scale_px_m)
        if row is not None:
            self.work_wanted.emit(self.plan.work_ids[row])
        else:
            self.place_wanted.emit(x, z)

    # -- keys ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move a cross, Page Down and Up take it from room to room, Enter goes there, Escape leaves."""
        key = Qt.Key(event.key())
        if key in _MOVES:
            self._move_cursor(*_MOVES[key], fine=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._next_room(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.cursor_m is not None:
            self._go(*self.cursor_m)
        elif key == Qt.Key.Key_Escape:
            self.cursor_m = None
            self.left.emit()
        else:
            super().keyPressEvent(event)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The cross appears where one stands."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.cursor_m = self.cursor_m or (self._eye[0], self._eye[2])
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The cross goes."""
        super().focusOutEvent(event)
        self.cursor_m = None
        self.update()

    def _move_cursor(self, across: int, down: int, *, fine: bool) -> None:
        x, z = self.cursor_m or (self._eye[0], self._eye[2])
        step = (2.0 if fine else 8.0) / self.projection.scale_px_m
        (x0, z0), (x1, z1) = self.plan.low_m, self.plan.high_m
        self.cursor_m = min(max(x + across * step, x0), x1), min(max(z + down * step, z0), z1)

    def _next_room(self, step: int) -> None:
        rooms = self.plan.rooms
        if not rooms:
            return
        x, z = self.cursor_m or (self._eye[0], self._eye[2])
        here = self.plan.room_at(x, z)
        at = rooms.index(here) + step if here in rooms else (0 if step > 0 else -1)
        self.cursor_m = rooms[at % len(rooms)].middle_m
