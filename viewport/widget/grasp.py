"""Qt's events for the hands: what they take is theirs, everything else stays with the widget and its camera."""

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent, QMouseEvent

from viewport.hands.band import Region
from viewport.hands.hands import Hands
from viewport.hands.hanging import Hangable
from viewport.widget.glass import Glass

if TYPE_CHECKING:
    from viewport.widget.widget import ViewportWidget

ASSETS_MIME = "application/x-vernissage-assets"
"""The type of what is dragged from the library: asset ids as a JSON list."""
DRAG_PX = 5.0
NUDGE_M, FAR_NUDGE_M = 0.01, 0.1
BETWEEN_FRAMES_M = 0.01
MOST_DROPPED = 60
_ARROWS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, 1.0),
    Qt.Key.Key_Down: (0.0, -1.0),
}
_CURSORS = {"handle": Qt.CursorShape.CrossCursor, "work": Qt.CursorShape.OpenHandCursor}


class Grasp(QObject):
    """Listens to a viewport before it does itself, and keeps the glass over it."""

    def __init__(self, widget: "ViewportWidget") -> None:
        super().__init__(widget)
        self._widget = widget
        self.hands = Hands(widget.view)
        self.hands.gap_m = lambda: _apart_m(widget)
        self.glass = Glass(widget, self.hands.marks)
        self.assets_of: Callable[[Sequence[str]], Sequence[Hangable]] = lambda ids: ()
        """Looks asset ids up that are dragged in."""
        self._press: QPointF | None = None
        self._modifiers = Qt.KeyboardModifier.NoModifier
        self._taken = False
        self._pointed = ""
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)
        self.glass.setGeometry(widget.rect())
        self.glass.show()

    def refresh(self) -> None:
        """After a frame: marks follow the eye; the view may be another one."""
        if self.hands.view is not self._widget.view:
            self.hands.cancel()
            self.hands.view = self._widget.view
            self.glass.raise_()
        self.glass.refresh()

    def arm(self, region: Region) -> None:
        """The next drag draws this region."""
        self.hands.armed = region
        self._widget.setCursor(Qt.CursorShape.CrossCursor)
        self._widget.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whether the hands take this event."""
        del watched
        match event.type():
            case QEvent.Type.MouseButtonPress | QEvent.Type.MouseButtonDblClick if isinstance(event, QMouseEvent):
                taken = self._pressed(event)
            case QEvent.Type.MouseMove if isinstance(event, QMouseEvent):
                taken = self._moved(event)
            case QEvent.Type.MouseButtonRelease if isinstance(event, QMouseEvent):
                taken = self._released(event)
            case QEvent.Type.ShortcutOverride if isinstance(event, QKeyEvent):
                taken = self._overrides(event)
            case QEvent.Type.KeyPress if isinstance(event, QKeyEvent):
                taken = self._key(event)
            case QEvent.Type.KeyRelease if isinstance(event, QKeyEvent):
                taken = self._key_up(event)
            case QEvent.Type.DragEnter | QEvent.Type.DragMove | QEvent.Type.DragLeave | QEvent.Type.Drop:
                taken = self._dragged(event)
            case QEvent.Type.Resize:
                self.glass.setGeometry(self._widget.rect())
                return False
            case QEvent.Type.FocusOut:
                self.hands.nudge_end()
                return False
            case _:
                return False
        self.refresh()
        return taken

    # -- pointer ---------------------------------------------------------------------------------

    def _pressed(self, event: QMouseEvent) -> bool:
        if self._taken:
            return True
        left = event.button() == Qt.MouseButton.LeftButton
        self._press, self._modifiers = (event.position(), event.modifiers()) if left else (None, event.modifiers())
        return False

    def _moved(self, event: QMouseEvent) -> bool:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if self._taken:
            self.hands.move(*self._physical(event.position()), alt=alt)
            return True
        if self._press is None:
            self._point_at(event)
            return False
        if (event.position() - self._press).manhattanLength() <= DRAG_PX:
            return False
        start, self._press = self._press, None
        if not self.hands.begin(*self._physical(start), **_held(self._modifiers)):
            return False
        self._taken = True
        self._widget.pointing.let_go()
        self._widget.setCursor(Qt.CursorShape.ClosedHandCursor)
        self.hands.move(*self._physical(event.position()), alt=alt)
        return True

    def _released(self, event: QMouseEvent) -> bool:
        on_handle = self._press is not None and self.hands.point_at(*self._physical(event.position())) == "handle"
        self._press = None
        if self._taken and event.button() == Qt.MouseButton.LeftButton:
            self._taken = False
            self.hands.release()
            self._widget.setCursor(Qt.CursorShape.ArrowCursor)
            return True
        if on_handle:
            self._widget.pointing.let_go()
        return on_handle or self._taken

    def _point_at(self, event: QMouseEvent) -> None:
        found = self.hands.point_at(*self._physical(event.position()))
        if found:
            self._widget.setCursor(_CURSORS[found])
        elif self._pointed:
            self._widget.unsetCursor()
        self._pointed = found

    def _physical(self, position: QPointF) -> tuple[float, float]:
        scale = self._widget.devicePixelRatioF()
        return position.x() * scale, position.y() * scale

    # -- keys ------------------------------------------------------------------------------------

    def _overrides(self, event: QKeyEvent) -> bool:
        """Esc ends a drag before it stops anything else."""
        if event.key() == Qt.Key.Key_Escape and (self.hands.busy or self.hands.armed):
            event.accept()
            return True
        return False

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            return self.hands.cancel()
        way = _ARROWS.get(Qt.Key(event.key()))
        other = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if way is None or event.modifiers() & other or self._taken:
            return False
        step_m = FAR_NUDGE_M if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else NUDGE_M
        return self.hands.nudge(way[0] * step_m, way[1] * step_m)

    def _key_up(self, event: QKeyEvent) -> bool:
        if Qt.Key(event.key()) in _ARROWS and self.hands.busy and not self._taken:
            if not event.isAutoRepeat():
                self.hands.nudge_end()
            return True
        return False

    # -- assets from the library -----------------------------------------------------------------

    def _dragged(self, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and not event.mimeData().hasFormat(ASSETS_MIME):
            return False
        alt = isinstance(event, QDropEvent) and bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if isinstance(event, QDragEnterEvent):
            taken = self.hands.drag_in(self.assets_of(asset_ids(event.mimeData())[:MOST_DROPPED]))
            event.setAccepted(taken)
        elif isinstance(event, QDragMoveEvent):
            event.setAccepted(self.hands.drag_over(*self._physical(event.position()), alt=alt))
        elif isinstance(event, QDropEvent):
            self.hands.drag_over(*self._physical(event.position()), alt=alt)
            event.setDropAction(Qt.DropAction.CopyAction)
            event.setAccepted(self.hands.drop())
        else:
            self.hands.cancel()
        return True


def assets_mime(ids: Sequence[str]) -> QMimeData:
    """Asset ids as something to drag."""
    data = QMimeData()
    data.setData(ASSETS_MIME, json.dumps(list(ids)).encode())
    return data


def asset_ids(data: QMimeData) -> list[str]:
    """The asset ids in what is dragged; none when it is not ours."""
    try:
        found = json.loads(bytes(data.data(ASSETS_MIME).data()))
    except ValueError:
        return []
    return [item for item in found if isinstance(item, str)] if isinstance(found, list) else []


def _apart_m(widget: "ViewportWidget") -> float:
    """Two mouldings and mats side by side, as the theme has them."""
    frame = widget.view.composition.theme.frame
    return 2 * (frame.width_m + frame.mat_m) + BETWEEN_FRAMES_M


def _held(modifiers: Qt.KeyboardModifier) -> dict[str, bool]:
    return {
        "shift": bool(modifiers & Qt.KeyboardModifier.ShiftModifier),
        "control": bool(modifiers & Qt.KeyboardModifier.ControlModifier),
        "alt": bool(modifiers & Qt.KeyboardModifier.AltModifier),
    }
