"""Noise that repeats without a seam, from small random grids enlarged by Pillow."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Field = NDArray[np.floating]
"""Shape (size, size), values around 0 to 1."""


def cloud(rng: np.random.Generator, size: int, cells_across: int, cells_down: int | None = None) -> Field:
    """Smooth noise with so many blobs across and down, seamless, spread over 0 to 1."""
    down = cells_down or cells_across
    grid = rng.random((down, cells_across), dtype=np.float32)
    margin = 3
    wrapped = np.pad(grid, margin, mode="wrap")
    box = (margin, margin, margin + cells_across, margin + down)
    return np.asarray(Image.fromarray(wrapped).resize((size, size), Image.Resampling.BICUBIC, box=box))


def layered(rng: np.random.Generator, size: int, cells: int, octaves: int, fade: float = 0.55) -> Field:
    """Clouds over finer clouds, each weaker by `fade`."""
    total = np.zeros((size, size), np.float32)
    weight, weights = 1.0, 0.0
    for octave in range(octaves):
        total += weight * cloud(rng, size, min(size, cells << octave))
        weights += weight
        weight *= fade
    return total / np.float32(weights)


def ridged(rng: np.random.Generator, size: int, cells: int) -> Field:
    """Thin bright veins, as light through water draws them."""
    first, second = cloud(rng, size, cells), cloud(rng, size, cells * 2)
    veins = 1.0 - np.abs(first * 2 - 1) * 1.6 - np.abs(second * 2 - 1) * 0.5
    return np.clip(veins, 0, 1).astype(np.float32)


def grain(rng: np.random.Generator, size: int) -> Field:
    """Fine uncorrelated grain around 0.5."""
    return rng.random((size, size), dtype=np.float32)


def step(low: float, high: float, value: NDArray[np.floating] | float) -> NDArray[np.float32]:
    """Smooth rise from 0 at `low` to 1 at `high`."""
    t = np.clip((np.asarray(value) - low) / (high - low), 0, 1)
    risen: NDArray[np.float32] = (t * t * (3 - 2 * t)).astype(np.float32)
    return risen
