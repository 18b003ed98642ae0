"""Which assets are near a meaning: looked for by bytes, then computed exactly where it may be more than nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from platform_service.embedding.products import Products
from platform_service.search.mirror import Mirror
from platform_service.search.score import Calibration, Strengths, risen

TOGETHER = 512
"""So many rows fit into a processor's own memory."""
MANY = 16
"""Where more than one in so many rows may count, one pass over all vectors costs less than to pick them."""
TRIED_EVERY = 32
"""Where many count, so often it is looked whether that is still so: in a library with few words few do, else many."""
FROM = 2_000
"""In a smaller library all are computed exactly."""


@dataclass(frozen=True)
class Near:
    """The rows whose nearness says something, ascending, and how much; `size` is how many were looked at."""

    rows: NDArray[np.intp]
    strengths: Strengths
    size: int

    def of(self, rows: NDArray[np.intp] | None) -> Strengths:
        """The strengths of these rows, or of all."""
        if rows is not None and not len(self.rows):
            return np.zeros(len(rows), np.float32)
        found = np.zeros(self.size, np.float32)
        found[self.rows] = self.strengths
        return found if rows is None else found[rows]


class Nearness:
    """Looks for several meanings at once; may be called from several threads."""

    def __init__(self, calibration: Calibration, by_bytes_from: int = FROM) -> None:
        self._from, self._to = calibration.meaning_from, calibration.meaning_to
        self._by_bytes_from = by_bytes_from
        self._products = Products()
        self._left_out = 0
        """So many times the look by bytes is left out, since it spared nothing the last time."""

    def is_behind(self, mirror: Mirror) -> bool:
        """Whether `settle` has to be called for what is looked at first."""
        looks = len(mirror) >= self._by_bytes_from and not self._left_out
        return looks and mirror.codes.is_behind(len(mirror))

    def settle(self, mirror: Mirror) -> None:
        """Make what is looked at first; the library must not change meanwhile."""
        if self.is_behind(mirror):
            mirror.codes.follow(mirror.text.view)

    def of(self, mirror: Mirror, vectors: Sequence[Strengths | None]) -> list[Near | None]:
        """What is near each vector; None where there is no vector."""
        given = [vector for vector in vectors if vector is not None]
        found = iter(self._found(mirror, given) if given else ())
        return [None if vector is None else next(found) for vector in vectors]

    def _found(self, mirror: Mirror, vectors: list[Strengths]) -> list[Near]:
        matrix = mirror.text.view
        if len(matrix) < self._by_bytes_from or self._left_out or mirror.codes.is_behind(len(matrix)):
            self._left_out = max(0, self._left_out - 1)
            return [self._near(ours, None, len(matrix)) for ours in self._products.of(matrix, vectors)]
        size, rows = mirror.codes.reaching(vectors, self._from)
        matrix = mirror.text.view[:size]
        if sum(map(len, rows)) * MANY > size * len(rows):
            self._left_out = TRIED_EVERY
            cosines = self._products.of(matrix, vectors)
            return [self._near(ours[of], of, size) for ours, of in zip(cosines, rows, strict=True)]
        picked = (_exactly(matrix, of, vector) for of, vector in zip(rows, vectors, strict=True))
        return [self._near(ours, of, size) for ours, of in zip(picked, rows, strict=True)]

    def _near(self, cosines: Strengths, rows: NDArray[np.intp] | None, size: int) -> Near:
        strengths = risen(cosines, self._from, self._to)
        says = np.flatnonzero(strengths > 0.0)
        return Near(says if rows is None else rows[says], strengths[says], size)


def _exactly(matrix: Strengths, rows: NDArray[np.intp], vector: Strengths) -> Strengths:
    found = np.empty(len(rows), np.float32)
    for start in range(0, len(rows), TOGETHER):
        found[start : start + TOGETHER] = matrix[rows[start : start + TOGETHER]] @ vector
    return found
