"""How a held key moves the eye: on foot at eye height, stopped by walls and standing cards, or flying through all."""

from typing import Literal

import numpy as np

from scene.barriers import Barriers
from scene.collision import in_sight, walked
from viewport.camera import EYE_HEIGHT_M, Pose

Mode = Literal["walk", "orbit", "fly"]

LOWEST_M, STANDING_M = 0.4, 2.6
"""An eye between these heights walks on the floor, and comes to eye height as it walks."""
SETTLE = 0.5
"""Metres up or down for each metre walked, until the eye is at eye height."""
LEAST_EYE_M = 0.15


def stepped(pose: Pose, barriers: Barriers, mode: Mode, forward_m: float, right_m: float, up_m: float = 0.0) -> Pose:
    """The pose after a step; flying, `forward_m` goes where the eye looks."""
    if mode == "fly":
        across = np.cross(pose.forward, (0.0, 1.0, 0.0))
        across /= max(float(np.linalg.norm(across)), 1e-6)
        return _shifted(pose, pose.forward * forward_m + across * right_m + np.array([0.0, up_m, 0.0]))
    wanted = pose.walked(forward_m, right_m)
    height = float(pose.position[1])
    start, goal = pose.position[[0, 2]], wanted.position[[0, 2]]
    place = walked(barriers, start, goal, height)
    rise = up_m if up_m else _settling(height, float(np.hypot(*(place - start))))
    return _shifted(pose, np.array([place[0] - start[0], rise, place[1] - start[1]]))


def kept_inside(pose: Pose, target: np.ndarray[tuple[int], np.dtype[np.float64]], barriers: Barriers) -> Pose:
    """The pose drawn nearer to a point it looks at until no wall stands between the two."""
    start, goal = target[[0, 2]], pose.position[[0, 2]]
    free = in_sight(barriers, start, goal, float(pose.position[1]))
    length = float(np.hypot(*(goal - start)))
    share = float(np.hypot(*(free - start))) / length if length > 1e-9 else 1.0
    return pose if share >= 1.0 else Pose.of(target + (pose.position - target) * max(share, 0.05), pose.target)


def _settling(height_m: float, walked_m: float) -> float:
    if not LOWEST_M < height_m < STANDING_M:
        return 0.0
    most = SETTLE * walked_m
    return min(most, max(-most, EYE_HEIGHT_M - height_m))


def _shifted(pose: Pose, step: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Pose:
    step = step.copy()
    step[1] = max(step[1], LEAST_EYE_M - pose.position[1])
    return Pose.of(pose.position + step, pose.target + step)
