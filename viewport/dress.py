"""What a theme brings along beside its rooms: sky, frames, shadows, title cards, and marks in its colours."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkRenderingCore import vtkActor

from scene.themes import Theme
from viewport.rooms.environment import label_level, trim_level
from viewport.rooms.sky import sky_dome
from viewport.works.cards import Cards
from viewport.works.frames import Frames
from viewport.works.labels import Labels
from viewport.works.marks import Ghosts, Leaving, Outlines, Tinted, selection_colour
from viewport.works.shadows import Shadows

FAR_M = 400.0
"""Nothing is drawn beyond."""

GLOSSY = 0.3
"""Floors that mirror less are satin: they give back colours, no thin lines."""

Tints = Mapping[str, Collection[str]]
"""Ids of works by the colour that they are ringed in."""


class Dress:
    """May be made on another thread than it is used on."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.sky = sky_dome(theme.sky, FAR_M * 0.8)
        self.frames = Frames(theme.frame, trim_level(theme), mirrored=theme.floor.reflection >= GLOSSY)
        self.shadows = Shadows(theme.frame)
        lowest_m = theme.skirting.height_m if theme.skirting else 0.0
        self.labels = Labels(theme.label, theme.frame, label_level(theme), lowest_m)
        self.marks = Marks(theme.accent)

    @property
    def actors(self) -> list[vtkActor]:
        """Those that every stage under the theme has."""
        return [
            self.frames.actor,
            self.frames.mirrored,
            self.labels.actor,
            self.sky.still,
            self.sky.moving,
            self.shadows.actor,
        ]


class Marks:
    """Rings and veils that say something about works."""

    def __init__(self, accent: str) -> None:
        self._ghosts, self._leaving, self._tinted = Ghosts(accent), Leaving(), Tinted()
        self._selected = Outlines(selection_colour(accent), 0.028, 2.4)
        self._hovered = Outlines("#ffffff", 0.012)

    @property
    def resting(self) -> list[vtkActor]:
        """Those that are drawn while no card flies."""
        return [*self._leaving.actors, *self._ghosts.actors, *self._tinted.actors]

    @property
    def pointing(self) -> list[vtkActor]:
        """Those of what is selected and under the pointer."""
        return [self._selected.actor, self._hovered.actor]

    def stage(self, cards: Cards, proposed: Collection[str], leaving: Cards) -> None:
        """Mark what a proposal adds or alters, and show what it takes away."""
        self._leaving.show(leaving, range(len(leaving)))
        self._ghosts.show(cards, _rows(cards, proposed))

    def point(self, cards: Cards, selected: Collection[str], hovered: str | None) -> None:
        """Outline what is selected and what is under the pointer."""
        self._selected.show(cards, _rows(cards, selected))
        self._hovered.show(cards, _rows(cards, [hovered] if hovered else []))

    def tint(self, cards: Cards, held: Tints, arrived: Tints) -> None:
        """Ring works in people's colours."""
        by_colour = ({colour: _rows(cards, ids) for colour, ids in tints.items()} for tints in (held, arrived))
        self._tinted.show(cards, *by_colour)

    def fit(self, eye: NDArray[np.float64], metres_a_pixel: float) -> None:
        """Keep all of them visible from an eye; `metres_a_pixel` is the size of a pixel one metre away."""
        for marks in (self._selected, self._hovered, self._ghosts, self._leaving, self._tinted):
            marks.fit(eye, metres_a_pixel)


def _rows(cards: Cards, ids: Collection[str]) -> Sequence[int]:
    return sorted(cards.row[i] for i in ids if i in cards.row)
