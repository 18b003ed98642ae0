"""Snapping on a plane: centre lines, edges, even gaps and round angles that a work being moved falls into."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Kind = Literal["line", "middle", "gap", "centre", "edge"]
MOST_NEIGHBOURS = 80
LEAST_GAP_M = 0.02
_SAME_M = 0.002
_RELUCTANCE: dict[Kind, float] = {"line": 0.0, "gap": 0.05, "middle": 0.1, "centre": 0.1, "edge": 0.2}
"""Of two places almost equally near, the one that a hanging team would mean is taken (in shares of the tolerance)."""


@dataclass(frozen=True)
class Box:
    """A work's outline on a plane: its centre, and half of its width and height, in metres."""

    across_m: float
    height_m: float
    half_width_m: float
    half_height_m: float

    @property
    def left_m(self) -> float:
        """Its left edge."""
        return self.across_m - self.half_width_m

    @property
    def right_m(self) -> float:
        """Its right edge."""
        return self.across_m + self.half_width_m

    @property
    def bottom_m(self) -> float:
        """Its lower edge."""
        return self.height_m - self.half_height_m

    @property
    def top_m(self) -> float:
        """Its upper edge."""
        return self.height_m + self.half_height_m

    def at(self, across_m: float, height_m: float) -> "Box":
        """The same outline elsewhere."""
        return Box(across_m, height_m, self.half_width_m, self.half_height_m)

    def meets(self, other: "Box", gap_m: float = 0.0) -> bool:
        """Whether the two cover a common part of the plane, or come nearer than a gap."""
        near = abs(self.across_m - other.across_m) < self.half_width_m + other.half_width_m + gap_m
        return near and abs(self.height_m - other.height_m) < self.half_height_m + other.half_height_m + gap_m


@dataclass(frozen=True)
class Guide:
    """A thin line to draw while something snaps: from one (across, height) to another; gaps carry their length."""

    kind: Kind
    start_m: tuple[float, float]
    end_m: tuple[float, float]
    length_m: float | None = None


@dataclass(frozen=True)
class Snapped:
    """Where the box ended up, and what it fell into."""

    across_m: float
    height_m: float
    guides: tuple[Guide, ...] = ()


@dataclass(frozen=True)
class _Place:
    at_m: float
    kind: Kind
    others: tuple[Box, ...] = ()
    line_m: float = 0.0
    """Where the line is drawn, on the axis that snaps."""
    gaps: tuple[tuple[float, float], ...] = ()
    """Spans from left to right that are equally long."""


def snapped(box: Box, others: Sequence[Box], tolerance_m: float, span_m: float | None = None) -> Snapped:
    """Where a box falls into place among others within a tolerance; `span_m` is the length of the wall, if any."""
    near = sorted(others, key=lambda other: _distance(box, other))[:MOST_NEIGHBOURS]
    sideways = _best(_sideways(box, near, span_m), box.across_m, tolerance_m)
    upright = _best(_upright(box, near), box.height_m, tolerance_m)
    across_m = sideways[0].at_m if sideways else box.across_m
    height_m = upright[0].at_m if upright else box.height_m
    held = box.at(across_m, height_m)
    guides = [guide for place in sideways for guide in _standing(place, held, span_m)]
    guides += [_lying(place, held, near) for place in upright]
    return Snapped(across_m, height_m, tuple(dict.fromkeys(guides)))


def snapped_angle(degrees: float, tolerance_deg: float = 4.0, step_deg: float = 15.0) -> float:
    """The nearest multiple of a step when it is within the tolerance."""
    nearest = round(degrees / step_deg) * step_deg
    return nearest if abs(degrees - nearest) <= tolerance_deg else degrees


def snapped_scale(box: Box, sign: tuple[int, int], factor: float, others: Sequence[Box], tolerance_m: float) -> float:
    """The factor at which a box, held at the corner opposite to `sign`, gets a neighbour's edge, width or height."""
    width_m, height_m = 2 * box.half_width_m, 2 * box.half_height_m
    goals: list[float] = []
    for other in sorted(others, key=lambda other: _distance(box, other))[:MOST_NEIGHBOURS]:
        goals += [2 * other.half_width_m / width_m, 2 * other.half_height_m / height_m]
        if sign[0]:
            held_m = box.left_m if sign[0] > 0 else box.right_m
            goals += [sign[0] * (edge_m - held_m) / width_m for edge_m in (other.left_m, other.right_m)]
        if sign[1]:
            held_m = box.bottom_m if sign[1] > 0 else box.top_m
            goals += [sign[1] * (edge_m - held_m) / height_m for edge_m in (other.bottom_m, other.top_m)]
    reach = max(width_m, height_m)
    fitting = [goal for goal in goals if goal > 0.05 and abs(goal - factor) * reach <= tolerance_m]
    return min(fitting, key=lambda goal: abs(goal - factor), default=factor)


def centre_line(others: Sequence[Box]) -> float | None:
    """The height on which most of the works of a wall are centred; None when there are none."""
    heights = sorted(other.height_m for other in others)
    if not heights:
        return None
    return max(heights, key=lambda height: (sum(abs(height - other) <= 0.02 for other in heights), -height))


def free_place(box: Box, others: Sequence[Box], blocked: Sequence[Box], span_m: float, gap_m: float) -> float | None:
    """How far along a wall a box fits that is nearest to where it is, clear of the others by a gap, else None."""
    near = [(other, gap_m) for other in others] + [(other, 0.0) for other in blocked]
    near = [(other, gap) for other, gap in near if abs(box.height_m - other.height_m) < box.half_height_m
            + other.half_height_m + gap - 1e-9]  # fmt: skip
    goals = [box.across_m, box.half_width_m, span_m - box.half_width_m]
    for other, gap in near:
        reach_m = other.half_width_m + box.half_width_m + gap
        goals += [other.across_m - reach_m, other.across_m + reach_m]
    slack_m = 1e-6
    fitting = [
        goal
        for goal in goals
        if box.half_width_m - slack_m <= goal <= span_m - box.half_width_m + slack_m
        and not any(box.at(goal, box.height_m).meets(other, gap - slack_m) for other, gap in near)
    ]
    return min(fitting, key=lambda goal: abs(goal - box.across_m), default=None)


def _distance(box: Box, other: Box) -> float:
    return abs(box.across_m - other.across_m) + abs(box.height_m - other.height_m)


def _best(places: Iterator[_Place], at_m: float, tolerance_m: float) -> list[_Place]:
    """The place that wins, with all that lie at the very same spot."""
    near = [place for place in places if abs(place.at_m - at_m) <= tolerance_m]
    if not near:
        return []
    best = min(near, key=lambda place: abs(place.at_m - at_m) + _RELUCTANCE[place.kind] * tolerance_m)
    same = [place for place in near if abs(place.at_m - best.at_m) <= _SAME_M]
    return [best, *(place for place in same if place is not best and place.kind != best.kind)][:3]


def _sideways(box: Box, others: Sequence[Box], span_m: float | None) -> Iterator[_Place]:
    half_m = box.half_width_m
    for other in others:
        yield _Place(other.across_m, "centre", (other,), other.across_m)
        yield _Place(other.left_m + half_m, "edge", (other,), other.left_m)
        yield _Place(other.right_m - half_m, "edge", (other,), other.right_m)
    if span_m is not None:
        yield _Place(span_m / 2.0, "middle", (), span_m / 2.0)
    yield from _even_gaps(box, others, span_m)


def _even_gaps(box: Box, others: Sequence[Box], span_m: float | None) -> Iterator[_Place]:
    """Places in the same row with the same gap on both sides, or that carry the gap of two neighbours on."""
    level = [o for o in others if abs(o.height_m - box.height_m) < o.half_height_m + box.half_height_m]
    row = sorted(level, key=lambda other: other.across_m)
    width_m = 2 * box.half_width_m
    edges = [(other.left_m, other.right_m) for other in row]
    ends = [(-0.0, 0.0), *edges, (span_m, span_m)] if span_m is not None else edges
    for (_, left_m), (right_m, _) in pairwise(ends):
        gap_m = (right_m - left_m - width_m) / 2.0
        if gap_m >= LEAST_GAP_M:
            at_m = (left_m + right_m) / 2.0
            yield _Place(at_m, "gap", gaps=((left_m, left_m + gap_m), (right_m - gap_m, right_m)))
    for (left_m, one_m), (two_m, right_m) in pairwise(edges):
        gap_m = two_m - one_m
        if gap_m >= LEAST_GAP_M:
            between = (one_m, two_m)
            yield _Place(right_m + gap_m + width_m / 2, "gap", gaps=(between, (right_m, right_m + gap_m)))
            yield _Place(left_m - gap_m - width_m / 2, "gap", gaps=((left_m - gap_m, left_m), between))


def _upright(box: Box, others: Sequence[Box]) -> Iterator[_Place]:
    line_m = centre_line(others)
    if line_m is not None:
        yield _Place(line_m, "line", (), line_m)
    for other in others:
        yield _Place(other.height_m, "centre", (other,), other.height_m)
        yield _Place(other.bottom_m + box.half_height_m, "edge", (other,), other.bottom_m)
        yield _Place(other.top_m - box.half_height_m, "edge", (other,), other.top_m)


def _standing(place: _Place, box: Box, span_m: float | None) -> list[Guide]:
    """The guides of a place found sideways: an upright line, or two equal gaps."""
    del span_m
    if place.kind == "gap":
        return [Guide("gap", (a, box.height_m), (b, box.height_m), b - a) for a, b in place.gaps]
    low_m = min([box.bottom_m, *(other.bottom_m for other in place.others)])
    high_m = max([box.top_m, *(other.top_m for other in place.others)])
    return [Guide(place.kind, (place.line_m, low_m), (place.line_m, high_m))]


def _lying(place: _Place, box: Box, others: Sequence[Box]) -> Guide:
    """The guide of a place found upwards: a level line, the centre line as far as the works reach."""
    among = others if place.kind == "line" else place.others
    left_m = min([box.left_m, *(other.left_m for other in among)])
    right_m = max([box.right_m, *(other.right_m for other in among)])
    return Guide(place.kind, (left_m, place.line_m), (right_m, place.line_m))
