"""The pointer over the viewport: clicks pick, drags move the camera, and what is under it is named."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLabel

from viewport.navigation import Drag

if TYPE_CHECKING:
    from viewport.widget.widget import ViewportWidget

CLICK_PX = 5.0
_TAG_STYLE = "background: rgba(12, 12, 14, 215); color: #f2f2f2; padding: 4px 9px; border-radius: 4px;"
_SIDEWAYS = (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton)
_EXTENDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class Pointing(QObject):
    """Follows one widget's mouse."""

    def __init__(self, widget: "ViewportWidget") -> None:
        super().__init__(widget)
        self._widget = widget
        self._hovered = ""
        self._press: QPointF | None = None
        self._last = QPointF()
        self._drag: Drag | None = None
        self._is_second = False
        """Whether this press comes so soon after a click that it makes a double click, unless it becomes a drag."""
        self.name_tag = QLabel(widget)
        self.name_tag.setTextFormat(Qt.TextFormat.PlainText)
        self.name_tag.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.name_tag.setStyleSheet(_TAG_STYLE)
        self.name_tag.hide()

    def press(self, event: QMouseEvent) -> None:
        """A click or a drag begins; the side buttons go back and forward through places."""
        if event.button() in _SIDEWAYS:
            way = "back" if event.button() == Qt.MouseButton.BackButton else "forward"
            self._widget.view.flights.retrace("back" if way == "back" else "forward")
            return
        self._widget.setFocus(Qt.FocusReason.MouseFocusReason)
        self._press = self._last = event.position()
        self._drag = None
        self._is_second = event.type() == QEvent.Type.MouseButtonDblClick
        event.accept()

    def move(self, event: QMouseEvent) -> None:
        """Drag, or point at a work."""
        position = event.position()
        if self._press is None:
            self._point_at(position)
            return
        if self._drag is None and (position - self._press).manhattanLength() > CLICK_PX:
            self._drag = self._drag_of(event)
            self.away()
        if self._drag is not None:
            moved = position - self._last
            self._widget.navigation.drag(self._drag, moved.x(), moved.y())
            self._widget.camera_moved.emit()
            self._last = position

    def release(self, event: QMouseEvent) -> None:
        """A press that was no drag picks, or wants a menu."""
        if self._press is not None and self._drag is None:
            if event.button() == Qt.MouseButton.RightButton:
                self.away()
                self._widget.menu_wanted.emit(self._work_at(event.position()), event.globalPosition().toPoint())
            elif event.button() == Qt.MouseButton.LeftButton:
                extends = bool(event.modifiers() & _EXTENDS)
                if self._is_second and not extends:
                    self._double_click(event)
                else:
                    self._widget.picked.emit(self._work_at(event.position()), extends)
        self._press = self._drag = None

    def let_go(self) -> None:
        """Forget the press: somebody else follows this drag."""
        self._press = self._drag = None
        self.away()

    def away(self) -> None:
        """Nothing is pointed at."""
        self.name_tag.hide()
        if self._hovered:
            self._hovered = ""
            self._widget.view.hover(None)
            self._widget.hovered.emit("")

    def selected(self, ids: Collection[str]) -> None:
        """What is selected has handles, which the name would cover."""
        if self._hovered in ids:
            self.name_tag.hide()

    def _double_click(self, event: QMouseEvent) -> None:
        """Fly to the work, or walk to the spot on the floor."""
        found = self._work_at(event.position())
        if found:
            self._widget.view.flights.to_work(found)
            self._widget.activated.emit(found)
        else:
            self._widget.navigation.walk_to(*self._physical(event.position()))

    def _drag_of(self, event: QMouseEvent) -> Drag:
        natural = self._widget.navigation.natural_drag()
        if event.buttons() & Qt.MouseButton.MiddleButton or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return "pan"
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return "orbit"
        if event.buttons() & Qt.MouseButton.RightButton:
            return "pan" if natural == "orbit" else "orbit"
        return natural

    def _physical(self, position: QPointF) -> tuple[float, float]:
        scale = self._widget.devicePixelRatioF()
        return position.x() * scale, position.y() * scale

    def _work_at(self, position: QPointF) -> str:
        return self._widget.view.pick(*self._physical(position)) or ""

    def _point_at(self, position: QPointF) -> None:
        found, tag = self._work_at(position), self.name_tag
        if found != self._hovered:
            self._hovered = found
            self._widget.view.hover(found or None)
            self._widget.hovered.emit(found)
            self._widget.setCursor(Qt.CursorShape.PointingHandCursor if found else Qt.CursorShape.ArrowCursor)
            tag.setText(self._widget.view.title_of(found))
            tag.adjustSize()
        tag.move(position.toPoint().x() + 16, position.toPoint().y() + 18)
        tag.setVisible(bool(found) and bool(tag.text()) and not self._widget.is_selected(found))
