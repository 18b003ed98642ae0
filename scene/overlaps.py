"""Which cards cut into each other: a hashed grid finds neighbours, the separating-axis test decides."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from scene.cards import Cards, Floats

Rows = NDArray[np.intp]
_TOUCH_M = 0.001
"""Cards that only touch, or cut less than this deep, do not count as overlapping."""
_CELLS_A_CARD = 64
_PAIRS_AT_ONCE = 500_000
_HASHES = np.array([73_856_093, 19_349_663, 83_492_791], dtype=np.int64)


def overlapping_pairs(cards: Cards, most: int = 1_000) -> Rows:
    """Pairs of rows (i < j) whose cards overlap, sorted, shape (k, 2); the search ends once `most` were found."""
    half_m = np.maximum(cards.half_m - _TOUCH_M / 2.0, 1e-5)
    reach_m = np.einsum("ni,nij->nj", half_m, np.abs(cards.axes))
    found: list[Rows] = []
    count = 0
    for i, j in _neighbours(cards.centre_m - reach_m, cards.centre_m + reach_m):
        hit = _cut(cards.centre_m, cards.axes, half_m, i, j)
        found.append(np.stack([i[hit], j[hit]], axis=1))
        count += int(hit.sum())
        if count >= most:
            break
    pairs = np.concatenate(found) if found else np.empty((0, 2), dtype=np.intp)
    return np.unique(pairs, axis=0)[:most]


def _neighbours(low_m: Floats, high_m: Floats) -> Iterator[tuple[Rows, Rows]]:
    """Batches of row pairs (i < j) whose boxes overlap; a pair may come more than once."""
    if len(low_m) < 2:
        return
    cell_m = max(float(np.median((high_m - low_m).max(axis=1))), 1e-3)
    first = np.floor(low_m / cell_m).astype(np.int64)
    spans = np.floor(high_m / cell_m).astype(np.int64) - first + 1
    wide = spans.prod(axis=1, dtype=np.float64) > _CELLS_A_CARD
    for row in np.flatnonzero(wide):
        others = np.arange(len(low_m), dtype=np.intp)
        yield _boxes_overlap(low_m, high_m, np.full_like(others, row), others, others != row)
    rows, keys = _cells(np.flatnonzero(~wide), first, spans)
    for a, b in _pairs_of_equal(keys):
        yield _boxes_overlap(low_m, high_m, rows[a], rows[b], rows[a] != rows[b])


def _cells(rows: Rows, first: NDArray[np.int64], spans: NDArray[np.int64]) -> tuple[Rows, NDArray[np.int64]]:
    """For each cell that a card reaches, the card's row and the cell's hash, sorted by hash."""
    spans = spans[rows]
    counts = spans.prod(axis=1)
    owner = np.repeat(np.arange(len(rows)), counts)
    nth = np.arange(len(owner)) - np.repeat(counts.cumsum() - counts, counts)
    x, rest = np.divmod(nth, (spans[:, 1] * spans[:, 2])[owner])
    y, z = np.divmod(rest, spans[owner, 2])
    keys = ((first[rows][owner] + np.stack([x, y, z], axis=1)) * _HASHES).sum(axis=1)
    order = np.argsort(keys, kind="stable")
    return rows[owner[order]], keys[order]


def _pairs_of_equal(keys: NDArray[np.int64]) -> Iterator[tuple[Rows, Rows]]:
    """Batches of all pairs of positions that hold the same key, in sorted `keys`."""
    ends = np.searchsorted(keys, keys, side="right")
    partners = ends - np.arange(len(keys)) - 1
    batches = (partners.cumsum() - 1) // _PAIRS_AT_ONCE
    for batch in np.unique(batches[partners > 0]):
        at = np.flatnonzero((batches == batch) & (partners > 0))
        a = np.repeat(at, partners[at])
        nth = np.arange(len(a)) - np.repeat(partners[at].cumsum() - partners[at], partners[at])
        yield a, a + nth + 1


def _boxes_overlap(low_m: Floats, high_m: Floats, i: Rows, j: Rows, wanted: NDArray[np.bool_]) -> tuple[Rows, Rows]:
    hit = wanted & ((low_m[i] < high_m[j]) & (low_m[j] < high_m[i])).all(axis=1)
    return np.minimum(i[hit], j[hit]), np.maximum(i[hit], j[hit])


def _cut(centre_m: Floats, axes: Floats, half_m: Floats, i: Rows, j: Rows) -> NDArray[np.bool_]:
    """The separating-axis test of boxes i and j (Gottschalk's 15 axes): whether no axis keeps them apart."""
    a, b = half_m[i], half_m[j]
    turn = np.einsum("kid,kjd->kij", axes[i], axes[j])
    size = np.abs(turn) + 1e-9
    apart_m = np.einsum("kid,kd->ki", axes[i], centre_m[j] - centre_m[i])
    cut = (np.abs(apart_m) <= a + np.einsum("kij,kj->ki", size, b)).all(axis=1)
    cut &= (np.abs(np.einsum("ki,kij->kj", apart_m, turn)) <= b + np.einsum("kij,ki->kj", size, a)).all(axis=1)
    for m in range(3):
        m1, m2 = (m + 1) % 3, (m + 2) % 3
        for n in range(3):
            n1, n2 = (n + 1) % 3, (n + 2) % 3
            reach_a = a[:, m1] * size[:, m2, n] + a[:, m2] * size[:, m1, n]
            reach_b = b[:, n1] * size[:, m, n2] + b[:, n2] * size[:, m, n1]
            gap = np.abs(apart_m[:, m2] * turn[:, m1, n] - apart_m[:, m1] * turn[:, m2, n])
            cut &= gap <= reach_a + reach_b
    result: NDArray[np.bool_] = cut
    return result
