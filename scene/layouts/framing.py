"""Where to stand so that all of something fills the picture well: the view of an entrance, for any shape of picture."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scene.layouts.geometry import tidy
from scene.records import Placement, Sign, Vector3

VIEW_ANGLE_DEG = 48.0
"""How much is seen from top to bottom of a screen."""
LEAST_ACROSS_DEG, MOST_UP_DEG = 64.0, 66.0
"""A picture that is narrower than a screen sees more from top to bottom, so that the side walls stay in sight."""
SCREEN = 16 / 9
WIDE, HIGH = 0.86, 0.77
"""The most of the picture's width and height that the works fill."""
RAISED = 0.06
"""How far above the middle of the picture the works' middle lies, so that the floor carries them."""
BENT = 1.15
"""How much higher the ends of an arc look than its middle."""
LEAST_AWAY_M = 2.0
HIGHEST_EYE_M = 5.0
LETTER_SHARE = 0.7
"""Width of a usual letter relative to the height of a capital."""
ROUNDS = 6

Points = NDArray[np.float64]


@dataclass(frozen=True)
class View:
    """A place to stand and the point to look at."""

    position_m: Vector3
    target_m: Vector3


def view_angle_deg(aspect: float) -> float:
    """The angle of view from top to bottom for a picture of that width relative to its height."""
    across = math.tan(math.radians(LEAST_ACROSS_DEG) / 2)
    wanted = 2 * math.degrees(math.atan(across / max(aspect, 0.2)))
    return min(MOST_UP_DEG, max(VIEW_ANGLE_DEG, wanted))


def half_fields(aspect: float) -> tuple[float, float]:
    """Tangents of half the angle of view, across and up."""
    up = math.tan(math.radians(view_angle_deg(aspect)) / 2)
    return up * max(aspect, 0.2), up


def filled_width_m(width_m: float, height_m: float) -> float:
    """The width that the works' share of a screen spans where a wall of this size fills it."""
    return max(width_m, height_m * SCREEN * WIDE / HIGH)


def eye_for(top_m: float) -> float:
    """A person's eye height; a little higher before something tall."""
    return max(1.65, min(0.42 * top_m, HIGHEST_EYE_M))


def view_of(points: Points, eye_m: float, aspect: float = SCREEN, turn: float = 0.0) -> View:
    """The nearest place from which all points lie within the works' share of the picture.

    The eye looks along -z turned by `turn` towards +x, the works in the middle from left to right.
    """
    ahead = np.array([math.sin(turn), 0.0, -math.cos(turn)])
    across = np.array([math.cos(turn), 0.0, math.sin(turn)])
    side = points @ across
    middle = (float(side.min()) + float(side.max())) / 2
    depth, side, height = points @ ahead, side - middle, points[:, 1] - eye_m
    wide, high = half_fields(aspect)
    wide, top, bottom = wide * WIDE, high * (HIGH + RAISED), high * (HIGH - RAISED)
    pitch, back = 0.0, 0.0
    for _ in range(ROUNDS):
        cos, sin = math.cos(pitch), math.sin(pitch)
        near, up = depth * cos + height * sin, height * cos - depth * sin
        back = float(
            np.max(
                [
                    ((np.abs(side) - wide * near) / (wide * cos)).max(),
                    ((up - top * near) / (top * cos + sin)).max(),
                    ((-up - bottom * near) / max(bottom * cos - sin, 0.05)).max(),
                    (LEAST_AWAY_M - depth).max(),
                ]
            )
        )
        slopes = (up - back * sin) / (near + back * cos)
        off = (float(slopes.max()) + float(slopes.min())) / 2 - RAISED * high
        pitch = max(-0.5, min(0.5, pitch + math.atan(off)))
    eye = across * middle - ahead * back + np.array([0.0, eye_m, 0.0])
    reach = max(1.0, float(depth.mean()) + back)
    target = eye + ahead * reach + np.array([0.0, reach * math.tan(pitch), 0.0])
    return View(_tidied(eye), _tidied(target))


def outline(placed: Iterable[Placement], signs: Iterable[Sign] = ()) -> Points:
    """Corners of works and of the words of signs, as points in space."""
    rows = [(*p.position_m, p.rotation[1], p.rotation[3], p.size_m[0] / 2, p.size_m[1] / 2) for p in placed]
    for sign in signs:
        lines = sign.text.split("\n")
        half = sign.height_m * LETTER_SHARE * max(len(line) for line in lines) / 2
        high = sign.height_m * (0.8 * len(lines) - 0.2)
        rows.append((*sign.position_m, sign.rotation[1], sign.rotation[3], half, high))
    if not rows:
        return np.zeros((0, 3))
    x, y, z, qy, qw, half_width, half_height = np.array(rows).T
    dx, dz = (1 - 2 * qy * qy) * half_width, -2 * qy * qw * half_width
    ends = [np.stack([x + s * dx, y + t * half_height, z + s * dz], axis=1) for s in (-1, 1) for t in (-1, 1)]
    return np.concatenate(ends)


def _tidied(point: Points) -> Vector3:
    return tidy(point[0]), tidy(point[1]), tidy(point[2])
