"""Between pixels and the scene: rays from the eye, points on the picture, and the wall under the pointer."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scene.boards import Board
from scene.records import Vector3
from scene.sliding import Seat
from viewport.camera import Pose
from viewport.surfaces import Surface
from viewport.works.picking import axes_of, ray_through

Points = NDArray[np.float64]
NEAREST_M = 0.05
FARTHEST_M = 500.0


@dataclass(frozen=True, eq=False)
class Sight:
    """Where the eye is and how large the picture is."""

    pose: Pose
    size_px: tuple[int, int]
    view_angle_deg: float

    def ray(self, x_px: float, y_px: float) -> Points:
        """Unit direction from the eye through a pixel."""
        return ray_through(self.pose, x_px, y_px, self.size_px, self.view_angle_deg)

    def project(self, points: Points) -> tuple[Points, NDArray[np.float64]]:
        """Pixels (..., 2) of points (..., 3), and how far ahead they are; behind the eye the pixels mean nothing."""
        width, height = self.size_px
        half = math.tan(math.radians(self.view_angle_deg) / 2)
        across, above = axes_of(self.pose)
        offset = points - self.pose.position
        depth = offset @ self.pose.forward
        safe = np.where(depth > NEAREST_M, depth, NEAREST_M)
        x = (offset @ across / safe / (half * width / height) + 1) / 2 * width - 0.5
        y = (1 - offset @ above / safe / half) / 2 * height - 0.5
        return np.stack([x, y], axis=-1), depth

    def pixel(self, point: Vector3) -> tuple[float, float] | None:
        """The pixel of one point, or None when it is behind the eye."""
        pixels, depth = self.project(np.array([point]))
        return (float(pixels[0, 0]), float(pixels[0, 1])) if depth[0] > NEAREST_M else None

    def metres_a_pixel(self, point: Vector3) -> float:
        """How far one pixel reaches where a point is."""
        depth = float((np.array(point) - self.pose.position) @ self.pose.forward)
        return 2 * max(depth, 0.1) * math.tan(math.radians(self.view_angle_deg) / 2) / self.size_px[1]

    def on_board(self, board: Board, x_px: float, y_px: float) -> tuple[float, float] | None:
        """Where a pixel's ray meets a board, across and up; None when it never does."""
        direction = self.ray(x_px, y_px)
        front = np.array(board.front)
        slope = float(direction @ front)
        if abs(slope) < 1e-3 or not np.isfinite(direction).all():
            return None
        distance = float((np.array(board.origin_m) - self.pose.position) @ front) / slope
        if not 0.0 < distance < FARTHEST_M:
            return None
        x, y, z = self.pose.position + distance * direction
        return board.place((float(x), float(y), float(z)))

    def along_line(self, point: Vector3, direction: Vector3, x_px: float, y_px: float) -> float | None:
        """How far along a line from a point its place nearest to a pixel's ray is; None when they run together."""
        ray, line = self.ray(x_px, y_px), np.array(direction)
        offset = np.array(point) - self.pose.position
        mixed = float(ray @ line)
        if 1.0 - mixed * mixed < 1e-3:
            return None
        return float((mixed * (ray @ offset) - line @ offset) / (1.0 - mixed * mixed))

    def sees(self, surfaces: Sequence[Surface], points: Points) -> NDArray[np.bool_]:
        """Which of these points (n, 3) no wall hides; openings are looked through."""
        offset = points - self.pose.position
        free = np.ones(len(points), bool)
        for surface in surfaces:
            if surface.part != "wall":
                continue
            slope = offset @ surface.normal
            with np.errstate(divide="ignore", invalid="ignore"):
                share = float((surface.origin - self.pose.position) @ surface.normal) / slope
            met = (slope < -1e-9) & (share > 0) & (share < 0.999)
            spot = np.where(met, share, 0.0)[:, None] * offset + self.pose.position - surface.origin
            u, v = spot @ surface.right, spot @ surface.up
            hit = met & (u >= 0) & (u <= surface.width_m) & (v >= 0) & (v <= surface.height_m)
            for left, low, right, high in surface.holes:
                hit &= ~((u > left) & (u < right) & (v > low) & (v < high))
            free &= ~hit
        return free


def seat_under(surfaces: Sequence[Surface], sight: Sight, x_px: float, y_px: float, solid: str = "") -> Seat | None:
    """The place on the wall under a pixel; above and below walls, where they would go on.

    The `solid` wall is met where it has openings too, so that a drag along it does not fall through a doorway; any
    other is where nothing stands behind the opening.
    """
    direction = sight.ray(x_px, y_px)
    if not np.isfinite(direction).all():
        return None
    for endless, holes in ((False, True), (True, True), (True, False)):
        eye = sight.pose.position
        met = [hit for s in surfaces if (hit := _met(s, eye, direction, solid, endless, holes)) is not None]
        if met:
            return min(met, key=lambda hit: hit[0])[1]
    return None


def _met(
    surface: Surface, eye: Points, direction: Points, solid: str, endless: bool, holes: bool
) -> tuple[float, Seat] | None:
    if surface.part != "wall":
        return None
    slope = float(surface.normal @ direction)
    if slope >= -1e-6:
        return None
    distance = float((surface.origin - eye) @ surface.normal) / slope
    if not 0.0 < distance < FARTHEST_M:
        return None
    u, v, _ = surface.plane_of(eye + distance * direction)
    if not 0.0 <= u <= surface.width_m or not (endless or 0.0 <= v <= surface.height_m):
        return None
    if holes and surface.wall_id != solid and any(a < u < c and b < v < d for a, b, c, d in surface.holes):
        return None
    return distance, Seat(surface.wall_id, u, v)
