"""What the eye has before it: the picture's size and angle, and what lies under a pixel."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkRenderingCore import vtkRenderWindow

from scene.layouts.framing import view_angle_deg
from viewport.camera import Camera
from viewport.hands.sight import Sight
from viewport.rooms.empty import furnished
from viewport.works.picking import card_hit, ray_through, wall_distance

if TYPE_CHECKING:
    from scene.scene import Scene
    from viewport.composition import Composition

SUBJECT_FROM = 0.4
"""A work that is looked at takes at least that share of the picture's height."""
FARTHEST_FLOOR_M = 200.0
_ENDS = ((0.0, 0.0), (1.0, 1.0))


class Prospect:
    """One camera before one composition, in a window."""

    def __init__(self, window: vtkRenderWindow, camera: Camera, composition: "Composition") -> None:
        self._window, self._camera, self._composition = window, camera, composition

    @property
    def size_px(self) -> tuple[int, int]:
        """The picture's width and height, never nothing."""
        width, height = self._window.GetSize()
        return max(1, width), max(1, height)

    @property
    def aspect(self) -> float:
        """Width by height."""
        width, height = self.size_px
        return width / height

    @property
    def angle_deg(self) -> float:
        """How wide the eye sees from top to bottom."""
        return view_angle_deg(self.aspect)

    @property
    def sight(self) -> Sight:
        """Where the eye is and how large the picture."""
        return Sight(self._camera.pose, self.size_px, self.angle_deg)

    @property
    def metres_a_pixel(self) -> float:
        """How far one pixel reaches at the distance of the camera's target."""
        half = float(np.tan(np.radians(self.angle_deg) / 2))
        return 2 * self._camera.pose.distance_m * half / self.size_px[1]

    def pick(self, x_px: float, y_px: float) -> str | None:
        """The work at a pixel, counted from the top left; None where there is none."""
        pose, direction = self._camera.pose, self._ray(x_px, y_px)
        if not np.isfinite(direction).all():
            return None
        composition = self._composition
        surfaces = composition.surroundings.surfaces_seen(pose.position)
        return card_hit(composition.cards, surfaces, pose.position, direction)

    def floor_at(self, x_px: float, y_px: float) -> tuple[float, float] | None:
        """The (x, z) of the floor at a pixel, in metres; None where a wall or the sky is."""
        pose, direction = self._camera.pose, self._ray(x_px, y_px)
        if not np.isfinite(direction).all() or direction[1] > -1e-3:
            return None
        distance = -pose.position[1] / direction[1]
        surfaces = self._composition.surroundings.surfaces_seen(pose.position)
        if distance > FARTHEST_FLOOR_M or wall_distance(surfaces, pose.position, direction) < distance:
            return None
        spot = pose.position + distance * direction
        return float(spot[0]), float(spot[2])

    @property
    def subject(self) -> str | None:
        """The work that the eye rests on: in the middle of the picture and not small on it."""
        width, height = self.size_px
        found = self.pick(width / 2, height / 2)
        row = self._composition.cards.row.get(found or "")
        sizes = self._composition.tiers.size_px
        return found if row is not None and row < len(sizes) and sizes[row] > SUBJECT_FROM * height else None

    def is_inside(self, scene: "Scene") -> bool:
        """Whether the eye is in one of the rooms of a scene."""
        x, y, z = self._camera.pose.position
        return any(
            room.min_corner_m[0] <= x <= room.max_corner_m[0]
            and room.min_corner_m[1] <= z <= room.max_corner_m[1]
            and 0.0 <= y <= room.height_m
            for room in furnished(scene).rooms
        )

    @property
    def bounds(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The box around rooms and works; a small one around the origin when there is nothing."""
        surfaces = self._composition.environment.surfaces
        points = [s.origin + u * s.right * s.width_m + v * s.up * s.height_m for s in surfaces for u, v in _ENDS]
        corners = self._composition.tiers.corners.reshape(-1, 12)
        lows, highs = (corners.min(axis=0), corners.max(axis=0)) if len(corners) else (corners[0:0], corners[0:0])
        ends = [*lows.reshape(-1, 3), *highs.reshape(-1, 3)]
        everything = np.array([*points, *ends], np.float64).reshape(-1, 3)
        if not len(everything):
            return np.array([-4.0, 0.0, -4.0]), np.array([4.0, 3.0, 4.0])
        return everything.min(axis=0), everything.max(axis=0)

    def _ray(self, x_px: float, y_px: float) -> NDArray[np.float64]:
        return ray_through(self._camera.pose, x_px, y_px, self.size_px, self.angle_deg)
