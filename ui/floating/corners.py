"""Which corner a card goes to so that it covers neither the middle of the picture nor what floats there already."""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, QRectF, QSize

MARGIN_PX, GAP_PX = 18, 10
MIDDLE = QRectF(0.3, 0.32, 0.4, 0.38)
"""Where the eye rests, as shares of the picture: left, top, width, height."""


def corner_for(size: QSize, stage: QSize, top_px: int, others: Iterable[QRect]) -> QRect | None:
    """Upper right, where it stays whatever else comes; else on the left, as low as possible; None without a place."""
    left, right = MARGIN_PX, stage.width() - MARGIN_PX - size.width()
    bottom = stage.height() - MARGIN_PX - size.height()
    taken = list(others)
    for x, y in (
        (right, top_px),
        (left, bottom),
        (left, _above(QRect(QPoint(left, bottom), size), taken)),
        (left, top_px),
    ):
        place = QRect(QPoint(x, y), size)
        if _is_free(place, stage, taken) and y >= top_px:
            return place
    return None


def middle_of(stage: QSize) -> QRect:
    """The part of the picture that is kept free."""
    w, h = stage.width(), stage.height()
    return QRectF(MIDDLE.x() * w, MIDDLE.y() * h, MIDDLE.width() * w, MIDDLE.height() * h).toRect()


def _above(place: QRect, others: Iterable[QRect]) -> int:
    hit = [other.top() for other in others if other.intersects(place)]
    return min(hit) - GAP_PX - place.height() if hit else place.top()


def _is_free(place: QRect, stage: QSize, others: Iterable[QRect]) -> bool:
    inside = QRect(QPoint(0, 0), stage).contains(place)
    return inside and not place.intersects(middle_of(stage)) and not any(place.intersects(other) for other in others)
