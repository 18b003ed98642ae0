"""What a picture looks like, in numbers: light, contrast, sharpness, colourfulness, palette, perceptual hash."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from platform_service.ingest.colours import Floats
from platform_service.ingest.features import features
from platform_service.ingest.palette import ColourCount, count_colours, swatches
from platform_service.ingest.shrink import shrink

_COLOUR_EDGE_PX = 96
_HASH_PX = 32
_FULL_CHROMA = 0.2
"""Mean OKLab chroma that counts as fully saturated; a picture of pure primaries reaches about 0.28."""


@dataclass(frozen=True)
class Measures:
    """All shares are 0 to 1."""

    palette: list[tuple[str, str, float]]
    mean_colour: str
    brightness: float
    contrast: float
    sharpness: float
    saturation: float
    phash: str
    features: Floats


def measure(picture: Image.Image, coverage: Image.Image | None = None) -> Measures:
    """Measure an RGB picture of about 256 px; where `coverage` is 0 it does not count for the colours."""
    grey = picture.convert("L")
    small = shrink(picture, _COLOUR_EDGE_PX, Image.Resampling.BOX)
    pixels = np.asarray(small)
    colours = _colours(pixels, coverage and coverage.resize(small.size, Image.Resampling.BOX))
    light = colours.lab[:, 0]
    mean_light = float(light @ colours.share)
    spread = float(((light - mean_light) ** 2) @ colours.share) ** 0.5
    mean = colours.share @ colours.srgb
    return Measures(
        palette=swatches(colours),
        mean_colour="#" + bytes(round(float(value)) for value in mean.clip(0, 255)).hex(),
        brightness=_unit(mean_light),
        contrast=_unit(spread * 2.0),
        sharpness=sharpness(grey),
        saturation=_unit(float(np.hypot(colours.lab[:, 1], colours.lab[:, 2]) @ colours.share) / _FULL_CHROMA),
        phash=perceptual_hash(grey),
        features=features(colours, pixels, grey),
    )


def _colours(pixels: NDArray[np.uint8], coverage: Image.Image | None) -> ColourCount:
    rows = pixels.reshape(-1, 3)
    if coverage is not None:
        weight = np.asarray(coverage).reshape(-1).astype(np.float32) / 255.0
        if weight.sum() > 1.0:
            return count_colours(rows, weight)
    return count_colours(rows)


def sharpness(grey: Image.Image) -> float:
    """Variance of the Laplacian against the variance of the picture, 0 (even or blurred) to 1 (nothing but detail)."""
    value = np.asarray(grey, np.int16)
    if min(value.shape) < 3:
        return 0.0
    middle = value[1:-1, 1:-1]
    curve = value[:-2, 1:-1] + value[2:, 1:-1] + value[1:-1, :-2] + value[1:-1, 2:] - 4 * middle
    energy, spread = float(np.var(curve, dtype=np.float32)), float(np.var(middle, dtype=np.float32))
    return _unit(energy / (energy + 2.0 * spread + 4.0))


def perceptual_hash(grey: Image.Image) -> str:
    """64 bits in hex: the signs of the lowest 8 x 8 cosine coefficients against their median (pHash)."""
    block = np.asarray(grey.resize((_HASH_PX, _HASH_PX), Image.Resampling.BOX), np.float32)
    low = (_COSINES @ block @ _COSINES.T).reshape(-1)
    return np.packbits(low > np.median(low[1:])).tobytes().hex()


def _cosines() -> Floats:
    """The first eight rows of the 32-point DCT-II."""
    k, n = np.arange(8)[:, None], np.arange(_HASH_PX)[None, :]
    return np.cos(np.pi * k * (2 * n + 1) / (2 * _HASH_PX)).astype(np.float32)


_COSINES = _cosines()


def _unit(value: float) -> float:
    return round(min(1.0, max(0.0, value)), 4)
