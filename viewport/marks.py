"""What is drawn over works to say something about them: selected, under the pointer, proposed, about to go."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkRenderingCore import vtkActor

from viewport.cards import Cards
from viewport.paint import PLAIN, SPRITE, Look, actor_for
from viewport.quads import Corners, QuadMesh
from viewport.textures import Pixels, Texture, rgb

OUTSIDE_M = 0.045
"""Gap between the picture and its outline, so that frames stay visible."""
HALO_M = 0.42
FORWARD_M = 0.022


class Outlines:
    """Rings of one colour around cards."""

    def __init__(self, colour: str, width_m: float, forward_m: float = FORWARD_M) -> None:
        self._colour, self._width_m, self._forward_m = colour, width_m, forward_m
        self._mesh, self.actor = self._made(4)

    def show(self, cards: Cards, rows: Sequence[int], gap_m: float = OUTSIDE_M) -> None:
        """Outline these rows and no others."""
        chosen = np.asarray(rows, np.int64)
        needed = len(chosen) * 4
        if needed > len(self._mesh.corners):
            size = len(self._mesh.corners)
            while size < needed:
                size *= 2
            self._mesh, fresh = self._made(size)
            self.actor.SetMapper(fresh.GetMapper())
        self._mesh.corners[:] = 0
        if needed:
            self._mesh.corners[:needed] = rings(cards, chosen, gap_m, gap_m + self._width_m, self._forward_m)
        self._mesh.changed()

    def recolour(self, colour: str) -> None:
        """Draw in another colour from now on."""
        self._colour = colour
        assert self._mesh.rgba is not None
        self._mesh.rgba[..., :3] = (rgb(colour) * 255).astype(np.uint8)
        self._mesh.changed()

    def _made(self, capacity: int) -> tuple[QuadMesh, vtkActor]:
        mesh = QuadMesh(capacity, colours=True)
        assert mesh.rgba is not None
        mesh.rgba[..., :3] = (rgb(self._colour) * 255).astype(np.uint8)
        return mesh, actor_for(mesh, Look(PLAIN, {}, two_sided=True))


class Ghosts:
    """Proposed works: an accent halo on the wall behind and a veil over the picture's edge that leaves it legible."""

    def __init__(self, accent: str) -> None:
        self._outline = Outlines(accent, 0.018)
        self._halo_texture = Texture(_halo(accent), mipmap=False)
        self._veil_texture = Texture(_veil(accent), mipmap=False)
        self.actors: list[vtkActor] = [self._outline.actor]

    def show(self, cards: Cards, rows: Sequence[int]) -> None:
        """Mark these rows as proposed."""
        self._outline.show(cards, rows)
        chosen = np.asarray(rows, np.int64)
        halo = _sprites(cards.corners(HALO_M, -0.028)[chosen], self._halo_texture)
        veil = _sprites(cards.corners(0.0, 0.004)[chosen], self._veil_texture)
        self.actors = [self._outline.actor, halo, veil] if len(chosen) else []


def rings(cards: Cards, rows: NDArray[np.int64], inner_m: float, outer_m: float, forward_m: float) -> Corners:
    """Four quads around each card between two distances from its edge, shape (4 n, 4, 3)."""
    inner, outer = cards.corners(inner_m, forward_m)[rows], cards.corners(outer_m, forward_m)[rows]
    sides = [np.stack([outer[:, k], outer[:, n], inner[:, n], inner[:, k]], axis=1) for k, n in _EDGES]
    return np.stack(sides, axis=1).reshape(-1, 4, 3)


_EDGES = ((0, 1), (1, 2), (2, 3), (3, 0))


def _sprites(corners: Corners, texture: Texture) -> vtkActor:
    mesh = QuadMesh(max(1, len(corners)))
    mesh.corners[: len(corners)] = corners
    mesh.changed()
    return actor_for(mesh, Look(SPRITE, {"albedo": texture}, translucent=True, two_sided=True))


def _halo(accent: str) -> Pixels:
    """A soft glow that is strongest towards the middle of the edges and gone at the rim."""
    along = np.abs(np.linspace(-1, 1, 96, dtype=np.float32))
    edge = np.maximum(along[None, :], along[:, None]) * 0.5 + np.hypot(along[None, :], along[:, None]) * 0.5
    alpha = np.clip((1.0 - edge) / 0.5, 0, 1) ** 1.6 * 0.85
    return _tinted(accent, alpha)


def _veil(accent: str) -> Pixels:
    """A tint that lies on the rim of a picture and leaves its middle clear."""
    along = np.abs(np.linspace(-1, 1, 128, dtype=np.float32))
    edge = np.maximum(along[None, :], along[:, None])
    return _tinted(accent, 0.05 + 0.45 * np.clip((edge - 0.72) / 0.28, 0, 1) ** 2)


def _tinted(colour: str, alpha: NDArray[np.float32]) -> Pixels:
    pixels = np.empty((*alpha.shape, 4), np.uint8)
    pixels[..., :3] = (rgb(colour) * 255).astype(np.uint8)
    pixels[..., 3] = (np.clip(alpha, 0, 1) * 255).astype(np.uint8)
    return pixels
