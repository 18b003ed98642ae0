"""Shadows of framed works on their walls: a dark line where frame and wall meet and a soft one that the lamps throw."""

import numpy as np
from numpy.typing import NDArray

from scene.themes import Frame
from viewport.graphics.paint import SPRITE, Look, actor_for
from viewport.graphics.quads import Corners, QuadMesh
from viewport.graphics.textures import Pixels, Texture
from viewport.works.cards import Cards
from viewport.works.frames import MOST

WALL_M = -0.0355
"""Where the wall is behind a work that hangs on it; a little in front of it."""
SOFT_PX = 48
LAYERS = ((0.0, 0.09, 0.9), (0.045, 0.22, 0.85))
"""How far below the frame, how wide, and how dark relative to the theme's shadow."""
UNDER_M = 0.06
"""So far shadows begin beneath the frame's edge."""
PARTS = 8 * len(LAYERS)

_GRID = [(column, row) for row in range(3) for column in range(3) if (column, row) != (1, 1)]


class Shadows:
    """Draws shadows around up to `MOST` works on walls."""

    def __init__(self, frame: Frame) -> None:
        self._reach_m = frame.mat_m + frame.width_m
        self._strength = frame.shadow
        self.mesh = QuadMesh(MOST * PARTS, colours=True)
        cells = np.array([[(c, r), (c + 1, r), (c + 1, r + 1), (c, r + 1)] for c, r in _GRID])
        self.mesh.uv[:] = np.tile(np.array([0.0, 0.5, 0.5, 1.0], np.float32)[cells], (MOST * len(LAYERS), 1, 1))
        assert self.mesh.rgba is not None
        darkness = [255 * min(1.0, frame.shadow * dark) for _, _, dark in LAYERS]
        self.mesh.rgba[..., 3] = np.tile(np.repeat(darkness, len(_GRID)), MOST)[:, None]
        self._texture = Texture(_soft(), mipmap=False)
        self.actor = actor_for(self.mesh, Look(SPRITE, {"albedo": self._texture}, translucent=True))
        self.actor.VisibilityOff()
        self._used = 0

    def show(self, cards: Cards, rows: NDArray[np.int64]) -> None:
        """Shadows behind these rows and no others."""
        rows = rows[cards.on_wall[rows]][:MOST] if self._strength > 0 else rows[:0]
        count = len(rows) * PARTS
        if count:
            layers = [self._layer(cards, rows, below_m, wide_m) for below_m, wide_m, _ in LAYERS]
            self.mesh.corners[:count] = np.stack(layers, axis=1).reshape(-1, 4, 3)
        elif not self._used:
            return
        self.mesh.corners[count : self._used] = 0
        self._used = count
        self.mesh.draw_first(count)
        self.mesh.changed()
        self.actor.SetVisibility(bool(count))

    def _layer(self, cards: Cards, rows: NDArray[np.int64], below_m: float, wide_m: float) -> Corners:
        """The eight quads around each frame, shape (n, 8, 4, 3)."""
        half = np.maximum(cards.size[rows] / 2 + self._reach_m - UNDER_M, 0.01)
        centre = cards.centre[rows] + cards.normal[rows] * WALL_M - cards.up[rows] * below_m
        xs, ys = (
            np.stack([-half[:, k] - wide_m, -half[:, k], half[:, k], half[:, k] + wide_m], axis=1) for k in (0, 1)
        )
        right, up = cards.right[rows][:, None, None, :], cards.up[rows][:, None, None, :]
        points = centre[:, None, None, :] + ys[:, :, None, None] * up + xs[:, None, :, None] * right
        quads = [
            np.stack([points[:, r, c], points[:, r, c + 1], points[:, r + 1, c + 1], points[:, r + 1, c]], axis=1)
            for c, r in _GRID
        ]
        return np.stack(quads, axis=1).astype(np.float32)


def _soft() -> Pixels:
    """Black, dense in the middle and gone at the rim."""
    along = (np.arange(SOFT_PX, dtype=np.float32) + 0.5) / SOFT_PX * 2 - 1
    far = np.minimum(np.hypot(along[None, :], along[:, None]), 1.0)
    pixels = np.zeros((SOFT_PX, SOFT_PX, 4), np.uint8)
    pixels[..., 3] = ((1 - far) ** 2 * 255).astype(np.uint8)
    return pixels
