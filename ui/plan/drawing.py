"""How the plan looks: rooms, walls, works as ticks or dots, and who stands where."""

import math
from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QRadialGradient

from scene.cards import Floats
from scene.plan import FloorPlan, PlanProjection
from ui.style.worn import tokens

MOST_TICKS = 3_000
"""With more works than that they are dots."""
LEAST_TICK_PX = 2.2
TICK_INSET_PX = 3.0
CONE_PX, CONE_DEG = 46.0, 74.0
DOT_PX = 3.6


def draw_rooms(painter: QPainter, plan: FloorPlan, projection: PlanProjection) -> None:
    """Floors, walls with their gaps, thresholds and, where they fit, names."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens().plan_floor))
    for room in plan.rooms:
        painter.drawRect(_rect(projection, room.low_m, room.high_m))
    painter.setPen(QPen(QColor(tokens().plan_door), 1.0))
    painter.drawLines(_lines(projection.to_px(plan.doors.reshape(-1, 2, 2))))
    wall = QPen(QColor(tokens().plan_wall), 1.4)
    wall.setCapStyle(Qt.PenCapStyle.SquareCap)
    painter.setPen(wall)
    painter.drawLines(_lines(projection.to_px(plan.walls.reshape(-1, 2, 2))))
    if len(plan.rooms) > 1:
        _draw_names(painter, plan, projection)


def draw_works(
    painter: QPainter,
    plan: FloorPlan,
    projection: PlanProjection,
    selected: Collection[int],
    dimmed: NDArray[np.bool_],
    ratio: float,
) -> None:
    """Ticks just inside the walls; dots where there are many or where they would be too short."""
    lines = projection.to_px(plan.works.reshape(-1, 2, 2)) + plan.fronts[:, None, :] * TICK_INSET_PX
    long_enough = np.hypot(*(lines[:, 1] - lines[:, 0]).T) >= LEAST_TICK_PX
    chosen = np.zeros(len(lines), bool)
    chosen[list(selected)] = True
    quiet = (
        (dimmed & ~chosen, QColor(tokens().plan_dimmed)),
        (~dimmed & ~chosen, QColor(tokens().plan_work)),
    )
    if len(lines) > MOST_TICKS or not long_enough.any():
        middles = lines.mean(axis=1)
        for rows, colour in quiet:
            _draw_dots(painter, middles[rows], colour, ratio)
    else:
        for rows, colour in quiet:
            _draw_ticks(painter, lines[rows], colour, 2.0)
    if chosen.any():
        _draw_ticks(painter, lines[chosen], QColor(tokens().accent), 3.4)


def draw_eye(painter: QPainter, at: QPointF, heading_deg: float, area: QRectF) -> None:
    """Where one stands and what one sees; at the rim of the plan when one is beyond it."""
    place = QPointF(
        min(max(at.x(), area.left() + DOT_PX), area.right() - DOT_PX),
        min(max(at.y(), area.top() + DOT_PX), area.bottom() - DOT_PX),
    )
    glow = QRadialGradient(place, CONE_PX)
    light = QColor(tokens().accent)
    for stop, alpha in ((0.0, 150), (0.35, 84), (1.0, 0)):
        light.setAlpha(alpha)
        glow.setColorAt(stop, light)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(glow)
    around = QRectF(place.x() - CONE_PX, place.y() - CONE_PX, 2 * CONE_PX, 2 * CONE_PX)
    painter.drawPie(around, round((90 - heading_deg - CONE_DEG / 2) * 16), round(CONE_DEG * 16))
    painter.setPen(QPen(QColor(tokens().void), 1.6))
    painter.setBrush(QColor(tokens().accent))
    painter.drawEllipse(place, DOT_PX, DOT_PX)


def draw_cursor(painter: QPainter, at: QPointF) -> None:
    """The keyboard's cross."""
    painter.setPen(QPen(QColor(tokens().text), 1.2))
    for across, down in ((1, 0), (0, 1)):
        for side in (-1, 1):
            step = QPointF(across * side, down * side)
            painter.drawLine(QLineF(at + step * 3.0, at + step * 8.0))


def draw_aim(painter: QPainter, start: QPointF, end: QPointF) -> None:
    """Where one will stand and look while the button is held."""
    painter.setPen(QPen(QColor(tokens().accent), 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(QLineF(start, end))
    back = math.atan2(start.y() - end.y(), start.x() - end.x())
    for turn in (-0.5, 0.5):
        tip = QPointF(end.x() + 6 * math.cos(back + turn), end.y() + 6 * math.sin(back + turn))
        painter.drawLine(QLineF(end, tip))


def _draw_ticks(painter: QPainter, lines: Floats, colour: QColor, width_px: float) -> None:
    painter.setPen(QPen(colour, width_px, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawLines(_lines(lines))


def _draw_dots(painter: QPainter, middles: Floats, colour: QColor, ratio: float) -> None:
    """Thousands of dots at once, as pixels of an image."""
    device = painter.device()
    width, height = round(device.width() * ratio), round(device.height() * ratio)
    pixels = np.zeros((height, width), np.uint32)
    x, y = (middles * ratio).round().astype(np.int64).T
    inside = (x >= 0) & (x < width - 1) & (y >= 0) & (y < height - 1)
    for across, down in ((0, 0), (1, 0), (0, 1), (1, 1)):
        pixels[y[inside] + down, x[inside] + across] = colour.rgba()
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32).copy()
    image.setDevicePixelRatio(ratio)
    painter.drawImage(QPointF(0, 0), image)


def _draw_names(painter: QPainter, plan: FloorPlan, projection: PlanProjection) -> None:
    font = QFont(painter.font())
    font.setPixelSize(tokens().small_px - 1)
    painter.setFont(font)
    painter.setPen(QColor(tokens().faint))
    metrics = QFontMetricsF(font)
    for room in plan.rooms:
        area = _rect(projection, room.low_m, room.high_m).adjusted(8, 8, -8, -8)
        name = room.name if metrics.horizontalAdvance(room.name) <= area.width() else room.name.split(" ")[-1]
        if metrics.horizontalAdvance(name) <= area.width() and metrics.height() <= area.height():
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, name)


def _rect(projection: PlanProjection, low: tuple[float, float], high: tuple[float, float]) -> QRectF:
    return QRectF(QPointF(*projection.point_px(*low)), QPointF(*projection.point_px(*high)))


def _lines(ends: Floats) -> list[QLineF]:
    return [QLineF(x0, y0, x1, y1) for (x0, y0), (x1, y1) in ends.tolist()]
