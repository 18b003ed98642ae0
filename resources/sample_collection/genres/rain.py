"""Rain: drops on a window before city lights, rings on still water, and umbrellas in a soaked street."""

from typing import Any

import numpy as np
from numpy.random import Generator
from PIL import Image

from resources.sample_collection.darkroom import axes, develop
from resources.sample_collection.drawing import Sheet
from resources.sample_collection.genres.city.street_life import walker
from resources.sample_collection.genres.wet.glass import beaded
from resources.sample_collection.genres.wet.rings import ringed
from resources.sample_collection.glow import bloom, blurred
from resources.sample_collection.noise import clouds, resized
from resources.sample_collection.palette import Floats, even_ramp, light

# ground tones from top to bottom, then lamps
PALETTES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "taxi": (("#0b1220", "#1c2436", "#2a1f1c"), ("#ffb13d", "#ff5a36", "#ffe0a3", "#7fc8ff")),
    "theatre": (("#12060f", "#2c0f26", "#1a0a18"), ("#ff3d77", "#ffb86b", "#c86bff", "#ffe9c9")),
    "harbour": (("#061420", "#0c2c3e", "#08202c"), ("#4fd8ff", "#9fffe0", "#ffd27a", "#3d8bff")),
    "garden": (("#1e3328", "#4d6b4a", "#27402f"), ("#d8f0a8", "#f2f7d5", "#8fc98a", "#ffe3a1")),
    "slate": (("#39434d", "#5d6a74", "#2d363f"), ("#e9eef2", "#c2d2dd", "#ffdca8", "#a9bccb")),
    "dusk": (("#1c1a38", "#4c3460", "#2b2140"), ("#ff9d6b", "#ff6b9d", "#8fa8ff", "#ffe0b3")),
    "signal": (("#071410", "#0e2a20", "#0a1c18"), ("#3dff9d", "#ff3d3d", "#ffd34d", "#b3ffe0")),
}


def paint(size_px: tuple[int, int], look: dict[str, Any], rng: Generator) -> Image.Image:
    """One of the three kinds of rain."""
    tones, lamps = PALETTES[look.get("palette", "taxi")]
    kinds = {"window": _window, "pond": _pond, "street": _street}
    scene = kinds[look.get("kind", "window")](size_px, tones, lamps, look, rng)
    return develop(scene, rng, exposure=look.get("exposure", 1.0), grain=2.8, corners=0.4)


def _ground(width: int, height: int, tones: tuple[str, ...], power: float, rng: Generator) -> Floats:
    _, y = axes(width, height)
    tone = even_ramp([light(c, power) for c in tones], y / np.float32(height))
    patches = clouds(rng, width // 8 + 1, height // 8 + 1, 34, 4)
    return tone * (1 + 0.3 * np.clip(resized(patches, width, height, smooth=False), -2.5, 2.5))[..., None]


def _bokeh(
    width: int, height: int, lamps: tuple[str, ...], count: int, size: float, low: float, rng: Generator
) -> Floats:
    """Lamps far out of focus: even discs with a slightly brighter rim, added up at half size."""
    columns, rows = width // 2, height // 2
    field = np.zeros((rows, columns, 3), dtype=np.float32)
    for _ in range(count):
        x, y = float(rng.uniform(-0.02, 1.02)) * columns, float(np.clip(rng.normal(low, 0.2), -0.05, 1.05)) * rows
        radius = min(columns, rows) * size * float(rng.uniform(0.45, 1.25))
        left, right = max(int(x - radius - 2), 0), min(int(x + radius + 3), columns)
        top, bottom = max(int(y - radius - 2), 0), min(int(y + radius + 3), rows)
        if right <= left or bottom <= top:
            continue
        u = np.arange(left, right, dtype=np.float32)[None, :] - np.float32(x)
        v = np.arange(top, bottom, dtype=np.float32)[:, None] - np.float32(y)
        away = np.sqrt(u * u + v * v) / np.float32(radius)
        disc = np.clip((1 - away) * radius / 1.5, 0, 1) * (0.62 + 0.38 * away**4)
        power = float(rng.uniform(0.12, 1.0)) ** 1.7
        field[top:bottom, left:right] += disc[..., None] * light(str(rng.choice(lamps)), power)
    return resized(blurred(field, 1.2), width, height, smooth=False)


def _window(
    size_px: tuple[int, int], tones: tuple[str, ...], lamps: tuple[str, ...], look: dict[str, Any], rng: Generator
) -> Floats:
    width, height = size_px
    low = look.get("low", 0.58)
    outside = _ground(width, height, tones, 0.8, rng)
    outside += _bokeh(width, height, lamps, look.get("lamps", 70), look.get("blur", 0.075), low, rng) * np.float32(0.85)
    outside += _bokeh(width, height, lamps, 26, look.get("blur", 0.075) * 2.2, low + 0.05, rng) * np.float32(0.3)
    if look.get("panes"):
        outside = outside * _panes(width, height, look["panes"])[..., None]
    glass = beaded(outside, look.get("drops", 1.0), look.get("trails", 26), rng)
    return bloom(glass, (4, 22, 80), 0.35)


def _panes(width: int, height: int, columns: int) -> Floats:
    """Dark glazing bars behind the drops."""
    bars = Sheet(width, height)
    thick = width * 0.022
    for number in range(1, columns):
        bars.box(width * number / columns - thick / 2, 0, width * number / columns + thick / 2, height)
    bars.box(0, height * 0.36, width, height * 0.36 + thick)
    return 1 - np.float32(0.9) * blurred(bars.read(), 3)


def _pond(
    size_px: tuple[int, int], tones: tuple[str, ...], lamps: tuple[str, ...], look: dict[str, Any], rng: Generator
) -> Floats:
    width, height = size_px
    mirrored = _ground(width, height, tones, 1.3, rng)
    mirrored += _bokeh(width, height, lamps, look.get("lamps", 46), 0.07, look.get("low", 0.3), rng) * np.float32(0.55)
    mirrored = blurred(mirrored, 5, 40)
    water = ringed(mirrored, look.get("rings", 110), light(lamps[0]), rng)
    return bloom(water, (4, 24), 0.25)


def _street(
    size_px: tuple[int, int], tones: tuple[str, ...], lamps: tuple[str, ...], look: dict[str, Any], rng: Generator
) -> Floats:
    """Figures under umbrellas against blurred lamps, the road a broken mirror, the air full of streaks."""
    width, height = size_px
    horizon = int(height * look.get("horizon", 0.64))
    scene = _ground(width, height, tones, 0.9, rng)
    lamp_light = _bokeh(width, height, lamps, look.get("lamps", 60), 0.05, 0.4, rng)
    scene += lamp_light * np.float32(0.9)
    scene += blurred(lamp_light, 60) * np.float32(0.8)
    figures = Sheet(width, height)
    feet: list[tuple[float, float, float]] = []
    for number in range(look.get("people", 3)):
        near = float(rng.uniform(0.25, 0.75)) if number else 0.85
        foot = horizon + near * (height - horizon) * 0.75
        metre = height * (0.13 + 0.22 * near)
        spread = 0.82 * ((number * 0.618 + 0.1) % 1.0) + 0.09
        x = width * (spread + float(rng.uniform(-0.04, 0.04)) if number else look.get("at_x", 0.42))
        feet.append((x, foot, metre))
    for x, foot, metre in sorted(feet, key=lambda item: item[1]):
        walker(figures, x, foot, metre, True, rng)
    cover = blurred(figures.read(), 0.9)
    rim = np.clip(blurred(cover, 2.5) - cover, 0, 1) * 2
    air = blurred(scene, 30)
    scene = scene * (1 - np.float32(0.985) * cover[..., None]) + (rim * (1 - cover))[..., None] * air * np.float32(1.2)
    scene[horizon:] = _soaked(scene, horizon, feet, rng)
    front = np.where(np.arange(height)[:, None] >= horizon, cover, 0)
    scene = scene * (1 - np.float32(0.98) * front[..., None])
    scene = bloom(scene, (4, 24, 90), 0.5)
    return _streaked(scene, look.get("rain", 1.0), rng)


def _soaked(scene: Floats, horizon: int, feet: list[tuple[float, float, float]], rng: Generator) -> Floats:
    height, width = scene.shape[:2]
    rows = height - horizon
    mirrored = scene[:horizon][::-1][:rows].copy()
    if len(mirrored) < rows:
        mirrored = np.concatenate([mirrored, np.repeat(mirrored[-1:], rows - len(mirrored), 0)])
    dark = Sheet(width, rows)
    for x, foot, metre in feet:
        walker(dark, x, foot - horizon, -metre, True, rng)
    mirrored = mirrored * (1 - np.float32(0.75) * dark.read()[..., None])
    near = np.linspace(0, 1, rows, dtype=np.float32)[:, None]
    smeared = blurred(mirrored, 2, 16) * (1 - near[..., None]) + blurred(mirrored, 3, 46) * near[..., None]
    wave = clouds(rng, width, rows, 16, 3, 0.6, stretch=5)
    across, down = axes(width, rows)
    moved = smeared[
        np.clip(down + wave * (2 + near * 16), 0, rows - 1).astype(np.int32),
        np.clip(across + wave * (1 + near * 16), 0, width - 1).astype(np.int32),
    ]
    splash = clouds(rng, width, rows, 7, 2, 0.8, stretch=2.5)
    result: Floats = (
        moved * (0.85 - 0.25 * near + 0.14 * wave)[..., None] + (np.clip(splash - 1.9, 0, 1) * 0.1 * near)[..., None]
    )
    return np.maximum(result, 0).astype(np.float32)


def _streaked(scene: Floats, strength: float, rng: Generator) -> Floats:
    height, width = scene.shape[:2]
    sheet = Sheet(width, height, "L", 0, 2)
    for _ in range(int(900 * strength)):
        x, y, long = float(rng.uniform(-20, width * 1.08)), float(rng.uniform(-80, height)), float(rng.uniform(20, 90))
        sheet.line([(x, y), (x - long * 0.14, y + long)], 0.5 + long / 90, int(rng.integers(25, 120)))
    behind = blurred(scene.mean(axis=2), 14)
    result: Floats = scene + (sheet.read() * (np.float32(0.06) + np.float32(0.9) * behind))[..., None]
    return result
