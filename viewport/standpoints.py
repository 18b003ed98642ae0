"""Where to stand to see a record of the scene well."""

import numpy as np

from scene.records import AnyRecord, Room, Sign, Viewpoint, Wall
from viewport.camera import EYE_HEIGHT_M, Pose, in_front_of, overview
from viewport.surfaces import wall_surface


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
