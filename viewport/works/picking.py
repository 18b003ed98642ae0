"""Which card a line of sight meets first: plain algebra over all cards at once, walls in the way included."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from viewport.camera import Pose
from viewport.surfaces import Surface
from viewport.works.cards import Cards

Vector = NDArray[np.float64]


def ray_through(pose: Pose, x_px: float, y_px: float, size_px: tuple[int, int], view_angle_deg: float) -> Vector:
    """Unit direction from the eye through a pixel, counted from the top left corner."""
    width, height = max(size_px[0], 1), max(size_px[1], 1)
    half = math.tan(math.radians(view_angle_deg) / 2)
    across, above = axes_of(pose)
    x = (2 * (x_px + 0.5) / width - 1) * half * width / height
    y = (1 - 2 * (y_px + 0.5) / height) * half
    direction = pose.forward + across * x + above * y
    return direction / np.linalg.norm(direction)


def axes_of(pose: Pose) -> tuple[Vector, Vector]:
    """Unit vectors to the right and upwards on the picture."""
    across = np.cross(pose.forward, (0.0, 1.0, 0.0))
    length = float(np.linalg.norm(across))
    across = across / length if length > 1e-9 else np.array([1.0, 0.0, 0.0])
    return across, np.cross(across, pose.forward)


def card_hit(cards: Cards, surfaces: Sequence[Surface], eye: Vector, direction: Vector) -> str | None:
    """The id of the first card along a ray that no wall hides, or None."""
    if not len(cards):
        return None
    slope = cards.normal @ direction
    facing = (slope < -1e-6) | (~cards.on_wall & (np.abs(slope) > 1e-6))
    distance = np.einsum("ij,ij->i", cards.centre - eye, cards.normal) / np.where(facing, slope, 1.0)
    offset = eye + distance[:, None] * direction - cards.centre
    inside = np.abs(np.einsum("ij,ij->i", offset, cards.right)) <= cards.size[:, 0] / 2
    inside &= np.abs(np.einsum("ij,ij->i", offset, cards.up)) <= cards.size[:, 1] / 2
    distance = np.where(facing & inside & (distance > 0), distance, np.inf)
    nearest = int(np.argmin(distance))
    if not math.isfinite(distance[nearest]) or distance[nearest] > wall_distance(surfaces, eye, direction):
        return None
    return cards.ids[nearest]


def wall_distance(surfaces: Sequence[Surface], eye: Vector, direction: Vector) -> float:
    """How far a ray goes before the front of a wall stops it; openings let it pass."""
    return min((_hit(s, eye, direction) for s in surfaces if s.part == "wall"), default=math.inf)


def _hit(surface: Surface, eye: Vector, direction: Vector) -> float:
    normal = surface.normal
    slope = float(normal @ direction)
    if slope >= -1e-9:
        return math.inf
    distance = float((surface.origin - eye) @ normal) / slope
    if distance <= 0:
        return math.inf
    u, v, _ = surface.plane_of(eye + distance * direction)
    within = 0 <= u <= surface.width_m and 0 <= v <= surface.height_m
    through = any(left < u < right and low < v < high for left, low, right, high in surface.holes)
    return distance if within and not through else math.inf
