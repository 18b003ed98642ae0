"""What is seen through doors that lead out of the rooms: a short passage in the room's own colours that grows dim."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scene.themes import Theme
from viewport.graphics.paint import COLOUR, Look, actor_for, mirrored_actor_for
from viewport.graphics.quads import QuadMesh
from viewport.graphics.textures import linear, rgb
from viewport.rooms.rooms import REVEAL_M, Painted
from viewport.surfaces import Hole, Surface

COVERED_M, OPEN_M = 1.5, 0.5
"""How far a passage reaches from rooms with a ceiling, and through the thicker wall of those without."""
DEEP = {"side": 0.5, "floor": 0.45, "above": 0.4}
"""How bright the far end is beside the near one."""
FACING = {"side": 0.94, "floor": 1.0, "above": 0.82}
LOWEST_SILL_M = 0.02
NEON = 0.3
"""How much of the light of neon around a door falls into it."""


def paint_passages(surfaces: Sequence[Surface], theme: Theme, level: float) -> Painted:
    """The passages behind all doors that lead into no other room."""
    floors = [surface for surface in surfaces if surface.part == "floor"]
    depth_m = COVERED_M if theme.ceiling is not None else OPEN_M
    quads, colours = [], []
    for wall in (surface for surface in surfaces if surface.part == "wall"):
        for hole in wall.holes:
            if hole[1] <= LOWEST_SILL_M and _leads_out(wall, hole, floors, depth_m):
                for face, corners in _faces(wall, hole, depth_m):
                    quads.append(corners)
                    colours.append(_colours(face, theme, level))
    if not quads:
        return Painted()
    mesh = QuadMesh(len(quads), colours=True)
    mesh.corners[:] = np.array(quads, np.float32)
    assert mesh.rgba is not None
    mesh.rgba[..., :3] = (np.clip(np.array(colours), 0, 1) * 255).astype(np.uint8)
    mesh.changed()
    look = Look(COLOUR, {})
    return Painted([actor_for(mesh, look)], [mirrored_actor_for(mesh, look)])


def _leads_out(wall: Surface, hole: Hole, floors: Sequence[Surface], depth_m: float) -> bool:
    """Whether no room lies where the passage would be."""
    for u in (hole[0], hole[2]):
        for behind_m in (0.3, depth_m):
            place = wall.origin + wall.right * u - wall.normal * behind_m
            for floor in floors:
                across, along, _ = floor.plane_of(place)
                if 0 <= across <= floor.width_m and 0 <= along <= floor.height_m:
                    return False
    return True


def _faces(wall: Surface, hole: Hole, depth_m: float) -> list[tuple[str, NDArray[np.float64]]]:
    """Both sides, floor and ceiling of a passage; the first two corners of each lie deep, the others near."""
    left, low, right, high = hole
    near, deep = -REVEAL_M, -REVEAL_M - depth_m

    def placed(points: Sequence[tuple[float, float, float]]) -> NDArray[np.float64]:
        return np.array([wall.origin + u * wall.right + v * wall.up + n * wall.normal for u, v, n in points])

    return [
        ("side", placed([(left, low, deep), (left, high, deep), (left, high, near), (left, low, near)])),
        ("side", placed([(right, high, deep), (right, low, deep), (right, low, near), (right, high, near)])),
        ("floor", placed([(right, low, deep), (left, low, deep), (left, low, near), (right, low, near)])),
        ("above", placed([(left, high, deep), (right, high, deep), (right, high, near), (left, high, near)])),
    ]


def _colours(face: str, theme: Theme, level: float) -> NDArray[np.float32]:
    lights = theme.lights
    material = theme.floor if face == "floor" else theme.walls
    shine = lights.floor if face == "floor" else (lights.walls_foot + lights.walls_top) / 2
    light = linear(lights.ambient) * np.float32(max(0.04, shine) * level)
    for strip in lights.strips:
        if strip.where == "doors":
            light = light + linear(strip.colour) * np.float32(min(strip.level, 1.5) * NEON * level)
    albedo = (rgb(material.colour) + rgb(material.second)) / 2
    near = albedo * light ** np.float32(1 / 2.2) * np.float32(FACING[face])
    deep = near * np.float32(DEEP[face])
    return np.array([deep, deep, near, near], np.float32)
