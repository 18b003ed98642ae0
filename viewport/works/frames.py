"""Frames and mats with real depth around the works nearest to the eye, as one mesh."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scene.themes import Frame
from viewport.graphics.paint import COLOUR, Look, actor_for, mirrored_actor_for
from viewport.graphics.quads import Corners, QuadMesh
from viewport.graphics.textures import rgb
from viewport.works.cards import Cards, cards_of
from viewport.works.profiles import Section, far_sections_of, mean_shades, sections_of, shades

DIMMED = 0.3
MOST = 400
FAR_PX = 110.0
"""Works smaller than this on screen have flat frames, which look the same there in a quarter of the quads."""


class _Make:
    """How frames are built: of these sections, in these colours."""

    def __init__(self, sections: list[Section], tint: NDArray[np.float32]) -> None:
        self.sections, self.tint = sections, tint
        self.parts = sum(4 * (len(section.edges) - 1) for section in sections) + 1 if sections else 0
        """Quads a frame; the last one is the back of works that stand free."""

    def corners(self, cards: Cards, rows: NDArray[np.int64]) -> Corners:
        """Where the quads are."""
        return _frames(cards, rows, self.sections) if self.parts and len(rows) else np.zeros((0, 4, 3), np.float32)

    def colours(self, strengths: NDArray[np.float32]) -> NDArray[np.uint8]:
        """Their colours, shape (n, 4, 3)."""
        return (self.tint[None] * strengths[:, None, None, None]).reshape(-1, 4, 3).astype(np.uint8)


class Frames:
    """Draws frames around up to `MOST` cards."""

    def __init__(self, frame: Frame, level: float, mirrored: bool = True) -> None:
        self._is_mirrored = mirrored
        near, far = sections_of(frame), far_sections_of(frame)
        lit = near[len(near) - len(far) :]
        self._near = _Make(near, _tints(near, [shades(section) for section in near], frame, level))
        self._far = _Make(far, _tints(far, [mean_shades(section) for section in lit], frame, level))
        self.mesh = QuadMesh(MOST * max(1, self._near.parts), colours=True)
        look = Look(COLOUR, {})
        self.actor = actor_for(self.mesh, look)
        self.mirrored = mirrored_actor_for(self.mesh, look)
        self._used = -1
        self.strengths: NDArray[np.float32] | None = None
        """How strong each row's frame is shown, 0 dimmed to 1; None where all are."""
        self.show(cards_of(()), np.zeros(0, np.int64))

    def show(self, cards: Cards, rows: NDArray[np.int64], size_px: NDArray[np.float32] | None = None) -> None:
        """Frame these rows and no others; how large they are on screen decides how much work goes into it."""
        rows = rows[:MOST]
        is_far = np.zeros(len(rows), bool) if size_px is None else size_px[rows] < FAR_PX
        made = [(self._near, rows[~is_far]), (self._far, rows[is_far])]
        corners = np.concatenate([make.corners(cards, some) for make, some in made])
        count = len(corners)
        if not count and not self._used:
            return
        assert self.mesh.rgba is not None
        self.mesh.corners[:count] = corners
        self.mesh.rgba[:count, :, :3] = np.concatenate([make.colours(self._strength(some)) for make, some in made])
        self.mesh.corners[count : max(self._used, count)] = 0
        self._used = count
        self.mesh.draw_first(count)
        self.mesh.changed()
        for actor in (self.actor, self.mirrored):
            actor.SetVisibility(bool(count) and (self._is_mirrored or actor is not self.mirrored))

    def _strength(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        if self.strengths is None:
            return np.ones(len(rows), np.float32)
        return (DIMMED + (1 - DIMMED) * self.strengths[rows]).astype(np.float32)


def _tints(
    sections: list[Section], lights: list[NDArray[np.float32]], frame: Frame, level: float
) -> NDArray[np.float32]:
    """Colours from 0 to 255 of the corners of every quad of a frame, shape (parts, 4, 3)."""
    found = []
    for section, light in zip(sections, lights, strict=True):
        found.append(rgb(section.colour) * light[..., [1, 1, 0, 0]].reshape(-1, 4, 1))
    found.append(np.broadcast_to(rgb(frame.colour) * 0.5, (1, 4, 3)))
    lit: NDArray[np.float32] = np.clip(np.concatenate(found) * np.float32(level), 0, 1) * np.float32(255)
    return lit


def _frames(cards: Cards, rows: NDArray[np.int64], sections: list[Section]) -> Corners:
    normal = cards.normal[rows][:, None, :]
    parts = []
    for section in sections:
        rings = [cards.corners(edge.out_m, edge.rise_m, rows) for edge in section.edges]
        for inner, outer in pairwise(rings):
            parts += [_side(inner, outer, k) for k in range(4)]
    last = sections[-1].edges[-1]
    back = cards.corners(last.out_m, last.rise_m, rows)[:, [1, 0, 3, 2]]
    parts.append(np.where(cards.on_wall[rows][:, None, None], normal * 0, back).astype(np.float32))
    return np.stack(parts, axis=1).reshape(-1, 4, 3)


def _side(inner: Corners, outer: Corners, k: int) -> Corners:
    """The quad between two rings along edge k (low, right, high, left)."""
    n = (k + 1) % 4
    return np.stack([outer[:, k], outer[:, n], inner[:, n], inner[:, k]], axis=1)
