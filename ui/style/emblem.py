"""The program's emblem for title bars and task switchers: a framed picture under a lamp, drawn at every size."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QLinearGradient, QPainter, QPen, QPixmap, QPolygonF

from ui.style.tokens import DARK

SIZES_PX = (16, 24, 32, 48, 128)
_LIGHT = "#fff1d6"


def emblem() -> QIcon:
    """The emblem as an icon that is sharp at the usual sizes."""
    made = QIcon()
    for size_px in SIZES_PX:
        made.addPixmap(emblem_pixmap(size_px))
    return made


def emblem_pixmap(size_px: int) -> QPixmap:
    """The emblem, so many pixels wide and high."""
    drawn = QPixmap(size_px, size_px)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size_px / 64, size_px / 64)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#1b1b20"))
    painter.drawRoundedRect(QRectF(1, 1, 62, 62), 14, 14)
    _paint_light(painter)
    _paint_picture(painter)
    painter.end()
    return drawn


def _paint_light(painter: QPainter) -> None:
    """A cone from the lamp above."""
    cone = QLinearGradient(QPointF(32, 7), QPointF(32, 50))
    cone.setColorAt(0.0, QColor(255, 241, 214, 210))
    cone.setColorAt(1.0, QColor(255, 241, 214, 0))
    painter.setBrush(cone)
    painter.drawPolygon(QPolygonF([QPointF(28, 8), QPointF(36, 8), QPointF(58, 50), QPointF(6, 50)]))
    painter.setBrush(QColor(_LIGHT))
    painter.drawRoundedRect(QRectF(26, 6, 12, 4), 2, 2)


def _paint_picture(painter: QPainter) -> None:
    """A frame in the accent around hills."""
    place = QRectF(14, 20, 36, 30)
    painter.setBrush(QColor("#2f4a5c"))
    painter.drawRect(place)
    painter.setBrush(QColor(_LIGHT))
    painter.drawEllipse(QPointF(39, 29), 4, 4)
    painter.setBrush(QColor("#7dc99b"))
    painter.drawPolygon(QPolygonF([QPointF(14, 50), QPointF(14, 43), QPointF(25, 33), QPointF(42, 50)]))
    painter.setBrush(QColor("#56997a"))
    painter.drawPolygon(QPolygonF([QPointF(30, 50), QPointF(41, 38), QPointF(50, 46), QPointF(50, 50)]))
    frame = QPen(QColor(DARK.accent), 5)
    frame.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(frame)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(place)
