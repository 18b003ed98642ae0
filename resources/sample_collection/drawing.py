"""Anti-aliased drawing: shapes set down on a sheet that is larger than the picture and shrunk when read."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from PIL import Image, ImageDraw

from resources.sample_collection.palette import Floats

Fill = int | tuple[int, ...]


class Sheet:
    """A drawing surface of `mode` "L" (coverage) or "RGB", in the picture's own pixel coordinates."""

    def __init__(self, width: int, height: int, mode: str = "L", fill: Fill = 0, scale: int = 2) -> None:
        self.width, self.height, self.scale = width, height, scale
        self.image = Image.new(mode, (width * scale, height * scale), fill)
        self._pen = ImageDraw.Draw(self.image)

    def _flat(self, points: ArrayLike) -> list[Any]:
        return (np.asarray(points, dtype=np.float64) * self.scale).ravel().tolist()

    def polygon(self, points: ArrayLike, fill: Fill = 255) -> None:
        """A filled polygon through (N, 2) points."""
        self._pen.polygon(self._flat(points), fill=fill)

    def raw_polygon(self, corners: list[float], fill: Fill) -> None:
        """A filled polygon in the sheet's own, already scaled coordinates; the quick way for thousands."""
        self._pen.polygon(corners, fill=fill)

    def polygons(self, many: Iterable[ArrayLike], fills: Sequence[Fill]) -> None:
        """Filled polygons, later ones over earlier ones."""
        for points, fill in zip(many, fills, strict=True):
            self._pen.polygon(self._flat(points), fill=fill)

    def line(self, points: ArrayLike, width_px: float = 1.0, fill: Fill = 255) -> None:
        """A line with round joints through (N, 2) points."""
        self._pen.line(self._flat(points), fill=fill, width=max(1, round(width_px * self.scale)), joint="curve")

    def disc(self, x: float, y: float, radius: float, fill: Fill = 255, radius_y: float | None = None) -> None:
        """A filled circle or upright ellipse."""
        s, ry = self.scale, radius if radius_y is None else radius_y
        self._pen.ellipse([(x - radius) * s, (y - ry) * s, (x + radius) * s, (y + ry) * s], fill=fill)

    def ring(self, x: float, y: float, radius: float, width_px: float = 1.0, fill: Fill = 255) -> None:
        """A circle's outline."""
        s = self.scale
        box = [(x - radius) * s, (y - radius) * s, (x + radius) * s, (y + radius) * s]
        self._pen.ellipse(box, outline=fill, width=max(1, round(width_px * s)))

    def arc(self, x: float, y: float, radius: float, start: float, end: float, width_px: float, fill: Fill) -> None:
        """A part of a circle's outline between two angles in degrees, clockwise from the right."""
        s = self.scale
        box = [(x - radius) * s, (y - radius) * s, (x + radius) * s, (y + radius) * s]
        self._pen.arc(box, start, end, fill=fill, width=max(1, round(width_px * s)))

    def box(self, left: float, top: float, right: float, bottom: float, fill: Fill = 255) -> None:
        """A filled rectangle; nothing when it is empty."""
        s = self.scale
        if right > left and bottom > top:
            self._pen.rectangle([left * s, top * s, right * s - 1, bottom * s - 1], fill=fill)

    def taper(self, points: ArrayLike, widths_px: ArrayLike, fill: Fill = 255) -> None:
        """A stroke whose width changes from point to point."""
        self.polygon(tapered(points, widths_px), fill)

    def read(self) -> Floats:
        """The sheet at the picture's size, 0 to 1, as (H, W) or (H, W, 3)."""
        small = self.image.reduce(self.scale) if self.scale > 1 else self.image
        return np.asarray(small, dtype=np.float32) * np.float32(1 / 255)


def tapered(points: ArrayLike, widths_px: ArrayLike) -> Floats:
    """The outline of a stroke along (N, 2) points with a width at each."""
    path = np.asarray(points, dtype=np.float32)
    half = np.asarray(widths_px, dtype=np.float32)[:, None] / 2
    along = np.gradient(path, axis=0)
    length = np.maximum(np.hypot(along[:, :1], along[:, 1:]), 1e-6)
    side = np.concatenate([-along[:, 1:], along[:, :1]], axis=1) / length
    return np.concatenate([path + side * half, (path - side * half)[::-1]]).astype(np.float32)


def curve(points: ArrayLike, steps: int = 24) -> Floats:
    """A Bezier curve of any degree through its first and last control point."""
    knots = np.asarray(points, dtype=np.float64)
    share = np.linspace(0, 1, steps)[:, None, None]
    layer = np.broadcast_to(knots, (steps, *knots.shape))
    while layer.shape[1] > 1:
        layer = layer[:, :-1] * (1 - share) + layer[:, 1:] * share
    return layer[:, 0].astype(np.float32)


def over(below: Floats, colour: Floats, cover: Floats) -> Floats:
    """A colour (3,) or (H, W, 3) laid over a picture where `cover` (H, W) says."""
    result: Floats = below + (colour - below) * cover[..., None]
    return result


def shifted(field: Floats, down: int, right: int) -> Floats:
    """A field moved down and to the right by whole pixels; the edge is repeated."""
    moved: Floats = np.pad(field, ((down, 0), (right, 0)), mode="edge")[: field.shape[0], : field.shape[1]]
    return moved
