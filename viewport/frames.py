"""Frames with depth, mats and backs around the works nearest to the eye, as one mesh."""

import numpy as np
from numpy.typing import NDArray

from scene.themes import Frame
from viewport.cards import Cards
from viewport.paint import COLOUR, Look, actor_for, mirrored_actor_for
from viewport.quads import Corners, QuadMesh
from viewport.textures import rgb

PARTS = 14
LIP_M = 0.014
DIMMED = 0.3
MOST = 400

_SHADES = np.array([1.0, 0.92, 0.96, 0.86, 0.55, 0.8, 1.25, 0.8, 0.45, 0.7, 0.9, 0.7, 1.0, 0.5], np.float32)
"""Brightness of the face (low, right, high, left), the outer sides, the inner lip, the mat and the back."""


_BEVEL = np.ones((PARTS, 4), np.float32)
_BEVEL[:4] = (0.72, 0.72, 1.16, 1.16)
"""Brightness at the corners of a quad: the face rises from its outer to its inner edge."""


class Frames:
    """Draws frames around up to `MOST` cards."""

    def __init__(self, frame: Frame, level: float) -> None:
        self._frame = frame
        self.mesh = QuadMesh(MOST * PARTS, colours=True)
        assert self.mesh.rgba is not None
        tint = rgb(frame.colour)[None, None, :] * (_SHADES[:, None] * _BEVEL)[..., None]
        tint[12] = rgb(frame.mat_colour)
        lit = np.clip(tint * np.float32(level), 0, 1)
        self.mesh.rgba[..., :3] = np.tile((lit * 255).astype(np.uint8), (MOST, 1, 1))
        look = Look(COLOUR, {})
        self.actor = actor_for(self.mesh, look)
        self.mirrored = mirrored_actor_for(self.mesh, look)
        self._rows: NDArray[np.int64] = np.zeros(0, np.int64)
        self._tint = self.mesh.rgba[:PARTS, :, :3].copy()
        self.strengths: NDArray[np.float32] | None = None
        """How strong each row's frame is shown, 0 dimmed to 1; None where all are."""

    def show(self, cards: Cards, rows: NDArray[np.int64]) -> None:
        """Frame these rows and no others."""
        rows = rows[:MOST]
        self.mesh.corners[:] = 0
        if len(rows) and self._frame.width_m > 0:
            self.mesh.corners[: len(rows) * PARTS] = _frames(cards, rows, self._frame)
            self._shade(rows)
        self.mesh.changed()

    def _shade(self, rows: NDArray[np.int64]) -> None:
        assert self.mesh.rgba is not None
        strengths = np.ones(len(rows)) if self.strengths is None else DIMMED + (1 - DIMMED) * self.strengths[rows]
        tints = self._tint[None] * strengths[:, None, None, None]
        self.mesh.rgba[: len(rows) * PARTS, :, :3] = tints.reshape(-1, 4, 3).astype(np.uint8)


def _frames(cards: Cards, rows: NDArray[np.int64], frame: Frame) -> Corners:
    inner = _ring(cards, rows, frame.mat_m)
    outer = _ring(cards, rows, frame.mat_m + frame.width_m)
    normal = cards.normal[rows][:, None, :]
    face, wall = normal * LIP_M, normal * -np.float64(frame.depth_m - 0.005)
    parts = [_side(inner + face, outer + face, k) for k in range(4)]
    parts += [_side(outer + face, outer + wall, k) for k in range(4)]
    parts += [_side(inner - normal * 0.004, inner + face, k) for k in range(4)]
    parts.append(inner - normal * 0.003)
    parts.append(np.where(cards.on_wall[rows][:, None, None], 0.0, (outer + wall)[:, [1, 0, 3, 2]]))
    return np.stack(parts, axis=1).reshape(-1, 4, 3).astype(np.float32)


def _ring(cards: Cards, rows: NDArray[np.int64], grow_m: float) -> NDArray[np.float64]:
    half = cards.size[rows] / 2 + grow_m
    x, y = cards.right[rows] * half[:, :1], cards.up[rows] * half[:, 1:]
    c = cards.centre[rows]
    return np.stack([c - x - y, c + x - y, c + x + y, c - x + y], axis=1)


def _side(inner: NDArray[np.float64], outer: NDArray[np.float64], k: int) -> NDArray[np.float64]:
    """The quad between two rings along edge k (low, right, high, left)."""
    n = (k + 1) % 4
    return np.stack([outer[:, k], outer[:, n], inner[:, n], inner[:, k]], axis=1)
