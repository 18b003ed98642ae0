"""Where to stand to see a record of the scene well, or all of it on coming in."""

import math

import numpy as np

from scene.layouts.framing import SCREEN, outline, view_of
from scene.records import AnyRecord, Room, Sign, Viewpoint, Wall
from scene.scene import Scene
from viewport.camera import EYE_HEIGHT_M, Pose, in_front_of, overview
from viewport.surfaces import wall_surface

ALIKE = 0.04
"""A picture whose shape differs less than that from a screen's is shown as the layout meant it."""
MOST_FURTHER = 3.0
"""The eye steps back at most so many times as far as the layout has it."""


def entrance_pose(scene: Scene, aspect: float) -> Pose:
    """The scene's first viewpoint; in the open, a layout's entrance is stepped back until a narrow picture holds it."""
    first = scene.viewpoints[0]
    meant = Pose.of(first.position_m, first.target_m)
    laid_out = scene.arrangement is not None and scene.arrangement.layout != "gallery" and first.id == "entrance"
    if not laid_out or scene.rooms or not scene.placements or abs(aspect / SCREEN - 1) < ALIKE:
        return meant
    ahead = meant.forward
    points = outline(scene.placements, scene.signs)
    view = view_of(points, first.position_m[1], max(aspect, 0.3), math.atan2(ahead[0], -ahead[2]))
    found = Pose.of(view.position_m, view.target_m)
    step = float(np.linalg.norm(found.position - meant.position))
    return found if step < MOST_FURTHER * meant.distance_m else meant


def pose_for(record: AnyRecord, view_angle_deg: float, aspect: float) -> Pose | None:
    """A pose for viewpoints, rooms, walls and signs; None for what has no place of its own."""
    if isinstance(record, Viewpoint):
        return Pose.of(record.position_m, record.target_m)
    if isinstance(record, Room):
        (x0, z0), (x1, z1) = record.min_corner_m, record.max_corner_m
        low, high = np.array([x0, 0.0, z0]), np.array([x1, record.height_m, z1])
        return overview(low, high, view_angle_deg, aspect)
    if isinstance(record, Wall):
        surface = wall_surface(record)
        if surface is None:
            return None
        eye = surface.at(np.array(surface.width_m / 2), np.array(EYE_HEIGHT_M))
        back = min(max(surface.width_m * 0.6, 2.0), 9.0)
        return Pose.of(eye + surface.normal * back, eye)
    if isinstance(record, Sign):
        turn = np.array(record.rotation)
        normal = np.array([2 * (turn[0] * turn[2] + turn[1] * turn[3]), 0.0, 1 - 2 * (turn[0] ** 2 + turn[1] ** 2)])
        size = (max(1.0, record.height_m * 4), max(0.4, record.height_m))
        return in_front_of(np.array(record.position_m), normal, size, view_angle_deg, aspect)
    return None
