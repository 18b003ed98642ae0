"""Botanicals: painted plates, blueprints of plants in the sun, pressed sheets, and leaves by night."""

from typing import Any

import numpy as np
from numpy.random import Generator
from PIL import Image

from resources.sample_collection.darkroom import axes, paper, printed
from resources.sample_collection.drawing import Sheet, over, shifted
from resources.sample_collection.genres.plants.plants import GROWN
from resources.sample_collection.genres.plants.sheet import Herbarium
from resources.sample_collection.glow import blurred
from resources.sample_collection.noise import clouds, resized
from resources.sample_collection.palette import Floats, even_ramp, mix
from resources.sample_collection.palette import paint as colour_of

# leaf, second leaf, stem, flower, second flower
TONES: dict[str, tuple[str, ...]] = {
    "meadow": ("#5f8a4a", "#86a85c", "#4c6b3a", "#d8432f", "#f08a5d"),
    "sage": ("#7f9c86", "#a9bfa5", "#6b7d62", "#c98a5a", "#e9c9a0"),
    "ochre": ("#d9a62e", "#f0c95c", "#7a5a34", "#b5512d", "#e39a4a"),
    "wine": ("#4f6b52", "#75906b", "#54402f", "#7d1f3d", "#c0506b"),
    "plum": ("#4a6a5a", "#7a9a80", "#4a4638", "#7a4a9a", "#c79ad0"),
    "cream": ("#6c8a58", "#93ab74", "#5f7448", "#fdf6e2", "#f1e2b8"),
    "straw": ("#b09a5a", "#cdb878", "#8a733e", "#d8b65a", "#e8d39a"),
    "jungle": ("#1f7a4d", "#59b36a", "#2f5f3a", "#ff7a59", "#ffd166"),
    "teal": ("#1d6f73", "#4fb0a5", "#1f4f52", "#ffb4a2", "#ffe5d9"),
    "coral": ("#5c8f6a", "#8fbc8b", "#4f7350", "#ff6f61", "#ffb199"),
}


def paint(size_px: tuple[int, int], look: dict[str, Any], rng: Generator) -> Image.Image:
    """Plants in one of four ways."""
    ways = {"plate": _plate, "cyanotype": _cyanotype, "night": _night}
    picture = ways[look.get("way", "plate")](size_px, look, rng)
    return printed(picture, rng, grain=2.4, corners=look.get("corners", 0.1))


def _herbarium(size_px: tuple[int, int], rng: Generator, ground: tuple[int, int, int] = (128, 128, 128)) -> Herbarium:
    width, height = size_px
    return Herbarium(Sheet(width, height, "RGB", ground), Sheet(width, height), rng)


def _planted(h: Herbarium, size_px: tuple[int, int], look: dict[str, Any], tones: list[Floats], rng: Generator) -> None:
    """Stems side by side, the middle one tallest, the outer ones leaning out."""
    width, height = size_px
    stems = look.get("stems", 3)
    kinds = look.get("plants", ["poppy"])
    reach = min(height * 0.86, width * 1.5)
    for number in rng.permutation(stems):
        share = (number + 0.5) / stems - 0.5
        tall = reach * (1 - 0.32 * abs(share) * 2) * float(rng.uniform(0.86, 1.0))
        foot_share = share * (1 - look.get("gather", 0.0))
        foot = (width * (0.5 + foot_share * look.get("spread", 0.55)), height * (0.95 - 0.03 * float(rng.random())))
        lean = share * look.get("lean", 0.55) + float(rng.uniform(-0.05, 0.05))
        GROWN[kinds[int(number) % len(kinds)]](h, foot, tall, lean, tones)


def _plate(size_px: tuple[int, int], look: dict[str, Any], rng: Generator) -> Floats:
    """Watercolour on laid paper: pigment pools at edges and settles in the grain."""
    width, height = size_px
    sheet = paper(rng, width, height, colour_of(look.get("ground", "#f2ead8")), 0.03)
    tones = [colour_of(c) for c in TONES[look.get("tones", "meadow")]]
    if look.get("wash"):
        spot = clouds(rng, width // 4 + 1, height // 4 + 1, 110, 4)
        x, y = axes(width // 4 + 1, height // 4 + 1)
        disc = 1 - np.sqrt(((x - width / 8) / (width * 0.11)) ** 2 + ((y - height / 9.5) / (height * 0.10)) ** 2)
        cover = np.clip(disc * 2.6 + spot * 0.22, 0, 1) * (0.55 + 0.12 * spot)
        sheet = over(sheet, colour_of(look["wash"]), np.clip(resized(cover.astype(np.float32), width, height), 0, 1))
    h = _herbarium(size_px, rng)
    _planted(h, size_px, look, tones, rng)
    colour, cover = h.colour.read(), h.cover.read()
    settle = clouds(rng, width, height, 5, 2, 0.8) * np.float32(0.035)
    pool = resized(clouds(rng, width // 3 + 1, height // 3 + 1, 30, 4), width, height) * np.float32(0.09)
    edge = np.clip(cover - blurred(cover, 3.0), 0, 1) * np.float32(0.3)
    pigment = colour * (1 + settle + pool - edge)[..., None]
    strength = np.clip(0.93 + pool * 0.9, 0.7, 1)
    shadow = shifted(blurred(cover, 7), 6, 5) * np.float32(0.10)
    return over(sheet * (1 - shadow)[..., None], pigment, cover * strength)


def _cyanotype(size_px: tuple[int, int], look: dict[str, Any], rng: Generator) -> Floats:
    """Plants laid on a sheet in the sun: white where they kept the light off, blue all round, brushed at the rim."""
    width, height = size_px
    h = _herbarium(size_px, rng, (0, 0, 0))
    h.contrast, h.outline = 0.16, 0.22
    tones = [np.full(3, v, dtype=np.float32) for v in (0.8, 0.66, 0.92, 0.97, 0.84)]
    _planted(h, size_px, look, tones, rng)
    kept, cover = h.colour.read()[..., 0], h.cover.read()
    halo = blurred(cover, 9) * np.float32(0.16)
    light = np.clip(kept * cover * 0.95 + halo * (1 - cover), 0, 1)
    brushed = clouds(rng, width, height, 30, 4, 0.6, stretch=6)
    uneven = resized(clouds(rng, width // 6 + 1, height // 6 + 1, 50, 4), width, height) * np.float32(0.05)
    x, y = axes(width, height)
    rim = np.minimum(np.minimum(x, width - x), np.minimum(y, height - y)) / np.float32(min(width, height))
    coated = np.clip((rim - 0.04 + brushed * 0.010) * 60, 0, 1)
    deep, pale = (colour_of(c) for c in look.get("blues", ("#0d2f63", "#e9f1f3")))
    middle = mix(deep, pale, 0.45)
    tone = even_ramp([deep, middle, pale], np.clip(light + uneven + 0.02 * brushed, 0, 1))
    sheet = paper(rng, width, height, colour_of("#efece0"), 0.02)
    return over(sheet, tone, coated.astype(np.float32))


def _night(size_px: tuple[int, int], look: dict[str, Any], rng: Generator) -> Floats:
    """Layers of leaves that come out of the dark, the nearest the brightest."""
    width, height = size_px
    ground = colour_of(look.get("ground", "#07120f"))
    tones = [colour_of(c) for c in TONES[look.get("tones", "jungle")]]
    x, y = axes(width, height)
    moon = np.exp(-(((x / width - look.get("light_x", 0.6)) / 0.4) ** 2) - (((y / height) - 0.3) / 0.45) ** 2)
    picture = ground + moon[..., None] * mix(ground, tones[1], 0.3) * np.float32(0.9)
    layers = look.get("layers", 3)
    kinds = look.get("plants", ["monstera", "fern", "branch"])
    for layer in range(layers):
        near = (layer + 1) / layers
        h = _herbarium(size_px, rng, (0, 0, 0))
        count = look.get("stems", 7)
        for number in rng.permutation(count):
            share = (number + 0.5) / count - 0.5
            foot = (
                width * (0.5 + share * 1.25 + float(rng.uniform(-0.06, 0.06))),
                height * (1.1 + 0.2 * float(rng.random())),
            )
            tall = height * float(rng.uniform(0.75, 1.2)) * (1.15 - 0.25 * near)
            kind = kinds[int(rng.integers(len(kinds)))]
            GROWN[kind](h, foot, tall, share * 0.9 + float(rng.uniform(-0.2, 0.2)), tones)
        colour, cover = h.colour.read(), h.cover.read()
        lit = (0.3 + 0.85 * moon) * (0.25 + 0.75 * near)
        tinted = colour * lit[..., None] + ground * np.float32(1 - near)
        if layer + 1 < layers:
            tinted, cover = blurred(tinted, 2.6 * (1 - near) + 0.3), blurred(cover, 2.6 * (1 - near) + 0.3)
        shadow = shifted(blurred(cover, 16), 18, 10) * np.float32(0.6)
        picture = over(picture * (1 - shadow)[..., None], tinted, cover)
    specks = clouds(rng, width, height, 6, 2, 0.7) * np.float32(0.02)
    values: Floats = picture * (1 + specks)[..., None]
    return values
