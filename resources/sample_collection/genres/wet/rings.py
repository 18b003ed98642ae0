"""Rings on still water: ripples of many drops summed as slopes, which shift and shade what the water mirrors."""

import numpy as np
from numpy.random import Generator

from resources.sample_collection.darkroom import axes
from resources.sample_collection.noise import clouds
from resources.sample_collection.palette import Floats

FLAT = 0.46
"""How much lower than wide the rings look at this slant."""


def ringed(mirrored: Floats, count: int, lamp: Floats, rng: Generator) -> Floats:
    """The mirrored scene on water that it rains on; rings grow towards the viewer."""
    height, width = mirrored.shape[:2]
    slope_x, slope_y = (np.zeros((height, width), dtype=np.float32) for _ in range(2))
    for share in np.sort(rng.uniform(0, 1, count) ** 0.75):
        y = float(share) * height * 1.05
        radius = width * float(rng.uniform(0.015, 0.11)) * (0.3 + 1.1 * float(share))
        _ring(slope_x, slope_y, float(rng.uniform(-0.05, 1.05)) * width, y, radius, float(rng.uniform(0.9, 1.7)))
    swell = clouds(rng, width, height, 40, 3, 0.5, stretch=4)
    slope_y += swell * np.float32(0.12)
    x, y = axes(width, height)
    at_x = np.clip(x + slope_x * 46, 0, width - 1).astype(np.int32)
    at_y = np.clip(y + slope_y * 60, 0, height - 1).astype(np.int32)
    shade = 1 + np.clip(slope_y * 0.75 - slope_x * 0.25, -0.75, 1.2)
    sparkle = np.clip(slope_y * 0.9 - slope_x * 0.4 - 0.62, 0, 1) * np.float32(0.8)
    result: Floats = mirrored[at_y, at_x] * shade[..., None] + sparkle[..., None] * lamp
    return result.astype(np.float32)


def _ring(slope_x: Floats, slope_y: Floats, x: float, y: float, radius: float, power: float) -> None:
    height, width = slope_x.shape
    left, right = max(int(x - radius * 1.1), 0), min(int(x + radius * 1.1) + 1, width)
    top, bottom = max(int(y - radius * FLAT * 1.1), 0), min(int(y + radius * FLAT * 1.1) + 1, height)
    if right <= left or bottom <= top:
        return
    u = np.arange(left, right, dtype=np.float32)[None, :] - np.float32(x)
    v = (np.arange(top, bottom, dtype=np.float32)[:, None] - np.float32(y)) / np.float32(FLAT)
    away = np.sqrt(u * u + v * v) + np.float32(0.5)
    into = away / np.float32(radius)
    pitch = np.float32(max(radius / 4.2, 5.0))
    ripple = (
        np.cos(away / pitch * np.float32(2 * np.pi))
        * np.exp(-(((into - 0.62) / 0.26) ** 2))
        * (into < 1.08)
        * np.float32(power)
    )
    slope_x[top:bottom, left:right] += ripple * u / away
    slope_y[top:bottom, left:right] += ripple * v / away
