"""Neon city nights: a wet street between towers with lit windows and signs, or a skyline across the water."""

from typing import Any

from numpy.random import Generator
from PIL import Image

from resources.sample_collection.darkroom import develop
from resources.sample_collection.genres.city import skyline, street

PALETTES: dict[str, dict[str, Any]] = {
    "magenta": {
        "sky": ("#07060f", "#1b0f33", "#5a1c5e"),
        "signs": ("#ff2d95", "#b14bff", "#22e0ff", "#ff6ad5"),
        "air": "#7a2a78",
    },
    "cyan": {
        "sky": ("#03080f", "#06202f", "#0f5568"),
        "signs": ("#19f0ff", "#3a8bff", "#ff3d81", "#9ff7ff"),
        "air": "#15697c",
    },
    "amber": {
        "sky": ("#0b0705", "#2a1409", "#7c3f12"),
        "signs": ("#ff9d1e", "#ff4b2b", "#ffd36b", "#35d6ff"),
        "air": "#8a4a1c",
    },
    "jade": {
        "sky": ("#030b09", "#06251f", "#12614a"),
        "signs": ("#2dffb0", "#a8ff3d", "#22d3ee", "#ff4fa3"),
        "air": "#17694f",
    },
    "violet": {
        "sky": ("#060512", "#161036", "#3c2a86"),
        "signs": ("#8a5bff", "#ff4fd8", "#4fd8ff", "#ffb84f"),
        "air": "#4630a0",
    },
    "crimson": {
        "sky": ("#0b0406", "#2a0a12", "#7a1626"),
        "signs": ("#ff2440", "#ff6a3d", "#ffb3c1", "#3de0ff"),
        "air": "#861c30",
    },
    "ultramarine": {
        "sky": ("#02040e", "#081338", "#1c3d8f"),
        "signs": ("#4d7dff", "#ff3dc8", "#ffe14d", "#3dfff2"),
        "air": "#24479c",
    },
}


def paint(size_px: tuple[int, int], look: dict[str, Any], rng: Generator) -> Image.Image:
    """A street or a skyline in one of the palettes."""
    colours = PALETTES[look.get("palette", "magenta")]
    scene = skyline if look.get("view", "street") == "skyline" else street
    light = scene.light(size_px, look, colours, rng)
    return develop(light, rng, exposure=look.get("exposure", 1.0), grain=2.6, corners=0.45)
