"""Noise fields: smooth fractal clouds made by growing small random grids."""

import numpy as np
from numpy.random import Generator
from PIL import Image

from resources.sample_collection.palette import Floats


def resized(field: Floats, width: int, height: int, smooth: bool = True) -> Floats:
    """A field of floats (H, W) or (H, W, C) at another size."""
    how = Image.Resampling.BICUBIC if smooth else Image.Resampling.BILINEAR
    if field.ndim == 3:
        return np.stack([resized(field[..., i], width, height, smooth) for i in range(field.shape[2])], axis=2)
    picture = Image.fromarray(np.ascontiguousarray(field, dtype=np.float32))
    return np.array(picture.resize((width, height), how), dtype=np.float32)


def clouds(
    rng: Generator,
    width: int,
    height: int,
    cell_px: float,
    octaves: int = 5,
    persistence: float = 0.5,
    stretch: float = 1.0,
) -> Floats:
    """Fractal noise about 0 with deviation near 1; `cell_px` is its coarsest feature, `stretch` widens it."""
    columns = max(2, round(width / (cell_px * stretch)) + 3)
    rows = max(2, round(height / cell_px) + 3)
    field = rng.standard_normal((rows, columns), dtype=np.float32)
    weight, power = 1.0, 1.0
    for _ in range(octaves - 1):
        if columns >= width or rows >= height:
            break
        columns, rows = columns * 2, rows * 2
        weight *= persistence
        power += weight * weight
        field = resized(field, columns, rows)
        field += np.float32(weight) * rng.standard_normal((rows, columns), dtype=np.float32)
    field = resized(field, width, height)
    return field * np.float32(1.6 / np.sqrt(power))


def ridge(rng: Generator, width: int, cell_px: float, octaves: int = 6, persistence: float = 0.5) -> Floats:
    """A one-dimensional fractal line of `width` values, from about -1 to 1."""
    places = np.arange(width, dtype=np.float32)
    line = np.zeros(width, dtype=np.float32)
    weight, total = 1.0, 0.0
    for _ in range(octaves):
        count = int(width / cell_px) + 4
        knots = rng.uniform(-1, 1, count)
        where = places / cell_px
        low = where.astype(int)
        share = where - low
        share = share * share * (3 - 2 * share)
        line += (weight * (knots[low] * (1 - share) + knots[low + 1] * share)).astype(np.float32)
        total += weight
        weight *= persistence
        cell_px /= 2
    return (line / np.float32(total * 0.7)).astype(np.float32)


def smoothstep(low: float, high: float, field: Floats) -> Floats:
    """0 below `low`, 1 above `high` (or the other way about), an S between."""
    share = np.clip((field - np.float32(low)) / np.float32(high - low), 0, 1)
    values: Floats = (share * share * (3 - 2 * share)).astype(np.float32)
    return values


def sampled(field: Floats, x: Floats, y: Floats) -> Floats:
    """Values of a field that repeats, at places in its own pixels, to the nearest pixel."""
    rows, columns = field.shape[:2]
    values: Floats = field[np.floor(y).astype(np.int32) % rows, np.floor(x).astype(np.int32) % columns]
    return values


def tile(rng: Generator, side: int, coarsest: float, finest: float, fall: float = 2.2, stretch: float = 1.0) -> Floats:
    """A square of noise that repeats without a seam: deviation 1, wavelengths in pixels, `stretch` widens features."""
    spectrum = np.fft.rfft2(rng.standard_normal((side, side), dtype=np.float32))
    down = np.fft.fftfreq(side).astype(np.float32)[:, None]
    across = np.fft.rfftfreq(side).astype(np.float32)[None, :] * np.float32(stretch)
    pace = np.sqrt(down * down + across * across)
    weight = np.where((pace > 1 / coarsest) & (pace < 1 / finest), np.maximum(pace, 1e-6) ** np.float32(-fall / 2), 0)
    field = np.fft.irfft2(spectrum * weight, s=(side, side)).astype(np.float32)
    field -= field.mean()
    return (field / max(float(field.std()), 1e-9)).astype(np.float32)
