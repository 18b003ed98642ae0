"""Which assets are the same picture again: saved in another size or quality; a gallery shows each picture once."""

import numpy as np
from numpy.typing import NDArray

HASH_BITS_APART = 3
BANDS = 4
LEAST_LIKENESS = 0.9975
LOOKED_AT = 48


class Copies:
    """Groups rows as they come; a row's group is the first row that shows the same picture."""

    def __init__(self) -> None:
        self.group: list[int] = []
        self.crowded: set[int] = set()
        """Rows that share their group with another one."""
        self._near: dict[tuple[int, int], list[int]] = {}
        self._seen: list[tuple[int, float, NDArray[np.float32]]] = []

    def add(self, phash: int, aspect: float, visual: NDArray[np.float32]) -> None:
        """Group the next row by its hash, its aspect and its unit feature vector."""
        row = len(self.group)
        bands = [(band, phash >> 16 * band & 0xFFFF) for band in range(BANDS)]
        found = next(
            (other for other in self._candidates(phash, bands) if self._same(other, phash, aspect, visual)), row
        )
        self.group.append(self.group[found] if found != row else row)
        if found != row:
            self.crowded |= {row, self.group[row]}
        self._seen.append((phash, aspect, visual))
        if phash:
            for band in bands:
                self._near.setdefault(band, []).append(row)

    def _candidates(self, phash: int, bands: list[tuple[int, int]]) -> list[int]:
        """Hashes that differ in at most three bits share at least one of four bands."""
        if not phash:
            return []
        return list(dict.fromkeys(row for band in bands for row in self._near.get(band, [])[-LOOKED_AT:]))

    def _same(self, row: int, phash: int, aspect: float, visual: NDArray[np.float32]) -> bool:
        other_hash, other_aspect, other_visual = self._seen[row]
        if (phash ^ other_hash).bit_count() > HASH_BITS_APART or abs(aspect / other_aspect - 1.0) > 0.02:
            return False
        return len(visual) == len(other_visual) and float(visual @ other_visual) >= LEAST_LIKENESS


def without_copies(
    passes: NDArray[np.bool_],
    crowded: NDArray[np.intp],
    scores: NDArray[np.float32],
    pixels: NDArray[np.int64],
    group: NDArray[np.intp],
) -> NDArray[np.bool_]:
    """Of each group only the best passes, the largest when they score alike; `crowded` rows share their group."""
    rows = crowded[passes[crowded]]
    if not len(rows):
        return passes
    order = rows[np.lexsort((rows, -pixels[rows], -np.round(scores[rows], 3)))]
    _, first = np.unique(group[order], return_index=True)
    shown = passes.copy()
    shown[rows] = False
    shown[order[first]] = True
    return shown
