"""A die under the microscope: blocks of memory, buses and pads, in thin-film colours under raking light."""

from typing import Any

import numpy as np
from numpy.random import Generator

from resources.sample_collection.darkroom import axes
from resources.sample_collection.drawing import Sheet
from resources.sample_collection.noise import clouds, resized
from resources.sample_collection.palette import Floats, even_ramp, mix


def die(size_px: tuple[int, int], tones: list[Floats], look: dict[str, Any], rng: Generator) -> Floats:
    """Blocks split off one after the other, each filled with its own fine pattern."""
    width, height = size_px
    hue = np.zeros((height, width), dtype=np.float32)
    fine = np.ones((height, width), dtype=np.float32)
    margin = round(min(width, height) * 0.07)
    blocks = _split([(margin, margin, width - margin, height - margin)], look.get("cuts", 5), rng)
    for left, top, right, bottom in blocks:
        gap = max(3, round(min(width, height) * 0.005))
        box = (slice(top + gap, bottom - gap), slice(left + gap, right - gap))
        rows, columns = bottom - top - 2 * gap, right - left - 2 * gap
        if rows < 8 or columns < 8:
            continue
        hue[box] = float(rng.uniform(0.22, 0.95))
        fine[box] = _pattern(rows, columns, rng)
    x, y = axes(width, height)
    film = resized(clouds(rng, width // 8 + 1, height // 8 + 1, 60, 3), width, height, smooth=False)
    sweep = x / width * np.float32(0.25) + y / height * np.float32(0.18)
    dark, low, metal, bright, last = tones
    colours = [dark, low, mix(low, bright, 0.5), bright, mix(bright, metal, 0.5), metal, last]
    where = np.clip(hue * 0.8 + sweep + film * 0.05, 0, 1)
    scene = even_ramp(colours, where) * fine[..., None]
    scene = np.where((hue > 0)[..., None], scene, dark * np.float32(0.5) + low * np.float32(0.12))
    pads = _pads(width, height, margin, rng)
    scene = scene + (metal * np.float32(1.1) - scene) * pads[..., None]
    rake = np.exp(-((x / width - 0.3 - 0.5 * (y / height - 0.3)) ** 2) * 5)
    result: Floats = scene ** np.float32(1.25) * (0.28 + 0.6 * rake)[..., None]
    return result.astype(np.float32)


def _split(blocks: list[tuple[int, int, int, int]], cuts: int, rng: Generator) -> list[tuple[int, int, int, int]]:
    for depth in range(cuts):
        parts = []
        for left, top, right, bottom in blocks:
            if depth > 1 and rng.random() < 0.22:
                parts.append((left, top, right, bottom))
                continue
            share = float(rng.uniform(0.28, 0.72))
            if right - left > bottom - top:
                cut = round(left + (right - left) * share)
                parts += [(left, top, cut, bottom), (cut, top, right, bottom)]
            else:
                cut = round(top + (bottom - top) * share)
                parts += [(left, top, right, cut), (left, cut, right, bottom)]
        blocks = parts
    return blocks


def _pattern(rows: int, columns: int, rng: Generator) -> Floats:
    """Memory cells, buses or loose logic."""
    kind = rng.random()
    x, y = np.arange(columns)[None, :], np.arange(rows)[:, None]
    if kind < 0.4:
        wide, tall = int(rng.integers(5, 12)), int(rng.integers(4, 9))
        cells = ((x % wide) > 1) & ((y % tall) > 1)
        banks = ((x // (wide * 8)) + (y // (tall * 10))) % 2
        gaps = ((x % (wide * 8)) > 3) & ((y % (tall * 10)) > 3)
        pattern = (0.55 + 0.35 * cells + 0.12 * banks) * (0.4 + 0.6 * gaps)
    elif kind < 0.65:
        line = rng.uniform(0.45, 1.15, columns if columns > rows else rows)
        step = int(rng.integers(3, 7))
        line = np.repeat(line[::step], step)
        pattern = (
            np.broadcast_to(line[:columns][None, :], (rows, columns))
            if columns > rows
            else np.broadcast_to(line[:rows][:, None], (rows, columns))
        )
    else:
        small = rng.uniform(0.4, 1.15, (rows // 6 + 1, columns // 9 + 1))
        pattern = np.repeat(np.repeat(small, 6, axis=0), 9, axis=1)[:rows, :columns] * (0.75 + 0.25 * ((y % 6) > 0))
    return np.asarray(pattern, dtype=np.float32)


def _pads(width: int, height: int, margin: int, rng: Generator) -> Floats:
    sheet = Sheet(width, height)
    side, step = margin * 0.42, margin * 0.78
    for along in np.arange(margin, width - margin, step):
        for y in (margin * 0.3, height - margin * 0.3 - side):
            sheet.box(along, y, along + side, y + side, int(rng.integers(150, 256)))
    for along in np.arange(margin, height - margin, step):
        for x in (margin * 0.3, width - margin * 0.3 - side):
            sheet.box(x, along, x + side, along + side, int(rng.integers(150, 256)))
    return sheet.read()
