"""Ink landscapes: washes of mountains in mist with pines, boats, bamboo or blossom, an inscription and a red seal."""

from typing import Any

import numpy as np
from numpy.random import Generator
from PIL import Image

from resources.sample_collection.darkroom import axes, paper, printed
from resources.sample_collection.drawing import Sheet, over
from resources.sample_collection.genres.brush.growth import bamboo, blossom, pine
from resources.sample_collection.genres.brush.marks import birds, boat, inscription, seal
from resources.sample_collection.glow import blurred
from resources.sample_collection.noise import clouds, resized, ridge, sampled, smoothstep, tile
from resources.sample_collection.palette import Floats
from resources.sample_collection.palette import paint as colour_of

# paper, ink, accent wash
PALETTES: dict[str, tuple[str, str, str]] = {
    "ink": ("#f1ebdc", "#1b1c20", "#b9402e"),
    "silk": ("#dcc7a0", "#231d18", "#a8321f"),
    "blue": ("#eef0ea", "#1d3350", "#c75b3c"),
    "green": ("#eee9d6", "#213a34", "#b8552f"),
    "grey": ("#e4e4e0", "#25282c", "#c0392b"),
    "dusk": ("#f0d9c4", "#3a2a3a", "#d1543a"),
    "snow": ("#f4f5f4", "#2a3440", "#b23a2e"),
    "night": ("#4a5a6c", "#0a0d12", "#e8d9a8"),
}


def paint(size_px: tuple[int, int], look: dict[str, Any], rng: Generator) -> Image.Image:
    """Paper, washes from far to near, brushwork, writing."""
    width, height = size_px
    ground, ink_tone, accent = PALETTES[look.get("palette", "ink")]
    ink, red = colour_of(ink_tone), colour_of(accent)
    sheet = paper(rng, width, height, colour_of(ground), 0.032)
    if look.get("sun"):
        sheet = _sun(sheet, red, look, rng)
    if look.get("ranges", 4):
        sheet = _ranges(sheet, ink, look, rng)
    if look.get("river"):
        sheet = _river(sheet, ink, colour_of(ground), look, rng)
    strokes = Sheet(width, height)
    tinted = Sheet(width, height)
    _brushwork(strokes, tinted, look, rng)
    dry = clouds(rng, width, height, 5, 2, 0.8)
    wet = strokes.read()
    edge = np.clip(wet - blurred(wet, 2.2), 0, 1) * np.float32(0.35)
    sheet = over(sheet, ink, np.clip(wet * (0.9 + 0.07 * dry) + edge, 0, 1))
    petals = tinted.read()
    if look.get("blossom"):
        sheet = over(sheet, colour_of(look.get("petals", "#d9788a")), petals * np.float32(0.85))
    sheet = _written(sheet, ink, red, look, rng)
    return printed(sheet, rng, grain=2.4, corners=0.14)


def _sun(sheet: Floats, red: Floats, look: dict[str, Any], rng: Generator) -> Floats:
    """A disc of colour, wet at one edge."""
    height, width = sheet.shape[:2]
    x, y = axes(width, height)
    at_x, at_y = width * look.get("sun_x", 0.68), height * look.get("sun_y", 0.24)
    radius = np.float32(min(width, height) * look["sun"])
    away = np.sqrt((x - at_x) ** 2 + (y - at_y) ** 2)
    rough = resized(clouds(rng, width // 4 + 1, height // 4 + 1, 40, 4), width, height)
    cover = np.clip((radius - away) / 2.5 + rough * 0.7, 0, 1) * (
        0.74 + 0.10 * rough + 0.2 * np.clip(away / radius, 0, 1) ** 6
    )
    return over(sheet, red, np.clip(cover, 0, 1))


def _ranges(sheet: Floats, ink: Floats, look: dict[str, Any], rng: Generator) -> Floats:
    """Mountains from far to near: a dark crest that thins downward into mist, with texture strokes on the near ones."""
    height, width = sheet.shape[:2]
    _, y = axes(width, height)
    count = look.get("ranges", 4)
    strokes = tile(rng, 512, 60, 3, 2.0, stretch=0.35)
    pool = resized(clouds(rng, width // 5 + 1, height // 5 + 1, 50, 4), width, height)
    columns = np.arange(width, dtype=np.float32)[None, :]
    steep = look.get("steep", 1.0)
    for layer in range(count):
        near = layer / max(count - 1, 1)
        base = height * (look.get("top", 0.3) + (look.get("foot", 0.82) - look.get("top", 0.3)) * near)
        line = ridge(rng, width, width / (2.2 + 1.5 * near) * look.get("broad", 1.0), 7, 0.46)
        peaks = np.sign(line) * np.abs(line) ** 0.85
        crest = (base - height * 0.17 * steep * (1.1 - 0.45 * near) * (peaks + 0.25))[None, :]
        down = y - crest
        fade = np.float32(height * (0.12 + 0.10 * near))
        wash = np.exp(-np.clip(down, 0, None) / fade)
        soft = 0.8 + 2.2 * (1 - near)
        cover = np.clip(down / soft, 0, 1) * wash * (0.20 + 0.55 * near)
        cover = cover * (1 + 0.28 * pool) + np.exp(-((down / (1.6 + near)) ** 2)) * (0.10 + 0.3 * near)
        if near > 0.3:
            slope = np.gradient(crest[0])[None, :]
            cut = sampled(
                strokes, columns + down * np.clip(slope * 0.9, -1.2, 1.2), down * 0.8 + columns * 0.12 + layer * 90
            )
            cover = cover + smoothstep(0.5, 1.7, cut) * wash * np.clip(down / 14, 0, 1) * (0.42 * near)
        sheet = over(sheet, ink, np.clip(cover, 0, 0.96).astype(np.float32))
        mist = (
            smoothstep(0.15, 1.25, pool + 0.35)
            * np.exp(-(((y - base - fade * 0.9) / (height * 0.07)) ** 2))
            * np.float32(0.5 * (1 - near * 0.5))
        )
        sheet = over(sheet, sheet[:8].mean(axis=(0, 1)), mist.astype(np.float32))
    return sheet


def _river(sheet: Floats, ink: Floats, ground: Floats, look: dict[str, Any], rng: Generator) -> Floats:
    """Still water below: paper left open, a few level strokes, the far shore mirrored faintly."""
    height, width = sheet.shape[:2]
    shore = int(height * look["river"])
    rows = height - shore
    _, y = axes(width, rows)
    mirrored = sheet[:shore][::-1][:rows]
    if len(mirrored) < rows:
        mirrored = np.concatenate([mirrored, np.repeat(mirrored[-1:], rows - len(mirrored), 0)])
    faint = blurred(mirrored, 8, 14)
    near = (y / rows)[..., None]
    water = faint * np.float32(0.35) + ground * np.float32(0.65)
    result = sheet.copy()
    enter = np.clip(y / 26, 0, 1)[..., None]
    result[shore:] = result[shore:] * (1 - enter) + (water * (1 - near * 0.05)) * enter
    lines = Sheet(width, height)
    for _ in range(look.get("ripples", 26)):
        x_at, y_at = float(rng.uniform(0, width)), shore + 20 + float(rng.random() ** 1.4) * (rows - 20)
        long = width * float(rng.uniform(0.03, 0.16))
        share = np.linspace(0, 1, 14)
        points = np.stack([x_at + long * share, y_at + 2.5 * np.sin(share * 7 + x_at)], axis=1)
        lines.taper(points, np.sin(np.pi * share) * float(rng.uniform(1.0, 2.6)) + 0.3, int(rng.integers(50, 130)))
    return over(result, ink, lines.read())


def _brushwork(strokes: Sheet, tinted: Sheet, look: dict[str, Any], rng: Generator) -> None:
    width, height = strokes.width, strokes.height
    for x, y, size in look.get("pines", []):
        pine(strokes, x * width, y * height, size * height, rng)
    for x, size in look.get("bamboo", []):
        bamboo(strokes, x * width, height, size * height, rng)
    for x, y, size in look.get("boats", []):
        boat(strokes, x * width, y * height, size * height, rng)
    if look.get("blossom"):
        blossom(strokes, tinted, width, height, look["blossom"], rng)
    if look.get("birds"):
        birds(strokes, width, height, look["birds"], rng)


def _written(sheet: Floats, ink: Floats, red: Floats, look: dict[str, Any], rng: Generator) -> Floats:
    height, width = sheet.shape[:2]
    x, y = look.get("writing", (0.08, 0.08))
    unit = min(width, height) * 0.026
    letters, stamp = Sheet(width, height), Sheet(width, height)
    below = inscription(letters, x * width, y * height, unit, look.get("letters", 7), rng)
    seal(stamp, x * width + unit * 0.5, below + unit * 1.6, unit * 1.7, rng)
    worn = clouds(rng, width, height, 6, 2, 0.8)
    sheet = over(sheet, ink, letters.read() * np.float32(0.88))
    return over(sheet, red, stamp.read() * np.clip(0.86 + worn * 0.1, 0, 1))
