"""The last steps of a picture: exposure, vignette, grain and paper, to eight bits."""

import numpy as np
from numpy.random import Generator
from PIL import Image

from resources.sample_collection.noise import clouds
from resources.sample_collection.palette import Floats

_STEPS = 8191
_WHITE = 12.0


def axes(width: int, height: int) -> tuple[Floats, Floats]:
    """Pixel centres as a row (1, W) and a column (H, 1)."""
    x = np.arange(width, dtype=np.float32)[None, :] + np.float32(0.5)
    y = np.arange(height, dtype=np.float32)[:, None] + np.float32(0.5)
    return x, y


def vignette(width: int, height: int, strength: float) -> Floats:
    """Factors (H, W) that darken the corners by `strength`."""
    x, y = axes(width, height)
    u, v = x / width - np.float32(0.5), y / height - np.float32(0.5)
    reach = (u * u + v * v) * np.float32(2)
    return (1 - np.float32(strength) * reach * np.sqrt(reach)).astype(np.float32)


def develop(
    light: Floats, rng: Generator, exposure: float = 1.0, grain: float = 2.0, corners: float = 0.35
) -> Image.Image:
    """Linear light to a picture through a filmic curve; `grain` is its deviation in eight-bit steps."""
    height, width = light.shape[:2]
    shaded = np.maximum(light, 0) * (vignette(width, height, corners) * np.float32(exposure))[..., None]
    np.sqrt(shaded, out=shaded)
    shaded *= np.float32(_STEPS / np.sqrt(_WHITE))
    index = np.minimum(shaded, _STEPS, out=shaded).astype(np.uint16)
    x = (np.arange(_STEPS + 1) / _STEPS) ** 2 * _WHITE
    filmic = x * (2.51 * x + 0.03) / (x * (2.43 * x + 0.59) + 0.14)
    table = (np.clip(filmic, 0, 1) ** (1 / 2.2) * 255).astype(np.float32)
    return _with_grain(table[index], rng, grain)


def printed(colours: Floats, rng: Generator, grain: float = 2.0, corners: float = 0.0) -> Image.Image:
    """Display colours from 0 to 1 to a picture."""
    height, width = colours.shape[:2]
    ready = colours * np.float32(255)
    if corners:
        ready *= vignette(width, height, corners)[..., None]
    return _with_grain(ready, rng, grain)


def _with_grain(values: Floats, rng: Generator, grain: float) -> Image.Image:
    height, width = values.shape[:2]
    speckle = rng.standard_normal((height, width), dtype=np.float32)
    speckle *= np.float32(grain)
    values += speckle[..., None]
    values += np.float32(0.5)
    return Image.fromarray(np.clip(values, 0, 255, out=values).astype(np.uint8))


def paper(rng: Generator, width: int, height: int, colour: Floats, strength: float = 0.03) -> Floats:
    """A sheet of paper: fibres, blotches and a slightly darker rim, as display colours (H, W, 3)."""
    fibres = clouds(rng, width, height, 12, 3, 0.7, stretch=2.5)
    blotches = clouds(rng, width // 4, height // 4, 70, 4)
    blotches = np.asarray(Image.fromarray(blotches).resize((width, height)), dtype=np.float32)
    tone = 1 + np.float32(strength) * (np.float32(0.45) * fibres + np.float32(0.7) * blotches)
    tone *= vignette(width, height, 0.12)
    return (colour * tone[..., None]).astype(np.float32)
