"""Procedural, seamless surface tiles: plaster, concrete, planks, parquet, moss, paper and the like."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from scene.themes import Material
from viewport.graphics.textures import Pixels, rgb
from viewport.rooms.noise import Field, cloud, grain, layered, ridged, step

TILE_PX = 512

Pattern = Callable[[np.random.Generator, int], tuple[Field, Field]]
"""Two fields: how much of the first colour over the second, and a brightness around 1."""

DRY = {"asphalt": 0.5}
"""What the first colour of these patterns mirrors less than the second: puddles between dry patches."""


def tile(material: Material, seed: int = 7, size_px: int = TILE_PX) -> Pixels:
    """One seamless tile of a material as RGB pixels, with how much it mirrors as alpha where that differs."""
    rng = np.random.default_rng(seed)
    blend, shade = PATTERNS[material.pattern](rng, size_px)
    shine = 1 - np.float32(DRY.get(material.pattern, 0.0)) * blend[..., None]
    strength = np.float32(material.contrast * 2)
    blend = np.clip(1 - (1 - blend) * strength, 0, 1)[..., None]
    shade = (1 + (shade - 1) * strength)[..., None]
    colour = rgb(material.second) * (1 - blend) + rgb(material.colour) * blend
    noise = (rng.random((size_px, size_px, 1), dtype=np.float32) - 0.5) / 255
    pixels: Pixels = (np.clip(colour * shade + noise, 0, 1) * 255 + 0.5).astype(np.uint8)
    if material.pattern not in DRY:
        return pixels
    return np.concatenate([pixels, (shine * 255 + 0.5).astype(np.uint8)], axis=2)


def _axes(size: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    along: NDArray[np.float32] = (np.arange(size) / size).astype(np.float32)
    return along[None, :], along[:, None]


def _line(position: NDArray[np.float32], count: int, width: float) -> NDArray[np.float32]:
    """1 on lines that repeat `count` times over 0..1, `width` of a period wide, 0 between."""
    distance = np.abs((position * count) % 1.0 - 0.5)
    return step(0.5 - width, 0.5 - width / 3, distance)


def _plaster(rng: np.random.Generator, size: int) -> tuple[Field, Field]:
    return layered(rng, size, 4, 4), 0.985 + 0.03 * layered(rng, size, 32, 3)


def _concrete(rng: np.random.Generator, size: int) -> tuple[Field, Field]:
    stains = layered(rng, size, 3, 6)
    pores = step(0.80, 0.9, cloud(rng, size, 128))
    return stains, 0.96 + 0.08 * layered(rng, size, 64, 2) - 0.06 * pores


def _panels(rng: np.random.Generator, size: int) -> tuple[Field, Field]:
    x, y = _axes(size)
    seams = np.maximum(_line(x + 0 * y, 2, 0.006), _line(y + 0 * x, 2, 0.009))
    plates = np.kron(rng.random((2, 2), dtype=np.float32), np.ones((size // 2, size // 2), np.float32))
    wear = layered(rng, size, 4, 5)
    streaks = cloud(rng, size, 96, 3)
    return 0.55 * wear + 0.25 * plates + 0.2 * streaks, (1 - 0.55 * seams) * (0.97 + 0.06 * grain(rng, size))


def _asphalt(rng: np.random.Generator, size: int) -> tuple[Field, Field]:
    puddles = step(0.38, 0.62, layered(rng, size, 3, 4))
    return 1 - puddles, 0.9 + 0.2 * cloud(rng, size, 200) * (1 - 0.7 * puddles)


def _boards(rng: np.random.Generator, size: int, across: int, down: int) -> tuple[Field, Field]:
    """Staggered boards running along x."""
    x, y = _axes(size)
    row = np.minimum((y * across).astype(int), across - 1)
    shifted = (x + rng.random(across, dtype=np.float32)[row]) % 1.0
    column = np.minimum((shifted * down).astype(int), down - 1)
    tone = rng.random((across, down), dtype=np.float32)[row, column]
    seams = np.maximum(_line(y + 0 * x, across, 0.035), _line(shifted, down, 0.004))
    fibres = cloud(rng, size, 6, 170) * 0.6 + cloud(rng, size, 12, 256) * 0.4
    return 0.55 * tone + 0.45 * fibres, 1 - 0.38 * seams


def _planks(rng: np.random.Generator, size: int) -> tuple[Field, Field]:
    return _boards(rng, size, 14, 2)


def _parquet(rng: np.random.Generator, size: int) -> tuple[Field, Field]:
    """Herringbone-like blocks: boards whose direction alternates like a chessboard."""
    cells = 4
    blend, shade = _boards(rng, size, 16, 4)
    turned_blend, turned_shade = blend.T, shade.T
    x, y = _axes(size)
    odd = (((x * cells).astype(int) + (y * cells).astype(int)) % 2).astype(bool)
    seams = np.maximum(_line(x + 0 * y, cells, 0.008), _line(y + 0 * x, cells, 0.008))
    return np.where(odd, blend, turned_blend), np.where(odd, shade, turned_shade) * (1 - 0.3 * seams)


def _damask(rng: np.random.Generator, size: int) -> tuple[Field, Field]:
    x, y = _axes(size)
    turns = np.float32(2 * np.pi * 6)
    bloom = np.sin(x * turns) * np.sin(y * turns) + 0.5 * np.sin(2 * x * turns) * np.cos(2 * y * turns)
    motif = step(0.15, 0.45, np.abs(bloom) + 0.12 * cloud(rng, size, 64))
    return 0.5 + 0.5 * motif * (0.7 + 0.3 * layered(rng, size, 4, 3)), 0.97 + 0.06 * cloud(rng, size, 220, 220)


def _moss(rng: np.random.Generator, size: int) -> tuple[Field, Field]:
    """Cushions of moss, each darker at its foot, of fine tips that catch the light."""
    cushions = layered(rng, size, 12, 4, 0.6)
    tips = 0.5 * cloud(rng, size, 128) + 0.5 * cloud(rng, size, 240)
    foot = step(0.3, 0.52, cushions)
    return 0.55 * layered(rng, size, 4, 4) + 0.45 * cushions, (0.78 + 0.2 * foot) * (0.74 + 0.52 * tips)


def _bark(rng: np.random.Generator, size: int) -> tuple[Field, Field]:
    ridges = cloud(rng, size, 40, 5) * 0.6 + cloud(rng, size, 90, 14) * 0.4
    lichen = layered(rng, size, 5, 4)
    return step(0.25, 0.75, 0.6 * ridges + 0.4 * lichen), 0.78 + 0.44 * ridges


def _paper(rng: np.random.Generator, size: int) -> tuple[Field, Field]:
    fibres = cloud(rng, size, 180, 60) * 0.5 + cloud(rng, size, 60, 180) * 0.5
    return 0.4 + 0.6 * layered(rng, size, 5, 3), 0.97 + 0.06 * fibres


def _ruled(rng: np.random.Generator, size: int) -> tuple[Field, Field]:
    """Paper with a drawn grid: four fine fields a side, every other line bolder."""
    blend, shade = _paper(rng, size)
    x, y = _axes(size)
    fine = np.maximum(_line(x + 0 * y, 4, 0.006), _line(y + 0 * x, 4, 0.006))
    bold = np.maximum(_line(x + 0 * y, 1, 0.0035), _line(y + 0 * x, 1, 0.0035))
    return blend, shade * (1 - 0.16 * fine) * (1 - 0.55 * bold)


def _adobe(rng: np.random.Generator, size: int) -> tuple[Field, Field]:
    sweeps = cloud(rng, size, 5, 14) * 0.5 + layered(rng, size, 6, 5) * 0.5
    straw = step(0.83, 0.93, cloud(rng, size, 50, 160))
    return sweeps, 0.94 + 0.12 * layered(rng, size, 24, 4) + 0.04 * straw


def _sand(rng: np.random.Generator, size: int) -> tuple[Field, Field]:
    x, y = _axes(size)
    drift = layered(rng, size, 3, 3)
    ripples = 0.5 + 0.5 * np.sin(2 * np.pi * (y * 22 + drift * 2.5) + 0 * x)
    return (0.5 * drift + 0.5 * ripples).astype(np.float32), 0.95 + 0.1 * grain(rng, size)


def _tiles(rng: np.random.Generator, size: int) -> tuple[Field, Field]:
    x, y = _axes(size)
    count = 4
    joints = np.maximum(_line(x + 0 * y, count, 0.012), _line(y + 0 * x, count, 0.012))
    plates = np.kron(rng.random((count, count), dtype=np.float32), np.ones((size // count,) * 2, np.float32))
    veins = ridged(rng, size, 5)
    return 0.45 * plates + 0.4 * layered(rng, size, 4, 4) + 0.15 * veins, 1 - 0.35 * joints


def _plain(rng: np.random.Generator, size: int) -> tuple[Field, Field]:
    return np.ones((size, size), np.float32), 0.99 + 0.02 * grain(rng, size)


PATTERNS: dict[str, Pattern] = {
    "plaster": _plaster,
    "concrete": _concrete,
    "panels": _panels,
    "asphalt": _asphalt,
    "planks": _planks,
    "parquet": _parquet,
    "damask": _damask,
    "moss": _moss,
    "bark": _bark,
    "paper": _paper,
    "ruled": _ruled,
    "adobe": _adobe,
    "sand": _sand,
    "tiles": _tiles,
    "plain": _plain,
}
