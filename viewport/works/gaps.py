"""How much room there is between works that hang side by side, so that marks of one do not lie over the next."""

import numpy as np
from numpy.typing import NDArray

from viewport.works.cards import FARTHEST_M, Cards

OFF_M = 0.6
"""Works that are farther before or behind each other hang on different walls."""


def gaps_m(cards: Cards) -> NDArray[np.float64]:
    """How far each work is from the nearer of those that hang before and after it on the same wall; else a lot."""
    found = np.full(len(cards), FARTHEST_M)
    if len(cards) < 2:
        return found
    apart = cards.centre[1:] - cards.centre[:-1]
    along, across, off = (np.abs((apart * axis[:-1]).sum(axis=1)) for axis in (cards.right, cards.up, cards.normal))
    half = (cards.size[1:] + cards.size[:-1]) / 2
    gap = np.maximum(along - half[:, 0], across - half[:, 1])
    gap = np.where(off > OFF_M, FARTHEST_M, np.maximum(gap, 0.0))
    found[1:] = gap
    found[:-1] = np.minimum(found[:-1], gap)
    return found
