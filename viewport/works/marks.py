"""What is drawn over works to say something about them: selected, under the pointer, proposed, about to go."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkRenderingCore import vtkActor

from viewport.graphics.paint import PLAIN, SPRITE, Look, actor_for
from viewport.graphics.quads import Corners, QuadMesh
from viewport.graphics.textures import Pixels, Texture, rgb
from viewport.works.cards import Cards
from viewport.works.gaps import gaps_m

OUTSIDE_M = 0.045
"""Gap between the picture and its outline, so that frames stay visible."""
HALO_M, LEAST_HALO_M = 0.42, 0.1
HALO_SHARE, RING_SHARE = 0.65, 0.3
"""How much of the gap to the next work a halo and the distance of a ring may take."""
RING_REACH = 0.42
"""How much of that gap a ring may take with its width: those of neighbours stay apart."""
CLOSE_PERCENT = 10
"""So many of the works may hang closer than the gap that all halos keep to: they are of one width."""
HELD_M = 0.085
"""What somebody else holds is ringed outside the ring of one's own selection."""
FORWARD_M, BEFORE_FRAMES_M = 0.022, 0.07
"""Rings of proposed works stand before the deepest frame, since they may lie over it."""
SELECTED, SELECTED_ON_AMBER = "#ffb347", "#7fd4ff"
"""What is selected is ringed in the amber of the window around it; where the theme's own accent is amber, in blue."""
Column = NDArray[np.float64]
"""Shape (n, 1)."""
MOST_FITTED = 600
"""With more rings than this nobody misses the thin ones far away."""


class Outlines:
    """Rings of one colour around cards, never thinner than `least_px` on screen."""

    def __init__(self, colour: str, width_m: float, least_px: float = 1.6, forward_m: float = FORWARD_M) -> None:
        self._colour, self._width_m, self._least_px, self._forward_m = colour, width_m, least_px, forward_m
        self._mesh, self.actor = self._made(4)
        self._marked: tuple[Cards, NDArray[np.int64], float | Column] | None = None
        self._most_m: float | Column = np.inf
        self._fitted_for: NDArray[np.float64] = np.zeros(0)

    def show(
        self,
        cards: Cards,
        rows: Sequence[int],
        gap_m: float | Column = OUTSIDE_M,
        most_m: float | Column = np.inf,
    ) -> None:
        """Outline these rows and no others, with rings that are at most `most_m` wide."""
        chosen = np.asarray(rows, np.int64)
        needed = len(chosen) * 4
        if needed > len(self._mesh.corners):
            size = len(self._mesh.corners)
            while size < needed:
                size *= 2
            self._mesh, fresh = self._made(size)
            self.actor.SetMapper(fresh.GetMapper())
        self._marked, self._most_m = ((cards, chosen, gap_m) if needed else None), most_m
        self._fitted_for = np.zeros(0)
        self._mesh.corners[:] = 0
        self._draw(np.full((len(chosen), 1), self._width_m))

    def fit(self, eye: NDArray[np.float64], metres_a_pixel: float) -> None:
        """Keep the rings visible from an eye; `metres_a_pixel` is the size of a pixel one metre away."""
        if self._marked is None or len(self._marked[1]) > MOST_FITTED:
            return
        cards, rows, _ = self._marked
        if np.array_equal(eye, self._fitted_for):
            return
        self._fitted_for = eye
        distance = np.linalg.norm(cards.centre[rows] - eye, axis=1)
        least = distance * metres_a_pixel * self._least_px
        self._draw(np.maximum(self._width_m, least)[:, None])

    def _draw(self, width_m: NDArray[np.float64]) -> None:
        width_m = np.minimum(width_m, self._most_m)
        if self._marked is not None:
            cards, rows, gap_m = self._marked
            self._mesh.corners[: 4 * len(rows)] = rings(cards, rows, gap_m, gap_m + width_m, self._forward_m)
        self.actor.SetVisibility(self._marked is not None)
        self._mesh.changed()

    def _made(self, capacity: int) -> tuple[QuadMesh, vtkActor]:
        mesh = QuadMesh(capacity, colours=True)
        assert mesh.rgba is not None
        mesh.rgba[..., :3] = (rgb(self._colour) * 255).astype(np.uint8)
        return mesh, actor_for(mesh, Look(PLAIN, {}, two_sided=True))


class Ghosts:
    """Proposed works: an accent halo on the wall behind and a veil over the picture's edge that leaves it legible.

    Halo and ring keep to the gap between works: where works hang close there is no halo.
    """

    def __init__(self, accent: str) -> None:
        self._outline = Outlines(accent, 0.018, forward_m=BEFORE_FRAMES_M)
        self._halo_texture = Texture(_halo(accent), mipmap=False)
        self._veil_texture = Texture(_veil(accent), mipmap=False)
        self.actors: list[vtkActor] = [self._outline.actor]

    def show(self, cards: Cards, rows: Sequence[int]) -> None:
        """Mark these rows as proposed."""
        chosen = np.asarray(rows, np.int64)
        free_m = gaps_m(cards)[chosen][:, None]
        ring_m = np.minimum(OUTSIDE_M, RING_SHARE * free_m)
        self._outline.show(cards, rows, ring_m, RING_REACH * free_m - ring_m)
        close_m = float(np.percentile(free_m, CLOSE_PERCENT)) if len(chosen) else 0.0
        reach_m = min(HALO_M, HALO_SHARE * close_m)
        lit = chosen if reach_m >= LEAST_HALO_M else chosen[:0]
        halo = _sprites(cards.at(lit).corners(reach_m, -0.028), self._halo_texture)
        veil = _sprites(cards.at(chosen).corners(0.0, 0.004), self._veil_texture)
        self.actors = [self._outline.actor, halo, veil] if len(chosen) else []

    def fit(self, eye: NDArray[np.float64], metres_a_pixel: float) -> None:
        """Keep the outlines visible from an eye."""
        self._outline.fit(eye, metres_a_pixel)


class Leaving:
    """Works that a proposal takes down: a grey pane where each hung, with a dim outline."""

    COLOUR = "#8c8c8c"

    def __init__(self) -> None:
        self._outline = Outlines(self.COLOUR, 0.022)
        self._pane = Texture(_tinted(self.COLOUR, np.full((4, 4), 0.3, np.float32)), mipmap=False)
        self.actors: list[vtkActor] = []

    def show(self, cards: Cards, rows: Sequence[int]) -> None:
        """Mark these rows as about to go."""
        chosen = np.asarray(rows, np.int64)
        self._outline.show(cards, rows, 0.0)
        panes = _sprites(cards.at(chosen).corners(0.0, 0.004), self._pane)
        self.actors = [self._outline.actor, panes] if len(chosen) else []

    def fit(self, eye: NDArray[np.float64], metres_a_pixel: float) -> None:
        """Keep the outlines visible from an eye."""
        self._outline.fit(eye, metres_a_pixel)


class Tinted:
    """Works ringed in people's colours: what each holds, and, with a glow behind it, what has just come from them."""

    def __init__(self) -> None:
        self._outlines: list[Outlines] = []
        self.actors: list[vtkActor] = []

    def show(self, cards: Cards, held: Mapping[str, Sequence[int]], arrived: Mapping[str, Sequence[int]]) -> None:
        """Mark these rows, by colour, and no others."""
        self._outlines, glows = [], list[vtkActor]()
        for by_colour, width_m, gap_m in ((held, 0.02, HELD_M), (arrived, 0.014, OUTSIDE_M)):
            for colour, rows in by_colour.items():
                if rows:
                    outlines = Outlines(colour, width_m, 1.8)
                    outlines.show(cards, rows, gap_m)
                    self._outlines.append(outlines)
        for colour, rows in arrived.items():
            if rows:
                glow = cards.at(np.asarray(rows, np.int64)).corners(HALO_M, -0.028)
                glows.append(_sprites(glow, Texture(_halo(colour), mipmap=False)))
        self.actors = [*glows, *(outlines.actor for outlines in self._outlines)]

    def fit(self, eye: NDArray[np.float64], metres_a_pixel: float) -> None:
        """Keep the outlines visible from an eye."""
        for outlines in self._outlines:
            outlines.fit(eye, metres_a_pixel)


def selection_colour(accent: str) -> str:
    """The colour of the ring around what is selected: never near the accent that marks what is proposed."""
    near = float(np.abs(rgb(SELECTED) - rgb(accent)).max()) < 0.3
    return SELECTED_ON_AMBER if near else SELECTED


def rings(
    cards: Cards, rows: NDArray[np.int64], inner_m: float | Column, outer_m: NDArray[np.float64], forward_m: float
) -> Corners:
    """Four quads around each card between two distances from its edge (the outer one by row), shape (4 n, 4, 3)."""
    chosen = cards.at(rows)
    inner, outer = chosen.corners(inner_m, forward_m), chosen.corners(outer_m, forward_m)
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


def _tinted(colour: str, alpha: NDArray[np.floating]) -> Pixels:
    pixels = np.empty((*alpha.shape, 4), np.uint8)
    pixels[..., :3] = (rgb(colour) * 255).astype(np.uint8)
    pixels[..., 3] = (np.clip(alpha, 0, 1) * 255).astype(np.uint8)
    return pixels
