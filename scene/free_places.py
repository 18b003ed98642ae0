"""The nearest place on a wall where works fit together: clear of what hangs there and of openings, inside the wall."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from scene.snapping import Box

UPWARD_COST = 3.0
"""A row is left for a place above or below it only when the way along the wall is so many times longer."""
MOST_PAIRS = 48
"""Beyond so many works in the way of works, places are looked for straight along and straight up alone."""
USUAL_GAP_M = 0.45
_SLACK_M = 1e-6
Way = Literal["both", "along", "up"]


@dataclass(frozen=True)
class Space:
    """A wall as works find it: how far it goes, what hangs there, and where it is open."""

    span_m: float
    height_m: float
    others: tuple[Box, ...] = ()
    holes: tuple[Box, ...] = ()

    def shift_for(self, boxes: Sequence[Box], gap_m: float, way: Way = "both") -> tuple[float, float] | None:
        """How far all of these must go together, along and up, to be clear of everything; None where they never are."""
        lows, highs = _forbidden(boxes, self.others, self.holes, gap_m)
        left_m, right_m = -min(box.left_m for box in boxes), self.span_m - max(box.right_m for box in boxes)
        down_m, up_m = -min(box.bottom_m for box in boxes), self.height_m - max(box.top_m for box in boxes)
        along = _candidates(lows[:, 0], highs[:, 0], left_m, right_m)
        upward = _candidates(lows[:, 1], highs[:, 1], down_m, up_m)
        goals = _goals(along if way != "up" else along[:1] * 0.0, upward if way != "along" else upward[:1] * 0.0,
                       straight=len(lows) > MOST_PAIRS)  # fmt: skip
        inside = (goals[:, 0] >= left_m - _SLACK_M) & (goals[:, 0] <= right_m + _SLACK_M)
        inside &= (goals[:, 1] >= down_m - _SLACK_M) & (goals[:, 1] <= up_m + _SLACK_M)
        goals = goals[inside]
        cost = np.abs(goals[:, 0]) + UPWARD_COST * np.abs(goals[:, 1])
        for goal in goals[np.argsort(cost, kind="stable")]:
            if not ((goal > lows + _SLACK_M) & (goal < highs - _SLACK_M)).all(axis=1).any():
                return float(goal[0]), float(goal[1])
        return None


def usual_gap_m(others: Sequence[Box], default_m: float = USUAL_GAP_M) -> float:
    """How far apart the works of a wall usually hang."""
    row = sorted(others, key=lambda box: box.across_m)
    gaps = [b.left_m - a.right_m for a, b in pairwise(row) if b.left_m - a.right_m > 0.02]
    return median(gaps) if gaps else default_m


_Floats = NDArray[np.float64]


def _forbidden(
    boxes: Sequence[Box], others: Sequence[Box], holes: Sequence[Box], gap_m: float
) -> tuple[_Floats, _Floats]:
    """The shifts, as (n, 2) lows and highs, by which one of the boxes would be in the way of something."""
    found = []
    for box in boxes:
        for other, gap in (*((o, gap_m) for o in others), *((hole, 0.0) for hole in holes)):
            reach_m = (box.half_width_m + other.half_width_m + gap, box.half_height_m + other.half_height_m + gap)
            apart_m = (other.across_m - box.across_m, other.height_m - box.height_m)
            found.append([[a - r for a, r in zip(apart_m, reach_m, strict=True)],
                          [a + r for a, r in zip(apart_m, reach_m, strict=True)]])  # fmt: skip
    table = np.array(found, np.float64).reshape(-1, 2, 2)
    return table[:, 0], table[:, 1]


def _candidates(lows: _Floats, highs: _Floats, least: float, most: float) -> _Floats:
    return np.unique(np.concatenate([[0.0, least, most], lows, highs]))


def _goals(along: _Floats, upward: _Floats, *, straight: bool) -> _Floats:
    if straight:
        level = np.stack([along, np.zeros_like(along)], axis=1)
        return np.concatenate([level, np.stack([np.zeros_like(upward), upward], axis=1)])
    x, y = np.meshgrid(along, upward)
    return np.stack([x.ravel(), y.ravel()], axis=1)
