"""Still lifes: bowls, bottles, jugs and fruit on a table in light from one side, with the touch of a brush."""

from typing import Any

import numpy as np
from numpy.random import Generator
from PIL import Image

from resources.sample_collection.darkroom import axes, develop
from resources.sample_collection.genres.table.vessels import FRUIT, Light, Thing, bowl_with_fruit, put
from resources.sample_collection.glow import blurred
from resources.sample_collection.noise import clouds, resized, smoothstep
from resources.sample_collection.palette import Floats, light

# wall, table, cloth, glazes
PALETTES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "chalk": ("#b9b3a4", "#d9cfbb", ("#e6ddcb", "#c9b79b", "#8f9a96", "#b98f73", "#f0ebe0")),
    "umber": ("#3a2a20", "#6b4630", ("#c9a06a", "#7a3b2a", "#e0cfa8", "#3f4a3f", "#a8552f")),
    "teal": ("#1f4a4f", "#c98f5a", ("#e8dcc3", "#2f7f80", "#d9653f", "#f0b35a", "#16343a")),
    "rose": ("#c99a92", "#e8cfc0", ("#f2e6dc", "#a85a5f", "#7a8f86", "#e0a890", "#5f4a55")),
    "night": ("#14161f", "#2a2430", ("#c9b38a", "#4a5f8f", "#8f3b3f", "#d9d2c3", "#3a5a4f")),
    "blue": ("#4f6f96", "#e3dccd", ("#f5f2ea", "#1f4a8f", "#d9a441", "#9fb8cf", "#c9583a")),
    "olive": ("#6a6a45", "#b39a68", ("#d9cfa3", "#4a5230", "#a8612f", "#e8e0c3", "#8f8a5f")),
    "violet": ("#57456a", "#a89aa8", ("#e0d5dc", "#3f2f5a", "#c98f4a", "#8f6fa3", "#f0e3d0")),
}


def paint(size_px: tuple[int, int], look: dict[str, Any], rng: Generator) -> Image.Image:
    """Wall and table, things from the back to the front, then the brush and the weave."""
    width, height = size_px
    wall, table, glazes = PALETTES[look.get("palette", "chalk")]
    lamp = Light(side=look.get("light", -1.0), strength=look.get("strength", 1.0))
    scene = _room(width, height, light(wall), light(table), lamp, look, rng)
    colours = [light(c) for c in glazes]
    for thing in sorted(_things(look, rng), key=lambda thing: thing.y):
        unit = height if width > height * 1.2 else min(width, height) * 1.08
        if thing.kind == "bowl" and thing.fruit:
            scene = bowl_with_fruit(scene, thing, unit, colours, lamp, rng)
        else:
            scene = put(scene, thing, unit, colours, lamp, rng)
    scene = _brushed(scene, look.get("brush", 1.0), rng)
    return develop(scene, rng, exposure=look.get("exposure", 1.25), grain=3.0, corners=0.5)


def _room(
    width: int, height: int, wall: Floats, table: Floats, lamp: Light, look: dict[str, Any], rng: Generator
) -> Floats:
    x, y = axes(width, height)
    edge = height * look.get("edge", 0.6)
    rough = resized(clouds(rng, width // 3 + 1, height // 3 + 1, 90, 6, 0.55), width, height)
    across = x / width if lamp.side < 0 else 1 - x / width
    fall = 0.30 + 1.05 * np.exp(-((across - 0.22) ** 2) * 3.2 - ((y / height - 0.3) ** 2) * 2.5)
    scene = wall * (fall * (1 + 0.09 * rough))[..., None]
    grain = clouds(rng, width, height, 26, 4, 0.6, stretch=14)
    down = (y - edge) / (height - edge)
    top = (
        table
        * (
            (0.42 + 0.75 * np.exp(-((across - 0.35) ** 2) * 3))
            * (1 + 0.10 * grain + 0.05 * rough)
            * (0.72 + 0.35 * np.clip(down, 0, 1))
        )[..., None]
    )
    cover = smoothstep(-1.5, 1.5, y - edge + rough * 1.2)
    scene = scene + (top - scene) * cover[..., None]
    if look.get("window"):
        scene = scene * (0.72 + 0.75 * _window_light(width, height, edge, lamp))[..., None]
    values: Floats = scene.astype(np.float32)
    return values


def _window_light(width: int, height: int, edge: float, lamp: Light) -> Floats:
    """The slanting shape of a window thrown on the wall."""
    x, y = axes(width, height)
    u = (x / width - 0.34 if lamp.side < 0 else 0.66 - x / width) - (y / height) * 0.28 + 0.1
    v = y / height - 0.06
    pane = (
        (np.abs((u / 0.13) % 1 - 0.5) < 0.43)
        & (u > 0)
        & (u < 0.39)
        & (np.abs((v / 0.2) % 1 - 0.5) < 0.44)
        & (v > 0)
        & (v < 0.4)
    )
    return blurred((pane & (y < edge)).astype(np.float32), 5)


def _things(look: dict[str, Any], rng: Generator) -> list[Thing]:
    """The things named in the look: kind, x, y (foot), height, glaze, and the fruit in a bowl."""
    things = []
    for row in look["things"]:
        kind, x, y, tall, glaze, *rest = row
        fruit = tuple(rest[0].split()) if rest else ()
        things.append(Thing(kind, x, y, tall, glaze, fruit))
    for name in fruit_loose(look):
        things.append(Thing(name, float(rng.uniform(0.15, 0.85)), float(rng.uniform(0.8, 0.9)), FRUIT[name], -1, ()))
    return things


def fruit_loose(look: dict[str, Any]) -> list[str]:
    """Names of fruit that lie on the table anywhere."""
    return str(look.get("loose", "")).split()


def _brushed(scene: Floats, strength: float, rng: Generator) -> Floats:
    """Edges moved by short strokes, and the weave of a canvas."""
    height, width = scene.shape[:2]
    x, y = axes(width, height)
    angle = resized(clouds(rng, width // 8 + 1, height // 8 + 1, 16, 3), width, height)
    stroke = clouds(rng, width, height, 9, 3, 0.7, stretch=1.6)
    reach = np.float32(0.75 * strength) * stroke
    at_x = np.clip(x + np.cos(angle * 2) * reach, 0, width - 1).astype(np.int32)
    at_y = np.clip(y + np.sin(angle * 2) * reach, 0, height - 1).astype(np.int32)
    moved = scene[at_y, at_x]
    ridge = 1 + np.float32(0.035 * strength) * stroke
    weave = 1 + np.float32(0.022) * (np.sin(x * 1.9) * np.sin(y * 0.95) + np.sin(y * 1.9) * np.sin(x * 0.95))
    result: Floats = moved * (ridge * weave)[..., None]
    return result.astype(np.float32)
