"""Frames and mats with real depth around the works nearest to the eye, as one mesh."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scene.themes import Frame
from viewport.cards import Cards
from viewport.paint import COLOUR, Look, actor_for, mirrored_actor_for
from viewport.profiles import Section, sections_of, shades
from viewport.quads import Corners, QuadMesh
from viewport.textures import rgb

DIMMED = 0.3
MOST = 400


class Frames:
    """Draws frames around up to `MOST` cards."""

    def __init__(self, frame: Frame, level: float) -> None:
        self._frame = frame
        self._sections = sections_of(frame)
        self._parts = sum(4 * (len(section.edges) - 1) for section in self._sections) + 1
        """Quads a frame; the last one is the back of works that stand free."""
        self.mesh = QuadMesh(MOST * self._parts, colours=True)
        assert self.mesh.rgba is not None
        self._tint = _tints(self._sections, frame, level)
        self.mesh.rgba[..., :3] = np.tile(self._tint, (MOST, 1, 1))
        look = Look(COLOUR, {})
        self.actor = actor_for(self.mesh, look)
        self.mirrored = mirrored_actor_for(self.mesh, look)
        self._used = 0
        self.strengths: NDArray[np.float32] | None = None
        """How strong each row's frame is shown, 0 dimmed to 1; None where all are."""

    def show(self, cards: Cards, rows: NDArray[np.int64]) -> None:
        """Frame these rows and no others."""
        rows = rows[:MOST]
        count = len(rows) * self._parts if self._sections else 0
        if count:
            self.mesh.corners[:count] = _frames(cards, rows, self._sections)
            self._shade(rows)
        self.mesh.corners[count : self._used] = 0
        self._used = count
        self.mesh.changed()

    def _shade(self, rows: NDArray[np.int64]) -> None:
        assert self.mesh.rgba is not None
        strengths = np.ones(len(rows)) if self.strengths is None else DIMMED + (1 - DIMMED) * self.strengths[rows]
        tints = self._tint[None] * strengths[:, None, None, None]
        self.mesh.rgba[: len(rows) * self._parts, :, :3] = tints.reshape(-1, 4, 3).astype(np.uint8)


def _tints(sections: list[Section], frame: Frame, level: float) -> NDArray[np.uint8]:
    """Colours of the corners of every quad of a frame, shape (parts, 4, 3)."""
    found = []
    for section in sections:
        shone = shades(section)[..., [1, 1, 0, 0]].reshape(-1, 4, 1)
        found.append(rgb(section.colour) * shone)
    found.append(np.broadcast_to(rgb(frame.colour) * 0.5, (1, 4, 3)))
    lit = np.clip(np.concatenate(found) * np.float32(level), 0, 1)
    return (lit * 255).astype(np.uint8)


def _frames(cards: Cards, rows: NDArray[np.int64], sections: list[Section]) -> Corners:
    chosen, normal = cards.at(rows), cards.normal[rows][:, None, :]
    parts = []
    for section in sections:
        rings = [chosen.corners(edge.out_m, edge.rise_m) for edge in section.edges]
        for inner, outer in pairwise(rings):
            parts += [_side(inner, outer, k) for k in range(4)]
    last = sections[-1].edges[-1]
    back = chosen.corners(last.out_m, last.rise_m)[:, [1, 0, 3, 2]]
    parts.append(np.where(cards.on_wall[rows][:, None, None], normal * 0, back).astype(np.float32))
    return np.stack(parts, axis=1).reshape(-1, 4, 3)


def _side(inner: Corners, outer: Corners, k: int) -> Corners:
    """The quad between two rings along edge k (low, right, high, left)."""
    n = (k + 1) % 4
    return np.stack([outer[:, k], outer[:, n], inner[:, n], inner[:, k]], axis=1)
