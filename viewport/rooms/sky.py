"""The backdrop: a dome around the camera, from the ground over the horizon to the zenith."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkRenderingCore import vtkActor

from scene.themes import Sky
from viewport.graphics.paint import BACKDROP, TINT, Look, actor_again, actor_for
from viewport.graphics.quads import QuadMesh
from viewport.graphics.textures import rgb
from viewport.rooms.noise import step

SIDES = 24
HEIGHTS_DEG = (-90.0, -40.0, -20.0, -10.0, -5.0, -2.0, 0.0, 2.0, 5.0, 10.0, 18.0, 30.0, 50.0, 90.0)


@dataclass(frozen=True, eq=False)
class Backdrop:
    """Two actors of one dome, to be kept around the camera: without any steps of colour, and quick to draw."""

    still: vtkActor
    moving: vtkActor


def sky_dome(sky: Sky, radius_m: float) -> Backdrop:
    """The dome; it has no depth of its own worth speaking of."""
    rings = np.radians(HEIGHTS_DEG)
    turns = np.linspace(0, 2 * np.pi, SIDES + 1)
    mesh = QuadMesh((len(rings) - 1) * SIDES, colours=True)
    assert mesh.rgba is not None
    colours = np.array([_colour(sky, height) for height in HEIGHTS_DEG])
    at = 0
    for low in range(len(rings) - 1):
        for side in range(SIDES):
            steps = ((low, side), (low, side + 1), (low + 1, side + 1), (low + 1, side))
            mesh.corners[at] = [_direction(rings[ring], turns[turn]) * radius_m for ring, turn in steps]
            mesh.rgba[at, :, :3] = [colours[ring] * 255 for ring, _ in steps]
            at += 1
    mesh.changed()
    still = actor_for(mesh, Look(BACKDROP, {}, two_sided=True))
    return Backdrop(still, actor_again(mesh, Look(TINT, {}, two_sided=True)))


def _direction(height: float, turn: float) -> NDArray[np.float64]:
    return np.array([np.cos(height) * np.sin(turn), np.sin(height), np.cos(height) * np.cos(turn)])


def _colour(sky: Sky, height_deg: float) -> NDArray[np.float32]:
    horizon = rgb(sky.horizon)
    if height_deg < 0:
        towards, share = rgb(sky.ground), float(step(0.0, 20.0, -height_deg))
    else:
        towards, share = rgb(sky.zenith), min(1.0, (height_deg / 55.0) ** 0.65)
    mixed: NDArray[np.float32] = horizon + (towards - horizon) * np.float32(share)
    return mixed
