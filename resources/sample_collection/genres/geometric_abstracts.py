"""Geometric abstracts: plain shapes in few colours, printed with texture and a little shadow."""

from typing import Any

import numpy as np
from numpy.random import Generator
from PIL import Image

from resources.sample_collection.darkroom import printed
from resources.sample_collection.genres.geometry import compositions, tiles
from resources.sample_collection.noise import clouds, resized
from resources.sample_collection.palette import paint as colour_of

PALETTES: dict[str, tuple[str, ...]] = {
    "weimar": ("#efe6d2", "#d7402b", "#1f4e8c", "#f0b429", "#1c1c1c", "#7a8f8a"),
    "terrace": ("#f3e9dc", "#c8553d", "#588b8b", "#f28f3b", "#2d3047", "#ffd5c2"),
    "lagoon": ("#e8f1ef", "#0b6e72", "#f25f5c", "#ffe066", "#123c48", "#70c1b3"),
    "orchard": ("#f6f0df", "#3f6b3a", "#e2711d", "#b23a48", "#26331f", "#cbd49c"),
    "night": ("#14152b", "#e94f64", "#3ddbd9", "#f6c453", "#2c2f6b", "#f2ead8"),
    "clay": ("#ecdfd0", "#a4452c", "#d98e5f", "#6b4b3e", "#2a211c", "#e8bfa0"),
    "ice": ("#eef3f7", "#2f5d8c", "#9cc4e0", "#f2a7a0", "#1b2b40", "#cfdce6"),
    "plum": ("#f4e9ee", "#6b2d5c", "#e07a5f", "#f2cc8f", "#2f1b33", "#b08ea2"),
    "mono": ("#f2f0ea", "#171717", "#8a8a86", "#d8452f", "#3b3b3b", "#cfcdc6"),
}


def paint(size_px: tuple[int, int], look: dict[str, Any], rng: Generator) -> Image.Image:
    """One of the ways to fill the sheet, then the print's texture."""
    width, height = size_px
    colours = [colour_of(c) for c in PALETTES[look.get("palette", "weimar")]]
    way = look.get("way", "bauhaus")
    fill = getattr(tiles if way in tiles.WAYS else compositions, way)
    sheet = fill(width, height, colours, look, rng)
    speckle = clouds(rng, width, height, 5, 2, 0.8) * np.float32(0.016)
    wash = resized(clouds(rng, width // 4, height // 4, 80, 5), width, height) * np.float32(0.022)
    return printed(sheet * (1 + speckle + wash)[..., None], rng, grain=2.6, corners=0.08)
