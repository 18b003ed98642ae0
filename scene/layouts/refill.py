"""Hanging works into rooms that already stand: into the free runs between doors, windows and works that stay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scene.layouts.building import BuiltRoom, clockwise
from scene.layouts.geometry import WALL_NAMES, WallLine
from scene.layouts.hanging import Spot, on_wall
from scene.layouts.kept import Kept
from scene.layouts.lineup import CORNER_M, JAMB_M
from scene.layouts.sizes import LOWEST_EDGE_M, Sizes
from scene.records import Placement

LEAST_GAP_M = 0.2
NEAR_WALL_M = 0.6
SCALES = (1.0, 0.85, 0.7, 0.55)
GAP_PARTS = (1.0, 0.8, 0.6, 0.45, 0.3)
"""Smaller works and narrower gaps to try in turn."""


@dataclass(frozen=True)
class Run:
    """A free stretch of wall."""

    wall: WallLine
    start_m: float
    end_m: float

    @property
    def length_m(self) -> float:
        """How long it is."""
        return self.end_m - self.start_m


@dataclass
class Refilled:
    """Where works went, which found no place, and the gap and scale that it took."""

    spots: list[Spot]
    left_over: list[int]
    gap_m: float
    scale: float


def free_runs(rooms: Sequence[BuiltRoom], kept: Kept, margin_m: float) -> list[Run]:
    """Free stretches of all open walls, in the order in which a visitor passes them."""
    runs: list[Run] = []
    for room in rooms:
        entry = next((name for name, wall in room.walls.items() if is_entry(room, wall)), "front")
        names = [name for name in clockwise(entry if entry in WALL_NAMES else "front") if name in room.walls]
        for name in [*names, *(n for n in room.walls if n not in names)]:
            wall = room.walls[name]
            if wall.id not in kept.closed_walls:
                runs += free_on(wall, room, kept.placements, margin_m)
    return [run for run in runs if run.length_m > 0.3]


def is_entry(room: BuiltRoom, wall: WallLine) -> bool:
    """Whether a visitor comes in through this wall."""
    doors = [o for o in room.openings if o.use != "window"]
    first = next((o for o in doors if o.use == "entrance"), None) or next(iter(doors[::-1]), None)
    return first is not None and first.wall_id == wall.id


def free_on(wall: WallLine, room: BuiltRoom, staying: Sequence[Placement], margin_m: float) -> list[Run]:
    """Free stretches of one wall between its corners, openings and the works that stay on it."""
    taken = [(o.offset_m - JAMB_M, o.offset_m + o.width_m + JAMB_M) for o in room.openings if o.wall_id == wall.id]
    taken += [span for p in staying if (span := _span_on(wall, p, margin_m)) is not None]
    runs, at, last = [], CORNER_M, wall.length_m - CORNER_M
    for start, end in [*sorted(taken), (last, last)]:
        if min(start, last) > at:
            runs.append(Run(wall, at, min(start, last)))
        at = max(at, end)
    return runs


def _span_on(wall: WallLine, placement: Placement, margin_m: float) -> tuple[float, float] | None:
    """The stretch of wall that a kept work covers, however it is turned, or None when it is nowhere near."""
    x, _, z = placement.position_m
    _, qy, _, qw = placement.rotation
    half = placement.size_m[0] / 2
    ux, uz = (1 - 2 * qy * qy) * half, -2 * qy * qw * half
    nx, nz = wall.normal
    ends = [(x + ux, z + uz), (x - ux, z - uz)]
    if min(abs((ex - wall.start[0]) * nx + (ez - wall.start[1]) * nz) for ex, ez in [*ends, (x, z)]) > NEAR_WALL_M:
        return None
    offsets = [wall.offset_of(ex, ez) for ex, ez in ends]
    return min(offsets) - margin_m, max(offsets) + margin_m


def refill(
    sequence: Sequence[int],
    sizes: Sizes,
    runs: Sequence[Run],
    gap_m: float,
    centre_m: float,
    bound: Mapping[int, str],
    scales: Sequence[float] = SCALES,
    parts: Sequence[float] = GAP_PARTS,
) -> Refilled:
    """Fill the runs in order with the widest gap and the largest works that let all of them in."""
    best: Refilled | None = None
    for scale in scales:
        for gap in dict.fromkeys(max(min(LEAST_GAP_M, gap_m), gap_m * part) for part in parts):
            tried = _fill(sequence, sizes * scale, runs, gap, centre_m, bound)
            tried.scale = scale
            if best is None or len(tried.left_over) < len(best.left_over):
                best = tried
            if not best.left_over:
                return best
    assert best is not None
    return best


def _fill(
    sequence: Sequence[int], sizes: Sizes, runs: Sequence[Run], gap_m: float, centre_m: float, bound: Mapping[int, str]
) -> Refilled:
    loads: list[list[int]] = [[] for _ in runs]
    room_left = np.array([run.length_m + gap_m for run in runs])
    left_over: list[int] = []
    at = 0
    free = [work for work in sequence if work not in bound]
    for work in [w for w in sequence if w in bound]:
        k = next(
            (k for k, r in enumerate(runs) if r.wall.id == bound[work] and _bears(r, work, sizes, room_left[k], gap_m)),
            -1,
        )
        if k < 0:
            free.append(work)
            continue
        loads[k].append(work)
        room_left[k] -= sizes[work, 0] + gap_m
    for work in free:
        k = at
        while k < len(runs) and not _bears(runs[k], work, sizes, room_left[k], gap_m):
            k += 1
        if k == len(runs):
            k = next((j for j in range(at) if _bears(runs[j], work, sizes, room_left[j], gap_m)), -1)
            if k < 0:
                left_over.append(work)
                continue
        else:
            at = k
        loads[k].append(work)
        room_left[k] -= sizes[work, 0] + gap_m
    spots = [
        spot for run, load in zip(runs, loads, strict=True) for spot in _centred(run, load, sizes, gap_m, centre_m)
    ]
    return Refilled(spots, left_over, gap_m, 1.0)


def _bears(run: Run, work: int, sizes: Sizes, left_m: float, gap_m: float) -> bool:
    return bool(left_m >= sizes[work, 0] + gap_m and sizes[work, 1] + LOWEST_EDGE_M + 0.15 <= run.wall.height_m)


def _centred(run: Run, load: Sequence[int], sizes: Sizes, gap_m: float, centre_m: float) -> list[Spot]:
    if not load:
        return []
    widths = sizes[list(load), 0]
    at = (run.start_m + run.end_m - float(widths.sum()) - gap_m * (len(load) - 1)) / 2
    spots = []
    for work, width in zip(load, widths.tolist(), strict=True):
        height = float(sizes[work, 1])
        y = min(max(centre_m, height / 2 + LOWEST_EDGE_M), run.wall.height_m - height / 2 - 0.15)
        spots.append(on_wall(work, run.wall, at + width / 2, y, (width, height)))
        at += width + gap_m
    return spots
