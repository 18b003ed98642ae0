"""Neon: the emissive lines along the edges of rooms, as segments that the light bake and the renderer share."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scene.records import Light
from scene.scene import Scene
from scene.themes import Strip, Theme
from viewport.graphics.quads import Corners, rectangles
from viewport.graphics.textures import linear
from viewport.surfaces import Surface, Vector

INSET_M = 0.03
THICKNESS_M = 0.045


@dataclass(frozen=True, eq=False)
class Segment:
    """One straight tube of light, `normal` pointing away from the surface it is fixed to."""

    start: Vector
    end: Vector
    normal: Vector
    colour: NDArray[np.float32]
    """Linear light."""
    level: float
    reach_m: float
    room_id: str


def segments_of(surfaces: list[Surface], theme: Theme, scene: Scene) -> list[Segment]:
    """The theme's strips on every wall, then the scene's own strip lights."""
    found: list[Segment] = []
    walls = [surface for surface in surfaces if surface.part == "wall"]
    for index, wall in enumerate(walls):
        for strip in theme.lights.strips:
            colour = linear(strip.second if strip.second and index % 2 else strip.colour)
            found.extend(_on_wall(wall, strip, colour))
    found.extend(_own_strip(light) for light in scene.lights if light.use == "strip")
    return [segment for segment in found if float(np.linalg.norm(segment.end - segment.start)) > THICKNESS_M]


def tubes(segments: list[Segment]) -> tuple[Corners, NDArray[np.uint8]]:
    """A quad for each segment and its colour (n, 4, 4): a hot core tinted by the colour."""
    if not segments:
        return np.zeros((0, 4, 3), np.float32), np.zeros((0, 4, 4), np.uint8)
    start = np.array([s.start for s in segments])
    end = np.array([s.end for s in segments])
    normal = np.array([s.normal for s in segments])
    along = (end - start) / 2
    across = np.cross(normal, along)
    across *= THICKNESS_M / 2 / np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-9)
    tint = np.array([s.colour for s in segments]) ** (1 / 2.2)
    core = np.clip(tint * 0.55 + 0.5, 0, 1)
    rgba = np.full((len(segments), 4, 4), 255, np.uint8)
    rgba[..., :3] = (core * 255).astype(np.uint8)[:, None, :]
    return rectangles((start + end) / 2 + normal * 0.004, along, across), rgba


def _on_wall(wall: Surface, strip: Strip, colour: NDArray[np.float32]) -> list[Segment]:
    w, h = wall.width_m, wall.height_m
    if strip.where == "ceiling":
        lines = _unbroken(wall, h - 0.07)
    elif strip.where == "skirting":
        lines = _unbroken(wall, 0.05)
    elif strip.where == "corners":
        lines = [((0.05, 0.0), (0.05, h))]
    else:
        lines = [line for hole in wall.holes for line in _around(hole, w)]
    return [
        Segment(_at(wall, a), _at(wall, b), wall.normal, colour, strip.level, strip.reach_m, wall.room_id)
        for a, b in lines
    ]


_Line = tuple[tuple[float, float], tuple[float, float]]


def _unbroken(wall: Surface, v: float) -> list[_Line]:
    """The stretches of a horizontal line that no hole interrupts."""
    gaps = sorted((left - 0.1, right + 0.1) for left, low, right, high in wall.holes if low - 0.1 < v < high + 0.1)
    lines, u = [], INSET_M
    for left, right in [*gaps, (wall.width_m - INSET_M, wall.width_m)]:
        if left > u:
            lines.append(((u, v), (left, v)))
        u = max(u, right)
    return lines


def _around(hole: tuple[float, float, float, float], width_m: float) -> list[_Line]:
    left, low, right, high = hole
    left, right, high = left - 0.08, right + 0.08, high + 0.08
    foot = max(0.02, low)
    return [((left, foot), (left, high)), ((left, high), (right, high)), ((right, foot), (right, high))]


def _at(wall: Surface, point: tuple[float, float]) -> Vector:
    return wall.origin + point[0] * wall.right + point[1] * wall.up + wall.normal * 0.02


def _own_strip(light: Light) -> Segment:
    start, end = np.array(light.position_m), np.array(light.target_m)
    up = np.array([0.0, 1.0, 0.0]) if abs(start[1] - end[1]) < 1e-6 else np.array([0.0, 0.0, 1.0])
    return Segment(start, end, up, linear(light.colour), light.intensity, 0.6, light.for_id or "")
