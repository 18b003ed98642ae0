"""Light from one direction, cut out by blinds, windows, leaves or water, projected onto the surfaces it meets."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scene.themes import Sun
from viewport.graphics.textures import linear
from viewport.rooms.noise import Field, cloud, layered, ridged, step
from viewport.surfaces import Surface

PATTERN_PX = 512
FADE_M = 1.8
"""The wall that a lit one meets on the side of the sun keeps the light off so far, ever less."""


@dataclass(frozen=True, eq=False)
class Sunlight:
    """A pattern that repeats every `period_m` metres across the direction the light comes from."""

    towards: NDArray[np.float64]
    """Unit vector to the sun."""
    across: NDArray[np.float64]
    upward: NDArray[np.float64]
    colour: NDArray[np.float32]
    pattern: Field
    period_m: tuple[float, float]

    @staticmethod
    def of(sun: Sun | None) -> "Sunlight | None":
        """The sunlight of a theme, if it has any."""
        if sun is None:
            return None
        azimuth, elevation = math.radians(sun.azimuth_deg), math.radians(min(sun.elevation_deg, 89.0))
        level = math.cos(elevation)
        towards = np.array([level * math.sin(azimuth), math.sin(elevation), level * math.cos(azimuth)])
        across = np.cross([0.0, 1.0, 0.0], towards)
        across /= np.linalg.norm(across)
        pattern, period = _PATTERNS[sun.through]()
        colour = linear(sun.colour) * np.float32(sun.level)
        return Sunlight(towards, across, np.cross(towards, across), colour, pattern, period)

    def on(self, surface: Surface, u: NDArray[np.float32], v: NDArray[np.float32]) -> NDArray[np.float32]:
        """Linear light on a surface at the grid of `u` and `v`, shape (rows, columns, 3)."""
        facing = float(surface.normal @ self.towards)
        if facing <= 0.02:
            return np.zeros((1, 1, 3), np.float32)
        points = surface.at(*np.meshgrid(u, v))
        x = points @ self.across / self.period_m[0]
        y = points @ self.upward / self.period_m[1]
        mask = _sampled(self.pattern, x, y) * self._kept_off(surface, u)
        return mask[..., None] * self.colour * np.float32(min(1.0, 0.35 + facing))

    def _kept_off(self, surface: Surface, u: NDArray[np.float32]) -> NDArray[np.float32]:
        """Less and less light on a wall towards the corner on the side of the sun, where no wall takes it up."""
        sunward = float(surface.right @ self.towards)
        if surface.part != "wall" or abs(sunward) < 0.05:
            return np.ones(len(u), np.float32)
        corner_m = np.float32(surface.width_m) - u if sunward > 0 else u
        return np.asarray(step(0.0, min(FADE_M, surface.width_m / 3), corner_m), np.float32)


def _sampled(pattern: Field, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float32]:
    """Bilinear, repeating."""
    size = len(pattern)
    fx, fy = (x % 1.0) * size, (y % 1.0) * size
    ix, iy = fx.astype(int) % size, fy.astype(int) % size
    tx, ty = (fx % 1.0).astype(np.float32), (fy % 1.0).astype(np.float32)
    jx, jy = (ix + 1) % size, (iy + 1) % size
    low = pattern[iy, ix] * (1 - tx) + pattern[iy, jx] * tx
    high = pattern[jy, ix] * (1 - tx) + pattern[jy, jx] * tx
    sampled: NDArray[np.float32] = (low * (1 - ty) + high * ty).astype(np.float32)
    return sampled


def _grid() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    along: NDArray[np.float32] = ((np.arange(PATTERN_PX) + 0.5) / PATTERN_PX).astype(np.float32)
    return along[None, :], along[:, None]


def _blinds() -> tuple[Field, tuple[float, float]]:
    x, y = _grid()
    window = step(0.16, 0.19, x) * step(0.66, 0.63, x) * step(0.08, 0.10, y) * step(0.78, 0.76, y)
    mullion = 1 - step(0.010, 0.006, np.abs(x - 0.41))
    slats = step(0.28, 0.40, np.abs((y * 17) % 1.0 - 0.5) * -1 + 0.5 + 0.12)
    return (window * slats * mullion).astype(np.float32), (4.6, 3.6)


def _windows() -> tuple[Field, tuple[float, float]]:
    x, y = _grid()
    arch = np.hypot((x - 0.4) / 0.2, np.maximum(y - 0.6, 0) / 0.2)
    body = step(1.03, 0.97, arch) * step(0.10, 0.12, y)
    bars = (1 - step(0.008, 0.004, np.abs(x - 0.4))) * (1 - step(0.010, 0.006, np.abs(y - 0.42)))
    return (body * bars).astype(np.float32), (4.4, 3.4)


def _leaves() -> tuple[Field, tuple[float, float]]:
    rng = np.random.default_rng(11)
    canopy = layered(rng, PATTERN_PX, 6, 4, 0.7)
    gaps = step(0.5, 0.84, canopy)
    specks = step(0.74, 0.86, cloud(rng, PATTERN_PX, 36)) * step(0.35, 0.6, canopy)
    return np.maximum(gaps, 0.8 * specks).astype(np.float32), (5.0, 5.0)


def _water() -> tuple[Field, tuple[float, float]]:
    rng = np.random.default_rng(3)
    veins = np.maximum(ridged(rng, PATTERN_PX, 9), 0.7 * ridged(rng, PATTERN_PX, 14))
    return (veins**3).astype(np.float32), (4.0, 4.0)


_PATTERNS = {"blinds": _blinds, "windows": _windows, "leaves": _leaves, "water": _water}
