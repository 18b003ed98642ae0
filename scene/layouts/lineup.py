"""Which work hangs on which wall of a room, in what sequence, and how large the room must be for it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from scene.layouts.building import DOOR_WIDTH_M, RoomPlan, clockwise
from scene.layouts.geometry import OPPOSITE, WALL_NAMES
from scene.layouts.sizes import Sizes

CORNER_M = 0.7
"""Free wall between a corner and the first work."""
JAMB_M = 0.5
"""Free wall between a doorway and the next work."""
LEAST_WIDTH_M, LEAST_DEPTH_M = 4.6, 5.4
DEEPEST, SHALLOWEST = 1.65, 1.1
"""Limits of depth over width, so that a room neither becomes a corridor nor a stage."""

WIDTH_COST = 1.8
"""A metre of width counts as so many of depth: the narrower the room, the larger its hero from the entrance."""


@dataclass
class LineUp:
    """One room's works by wall, each list from the wall's left to its right."""

    plan: RoomPlan
    walls: dict[str, list[int]] = field(default_factory=lambda: {name: [] for name in WALL_NAMES})
    hero: int | None = None

    def where(self, work: int) -> tuple[str, int] | None:
        """Wall name and place of a work, or None when it is not in this room."""
        for name, works in self.walls.items():
            if work in works:
                return name, works.index(work)
        return None

    @property
    def works(self) -> list[int]:
        """The room's works in the order in which a visitor passes them."""
        return [work for name in clockwise(self.plan.entry) for work in self.walls[name]]


def hero_wall(plan: RoomPlan) -> str:
    """The wall that a visitor sees on coming in: opposite the entry if it is whole, else the next whole one."""
    taken = plan.doors | {plan.windows}
    whole = [name for name in (OPPOSITE[plan.entry], "back", "front", "left", "right") if name not in taken]
    return whole[0] if whole else OPPOSITE[plan.entry]


@lru_cache(maxsize=4096)
def wall_counts(count: int, doors: frozenset[str], windows: str | None, mean_m: float, gap_m: float) -> dict[str, int]:
    """How many works each wall takes so that the room comes out compact, well proportioned and symmetric."""
    back, front = (a.ravel() for a in np.meshgrid(np.arange(count + 1), np.arange(count + 1)))
    fits = back + front <= count
    back, front = back[fits], front[fits]
    sides = count - back - front
    left = np.zeros_like(sides) if windows == "left" else (sides if windows == "right" else (sides + 1) // 2)
    right = sides - left
    counts = {"left": left, "back": back, "right": right, "front": front}
    need = {name: _mean_need(counts[name], name in doors, mean_m, gap_m) for name in WALL_NAMES}
    width = np.maximum(LEAST_WIDTH_M, np.maximum(need["back"], need["front"]))
    depth = np.maximum(LEAST_DEPTH_M, np.maximum(need["left"], need["right"]))
    width, depth = np.maximum(width, depth / DEEPEST), np.maximum(depth, width * SHALLOWEST)
    cost = WIDTH_COST * width + depth + 0.35 * front * ("front" in doors) + 1.2 * (back % 2 == 0) + 0.6 * (front % 2)
    cost = cost + 0.8 * (left != right) + np.where((back != (2 if count == 2 else 1)) & (count <= 7), 50.0, 0.0)
    cost = cost + (1e6 * back if windows == "back" else 0.0) + (1e6 * front if windows == "front" else 0.0)
    best = int(np.argmin(cost))
    return {name: int(counts[name][best]) for name in WALL_NAMES}


def _mean_need(count: np.ndarray, door: bool, mean_m: float, gap_m: float) -> np.ndarray:
    half = (count + 1) // 2
    if door:
        return np.where(count > 0, 2 * (half * (mean_m + gap_m) - gap_m + CORNER_M + JAMB_M), 1.0) + DOOR_WIDTH_M
    return np.where(count > 0, count * (mean_m + gap_m) - gap_m + 2 * CORNER_M, 0.0)


def line_up(plan: RoomPlan, works: Sequence[int], sizes: Sizes, gap_m: float, hero: int | None, strict: bool) -> LineUp:
    """Hang `works` in a room: strictly in sequence, or in mirrored pairs around the hero."""
    mean = round(float(np.mean(sizes[list(works), 0])), 1) if works else 1.0
    counts = wall_counts(len(works), frozenset(plan.doors), plan.windows, mean, round(gap_m, 2))
    lined = LineUp(plan)
    if strict or hero is None:
        at = 0
        for name in clockwise(plan.entry):
            lined.walls[name] = list(works[at : at + counts[name]])
            at += counts[name]
        main = lined.walls[hero_wall(plan)]
        lined.hero = main[len(main) // 2] if len(main) % 2 else None
        return lined
    _deal_in_pairs(lined, [w for w in works if w != hero], hero, counts, sizes)
    return lined


def _deal_in_pairs(lined: LineUp, rest: list[int], hero: int, counts: dict[str, int], sizes: Sizes) -> None:
    """Twins of similar width take mirrored places, so that the room is symmetric about its axis."""
    plan, main = lined.plan, hero_wall(lined.plan)
    if counts[main] == 0:
        donor = max(counts, key=lambda name: counts[name])
        counts = {**counts, main: 1, donor: counts[donor] - 1}
    places: dict[str, list[int | None]] = {name: [None] * counts[name] for name in WALL_NAMES}
    places[main][counts[main] // 2] = hero
    pairs, singles = _mirrored_places(plan, counts, (main, counts[main] // 2))
    for pair, twins in zip(pairs, _twins(rest, len(pairs), sizes), strict=True):
        for (name, k), work in zip(pair, twins, strict=True):
            places[name][k] = work
    dealt = {work for row in places.values() for work in row if work is not None}
    for (name, k), work in zip(singles, [w for w in rest if w not in dealt], strict=True):
        places[name][k] = work
    lined.walls = {name: [work for work in row if work is not None] for name, row in places.items()}
    lined.hero = hero


Place = tuple[str, int]


def _mirrored_places(
    plan: RoomPlan, counts: dict[str, int], hero: Place
) -> tuple[list[tuple[Place, Place]], list[Place]]:
    pairs: list[tuple[Place, Place]] = []
    singles: list[Place] = []
    done = {hero}
    across = counts["left"] == counts["right"]
    for name in clockwise(plan.entry):
        for k in range(counts[name]):
            twin_wall = OPPOSITE[name] if across and name in ("left", "right") else name
            here, twin = (name, k), (twin_wall, counts[name] - 1 - k)
            if here in done:
                continue
            if twin == here or twin in done:
                singles.append(here)
                done.add(here)
            else:
                pairs.append((here, twin))
                done |= {here, twin}
    return pairs, singles


def _twins(rest: list[int], count: int, sizes: Sizes) -> list[tuple[int, int]]:
    """Pairs of works of similar width, those that came first in the lead; the least alike stay over as singles."""
    by_width = sorted(rest, key=lambda work: (-float(sizes[work, 0]), rest.index(work)))
    pairs = [(by_width[i], by_width[i + 1]) for i in range(0, len(by_width) - 1, 2)]
    rank = {work: i for i, work in enumerate(rest)}
    alike = sorted(pairs, key=lambda pair: abs(float(sizes[pair[0], 0] - sizes[pair[1], 0])))[:count]
    return sorted(
        ((min(p, key=rank.__getitem__), max(p, key=rank.__getitem__)) for p in alike), key=lambda p: rank[p[0]]
    )


def halves(works: Sequence[int]) -> tuple[list[int], list[int]]:
    """The works before and behind a door in the middle of their wall."""
    middle = (len(works) + 1) // 2
    return list(works[:middle]), list(works[middle:])


def need_m(lined: LineUp, name: str, sizes: Sizes, gap_m: float) -> float:
    """How long a wall must be for its works, gaps, corners and door."""
    works, door = lined.walls[name], name in lined.plan.doors
    if door:
        longest = max(_run_m(half, sizes, gap_m) + JAMB_M + CORNER_M if half else 0.5 for half in halves(works))
        return DOOR_WIDTH_M + 2 * longest
    return _run_m(works, sizes, gap_m) + 2 * CORNER_M if works else 0.0


def _run_m(works: Sequence[int], sizes: Sizes, gap_m: float) -> float:
    return math.fsum(float(sizes[work, 0]) for work in works) + gap_m * (len(works) - 1)


def needs(lined: LineUp, sizes: Sizes, gap_m: float) -> tuple[float, float]:
    """Width and depth that the room's works ask for, before proportion and least size."""
    across = max(need_m(lined, "back", sizes, gap_m), need_m(lined, "front", sizes, gap_m))
    return across, max(need_m(lined, "left", sizes, gap_m), need_m(lined, "right", sizes, gap_m))


def size_room(lined: LineUp, sizes: Sizes, gap_m: float, centre_m: float) -> None:
    """Give the plan its width, depth and height."""
    width, depth = needs(lined, sizes, gap_m)
    width, depth = max(LEAST_WIDTH_M, width), max(LEAST_DEPTH_M, depth)
    width = max(width, depth / DEEPEST)
    depth = max(depth, width * SHALLOWEST)
    plan = lined.plan
    plan.width_m, plan.depth_m = math.ceil(width * 10) / 10, math.ceil(depth * 10) / 10
    ceiling = float(np.interp(width * depth, [20, 150, 300], [3.3, 3.6, 4.2]))
    works = lined.works
    tallest = float(sizes[works, 1].max()) if works else 0.0
    top = max(centre_m + tallest / 2, tallest + 0.25)
    plan.height_m = round(max(ceiling, top + 0.6), 1)
