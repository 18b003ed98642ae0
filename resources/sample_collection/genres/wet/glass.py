"""A window with rain on it: each drop is a small lens that shows the scene upside down, between runs of clear glass."""

import numpy as np
from numpy.random import Generator

from resources.sample_collection.glow import blurred
from resources.sample_collection.noise import clouds, resized
from resources.sample_collection.palette import Floats


def beaded(outside: Floats, amount: float, trails: int, rng: Generator) -> Floats:
    """The scene seen through the wet pane."""
    height, width = outside.shape[:2]
    lift, lean_x, lean_y = (np.zeros((height, width), dtype=np.float32) for _ in range(3))
    misted = np.ones((height, width), dtype=np.float32)
    _fine(lift, lean_x, lean_y, int(2600 * amount * width * height / 1.4e6), rng)
    for _ in range(trails):
        _trail(lift, lean_x, lean_y, misted, rng)
    for _ in range(int(330 * amount * width * height / 1.4e6)):
        radius = float(rng.gamma(2.4, 3.4)) + 3.5
        _drop(
            lift,
            lean_x,
            lean_y,
            float(rng.uniform(0, width)),
            float(rng.uniform(0, height)),
            radius,
            float(rng.uniform(1.0, 1.25)),
        )
    return _through(outside, lift, lean_x, lean_y, blurred(misted, 2.0), rng)


def _drop(lift: Floats, lean_x: Floats, lean_y: Floats, x: float, y: float, radius: float, tall: float) -> None:
    """Set one drop down over whatever was there: heavier at its foot, flat where it touches the glass."""
    height, width = lift.shape
    reach = int(radius * 1.5) + 2
    left, right = max(int(x) - reach, 0), min(int(x) + reach + 1, width)
    top, bottom = max(int(y) - reach, 0), min(int(y) + reach + 1, height)
    if right <= left or bottom <= top:
        return
    u = (np.arange(left, right, dtype=np.float32)[None, :] - np.float32(x)) / np.float32(radius)
    v = (np.arange(top, bottom, dtype=np.float32)[:, None] - np.float32(y)) / np.float32(radius * tall)
    u = u * (1 + np.float32(0.22) * np.clip(-v, -0.6, 1))
    away = np.sqrt(u * u + v * v)
    inside = np.clip((1 - away) * np.float32(radius) + np.float32(0.5), 0, 1)
    block = (slice(top, bottom), slice(left, right))
    kept = 1 - inside
    lift[block] = np.maximum(lift[block] * kept, inside)
    lean_x[block] = lean_x[block] * kept + u * inside
    lean_y[block] = lean_y[block] * kept + v * inside


def _fine(lift: Floats, lean_x: Floats, lean_y: Floats, count: int, rng: Generator) -> None:
    """Beads of a pixel or three."""
    height, width = lift.shape
    for x, y, radius in zip(
        rng.uniform(0, width, count), rng.uniform(0, height, count), rng.uniform(1.1, 3.2, count), strict=True
    ):
        _drop(lift, lean_x, lean_y, float(x), float(y), float(radius), 1.0)


def _trail(lift: Floats, lean_x: Floats, lean_y: Floats, misted: Floats, rng: Generator) -> None:
    """A run of water: wiped glass behind, beads left along it, a heavy drop at its end."""
    height, width = lift.shape
    x, top = float(rng.uniform(0.02, 0.98)) * width, float(rng.uniform(-0.3, 0.6)) * height
    long, wide = float(rng.uniform(0.15, 0.6)) * height, float(rng.uniform(5, 10))
    y = top
    while y < min(top + long, height + 10):
        x += float(rng.normal(0, 0.9))
        half = wide * (0.45 + 0.55 * (y - top) / long)
        row = slice(max(int(y), 0), max(int(y) + 5, 0))
        columns = slice(max(int(x - half), 0), max(int(x + half) + 1, 0))
        misted[row, columns] = 0
        lift[row, columns] = 0
        if rng.random() < 0.10:
            _drop(
                lift,
                lean_x,
                lean_y,
                x + float(rng.normal(0, half * 0.4)),
                y,
                float(rng.uniform(1.2, 1.3 + half * 0.6)),
                1.3,
            )
        y += 4
    _drop(lift, lean_x, lean_y, x, y, wide * float(rng.uniform(1.0, 1.5)), 1.35)


def _through(outside: Floats, lift: Floats, lean_x: Floats, lean_y: Floats, misted: Floats, rng: Generator) -> Floats:
    height, width = lift.shape
    mist = resized(clouds(rng, width // 4 + 1, height // 4 + 1, 40, 4), width, height, smooth=False)
    haze = outside.mean(axis=(0, 1)) * np.float32(0.9)
    pane = outside + (haze - outside) * (misted * (0.28 + 0.05 * mist))[..., None]
    rows, columns = np.nonzero(lift > 0.02)
    u, v, cover = lean_x[rows, columns], lean_y[rows, columns], lift[rows, columns]
    away = np.clip(np.sqrt(u * u + v * v), 0, 1)
    bend = (0.35 + 0.65 * away * away) * np.float32(min(width, height) * 0.30)
    at_x = np.clip(columns - u * bend, 0, width - 1).astype(np.int32)
    at_y = np.clip(rows - v * bend, 0, height - 1).astype(np.int32)
    seen = outside[at_y, at_x]
    rim = 1 - np.float32(0.72) * np.clip((away - 0.62) / 0.38, 0, 1) * np.clip(0.75 - v, 0.15, 1)
    lit = np.exp(-(((u + 0.38) / 0.17) ** 2) - ((v + 0.42) / 0.14) ** 2) * np.float32(0.55)
    foot = np.clip(v, 0, 1) ** 2 * np.float32(0.35)
    bead = seen * (rim * 1.25 + foot)[:, None] + (lit * (0.15 + haze.mean() * 2.2))[:, None]
    pane[rows, columns] += (bead - pane[rows, columns]) * cover[:, None]
    values: Floats = pane.astype(np.float32)
    return values
