"""Letters of no alphabet: strokes in a cell, for signs and seals that say nothing and still read as writing."""

import numpy as np
from numpy.random import Generator

from resources.sample_collection.palette import Floats

_BARS = (
    (0.0, 0.0, 1.0, 0.0),
    (0.0, 0.5, 1.0, 0.5),
    (0.0, 1.0, 1.0, 1.0),
    (0.15, 0.28, 0.85, 0.28),
    (0.1, 0.75, 0.9, 0.75),
)
_POSTS = (
    (0.0, 0.0, 0.0, 1.0),
    (0.5, 0.0, 0.5, 1.0),
    (1.0, 0.0, 1.0, 1.0),
    (0.5, 0.5, 0.5, 1.0),
    (0.25, 0.0, 0.25, 0.5),
)
_SLANTS = ((0.5, 0.5, 0.0, 1.0), (0.5, 0.5, 1.0, 1.0), (0.75, 0.0, 0.45, 0.5), (0.0, 0.3, 0.25, 0.0))


def glyph(rng: Generator) -> Floats:
    """Strokes (N, 2, 2) in a unit cell, y down: bars, posts and slants as a written sign has them."""
    chosen = [
        *_some(rng, _BARS, int(rng.integers(2, 4))),
        *_some(rng, _POSTS, int(rng.integers(1, 4))),
        *_some(rng, _SLANTS, int(rng.integers(0, 3))),
    ]
    return np.array(chosen, dtype=np.float32).reshape(-1, 2, 2)


def _some(rng: Generator, strokes: tuple[tuple[float, ...], ...], count: int) -> list[tuple[float, ...]]:
    return [strokes[i] for i in rng.choice(len(strokes), count, replace=False)]
