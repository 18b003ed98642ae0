"""Pixel art: small scenes in few colours with ordered dithering, each pixel grown to a crisp square."""

from typing import Any

from numpy.random import Generator
from PIL import Image

from resources.sample_collection.genres.pixels import places, scenes
from resources.sample_collection.genres.pixels.canvas import PixelCanvas

PIXEL_PX = 8


def paint(size_px: tuple[int, int], look: dict[str, Any], rng: Generator) -> Image.Image:
    """A scene by name; the size must be a multiple of the pixel."""
    scale = look.get("pixel", PIXEL_PX)
    canvas = PixelCanvas(size_px[0] // scale, size_px[1] // scale, rng)
    name = look.get("scene", "harbour")
    scene = getattr(scenes, name, None) or getattr(places, name)
    scene(canvas, look)
    return Image.fromarray(canvas.pixels).resize(size_px, Image.Resampling.NEAREST)
