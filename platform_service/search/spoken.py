"""Where the words of a term stand: put together once for a state of the library, for the assets that have any."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from platform_service.search.postings import Posting


@dataclass(frozen=True)
class Spoken:
    """The assets that carry any of the words, ascending."""

    rows: NDArray[np.int32]
    strengths: NDArray[np.float32]
    """What the strongest word says of each."""
    which: NDArray[np.int16]
    """The number of the word that is to be named for each: the first of those that say most by themselves."""
    where: NDArray[np.uint8]
    """The number of the field where that stands."""

    @property
    def nbytes(self) -> int:
        """How much memory it holds."""
        return self.rows.nbytes + self.strengths.nbytes + self.which.nbytes + self.where.nbytes

    def whole(self, size: int) -> NDArray[np.float32]:
        """The strength of every row."""
        found = np.zeros(size, np.float32)
        found[self.rows] = self.strengths
        return found

    def named(self, rows: NDArray[np.int32]) -> tuple[NDArray[np.int16], NDArray[np.uint8]]:
        """For each of these rows the word to name, or -1 for none, and the field."""
        if not len(self.rows):
            return np.full(len(rows), -1, np.int16), np.zeros(len(rows), np.uint8)
        places = self.rows.searchsorted(rows)
        np.minimum(places, len(self.rows) - 1, out=places)
        return np.where(self.rows[places] == rows, self.which[places], np.int16(-1)), self.where[places]


def spoken(words: Sequence[tuple[Posting, float]], size: int) -> Spoken:
    """Put together what words say of `size` rows, each with the assets that carry it and how much it says."""
    strengths, best = np.zeros(size, np.float32), np.full(size, -1.0, np.float32)
    which, where = np.full(size, -1, np.int16), np.zeros(size, np.uint8)
    for number, (posting, weight) in enumerate(words):
        (rows, weights), fields = posting.arrays(), posting.field_numbers()
        strengths[rows] = np.maximum(strengths[rows], weights * np.float32(weight))
        better = best[rows] < np.float32(weight)
        chosen = rows[better]
        best[chosen], which[chosen], where[chosen] = weight, number, fields[better]
    rows = np.flatnonzero(which >= 0).astype(np.int32)
    return Spoken(rows, strengths[rows], which[rows], where[rows])
