"""Small marks of an ink painting: boats, birds, a column of writing in no script, and a carved seal."""

import numpy as np
from numpy.random import Generator

from resources.sample_collection.drawing import Sheet, curve
from resources.sample_collection.glyphs import glyph


def boat(strokes: Sheet, x: float, y: float, size: float, rng: Generator) -> None:
    """A flat boat with a mat roof, a man at the oar, and a broken line for its mirror image."""
    share = np.linspace(0, 1, 16)
    hull = curve([(x - size, y - size * 0.16), (x, y + size * 0.22), (x + size, y - size * 0.2)], 16)
    strokes.taper(hull, size * 0.12 * np.sin(np.pi * share) ** 0.6 + 1.2, 235)
    roof = curve([(x - size * 0.3, y - size * 0.03), (x, y - size * 0.46), (x + size * 0.34, y - size * 0.03)], 14)
    strokes.polygon(roof, 150)
    strokes.line(roof, max(size * 0.03, 1), 220)
    man = x + size * 0.62
    strokes.polygon(
        [
            (man - size * 0.07, y - size * 0.05),
            (man + size * 0.08, y - size * 0.05),
            (man + size * 0.04, y - size * 0.36),
            (man - size * 0.03, y - size * 0.36),
        ],
        220,
    )
    strokes.disc(man, y - size * 0.42, size * 0.055, 230)
    strokes.polygon(
        [(man - size * 0.13, y - size * 0.42), (man, y - size * 0.55), (man + size * 0.13, y - size * 0.42)], 235
    )
    strokes.line(
        [(man - size * 0.02, y - size * 0.3), (man + size * 0.62, y + size * 0.16)], max(size * 0.022, 0.9), 210
    )
    for number in range(4):
        low = y + size * (0.16 + 0.1 * number)
        reach = size * (0.8 - 0.17 * number)
        strokes.taper(
            [(x - reach, low), (x + float(rng.normal(0, 3)), low + 1), (x + reach, low)],
            [0.5, size * 0.03, 0.5],
            120 - 20 * number,
        )


def birds(strokes: Sheet, width: int, height: int, count: int, rng: Generator) -> None:
    """A loose file of birds far off."""
    start = np.array([width * float(rng.uniform(0.3, 0.6)), height * float(rng.uniform(0.12, 0.26))])
    for number in range(count):
        at = (
            start
            + np.array([number * width * 0.022, -abs(number - count * 0.4) * -height * 0.008])
            + rng.normal(0, height * 0.006, 2)
        )
        span = min(width, height) * float(rng.uniform(0.007, 0.012))
        for side in (-1, 1):
            wing = curve(
                [at, at + np.array([side * span * 0.6, -span * 0.8]), at + np.array([side * span * 1.3, -span * 0.2])],
                8,
            )
            strokes.taper(wing, np.linspace(span * 0.24, 0.6, 8), 205)


def inscription(letters: Sheet, x: float, y: float, unit: float, count: int, rng: Generator) -> float:
    """A column of written signs from the top down; returns where it ends."""
    for number in range(count):
        at = np.array([x, y + number * unit * 1.5])
        for stroke in glyph(rng):
            a, b = at + stroke[0] * unit, at + stroke[1] * unit
            middle = (a + b) / 2 + rng.normal(0, unit * 0.05, 2)
            letters.taper(
                curve([a, middle, b], 8), unit * np.linspace(0.14, 0.07, 8) * float(rng.uniform(0.7, 1.2)), 235
            )
    return y + count * unit * 1.5


def seal(stamp: Sheet, x: float, y: float, side: float, rng: Generator) -> None:
    """A square of red with two signs cut out of it."""
    stamp.box(x - side / 2, y - side / 2, x + side / 2, y + side / 2, 240)
    for row in range(2):
        for stroke in glyph(rng):
            at = np.array([x - side * 0.3, y - side * 0.4 + row * side * 0.43])
            points = at + stroke * np.array([side * 0.6, side * 0.34])
            stamp.line(points, max(side * 0.05, 1.2), 20)
