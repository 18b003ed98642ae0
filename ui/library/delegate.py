"""Paints one thumbnail of the library grid; before it is there, the work's own main colour."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.library.rows import Role
from ui.style.tokens import DARK
from ui.style.worn import tokens

_INSET, _RADIUS, _CAPTION = 4, 4, 20


class ThumbnailDelegate(QStyledItemDelegate):
    """A cropped thumbnail with its title below; the selected one is ringed, one that hangs has a dot."""

    def __init__(self, edge_px: int) -> None:
        super().__init__()
        self.cell = QSize(edge_px, edge_px + _CAPTION)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Every cell is the same."""
        return self.cell

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        cell: QRect = option.rect.adjusted(_INSET, _INSET, -_INSET, -_INSET)
        picture = cell.adjusted(0, 0, 0, -_CAPTION)
        if not index.data(Role.FITS):
            painter.setOpacity(0.38)
        _paint_picture(painter, picture, index.data(Role.PIXMAP), index.data(Role.COLOUR))
        _paint_ring(painter, picture, option.state)
        if index.data(Role.HUNG):
            _paint_dot(painter, picture)
        title = str(index.data(Qt.ItemDataRole.DisplayRole))
        _paint_title(painter, cell, title, option.font)
        painter.restore()


def _paint_picture(painter: QPainter, place: QRect, pixmap: QPixmap | None, colour: str | None) -> None:
    path = QPainterPath()
    path.addRoundedRect(place, _RADIUS, _RADIUS)
    if pixmap is None:
        painter.fillPath(path, QColor(colour or tokens().raised))
        return
    painter.save()
    painter.setClipPath(path)
    painter.drawPixmap(place, pixmap, _cropped(pixmap.size(), place.size()))
    painter.restore()


def _cropped(source: QSize, shape: QSize) -> QRect:
    """The largest centred part of the source that has the shape's aspect."""
    fitted = shape.scaled(source, Qt.AspectRatioMode.KeepAspectRatio)
    return QRect(
        (source.width() - fitted.width()) // 2,
        (source.height() - fitted.height()) // 2,
        fitted.width(),
        fitted.height(),
    )


def _paint_ring(painter: QPainter, place: QRect, state: QStyle.StateFlag) -> None:
    selected = bool(state & QStyle.StateFlag.State_Selected)
    hovered = bool(state & QStyle.StateFlag.State_MouseOver)
    if not selected and not hovered:
        return
    painter.setPen(QPen(QColor(tokens().accent if selected else tokens().faint), 2 if selected else 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(place, _RADIUS, _RADIUS)


def _paint_dot(painter: QPainter, place: QRect) -> None:
    painter.setPen(QPen(QColor(DARK.void), 2))
    painter.setBrush(QColor(tokens().fill))
    painter.drawEllipse(place.right() - 13, place.top() + 5, 8, 8)


def _paint_title(painter: QPainter, cell: QRect, title: str, font: object) -> None:
    painter.setPen(QColor(tokens().soft))
    small = painter.font()
    small.setPixelSize(tokens().small_px)
    painter.setFont(small)
    place = QRect(cell.left(), cell.bottom() - _CAPTION + 4, cell.width(), _CAPTION - 4)
    shown = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
