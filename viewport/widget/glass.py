"""A pane of glass over the picture on which the hands' marks are painted: crisp lines, handles and a few words."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from viewport.hands.marks import Knob, Line, Mark, Role, Tag

_COLOURS: dict[Role, str] = {
    "frame": "#f6f6f8", "handle": "#ffffff", "hot": "#e8b25c", "guide": "#17c9ff", "bad": "#ff4f45", "band": "#e8b25c",
}  # fmt: skip
_SHADE = QColor(10, 10, 12)
_TINTS: dict[Role, int] = {"bad": 80, "band": 36}
_INK = "#17171a"
DASH_PX = 6.0
EDGE_PX = 6.0
"""Words keep so far from the edges of the pane."""


class Glass(QWidget):
    """Lies over a body and lets every event through; `marks` is asked for whenever it is painted."""

    def __init__(self, parent: QWidget, marks: Callable[[], Sequence[Mark]]) -> None:
        super().__init__(parent)
        self._marks = marks
        self._shown: Sequence[Mark] = ()
        self.covered: Callable[[], Sequence[QRectF]] = lambda: ()
        """What lies over the pane, in its logical pixels: words keep clear of it."""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)

    def refresh(self) -> None:
        """Paint again where the marks are not the ones that are seen."""
        wanted = self._marks()
        if wanted != self._shown:
            self._shown = wanted
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the marks, words last."""
        del event
        if not self._shown:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = self.devicePixelRatioF()
        painter.scale(1 / scale, 1 / scale)
        for mark in self._shown:
            if isinstance(mark, Line):
                _line(painter, mark, scale)
        for mark in self._shown:
            if isinstance(mark, Knob):
                _knob(painter, mark, scale)
        pane = QRectF(0, 0, self.width() * scale, self.height() * scale)
        covered = [QRectF(r.topLeft() * scale, r.size() * scale) for r in self.covered()]
        for mark in self._shown:
            if isinstance(mark, Tag):
                _tag(painter, mark, scale, pane, covered)


def clear_place(plate: QRectF, pane: QRectF, covered: Sequence[QRectF], edge: float = EDGE_PX) -> QRectF:
    """The plate, moved as little as it takes to lie within the pane and under nothing that covers it."""
    inner = pane.adjusted(edge, edge, -edge, -edge)
    held = _held(plate, inner)
    if not any(held.intersects(over) for over in covered):
        return held
    beside = [
        _held(held.translated(by), inner)
        for over in covered
        for by in (
            QPointF(over.left() - edge - held.right(), 0),
            QPointF(over.right() + edge - held.left(), 0),
            QPointF(0, over.top() - edge - held.bottom()),
            QPointF(0, over.bottom() + edge - held.top()),
        )
    ]
    free = [place for place in beside if not any(place.intersects(over) for over in covered)]
    return min(free, key=lambda place: (place.center() - held.center()).manhattanLength(), default=held)


def _held(plate: QRectF, inner: QRectF) -> QRectF:
    left = max(inner.left(), min(plate.left(), inner.right() - plate.width()))
    top = max(inner.top(), min(plate.top(), inner.bottom() - plate.height()))
    return QRectF(left, top, plate.width(), plate.height())


def _line(painter: QPainter, line: Line, scale: float) -> None:
    """A bright line over a darker one, so that it is seen on white walls and on black ones."""
    shape = QPolygonF([QPointF(x + 0.5, y + 0.5) for x, y in line.points])
    colour = QColor(_COLOURS[line.role])
    if line.filled:
        tint = QColor(colour)
        tint.setAlpha(_TINTS.get(line.role, 40))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tint)
        painter.drawPolygon(shape)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    width = {"guide": 1.3, "bad": 2.4, "band": 1.4}.get(line.role, 1.4) * scale
    shade = QColor(_SHADE)
    shade.setAlpha(70 if line.role == "guide" else 130)
    for pen in (QPen(shade, width + (1.4 if line.role == "guide" else 2.0) * scale), QPen(colour, width)):
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        if line.dashed:
            pen.setDashPattern([DASH_PX * scale / pen.widthF(), DASH_PX * scale / pen.widthF()])
        painter.setPen(pen)
        if line.closed:
            painter.drawPolygon(shape)
        else:
            painter.drawPolyline(shape)


def _knob(painter: QPainter, knob: Knob, scale: float) -> None:
    painter.save()
    painter.translate(QPointF(knob.at[0] + 0.5, knob.at[1] + 0.5))
    painter.scale(scale, scale)
    hot = knob.role == "hot"
    painter.setPen(QPen(QColor(_INK), 1.4))
    painter.setBrush(QColor(_COLOURS["hot" if hot else "handle"]))
    if knob.shape == "square":
        half = 5.5 if hot else 4.5
        painter.drawRoundedRect(QRectF(-half, -half, 2 * half, 2 * half), 1.5, 1.5)
    elif knob.shape == "disc":
        painter.drawEllipse(QPointF(0, 0), 8.5 if hot else 7.5, 8.5 if hot else 7.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawArc(QRectF(-3, -3, 6, 6), 70 * 16, 250 * 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(_INK))
        painter.drawPolygon(QPolygonF([QPointF(0.4, -5.4), QPointF(4.4, -3.0), QPointF(0.8, -0.4)]))
    else:
        painter.rotate(knob.angle_deg)
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in _ARROW]))
    painter.restore()


_ARROW = (
    (-11, 0), (-5, -5.5), (-5, -1.8), (5, -1.8), (5, -5.5), (11, 0), (5, 5.5), (5, 1.8), (-5, 1.8), (-5, 5.5),
)  # fmt: skip


def _tag(painter: QPainter, tag: Tag, scale: float, pane: QRectF, covered: Sequence[QRectF]) -> None:
    """Words on a small dark plate, centred on their place as far as the pane is free there."""
    font = QFont(painter.font())
    font.setPixelSize(max(8, round(12 * scale)))
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    width = painter.fontMetrics().horizontalAdvance(tag.text) + 14 * scale
    height = painter.fontMetrics().height() + 6 * scale
    wanted = QRectF(tag.at[0] - width / 2, tag.at[1] - height / 2, width, height)
    plate = clear_place(wanted, pane, covered, EDGE_PX * scale)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(_COLOURS["bad"]) if tag.role == "bad" else QColor(18, 18, 21, 225))
    painter.drawRoundedRect(plate, 4 * scale, 4 * scale)
    painter.setPen(QColor(_INK) if tag.role == "bad" else QColor(_COLOURS[tag.role]))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, tag.text)
