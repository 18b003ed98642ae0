"""Quads rewritten every frame: a few meshes of growing capacity over one sheet, the smallest that fits is drawn."""

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkRenderingCore import vtkActor

from viewport.graphics.paint import CARD, MIRRORED_CARD, TINT, Look, actor_for, mirrored_actor_for
from viewport.graphics.quads import QuadMesh
from viewport.graphics.sheet import Sheet

CAPACITIES = (64, 2_048, 16_384, 65_536, 262_144)

Floats = NDArray[np.float32]


class Sheaf:
    """One mesh and its two actors."""

    def __init__(self, capacity: int, texture: Sheet) -> None:
        self.mesh = QuadMesh(capacity, colours=True)
        look = Look(CARD, {"albedo": texture}, two_sided=False)
        self.actor: vtkActor = actor_for(self.mesh, look)
        self.mirrored: vtkActor = mirrored_actor_for(self.mesh, Look(MIRRORED_CARD, look.textures))
        self.actor.VisibilityOff()
        self.mirrored.VisibilityOff()
        self.used = 0


class PlainQuads:
    """Quads without a texture, each in the blend of four colours: several times as quick to fill."""

    def __init__(self) -> None:
        self._sheaves: dict[int, PlainSheaf] = {}
        self.shown = self._sheaf(CAPACITIES[0])

    def show(self, corners: Floats, colours: NDArray[np.uint8]) -> None:
        """Draw these quads and no others."""
        count = len(corners)
        sheaf = self.shown = self._sheaf(next((c for c in CAPACITIES if c >= count), count))
        mesh = sheaf.mesh
        assert mesh.rgba is not None
        mesh.corners[:count], mesh.rgba[:count, :, :3] = corners, colours
        mesh.corners[count : sheaf.used] = 0
        sheaf.used = count
        mesh.draw_first(count)
        mesh.changed()

    def clear(self) -> None:
        """Draw none."""
        if self.shown.used:
            self.show(np.zeros((0, 4, 3), np.float32), np.zeros((0, 4, 3), np.uint8))

    def _sheaf(self, capacity: int) -> "PlainSheaf":
        found = self._sheaves.get(capacity)
        if found is None:
            found = self._sheaves[capacity] = PlainSheaf(capacity)
        return found


class PlainSheaf:
    """One mesh and its actor."""

    def __init__(self, capacity: int) -> None:
        self.mesh = QuadMesh(capacity, colours=True)
        self.actor: vtkActor = actor_for(self.mesh, Look(TINT, {}))
        self.used = 0


class FlowingQuads:
    """Draws what `show` was given last."""

    def __init__(self, texture: Sheet) -> None:
        self._texture = texture
        self._sheaves: dict[int, Sheaf] = {}
        self.shown = self._sheaf(CAPACITIES[0])

    def show(self, corners: Floats, uv: Floats, strengths: Floats | None = None, veils: Floats | None = None) -> None:
        """Draw these quads and no others: how strong each is, and how much of it covers what is beneath."""
        count = len(corners)
        sheaf = self.shown = self._sheaf(next((c for c in CAPACITIES if c >= count), count))
        mesh = sheaf.mesh
        mesh.corners[:count] = corners
        mesh.uv[:count] = uv
        mesh.corners[count : sheaf.used] = 0
        sheaf.used = count
        mesh.draw_first(count)
        for actor in (sheaf.actor, sheaf.mirrored):
            actor.SetVisibility(bool(count))
        assert mesh.rgba is not None
        mesh.rgba[:count, :, 0] = 255 if strengths is None else (strengths * 255).astype(np.uint8)[:, None]
        if veils is not None:
            mesh.rgba[:count, :, 1] = (veils * 255).astype(np.uint8)[:, None]
        mesh.changed()

    def draws(self, texture: Sheet) -> bool:
        """Whether it draws from what a sheet has on the graphics card."""
        return self._texture.vtk is texture.vtk

    def clear(self) -> None:
        """Draw none."""
        if self.shown.used:
            self.show(np.zeros((0, 4, 3), np.float32), np.zeros((0, 4, 2), np.float32))

    def _sheaf(self, capacity: int) -> Sheaf:
        found = self._sheaves.get(capacity)
        if found is None:
            found = self._sheaves[capacity] = Sheaf(capacity, self._texture)
        return found
