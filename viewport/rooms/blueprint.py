"""The mark of a proposed room: a fine metre grid in the accent colour over its walls and floor."""

from collections.abc import Collection, Sequence

import numpy as np
from vtkmodules.vtkRenderingCore import vtkActor

from viewport.graphics.paint import SPRITE, Look, actor_for
from viewport.graphics.quads import QuadMesh
from viewport.graphics.textures import Pixels, Texture, rgb
from viewport.rooms.noise import step
from viewport.surfaces import Surface, corners_of, cut_into_quads

PROUD_M = 0.006
GRID_PX = 256
LINE, CROSS = 0.20, 0.75
"""Opacity of the lines, and of the small crosses where they meet."""


def blueprint(surfaces: Sequence[Surface], rooms: Collection[str], accent: str) -> list[vtkActor]:
    """One actor that lies over the walls and floors of these rooms; none without rooms."""
    chosen = [s for s in surfaces if s.room_id in rooms and s.part != "ceiling"]
    pieces = [(surface, cut_into_quads(surface)) for surface in chosen]
    count = sum(len(cut) for _, cut in pieces)
    if not count:
        return []
    mesh, at = QuadMesh(count), 0
    for surface, cut in pieces:
        here = slice(at, at + len(cut))
        mesh.corners[here] = corners_of(surface, cut) + (surface.normal * PROUD_M).astype(np.float32)
        mesh.uv[here] = np.stack([cut[:, [0, 2, 2, 0]], cut[:, [1, 1, 3, 3]]], axis=-1)
        at += len(cut)
    mesh.changed()
    texture = Texture(_grid(accent), repeat=True)
    return [actor_for(mesh, Look(SPRITE, {"albedo": texture}, translucent=True))]


def _grid(accent: str) -> Pixels:
    along = np.abs((np.arange(GRID_PX, dtype=np.float32) + 0.5) / GRID_PX - 0.5)
    line = step(0.488, 0.497, along)
    near = step(0.45, 0.455, along)
    cross = np.maximum(line[None, :] * near[:, None], line[:, None] * near[None, :])
    alpha = np.maximum(np.maximum(line[None, :], line[:, None]) * LINE, cross * CROSS)
    pixels = np.empty((GRID_PX, GRID_PX, 4), np.uint8)
    pixels[..., :3] = (rgb(accent) * 255).astype(np.uint8)
    pixels[..., 3] = (alpha * 255).astype(np.uint8)
    return pixels
