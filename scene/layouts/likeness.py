"""Groups of like works from feature vectors: principal components and seeded k-means, steady under small changes."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
DIMENSIONS = 16
SAMPLE = 2_000
STARTS = 6
ROUNDS, LAST_ROUNDS = 40, 6
"""Rounds for the works of the sample, and for all works once the sample has settled."""
WIDEST = 64
"""The most numbers of a row that principal components are taken of."""
AT_ONCE, TURNS = 24, 12
"""Eigenvectors are sought of matrices so small that one thread solves them: threads that share a busy machine wait."""


def principal(features: NDArray[np.float32], dimensions: int = DIMENSIONS) -> Floats:
    """Rows projected on the leading eigenvectors of their covariance; signs are fixed by a set direction."""
    rows = _narrowed(np.asarray(features))
    rows = rows - rows.mean(axis=0)
    vectors = _leading(rows if len(rows) <= SAMPLE else rows[_evenly(len(rows))], dimensions)
    guide = np.random.default_rng(11).normal(size=rows.shape[1])
    signs = np.where(np.einsum("i,ij->j", guide, vectors) < 0, -1.0, 1.0)
    projected: Floats = np.einsum("ij,jk->ik", rows, vectors * signs)
    return projected


def _narrowed(features: NDArray[np.float32]) -> Floats:
    """Finite rows of at most `WIDEST` numbers; of wider ones, columns with drawn signs are summed up by lot.

    Such a sketch keeps distances on the whole (Charikar, Chen and Farach-Colton 2002) and needs no matrix product.
    """
    finite = features if np.isfinite(features).all() else np.nan_to_num(features, nan=0.0, posinf=0.0, neginf=0.0)
    rows: Floats = finite.astype(np.float64) / (float(np.abs(finite).max(initial=0.0)) or 1.0)
    width = rows.shape[1]
    if width <= WIDEST:
        return rows
    rng = np.random.default_rng(5)
    lots, signs = rng.permutation(width), rng.choice((-1.0, 1.0), width)
    sketch: Floats = np.add.reduceat(rows[:, lots] * signs, np.arange(WIDEST) * width // WIDEST, axis=1)
    return sketch


def _leading(rows: Floats, dimensions: int) -> Floats:
    """Unit eigenvectors of the covariance, largest first; by seeded subspace iteration when there are many."""
    matrix = np.einsum("ij,ik->jk", rows, rows)
    if len(matrix) <= AT_ONCE:
        vectors: Floats = np.linalg.eigh(matrix)[1][:, ::-1][:, :dimensions]
        return vectors
    basis = np.random.default_rng(3).normal(size=(len(matrix), AT_ONCE))
    for _ in range(TURNS):
        basis = _orthonormal(np.einsum("ij,jk->ik", matrix, basis))
    small = np.einsum("ij,ik->jk", basis, np.einsum("ij,jk->ik", matrix, basis))
    found: Floats = np.einsum("ij,jk->ik", basis, np.linalg.eigh(small)[1][:, ::-1][:, :dimensions])
    return found


def _orthonormal(basis: Floats) -> Floats:
    """The same space spanned by unit vectors at right angles, by way of the small matrix of their products."""
    values, vectors = np.linalg.eigh(np.einsum("ij,ik->jk", basis, basis))
    scale = 1 / np.sqrt(np.maximum(values, max(1e-14 * float(values.max()), 1e-300)))
    found: Floats = np.einsum("ij,jk->ik", basis, vectors * scale)
    return found


def _evenly(count: int) -> NDArray[np.int64]:
    return np.linspace(0, count - 1, SAMPLE).astype(np.int64)


def k_means(points: Floats, count: int, seed: int) -> NDArray[np.int64]:
    """Group numbers; the best of several seeded starts is taken."""
    count = min(count, len(np.unique(np.round(points, 9), axis=0)))
    if count <= 1:
        return np.zeros(len(points), dtype=np.int64)
    rng = np.random.default_rng(seed)
    sample = points if len(points) <= SAMPLE else points[_evenly(len(points))]
    best, least = None, np.inf
    for _ in range(STARTS):
        centres = _lloyd(sample, _plus_plus(sample, count, rng))
        spread = float(_distances(sample, centres).min(axis=1).sum())
        if spread < least * (1 - 1e-9):
            best, least = centres, spread
    assert best is not None
    return _nearest(points, _lloyd(points, best, LAST_ROUNDS if len(points) > SAMPLE else ROUNDS))


def _plus_plus(points: Floats, count: int, rng: np.random.Generator) -> Floats:
    """Starting points far from each other, drawn with odds by squared distance (Arthur and Vassilvitskii 2007)."""
    chosen = [points[int(rng.random() * len(points))]]
    while len(chosen) < count:
        odds = np.cumsum(_distances(points, np.array(chosen)).min(axis=1))
        chosen.append(points[int(np.searchsorted(odds, rng.random() * odds[-1], "right").clip(0, len(points) - 1))])
    return np.array(chosen)


def _lloyd(points: Floats, centres: Floats, rounds: int = ROUNDS) -> Floats:
    groups = None
    for _ in range(rounds):
        fresh = _nearest(points, centres)
        if groups is not None and np.array_equal(fresh, groups):
            break
        groups = fresh
        counts = np.bincount(groups, minlength=len(centres))
        sums = np.empty_like(centres)
        for column in range(points.shape[1]):
            sums[:, column] = np.bincount(groups, weights=points[:, column], minlength=len(centres))
        centres = np.where(counts[:, None] > 0, sums / np.maximum(1, counts)[:, None], centres)
    return centres


def _distances(points: Floats, centres: Floats) -> Floats:
    """Squared distances; by einsum, as a threaded product of such thin matrices waits longer than it works."""
    mixed = np.einsum("ij,kj->ik", points, centres)
    squares: Floats = np.einsum("ij,ij->i", points, points)[:, None] - 2 * mixed + (centres**2).sum(axis=1)[None, :]
    return np.maximum(squares, 0.0)


def _nearest(points: Floats, centres: Floats) -> NDArray[np.int64]:
    found: NDArray[np.int64] = np.argmin(_distances(points, centres), axis=1)
    return found
