"""The backdrop: a dome around the camera, from the ground over the horizon to the zenith, and what stands before it."""

from dataclasses import dataclass

import numpy as np
from vtkmodules.vtkRenderingCore import vtkActor

from scene.themes import Sky
from viewport.graphics.paint import BACKDROP, TINT, Look, actor_again, actor_for
from viewport.graphics.quads import QuadMesh
from viewport.rooms.scenery import RINGS_DEG, directions, scenery, sky_colours

SIDES = 24


@dataclass(frozen=True, eq=False)
class Backdrop:
    """Two actors of one dome, to be kept around the camera: without any steps of colour, and quick to draw."""

    still: vtkActor
    moving: vtkActor


def sky_dome(sky: Sky, radius_m: float) -> Backdrop:
    """The dome; it has no depth of its own worth speaking of."""
    low, side = (part.ravel() for part in np.meshgrid(np.arange(len(RINGS_DEG) - 1), np.arange(SIDES), indexing="ij"))
    rings = np.array(RINGS_DEG)[np.stack([low, low, low + 1, low + 1], axis=1)]
    turns = np.stack([side, side + 1, side + 1, side], axis=1) * (360.0 / SIDES)
    before, shades = scenery(sky, radius_m)
    mesh = QuadMesh(len(rings) + len(before), colours=True)
    assert mesh.rgba is not None
    mesh.corners[:] = np.concatenate([before, directions(rings, turns) * radius_m])
    mesh.rgba[:, :, :3] = np.concatenate([shades, sky_colours(sky, rings)]) * 255
    mesh.changed()
    still = actor_for(mesh, Look(BACKDROP, {}, two_sided=True))
    return Backdrop(still, actor_again(mesh, Look(TINT, {}, two_sided=True)))
