"""Rooms as merged meshes: lit walls, floors and ceilings, skirting, door frames and reveals."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkRenderingCore import vtkActor

from scene.themes import Cornice, Floor, Material, Skirting, Theme
from viewport.graphics.paint import COLOUR, FLOOR, LIT, Look, actor_for, mirrored_actor_for, set_uniform
from viewport.graphics.quads import Corners, QuadMesh
from viewport.graphics.textures import Texture, linear, rgb
from viewport.rooms.lightmaps import Cell
from viewport.surfaces import Surface, corners_of, cut_into_quads

REVEAL_M = 0.1
PROUD_M = 0.015


@dataclass
class Painted:
    """Actors of one part of the picture; `mirrored` ones are drawn only where a floor reflects."""

    actors: list[vtkActor] = field(default_factory=list)
    mirrored: list[vtkActor] = field(default_factory=list)
    floors: list[vtkActor] = field(default_factory=list)


def joined(*parts: Painted) -> Painted:
    """Several parts as one."""
    return Painted(
        [actor for part in parts for actor in part.actors],
        [actor for part in parts for actor in part.mirrored],
        [actor for part in parts for actor in part.floors],
    )


def paint_surfaces(
    surfaces: Sequence[Surface],
    cells: Sequence[Cell],
    light: Texture,
    tiles: dict[str, Texture],
    theme: Theme,
) -> Painted:
    """Walls, floors and ceilings, one mesh for each part; `tiles` are the theme's textures by part."""
    painted = Painted()
    for part in ("wall", "ceiling", "floor"):
        chosen = [(s, c) for s, c in zip(surfaces, cells, strict=True) if s.part == part]
        material = _material(theme, part)
        if not chosen or material is None:
            continue
        mesh = _lit_mesh(chosen, light, material.tile_m)
        mirrors = isinstance(material, Floor) and material.reflection > 0
        look = Look(FLOOR if mirrors else LIT, {"albedo": tiles[part], "light": light}, translucent=mirrors)
        actor = actor_for(mesh, look)
        painted.actors.append(actor)
        if isinstance(material, Floor):
            set_uniform(actor, "reflection", material.reflection)
            painted.floors.append(actor)
        else:
            painted.mirrored.append(mirrored_actor_for(mesh, look))
    return painted


def paint_trim(surfaces: Sequence[Surface], theme: Theme, level: float) -> Painted:
    """Skirting boards, door frames and the thickness of walls at openings."""
    skirting = theme.skirting or Skirting(colour=theme.walls.colour, height_m=0.0, door_frame_m=0.0)
    boards: list[Corners] = []
    reveals: list[Corners] = []
    crowns: list[Corners] = []
    thresholds: list[Corners] = []
    for wall in (surface for surface in surfaces if surface.part == "wall"):
        boards.extend(_boards(wall, skirting))
        reveals.extend(_reveals(wall))
        crowns.extend(_crown(wall, theme.cornice))
        thresholds.extend(_thresholds(wall))
    parts = [quads for quads in (*boards, *reveals, *crowns, *thresholds) if len(quads)]
    if not parts:
        return Painted()
    corners = np.concatenate(parts)
    mesh = QuadMesh(len(corners), colours=True)
    mesh.corners[:] = corners
    assert mesh.rgba is not None
    tints = np.full((len(corners), 1, 3), rgb(skirting.colour), np.float32)
    grounds = len(corners) - len(thresholds)
    if theme.cornice is not None and crowns:
        tints[grounds - sum(len(crown) for crown in crowns) : grounds] = rgb(theme.cornice.colour)
    shown = tints * np.float32(level) * facing_shade(corners)[:, None, None]
    shown[grounds:] = in_room_light(theme.floor, theme.lights.floor, theme, level)
    mesh.rgba[..., :3] = (np.clip(shown, 0, 1) * 255).astype(np.uint8)
    mesh.changed()
    look = Look(COLOUR, {})
    return Painted([actor_for(mesh, look)], [mirrored_actor_for(mesh, look)])


def _material(theme: Theme, part: str) -> Material | None:
    return {"wall": theme.walls, "floor": theme.floor, "ceiling": theme.ceiling}[part]


def _lit_mesh(chosen: Sequence[tuple[Surface, Cell]], light: Texture, tile_m: float) -> QuadMesh:
    height, width = light.rows.shape[:2]
    pieces = [(surface, cell, cut_into_quads(surface)) for surface, cell in chosen]
    mesh = QuadMesh(max(1, sum(len(cut) for _, _, cut in pieces)), light=True)
    assert mesh.light_uv is not None
    at = 0
    for surface, cell, cut in pieces:
        here = slice(at, at + len(cut))
        u, v = cut[:, [0, 2, 2, 0]], cut[:, [1, 1, 3, 3]]
        mesh.corners[here] = corners_of(surface, cut)
        mesh.uv[here] = np.stack([u, v], axis=-1) / tile_m
        mesh.light_uv[here, :, 0] = (cell.x + u / surface.width_m * cell.width) / width
        mesh.light_uv[here, :, 1] = (cell.y + v / surface.height_m * cell.height) / height
        at += len(cut)
    mesh.changed()
    return mesh


def _boards(wall: Surface, skirting: Skirting) -> list[Corners]:
    """Skirting between openings that reach the floor, and a frame of boards around each opening."""
    frame, height = skirting.door_frame_m, skirting.height_m
    doors = [(h[0] - frame, h[2] + frame) for h in wall.holes if h[1] < max(height, 0.01)]
    stretches = _between(wall.width_m, doors) if height > 0 else []
    boards = [_box(wall, (left, 0.0, right, height), PROUD_M) for left, right in stretches]
    for left, low, right, high in wall.holes if frame > 0 else ():
        sill = low - frame if low > 0.02 else low
        boards.append(_box(wall, (left - frame, sill, left, high + frame), PROUD_M))
        boards.append(_box(wall, (right, sill, right + frame, high + frame), PROUD_M))
        boards.append(_box(wall, (left, high, right, high + frame), PROUD_M))
        if low > 0.02:
            boards.append(_box(wall, (left, low - frame, right, low), PROUD_M))
    return boards


def _crown(wall: Surface, cornice: Cornice | None) -> list[Corners]:
    """A moulding in steps that stand out more and more towards the ceiling."""
    if cornice is None or cornice.height_m <= 0 or cornice.height_m > wall.height_m / 2:
        return []
    foot, steps = wall.height_m - cornice.height_m, ((0.0, 0.28, 0.02), (0.28, 0.62, 0.05), (0.62, 1.0, 0.09))
    found = []
    for low, high, proud_m in steps:
        v0, v1 = foot + low * cornice.height_m, foot + high * cornice.height_m
        w, n = wall.width_m, proud_m
        found.append(_quad(wall, [(0.0, v0, n), (w, v0, n), (w, v1, n), (0.0, v1, n)]))
        found.append(_quad(wall, [(0.0, v0, 0.0), (w, v0, 0.0), (w, v0, n), (0.0, v0, n)]))
    return found


def _reveals(wall: Surface) -> list[Corners]:
    """The inner sides of openings, facing into the hole."""
    found = []
    for left, low, right, high in wall.holes:
        d = REVEAL_M
        found.append(_quad(wall, [(left, low, 0), (left, low, -d), (left, high, -d), (left, high, 0)]))
        found.append(_quad(wall, [(right, low, -d), (right, low, 0), (right, high, 0), (right, high, -d)]))
        found.append(_quad(wall, [(left, high, -d), (right, high, -d), (right, high, 0), (left, high, 0)]))
        if low > 0.02:
            found.append(_quad(wall, [(left, low, 0), (right, low, 0), (right, low, -d), (left, low, -d)]))
    return found


def _thresholds(wall: Surface) -> list[Corners]:
    """The ground in openings that reach the floor."""
    d = REVEAL_M
    doors = [(left, right) for left, low, right, _ in wall.holes if low <= 0.02]
    return [_quad(wall, [(a, 0, 0), (b, 0, 0), (b, 0, -d), (a, 0, -d)]) for a, b in doors]


def in_room_light(material: Material, shine: float, theme: Theme, level: float) -> NDArray[np.float32]:
    """What a material looks like on the whole, in the common light of the rooms."""
    light = linear(theme.lights.ambient) * np.float32(max(0.04, shine) * level)
    albedo = (rgb(material.colour) + rgb(material.second)) / 2
    shown: NDArray[np.float32] = albedo * light ** np.float32(1 / 2.2)
    return shown


def _between(width_m: float, gaps: list[tuple[float, float]]) -> list[tuple[float, float]]:
    stretches, u = [], 0.0
    for left, right in [*sorted(gaps), (width_m, width_m)]:
        if left - u > 0.01:
            stretches.append((u, left))
        u = max(u, right)
    return stretches


def _box(wall: Surface, area: tuple[float, float, float, float], proud_m: float) -> Corners:
    """A board on a wall: its face, top edge and side edges."""
    u0, v0, u1, v1 = area
    n = proud_m
    faces = [
        [(u0, v0, n), (u1, v0, n), (u1, v1, n), (u0, v1, n)],
        [(u0, v1, n), (u1, v1, n), (u1, v1, 0), (u0, v1, 0)],
        [(u0, v0, 0), (u0, v0, n), (u0, v1, n), (u0, v1, 0)],
        [(u1, v0, n), (u1, v0, 0), (u1, v1, 0), (u1, v1, n)],
    ]
    return np.concatenate([_quad(wall, face) for face in faces])


def _quad(wall: Surface, points: Sequence[tuple[float, float, float]]) -> Corners:
    placed = [wall.origin + u * wall.right + v * wall.up + n * wall.normal for u, v, n in points]
    return np.array([placed], np.float32)


def box_quads(
    centre: NDArray[np.floating], x: NDArray[np.floating], y: NDArray[np.floating], z: NDArray[np.floating]
) -> Corners:
    """The six sides of a box given its centre and its half extents, seen from outside."""
    if float(np.cross(x, y) @ z) < 0:
        x = -x
    sides = [(x, y, z), (-x, y, -z), (-z, y, x), (z, y, -x), (x, -z, y), (x, z, -y)]
    found = [[c - a - b, c + a - b, c + a + b, c - a + b] for a, b, n in sides for c in (centre + n,)]
    return np.array(found, np.float32)


def facing_shade(corners: Corners) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """A brightness by direction: tops catch the light, undersides do not."""
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 3] - corners[:, 0])
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9)
    return (0.8 + 0.25 * normal[:, 1] + 0.06 * normal[:, 0]).astype(np.float32)
