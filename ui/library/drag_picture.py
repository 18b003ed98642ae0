"""The small picture under the pointer while works are dragged out of the library."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap

from ui.style.worn import tokens

_EDGE_PX = 72


def drag_picture(thumbnail: QPixmap | None, count: int, font: QFont) -> QPixmap:
    """The first work, small, with the number of works when there are several."""
    picture = QPixmap(_EDGE_PX + 12, _EDGE_PX + 12)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(0.9)
    area = QRectF(6, 6, _EDGE_PX, _EDGE_PX)
    if thumbnail is not None:
        size = thumbnail.size().scaled(_EDGE_PX, _EDGE_PX, Qt.AspectRatioMode.KeepAspectRatio)
        area = QRectF(6 + (_EDGE_PX - size.width()) / 2, 6, size.width(), size.height())
        painter.drawPixmap(area, thumbnail, QRectF(thumbnail.rect()))
    else:
        painter.fillRect(area, QColor(tokens().raised))
    if count > 1:
        badge = QRectF(area.right() - 16, area.top() - 6, 24, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().fill))
        painter.drawRoundedRect(badge, 9, 9)
        painter.setPen(QColor(tokens().on_fill))
        painter.setFont(font)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(count))
    painter.end()
    return picture
