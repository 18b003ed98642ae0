"""Signs that glow: boxes that stick out over the street and panels flat on a wall, written in no alphabet."""

import numpy as np
from numpy.random import Generator

from resources.sample_collection.genres.city.build import Build
from resources.sample_collection.glyphs import glyph
from resources.sample_collection.palette import Floats

_DARK = np.zeros(3, dtype=np.float32)


def _strokes(lines: Floats, width: float) -> Floats:
    """Lines (N, 2, 2) as quads (N, 4, 2) of a width."""
    along = lines[:, 1] - lines[:, 0]
    length = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-6)[:, None]
    side = np.stack([-along[:, 1], along[:, 0]], axis=1) / length * np.float32(width / 2)
    reach = along / length * np.float32(width / 2)
    a, b = lines[:, 0] - reach, lines[:, 1] + reach
    return np.stack([a + side, b + side, b - side, a - side], axis=1).astype(np.float32)


def _writing(rng: Generator, columns: int, rows: int, margin: float) -> Floats:
    """Glyph strokes in a panel of unit cells (columns by rows), y down."""
    cells = []
    for row in range(rows):
        for column in range(columns):
            cells.append(glyph(rng) * (1 - 2 * margin) + np.array([column + margin, row + margin], dtype=np.float32))
    return np.concatenate(cells)


def _panel(
    build: Build,
    corner: Floats,
    across: Floats,
    down: Floats,
    columns: int,
    rows: int,
    colour: Floats,
    back: Floats,
    rng: Generator,
) -> None:
    """A written panel that spans `across` and `down` from its top left corner."""
    lift = -np.sign(across[2] + 0.001) * 0.0
    style = rng.random()
    quad = np.stack([corner, corner + across, corner + across + down, corner + down])[None].astype(np.float32)
    tube = colour * np.float32(0.9) + np.float32(0.10) * colour.max()
    if style < 0.42:
        build.add(quad, (colour * np.float32(0.55))[None], _DARK[None])
        ink = np.full(3, colour.max() * 0.95, np.float32) if rng.random() < 0.7 else colour * np.float32(0.03)
    else:
        build.add(quad, (colour * np.float32(0.035))[None], back[None])
        ink = tube
        frame = np.array([[[0, 0], [1, 0]], [[1, 0], [1, 1]], [[1, 1], [0, 1]], [[0, 1], [0, 0]]], dtype=np.float32)
        inset = frame * np.float32(0.92) + np.float32(0.04)
        outline = _strokes(inset * np.array([columns, rows], np.float32), 0.07)
        _put(build, outline, corner, across / columns, down / rows, tube)
    lines = _writing(rng, columns, rows, 0.2)
    _put(build, _strokes(lines, 0.1), corner, across / columns, down / rows, ink + np.float32(lift))


def _put(build: Build, flat: Floats, corner: Floats, cell_across: Floats, cell_down: Floats, colour: Floats) -> None:
    quads = corner + flat[..., :1] * cell_across + flat[..., 1:] * cell_down
    count = len(quads)
    build.add(quads.astype(np.float32), np.repeat(colour[None], count, 0), np.zeros((count, 3), np.float32))


def hanging_sign(
    build: Build,
    x: float,
    side: float,
    z: float,
    tall: float,
    half: float,
    colour: Floats,
    back: Floats,
    rng: Generator,
) -> None:
    """A sign that sticks out from the wall over the street and faces the viewer."""
    wide = float(rng.uniform(0.9, 1.9))
    tallness = int(rng.integers(2, 7)) if rng.random() < 0.75 else 1
    columns = 1 if tallness > 1 else int(rng.integers(2, 4))
    out = min(wide * columns * (1.0 if tallness > 1 else 0.8), half * 0.55)
    cell = out / columns
    low = float(rng.uniform(3.6, max(4.5, tall * 0.6)))
    left = x - side * 0.3 - (out if side > 0 else 0.0)
    corner = np.array([left, low + cell * tallness, z], dtype=np.float32)
    _panel(
        build,
        corner,
        np.array([out, 0, 0], np.float32),
        np.array([0, -cell * tallness, 0], np.float32),
        columns,
        tallness,
        colour,
        back,
        rng,
    )


def flat_sign(
    build: Build, x: float, near: float, far: float, low: float, top: float, colour: Floats, rng: Generator
) -> None:
    """A panel along the wall of the street; reads from the near to the far end on the left side, else the other way."""
    wide, tall = far - near, top - low
    if wide <= 0.3 or tall <= 0.2:
        return
    rows = 1 if tall < 3 else int(rng.integers(1, 3))
    columns = int(np.clip(wide / (tall / rows), 1, 6))
    start, step = (near, wide) if x < 0 else (far, -wide)
    corner = np.array([x, top, start], dtype=np.float32)
    _panel(
        build,
        corner,
        np.array([0, 0, step], np.float32),
        np.array([0, -tall, 0], np.float32),
        columns,
        rows,
        colour * np.float32(0.8),
        np.full(3, 0.004, np.float32),
        rng,
    )
