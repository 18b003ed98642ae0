"""Colours: hex to arrays, light and paint (linear and display) values, and smooth ramps between stops."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
"""Arrays of single precision wherever pictures are concerned; sums with places may be double."""


def paint(colour: str) -> Floats:
    """A hex colour as three display values from 0 to 1."""
    digits = colour.lstrip("#")
    return np.array([int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)], dtype=np.float32)


def light(colour: str, power: float = 1.0) -> Floats:
    """A hex colour as linear light, `power` times as bright."""
    return (paint(colour) ** np.float32(2.2) * np.float32(power)).astype(np.float32)


def rgb(colour: Floats) -> tuple[int, int, int]:
    """Display values from 0 to 1 as the whole numbers that Pillow draws with."""
    red, green, blue = (np.clip(colour, 0, 1) * 255 + 0.5).astype(int).tolist()
    return red, green, blue


def mix(one: Floats, other: Floats, share: float) -> Floats:
    """The colour that lies `share` of the way from one to the other."""
    return (one + (other - one) * np.float32(share)).astype(np.float32)


def ramp(stops: Sequence[tuple[float, Floats]], where: Floats) -> Floats:
    """Colours along a gradient for values `where` (any shape); the result has one more axis of three."""
    places = np.array([place for place, _ in stops], dtype=np.float32)
    colours = np.stack([colour for _, colour in stops])
    steps = np.linspace(places[0], places[-1], 1024)
    table = np.stack([np.interp(steps, places, colours[:, i]) for i in range(3)], axis=1).astype(np.float32)
    span = max(float(places[-1] - places[0]), 1e-6)
    index = np.clip((where - places[0]) * np.float32(1023 / span) + np.float32(0.5), 0, 1023).astype(np.int16)
    values: Floats = table[index]
    return values


def even_ramp(colours: Sequence[Floats], where: Floats) -> Floats:
    """A ramp whose stops lie at even distances from 0 to 1."""
    last = max(len(colours) - 1, 1)
    return ramp([(i / last, colour) for i, colour in enumerate(colours)], where)
