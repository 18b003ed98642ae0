"""Which works a box or a lasso on the picture takes: those of which a part is inside and seen."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from viewport.hands.marks import Pixel
from viewport.hands.sight import NEAREST_M, Sight
from viewport.surfaces import Surface
from viewport.works.cards import Cards

_SPOTS = tuple((x, y) for x in (-0.45, 0.0, 0.45) for y in (-0.45, 0.0, 0.45))


def works_inside(cards: Cards, surfaces: Sequence[Surface], sight: Sight, outline: Sequence[Pixel]) -> frozenset[str]:
    """Ids of the works that an outline touches, walls in the way and backs of hung works left out."""
    if not len(cards) or len(outline) < 3:
        return frozenset()
    towards = np.einsum("ij,ij->i", sight.pose.position - cards.centre, cards.normal) > 0
    rows = np.flatnonzero(towards | ~cards.on_wall)
    offsets = [x * cards.size[rows, :1] * cards.right[rows] + y * cards.size[rows, 1:] * cards.up[rows]
               for x, y in _SPOTS]  # fmt: skip
    spots = cards.centre[rows][:, None, :] + np.stack(offsets, axis=1)
    pixels, depth = sight.project(spots)
    inside = _inside(pixels.reshape(-1, 2), np.array(outline)).reshape(depth.shape) & (depth > NEAREST_M)
    touched = np.flatnonzero(inside.any(axis=1))
    first = inside[touched].argmax(axis=1)
    seen = sight.sees(surfaces, spots[touched, first]) if len(touched) else np.zeros(0, bool)
    return frozenset(cards.ids[row] for row in rows[touched[seen]].tolist())


def box_outline(one: Pixel, other: Pixel) -> tuple[Pixel, ...]:
    """The four corners of a box between two pixels."""
    return (one, (other[0], one[1]), other, (one[0], other[1]))


def _inside(points: NDArray[np.float64], outline: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Even-odd rule, for all points at once."""
    found = np.zeros(len(points), bool)
    x, y = points[:, 0], points[:, 1]
    for (ax, ay), (bx, by) in zip(outline, np.roll(outline, -1, axis=0), strict=True):
        crosses = (ay > y) != (by > y)
        with np.errstate(divide="ignore", invalid="ignore"):
            at = (bx - ax) * (y - ay) / (by - ay) + ax
        found ^= crosses & (x < at)
    return found
