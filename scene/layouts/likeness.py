"""Groups of like works from feature vectors: principal components and seeded k-means, steady under small changes."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
DIMENSIONS = 16
SAMPLE = 2_000
STARTS = 6
ROUNDS = 12


def principal(features: NDArray[np.float32], dimensions: int = DIMENSIONS) -> Floats:
    """Rows projected on the leading eigenvectors of their covariance; signs are fixed by a set direction."""
    rows = np.nan_to_num(np.asarray(features, dtype=np.float64), nan=0.0, posinf=0.0, neginf=0.0)
    largest = float(np.abs(rows).max(initial=0.0))
    rows = rows / largest if largest > 0 else rows
    rows = rows - rows.mean(axis=0)
    vectors = _leading(rows if len(rows) <= SAMPLE else rows[_evenly(len(rows))], dimensions)
    guide = np.random.default_rng(11).normal(size=rows.shape[1])
    signs = np.where(guide @ vectors < 0, -1.0, 1.0)
    projected: Floats = rows @ (vectors * signs)
    return projected


def _leading(rows: Floats, dimensions: int) -> Floats:
    """Unit eigenvectors of the covariance, largest first; by way of the smaller of the two product matrices."""
    count, width = rows.shape
    if count >= width:
        return _leading_of(rows.T @ rows, dimensions)
    values, vectors = np.linalg.eigh(rows @ rows.T)
    keep = np.flatnonzero(values > max(1e-12, 1e-9 * float(values.max())))[::-1][:dimensions]
    if not len(keep):
        return np.eye(width, 1)
    found: Floats = rows.T @ vectors[:, keep] / np.sqrt(values[keep])
    return found


def _leading_of(matrix: Floats, dimensions: int) -> Floats:
    """Leading eigenvectors of a symmetric matrix; seeded subspace iteration where all would cost too much."""
    width = len(matrix)
    if width <= 64:
        return np.linalg.eigh(matrix)[1][:, ::-1][:, :dimensions]
    basis = np.random.default_rng(3).normal(size=(width, 2 * dimensions))
    for _ in range(ROUNDS):
        basis, _ = np.linalg.qr(matrix @ basis)
    _, small = np.linalg.eigh(basis.T @ matrix @ basis)
    found: Floats = (basis @ small)[:, ::-1][:, :dimensions]
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
    return _nearest(points, _lloyd(points, best))


def _plus_plus(points: Floats, count: int, rng: np.random.Generator) -> Floats:
    """Starting points far from each other, drawn with odds by squared distance (Arthur and Vassilvitskii 2007)."""
    chosen = [points[int(rng.random() * len(points))]]
    while len(chosen) < count:
        odds = np.cumsum(_distances(points, np.array(chosen)).min(axis=1))
        chosen.append(points[int(np.searchsorted(odds, rng.random() * odds[-1], "right").clip(0, len(points) - 1))])
    return np.array(chosen)


def _lloyd(points: Floats, centres: Floats, rounds: int = 40) -> Floats:
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
    squares: Floats = (points**2).sum(axis=1)[:, None] - 2 * points @ centres.T + (centres**2).sum(axis=1)[None, :]
    return np.maximum(squares, 0.0)


def _nearest(points: Floats, centres: Floats) -> NDArray[np.int64]:
    found: NDArray[np.int64] = np.argmin(_distances(points, centres), axis=1)
    return found
