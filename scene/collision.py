"""How far a visitor gets: a body of some width that walls and standing cards stop, and that slides along them."""

import math

import numpy as np
from numpy.typing import NDArray

from scene.barriers import Barriers
from scene.cards import Floats

BODY_M = 0.28
"""Half the width of a visitor."""
STEP_OVER_M = 0.4
"""What is lower than that is stepped over."""
MOST_STEPS = 400
_PUSHES = 16
_SLACK_M = 1e-6


def walked(barriers: Barriers, start_m: Floats, goal_m: Floats, eye_m: float, body_m: float = BODY_M) -> Floats:
    """Where someone at (x, z) `start_m` ends who wants to walk straight to `goal_m`, the eye `eye_m` above the floor.

    Whoever stands nearer to a barrier than half a body, as after a flight, can leave it but comes no nearer.
    """
    if not (np.isfinite(goal_m).all() and np.isfinite(start_m).all()):
        return start_m
    way = goal_m - start_m
    length = float(np.hypot(way[0], way[1]))
    steps = min(max(1, math.ceil(length / (body_m / 2))), MOST_STEPS)
    step = way / max(length, 1e-12) * min(length / steps, body_m / 2)
    solid = _reachable(barriers, start_m, length + body_m, eye_m)
    place = start_m
    for _ in range(steps):
        next_place = _stepped(solid, place, step, body_m)
        if next_place is place:
            break
        place = next_place
    return place


def in_sight(barriers: Barriers, start_m: Floats, goal_m: Floats, eye_m: float, keep_m: float = 0.3) -> Floats:
    """The farthest (x, z) on the straight way to `goal_m` before the first barrier, `keep_m` short of it."""
    if not (np.isfinite(goal_m).all() and np.isfinite(start_m).all()):
        return start_m
    solid = barriers.between(eye_m - 0.05, eye_m + 0.05)
    share = _first_crossing(solid, start_m, goal_m)
    length = float(np.hypot(*(goal_m - start_m)))
    if share >= 1.0 or length <= 0.0:
        return goal_m
    reached: Floats = start_m + (goal_m - start_m) * max(0.0, share - keep_m / length)
    return reached


def clearance(barriers: Barriers, place_m: Floats) -> Floats:
    """Metres from a place to each barrier, shape (n,)."""
    return _away(barriers, place_m)[1]


def _reachable(barriers: Barriers, start_m: Floats, reach_m: float, eye_m: float) -> Barriers:
    feet_m = max(eye_m - 1.6, 0.0) + STEP_OVER_M
    return barriers.between(feet_m, max(eye_m, feet_m) + 0.1).near(start_m - reach_m, start_m + reach_m)


def _stepped(solid: Barriers, place: Floats, step: Floats, body_m: float) -> Floats:
    """One short step with sliding; the very same array when nothing moves."""
    if not len(solid):
        return place + step
    had = clearance(solid, place)
    keep = np.where(had > body_m * 0.95, body_m, had)
    goal = place + step
    for _ in range(_PUSHES):
        nearest, distance = _away(solid, goal)
        worst = int(np.argmax(keep - distance))
        if keep[worst] - distance[worst] <= _SLACK_M:
            break
        goal = _pushed(goal, place, nearest[worst], float(distance[worst]), float(keep[worst]))
    if (clearance(solid, goal) < keep - 2 * _SLACK_M).any() or _first_crossing(solid, place, goal) < 1.0:
        return place
    return place if float(np.abs(goal - place).max()) < 1e-9 else goal


def _pushed(goal: Floats, place: Floats, nearest: Floats, distance_m: float, keep_m: float) -> Floats:
    """The goal moved out of a barrier, to the side on which the visitor stands."""
    out = goal - nearest if distance_m > 1e-9 else place - nearest
    length = float(np.hypot(out[0], out[1]))
    if length < 1e-12:
        return place
    pushed: Floats = nearest + out / length * keep_m
    return pushed


def _away(barriers: Barriers, place: Floats) -> tuple[Floats, Floats]:
    """The nearest point of each barrier, shape (n, 2), and its distance."""
    along = barriers.end_m - barriers.start_m
    length2 = np.maximum((along * along).sum(axis=1), 1e-18)
    share = np.clip(((place - barriers.start_m) * along).sum(axis=1) / length2, 0.0, 1.0)
    nearest = barriers.start_m + along * share[:, None]
    distance: Floats = np.hypot(place[0] - nearest[:, 0], place[1] - nearest[:, 1])
    return nearest, distance


def _first_crossing(barriers: Barriers, start: Floats, goal: Floats) -> float:
    """The share of the way at which the first barrier is crossed; infinite when none is."""
    way, along = goal - start, barriers.end_m - barriers.start_m
    between = barriers.start_m - start
    turn = way[0] * along[:, 1] - way[1] * along[:, 0]
    crossing: NDArray[np.bool_] = np.abs(turn) > 1e-15
    safe = np.where(crossing, turn, 1.0)
    at = (between[:, 0] * along[:, 1] - between[:, 1] * along[:, 0]) / safe
    share = (between[:, 0] * way[1] - between[:, 1] * way[0]) / safe
    crossing &= (share >= 0) & (share <= 1) & (at > 1e-9) & (at <= 1)
    return float(np.min(np.where(crossing, at, np.inf), initial=np.inf))
