"""A skyline across dark water: four rows of towers in deepening haze, and their long reflections."""

from typing import Any

import numpy as np
from numpy.random import Generator

from resources.sample_collection.drawing import Sheet
from resources.sample_collection.glow import bloom, blurred
from resources.sample_collection.noise import clouds, resized
from resources.sample_collection.palette import Floats, even_ramp, rgb
from resources.sample_collection.palette import light as as_light

_WINDOWS = ("#ffd9a0", "#ffc27a", "#fff0d0", "#bfe3ff")


def light(size_px: tuple[int, int], look: dict[str, Any], colours: dict[str, Any], rng: Generator) -> Floats:
    """The skyline as linear light (H, W, 3)."""
    width, height = size_px
    shore = int(height * look.get("horizon", 0.66))
    scene = _sky(width, shore, look, colours, rng)
    air = as_light(colours["air"], 0.8)
    layers = 4
    for layer in range(layers):
        clear = (layer + 1) / layers
        cover, sent = _row_of_towers(width, shore, layer, layers, look, colours, rng)
        body = as_light("#0b0d16") * clear + air * np.float32((1 - clear) * 0.75)
        fade = np.linspace(0, 1, shore, dtype=np.float32)[:, None, None]
        shown = body + air * (fade**3) * np.float32(0.5 * (1.15 - clear))
        scene = scene * (1 - cover[..., None]) + shown * cover[..., None] + sent * np.float32(0.6 + 3.2 * clear**2)
    scene = bloom(scene, (3, 14, 50), look.get("glow", 0.8))
    water = _water(scene, height - shore, colours, rng)
    return np.concatenate([scene, water]).astype(np.float32)


def _sky(width: int, shore: int, look: dict[str, Any], colours: dict[str, Any], rng: Generator) -> Floats:
    columns, rows = width // 4 + 1, shore // 4 + 1
    y = np.linspace(0, 1, rows, dtype=np.float32)[:, None]
    x = np.linspace(0, 1, columns, dtype=np.float32)[None, :]
    cloud = clouds(rng, columns, rows, 70, 5, stretch=2.4)
    tones = [as_light(c, 1.4) for c in colours["sky"]]
    sky = even_ramp(tones, np.clip(y**1.4 + cloud * 0.08 * y, 0, 1))
    glow = np.exp(-(((x - look.get("vanish_x", 0.5)) / 0.4) ** 2) - ((1 - y) / 0.4) ** 2)
    sky = sky * (1 + 0.22 * cloud[..., None]) + glow[..., None] * as_light(colours["air"], 0.9)
    sky = resized(np.maximum(sky, 0).astype(np.float32), width, shore, smooth=False)
    if look.get("moon"):
        moon = Sheet(width, shore)
        moon.disc(width * 0.72, shore * 0.24, shore * 0.075)
        cover = moon.read()[..., None]
        sky = sky * (1 - cover) + cover * as_light("#fff1d6", 1.6)
    return sky


def _row_of_towers(
    width: int, shore: int, layer: int, layers: int, look: dict[str, Any], colours: dict[str, Any], rng: Generator
) -> tuple[Floats, Floats]:
    """Cover (H, W) and sent light (H, W, 3) of one row, 0 the farthest."""
    near = layer / (layers - 1)
    cover, lit = Sheet(width, shore, "L"), Sheet(width, shore, "RGB")
    unit = shore / 100
    x = -4 * unit
    while x < width + 4 * unit:
        wide = float(rng.uniform(4.5, 10)) * unit * (0.7 + 0.7 * near)
        swell = np.exp(-(((x / width) - look.get("vanish_x", 0.5)) ** 2) / 0.09)
        tall = float(rng.uniform(0.25, 1.0)) ** 1.4 * (26 + 50 * swell) * unit * (1.05 - 0.42 * near) + 7 * unit
        _tower(cover, lit, x, wide, tall, shore, unit, near, look, colours, rng)
        x += wide * float(rng.uniform(0.75, 1.25 if near < 0.6 else 1.9))
    return cover.read(), lit.read() ** np.float32(2.2)


def _tower(
    cover: Sheet,
    lit: Sheet,
    x: float,
    wide: float,
    tall: float,
    shore: int,
    unit: float,
    near: float,
    look: dict[str, Any],
    colours: dict[str, Any],
    rng: Generator,
) -> None:
    top = shore - tall
    cover.box(x, top, x + wide, shore)
    lit.box(x, top, x + wide, shore, (0, 0, 0))
    kind = rng.random()
    middle = x + wide / 2
    if kind < 0.25:
        cover.box(x + wide * 0.2, top - 5 * unit, x + wide * 0.8, top)
        top -= 5 * unit
    elif kind < 0.42:
        cover.polygon([(x, top), (x + wide, top), (middle, top - wide * 0.9)])
    elif kind < 0.55:
        cover.polygon([(x, top), (x + wide, top), (x + wide, top - wide * 0.5)])
    if rng.random() < 0.5:
        cover.box(middle - unit * 0.12, top - float(rng.uniform(5, 14)) * unit, middle + unit * 0.12, top)
    _windows(lit, x, wide, shore - tall, shore, unit, near, look, rng)
    neon = rgb(as_light(str(rng.choice(colours["signs"]))) ** np.float32(1 / 2.2))
    chance = rng.random()
    if chance < 0.3:
        edge = max(0.22 * unit, 0.8)
        for left in (x + edge, x + wide - 2 * edge):
            lit.box(left, shore - tall + unit, left + edge, shore, neon)
        lit.box(x + edge, shore - tall + unit, x + wide - edge, shore - tall + unit + edge, neon)
    elif chance < 0.55:
        high = float(rng.uniform(2, 4.5)) * unit
        low = shore - tall + float(rng.uniform(1.5, 6)) * unit
        lit.box(x + wide * 0.15, low, x + wide * 0.85, low + high, neon)
        lit.box(x + wide * 0.28, low + high * 0.35, x + wide * 0.72, low + high * 0.6, (10, 8, 14))
    elif chance < 0.7:
        left = x + wide * float(rng.uniform(0.1, 0.7))
        lit.box(left, shore - tall * 0.85, left + 0.9 * unit, shore - tall * 0.3, neon)


def _windows(
    lit: Sheet,
    x: float,
    wide: float,
    top: float,
    shore: int,
    unit: float,
    near: float,
    look: dict[str, Any],
    rng: Generator,
) -> None:
    pitch_x, pitch_y = max(unit * (0.62 + 0.5 * near), 3.0), max(unit * (0.9 + 0.6 * near), 4.0)
    columns, rows = int((wide - pitch_x * 0.6) / pitch_x), int((shore - top - pitch_y) / pitch_y)
    if columns < 1 or rows < 1:
        return
    mood = rng.uniform(0.2, 1.5, (rows, 1)) * look.get("lit", 0.34)
    on = rng.random((rows, columns)) < mood
    tint = int(rng.integers(len(_WINDOWS)))
    power = rng.uniform(0.25, 0.95, (rows, columns)) ** 1.3
    start = x + (wide - columns * pitch_x) / 2
    tones = [as_light(_WINDOWS[(tint + shift) % 4]) for shift in (0, 0, 0, 1)]
    for row, column in zip(*np.nonzero(on), strict=True):
        left, high = start + column * pitch_x, top + pitch_y * (0.6 + row)
        tone = tones[int(rng.integers(4))] * np.float32(power[row, column])
        lit.box(left, high, left + pitch_x * 0.6, high + pitch_y * 0.5, rgb(tone ** np.float32(1 / 2.2)))


def _water(scene: Floats, rows: int, colours: dict[str, Any], rng: Generator) -> Floats:
    """The row above the shore upside down, drawn out and broken into glints."""
    width = scene.shape[1]
    small_rows, small_columns = rows // 2 + 1, width // 2 + 1
    flipped = resized(scene[::-1][: int(rows * 1.5)], small_columns, small_rows, smooth=False)
    near = np.linspace(0, 1, small_rows, dtype=np.float32)[:, None]
    smeared = blurred(flipped, 0.8, 5) * (1 - near[..., None]) + blurred(flipped, 1.5, 22) * near[..., None]
    wave = clouds(rng, small_columns, small_rows, 9, 3, 0.6, stretch=6)
    reach = 1.5 + near * 16
    x = np.clip(np.arange(small_columns)[None, :] + wave * reach, 0, small_columns - 1).astype(np.int32)
    y = np.clip(np.arange(small_rows)[:, None] + wave * (2 + near * 14), 0, small_rows - 1).astype(np.int32)
    moved = smeared[y, x]
    shade = (0.62 - 0.34 * near + 0.16 * wave * (0.4 + near))[..., None]
    water = np.maximum(moved * shade, 0) + as_light(colours["sky"][1], 0.25)
    return resized(water.astype(np.float32), width, rows, smooth=False)
