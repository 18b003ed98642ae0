"""Maps of stars: printed charts and orbits, deep fields with figures drawn in, and star trails over a horizon."""

from typing import Any

import numpy as np
from numpy.random import Generator
from PIL import Image

from resources.sample_collection.darkroom import axes, develop, paper, printed
from resources.sample_collection.drawing import Sheet, over
from resources.sample_collection.genres.sky import charts
from resources.sample_collection.genres.sky.stars import milky, scattered
from resources.sample_collection.glow import bloom, blurred
from resources.sample_collection.noise import clouds, resized, ridge
from resources.sample_collection.palette import Floats, even_ramp, light, mix
from resources.sample_collection.palette import paint as colour_of

# sheet, ground of the chart, lines, stars, figures, milky band
PRINTS: dict[str, tuple[str, ...]] = {
    "midnight": ("#0a1430", "#0e1d45", "#c9a75a", "#fff3d0", "#e6c878", "#7f93c9"),
    "engraving": ("#efe3c6", "#f5ecd6", "#5a4630", "#2b2118", "#8c3b2a", "#d9c79c"),
    "slate": ("#171a1f", "#20252c", "#9aa7b3", "#ffffff", "#e0705a", "#5c6b7a"),
    "verdigris": ("#08302f", "#0c4140", "#d9c48f", "#fdf6dc", "#f0a868", "#3f8f86"),
    "burgundy": ("#2a0a18", "#3d1024", "#e0b07a", "#fff0dc", "#f2c894", "#a05a78"),
    "porcelain": ("#f2f4f5", "#e3ebf2", "#2f4f7f", "#16284a", "#b8433a", "#b9cbe0"),
}
# ground, band, warm knots, figures
FIELDS: dict[str, tuple[str, str, str, str]] = {
    "blue": ("#03060f", "#3a5fae", "#ff9d8a", "#8fd0ff"),
    "rose": ("#07030c", "#8a3f8f", "#ffb37a", "#ffc9e6"),
    "teal": ("#01080a", "#1f8a8a", "#ffd28a", "#b3fff0"),
    "gold": ("#080502", "#a8763a", "#ff6f4a", "#ffe6b0"),
}


def paint(size_px: tuple[int, int], look: dict[str, Any], rng: Generator) -> Image.Image:
    """A printed chart, a deep field or trails."""
    kind = look.get("kind", "polar")
    if kind == "field":
        return develop(_field(size_px, look, rng), rng, exposure=1.1, grain=2.6, corners=0.4)
    if kind == "trails":
        return develop(_trails(size_px, look, rng), rng, exposure=1.0, grain=2.8, corners=0.35)
    return printed(_chart(size_px, kind, look, rng), rng, grain=2.2, corners=0.12)


def _chart(size_px: tuple[int, int], kind: str, look: dict[str, Any], rng: Generator) -> Floats:
    width, height = size_px
    sheet, ground, lines, stars, figures, band = (colour_of(c) for c in PRINTS[look.get("palette", "midnight")])
    covers = getattr(charts, kind)(width, height, look, rng)
    picture = paper(rng, width, height, sheet, 0.035)
    worn = resized(clouds(rng, width // 5 + 1, height // 5 + 1, 60, 5), width, height)
    picture = over(picture, ground * (1 + 0.05 * worn)[..., None], covers["ground"])
    glow, dust = milky(rng, width, height)
    whole = covers["ground"] if kind != "orbits" else np.ones_like(covers["ground"])
    cloud = np.clip(glow * 0.55 - dust * 0.3, 0, 0.75) * (blurred(whole, 3) if kind != "orbits" else whole)
    picture = over(picture, band, (cloud * np.float32(look.get("milky", 0.85))).astype(np.float32))
    fine = clouds(rng, width, height, 5, 2, 0.8)
    ink = np.clip(0.86 + 0.08 * fine, 0, 1)
    if sheet.mean() < 0.4:
        bright = covers["stars"] * np.float32(0.8) + covers["figures"] * np.float32(0.3)
        picture = picture + blurred(bright, 6)[..., None] * mix(stars, band, 0.4) * np.float32(0.55)
    picture = over(picture, lines, covers["lines"] * ink * np.float32(0.8))
    picture = over(picture, figures, covers["figures"] * ink * np.float32(0.85))
    return over(picture, stars, covers["stars"] * ink)


def _field(size_px: tuple[int, int], look: dict[str, Any], rng: Generator) -> Floats:
    """The milky band in light, dust lanes, knots of gas, and the figures as fine lines."""
    width, height = size_px
    ground, band, warm, figure = (light(c) for c in FIELDS[look.get("palette", "blue")])
    glow, dust = milky(rng, width, height, look.get("tilt", 0.5))
    wisps = np.clip(resized(clouds(rng, width // 4 + 1, height // 4 + 1, 60, 6, 0.55), width, height), -2, 3)
    knots = np.clip(wisps - 0.7, 0, 2) * glow
    scene = (
        ground
        + glow[..., None] ** np.float32(1.4) * band * np.float32(0.9)
        + knots[..., None] * warm * np.float32(0.75)
    )
    scene = scene + np.clip(glow - 0.5, 0, 1)[..., None] ** 2 * light("#fff0d8", 0.9)
    scene = scene * (1 - np.float32(0.85) * dust * np.clip(glow * 1.6, 0, 1))[..., None]
    speck = rng.random((height, width), dtype=np.float32)
    scene = (
        scene
        + (
            np.clip(speck - (0.9975 - 0.006 * glow * (1 - dust)), 0, 1)
            * 230
            * rng.random((height, 1), dtype=np.float32)
        )[..., None]
    )
    aspect = width / height
    sky = scattered(rng, look.get("stars", 900), look.get("figures", 9), aspect, 0.3)
    dots, links = Sheet(width, height), Sheet(width, height)
    places = sky.places * np.array([width, height], dtype=np.float32)
    joined = {star for group in sky.figures for link in group for star in link}
    unit = min(width, height) / 1000
    for number, (x, y) in enumerate(places.tolist()):
        size = float(sky.sizes[number]) * unit
        dots.disc(x, y, max(size * (1.9 if number in joined else 0.9), 0.6))
    for group in sky.figures:
        for one, other in group:
            links.line([places[one], places[other]], 1.3 * unit, 150)
    tint = even_ramp(
        [light("#9fc4ff"), light("#ffffff"), light("#ffd9b0")],
        rng.random((height // 90 + 2, width // 90 + 2), dtype=np.float32),
    )
    tint = resized(tint, width, height, smooth=False)
    scene = (
        scene + dots.read()[..., None] * tint * np.float32(2.6) + links.read()[..., None] * figure * np.float32(0.55)
    )
    return bloom(scene.astype(np.float32), (3, 10, 34), 0.6)


def _trails(size_px: tuple[int, int], look: dict[str, Any], rng: Generator) -> Floats:
    """Hours of turning sky about its pole, over a dark ridge with a lit tent."""
    width, height = size_px
    _, y = axes(width, height)
    pole = (width * look.get("at_x", 0.42), height * look.get("at_y", 0.48))
    tones = [light(c) for c in look.get("tones", ("#020511", "#0a1a3c", "#1f4470", "#d98a5a"))]
    scene = np.repeat(even_ramp(tones, (y / np.float32(height * 0.92)) ** 1.6), width, axis=1)
    arcs = Sheet(width, height, "RGB")
    hues = [(255, 236, 210), (210, 226, 255), (255, 214, 178), (235, 240, 255)]
    sweep = look.get("hours", 4.0) * 15
    for _ in range(look.get("stars", 900)):
        reach = float(np.sqrt(rng.random())) * np.hypot(width, height) * 0.85
        start = float(rng.uniform(0, 360))
        power = float(np.clip(rng.pareto(1.7) * 0.28 + 0.14, 0, 1))
        hue = hues[int(rng.integers(4))]
        arcs.arc(
            *pole,
            reach,
            start,
            start + sweep * float(rng.uniform(0.97, 1)),
            0.7 + 1.1 * power,
            tuple(int(v * power) for v in hue),
        )
    scene = scene + arcs.read() ** np.float32(2.2) * np.float32(1.5)
    scene = bloom(scene.astype(np.float32), (4, 22), 0.3)
    return _horizon(scene, look, rng)


def _horizon(scene: Floats, look: dict[str, Any], rng: Generator) -> Floats:
    """Ridges in the dark, firs on the nearest, one warm light."""
    height, width = scene.shape[:2]
    _, y = axes(width, height)
    for layer, share in enumerate((0.84, 0.91)):
        line = height * share - height * 0.06 * ridge(rng, width, width / (3 + 2 * layer), 6, 0.5)
        cover = np.clip(y - line[None], 0, 1)
        scene = scene * (1 - np.float32(0.8 + 0.18 * layer) * cover[..., None])
    firs = Sheet(width, height)
    for _ in range(look.get("firs", 46)):
        x_at, tall = float(rng.uniform(0, width)), height * float(rng.uniform(0.03, 0.11))
        foot = float(line[min(int(x_at), width - 1)]) + 4
        for k in range(7):
            low = foot - tall * k / 8
            half = tall * 0.2 * (1 - k / 8)
            firs.polygon([(x_at - half, low), (x_at, low - tall * 0.3), (x_at + half, low)])
    scene = scene * (1 - firs.read()[..., None])
    if look.get("tent"):
        at = width * look["tent"]
        foot, size = float(line[int(at)]) + height * 0.02, height * 0.03
        tent = Sheet(width, height)
        tent.polygon([(at - size, foot), (at, foot - size * 1.05), (at + size * 1.15, foot)])
        lit = tent.read()
        scene = scene + (lit * 0.8 + blurred(lit, 26) * 1.2)[..., None] * light("#ff9d3d", 1.2)
    return scene.astype(np.float32)
