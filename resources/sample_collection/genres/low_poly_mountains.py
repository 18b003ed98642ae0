"""Low-poly mountains: a faceted height field lit by one lamp, drawn back to front in haze, with lakes and trees."""

from typing import Any

import numpy as np
from numpy.random import Generator
from PIL import Image

from resources.sample_collection.darkroom import axes, develop
from resources.sample_collection.drawing import Sheet
from resources.sample_collection.glow import bloom, blurred
from resources.sample_collection.noise import clouds, resized
from resources.sample_collection.palette import Floats, even_ramp, light, ramp
from resources.sample_collection.perspective import Camera, haze

# sky top to horizon, air, facets low to high, lamp, tree
PALETTES: dict[str, dict[str, Any]] = {
    "alpine": {
        "sky": ("#2f6fb0", "#8cc0e3", "#e9f2ee"),
        "air": "#bfd9e6",
        "land": ("#3d6b45", "#6f7f55", "#7d7a78", "#f6f8fb"),
        "lamp": "#fff2d8",
        "tree": "#24503a",
    },
    "dusk": {
        "sky": ("#2b2350", "#8f4a7e", "#ffb48a"),
        "air": "#d98a86",
        "land": ("#3b2f55", "#5d3f6b", "#a05a70", "#ffd9c2"),
        "lamp": "#ffb27a",
        "tree": "#2b2447",
    },
    "canyon": {
        "sky": ("#2e7f8c", "#9fd0c2", "#fbe6bf"),
        "air": "#f2cfa0",
        "land": ("#8a3f2a", "#c1643a", "#e09a5a", "#f6d9a4"),
        "lamp": "#ffe6b8",
        "tree": "#5a6b3a",
    },
    "aurora": {
        "sky": ("#050d1f", "#0d2f45", "#1e6a6a"),
        "air": "#1c5560",
        "land": ("#12283a", "#1f4358", "#4a7d90", "#d8f2f2"),
        "lamp": "#a9ffe6",
        "tree": "#0d2430",
        "halo": 0.22,
    },
    "autumn": {
        "sky": ("#5a7fa0", "#c3cfc8", "#fbe3bd"),
        "air": "#e3c9a4",
        "land": ("#8c4a24", "#b9762f", "#6d6259", "#f4efe6"),
        "lamp": "#ffdca6",
        "tree": "#b04a1f",
    },
    "lilac": {
        "sky": ("#5f5aa2", "#c7a6d8", "#fbe0e6"),
        "air": "#d9bfe0",
        "land": ("#4a4a86", "#7a68a8", "#b79ac9", "#fff4f7"),
        "lamp": "#ffe3ec",
        "tree": "#3b3a70",
    },
    "night": {
        "sky": ("#04060f", "#0b1530", "#23325f"),
        "air": "#1b2a52",
        "land": ("#0d1730", "#1a2850", "#3b4f80", "#cfdcf5"),
        "lamp": "#bcd0ff",
        "tree": "#080f22",
        "halo": 0.12,
    },
    "mint": {
        "sky": ("#1f8a86", "#8fd6bf", "#f4f3d0"),
        "air": "#c9ead6",
        "land": ("#1f6f5c", "#4fa57b", "#a9cf9a", "#fdfbe9"),
        "lamp": "#fff6cf",
        "tree": "#12483f",
    },
}


def paint(size_px: tuple[int, int], look: dict[str, Any], rng: Generator) -> Image.Image:
    """Sky, land in facets, water and trees."""
    width, height = size_px
    tones = PALETTES[look.get("palette", "alpine")]
    camera = Camera(
        width * 0.5, height * look.get("horizon", 0.42), 0.95 * np.sqrt(width * height), look.get("eye_m", 9.0)
    )
    lamp_at = (look.get("lamp_x", 0.72), look.get("lamp_y", 0.2))
    scene = _sky(width, height, camera, tones, lamp_at, look, rng)
    towards = np.array([np.sign(lamp_at[0] - 0.5) * 1.0, 0.62, -0.3], dtype=np.float32)
    land, cover = _land(width, height, camera, tones, towards, look, rng)
    scene = scene + (land - scene) * cover[..., None]
    if look.get("lake", True):
        scene = _lake(scene, camera, tones, rng)
    scene = bloom(scene, (5, 30, 90), 0.28)
    return develop(scene, rng, exposure=look.get("exposure", 0.9), grain=2.6, corners=0.3)


def _sky(
    width: int,
    height: int,
    camera: Camera,
    tones: dict[str, Any],
    lamp_at: tuple[float, float],
    look: dict[str, Any],
    rng: Generator,
) -> Floats:
    x, y = axes(width, height)
    rise = np.clip(y / np.float32(camera.horizon_px), 0, 1)
    sky = np.repeat(even_ramp([light(c) for c in tones["sky"]], rise), width, axis=1)
    away = np.sqrt((x - lamp_at[0] * width) ** 2 + (y - lamp_at[1] * height) ** 2) / np.float32(min(width, height))
    disc = np.clip((np.float32(look.get("lamp", 0.055)) - away) * min(width, height) + 0.5, 0, 1)
    sky += (disc * 1.6 + np.exp(-away * 4.5) * np.float32(tones.get("halo", 0.5)))[..., None] * light(tones["lamp"])
    if look.get("stars"):
        count = width * height // 1500
        rows, columns = rng.integers(0, int(camera.horizon_px), count), rng.integers(0, width, count)
        sky[rows, columns] += rng.pareto(2.0, count).clip(0, 4).astype(np.float32)[:, None] * np.float32(0.3)
    if look.get("curtain"):
        sky += _curtain(width, height, camera, tones, rng)
    return sky


def _curtain(width: int, height: int, camera: Camera, tones: dict[str, Any], rng: Generator) -> Floats:
    """Northern light: bright feet that fade upwards, folded along slow curves."""
    columns, rows = width // 4 + 1, height // 4 + 1
    x, y = axes(columns, rows)
    total = np.zeros((rows, columns, 3), dtype=np.float32)
    for number in range(3):
        phase = float(rng.uniform(0, 6))
        foot = (
            rows * (0.3 - 0.06 * number)
            + rows * 0.07 * np.sin(x / columns * 6 + phase)
            + rows * 0.03 * np.sin(x / columns * 17 + phase)
        )
        rays = 0.55 + 0.45 * np.sin(x * 0.35 + 3 * np.sin(x / columns * 9 + phase))
        up = (foot - y) / np.float32(rows * 0.26)
        veil = np.where(up > 0, np.exp(-up * 2.2), np.exp(up * 14)) * rays
        total += veil[..., None] * light(("#3dffb0", "#35d6e0", "#a06bff")[number], 0.5)
    return resized(blurred(total, 1.2), width, height, smooth=False)


def _land(
    width: int,
    height: int,
    camera: Camera,
    tones: dict[str, Any],
    towards: Floats,
    look: dict[str, Any],
    rng: Generator,
) -> tuple[Floats, Floats]:
    """Facets of a jittered grid, farthest first."""
    columns, rows = look.get("facets", 30), 42
    far = 210.0
    z = 7.0 + far * np.linspace(0, 1, rows) ** 1.55
    spread = np.linspace(-1.3, 1.3, columns)
    points = np.zeros((rows, columns, 3), dtype=np.float32)
    points[..., 2] = z[:, None] + rng.uniform(-0.35, 0.35, (rows, columns)) * np.gradient(z)[:, None]
    half = width / 2 / camera.focal_px
    points[..., 0] = (spread[None] + rng.uniform(-0.35, 0.35, (rows, columns)) * 2.6 / columns) * half * points[..., 2]
    points[..., 1] = _heights(points, look, rng)
    a, b = points[:-1, :-1].reshape(-1, 3), points[:-1, 1:].reshape(-1, 3)
    c, d = points[1:, 1:].reshape(-1, 3), points[1:, :-1].reshape(-1, 3)
    triangles = np.concatenate([np.stack([a, b, c], 1), np.stack([a, c, d], 1)])
    triangles = triangles[np.argsort(-triangles[:, :, 2].mean(axis=1), kind="stable")]
    colours = _facet_colours(triangles, tones, towards, look, rng)
    sheet, cover = Sheet(width, height, "RGB"), Sheet(width, height, "L", 0, 1)
    fills = (np.clip(colours * 0.5, 0, 1) ** (1 / 2.2) * 255).astype(np.uint8).tolist()
    seen = camera.seen(triangles).reshape(len(triangles), 6)
    for corners, fill in zip((seen * 2).tolist(), fills, strict=True):
        sheet.raw_polygon(corners, tuple(fill))
    for corners in seen.tolist():
        cover.raw_polygon(corners, 255)
    if look.get("trees", 120):
        _trees(sheet, camera, points, tones, look, rng)
    land = sheet.read()
    return land ** np.float32(2.2) * 2, np.maximum(cover.read(), (land.max(axis=2) > 0.004).astype(np.float32))


def _heights(points: Floats, look: dict[str, Any], rng: Generator) -> Floats:
    field = clouds(rng, 200, 200, 55, 5, 0.48)
    x = np.clip((points[..., 0] / 150 + 0.5) * 199, 0, 199).astype(int)
    z = np.clip(points[..., 2] / 240 * 199, 0, 199).astype(int)
    rough = field[z, x]
    depth = points[..., 2]
    away = points[..., 0]
    hills = (
        6.5
        * np.clip((depth - 30) / 45, 0, 1)
        * (0.65 + 0.35 * rough)
        * np.clip(np.abs(away) / (10 + depth * 0.18), 0.1, 1.3)
    )
    peak = look.get("peaks", 1.0)
    summit = look.get("summit_x", 0.1) * 90
    places = [(summit, 150.0, 50.0, 40.0), (-summit * 1.3 - 30, 128.0, 33.0, 30.0)]
    for number in range(7):
        side = (number - 3) * 34 + float(rng.uniform(-12, 12))
        places.append((side, float(rng.uniform(140, 190)), float(rng.uniform(22, 40)), float(rng.uniform(22, 38))))
    tops = np.zeros_like(depth)
    for x_at, z_at, tall, wide in places:
        cone = 1 - np.sqrt(((away - x_at) / wide) ** 2 + ((depth - z_at) / (wide * 0.9)) ** 2)
        tops = np.maximum(tops, np.clip(cone + rough * 0.09, 0, 1) * tall)
    result: Floats = hills + peak * tops + rough * (0.25 + depth * 0.008)
    return result.astype(np.float32)


def _facet_colours(
    triangles: Floats, tones: dict[str, Any], towards: Floats, look: dict[str, Any], rng: Generator
) -> Floats:
    normal = np.cross(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0])
    normal *= np.sign(normal[:, 1:2]) + (normal[:, 1:2] == 0)
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-6)
    lit = np.clip(normal @ (towards / np.linalg.norm(towards)), 0, 1)
    middle = triangles.mean(axis=1)
    level = (
        middle[:, 1] / (48 * look.get("peaks", 1.0)) + rng.normal(0, 0.03, len(middle)) + (normal[:, 1] - 0.7) * 0.12
    )
    low, slope, rock, snow = (light(c) for c in tones["land"])
    land = ramp(
        [(0.0, low), (0.14, slope), (0.32, rock), (0.58, rock), (0.64, snow), (1.0, snow)],
        np.clip(level, 0, 1).astype(np.float32),
    )
    ambient = light(tones["sky"][0], 0.45) + light(tones["sky"][1], 0.16) + np.float32(0.02)
    colour = land * (ambient + lit[:, None] ** 1.3 * light(tones["lamp"], 1.75))
    fog = haze(np.maximum(middle[:, 2] - 25, 0), look.get("clear", 340.0))[:, None]
    result: Floats = colour * (1 - fog) + light(tones["air"], 0.85) * fog
    return result.astype(np.float32)


def _trees(
    sheet: Sheet, camera: Camera, points: Floats, tones: dict[str, Any], look: dict[str, Any], rng: Generator
) -> None:
    """Cones of three storeys, lit on one side."""
    near = points[(points[..., 2] < 90) & (points[..., 1] > 0.3) & (points[..., 1] < 16)]
    if len(near) == 0:
        return
    chosen = near[rng.integers(0, len(near), look.get("trees", 120))]
    chosen = chosen[np.argsort(-chosen[:, 2], kind="stable")]
    for x, y, z in chosen.tolist():
        foot = camera.seen(np.array([x + float(rng.uniform(-2, 2)), y - 0.3, z], np.float32))
        unit = camera.focal_px / z * float(rng.uniform(1.0, 2.2))
        fog = float(haze(max(z - 25, 0), look.get("clear", 260.0)))
        tone = light(tones["tree"], float(rng.uniform(0.6, 1.3))) * (1 - fog) + light(tones["air"], 0.85) * fog
        for storey in range(3):
            low, wide = foot[1] - unit * (0.25 + 0.5 * storey), unit * (0.52 - 0.13 * storey)
            top = (foot[0], low - unit * 0.85)
            for side, power in ((-1, 0.75), (1, 1.5)):
                fill = np.clip(tone * np.float32(power * 0.5), 0, 1) ** np.float32(1 / 2.2) * 255
                sheet.polygon(
                    [top, (foot[0] + side * wide, low), (foot[0], low + wide * 0.18)], tuple(int(v) for v in fill)
                )


def _lake(scene: Floats, camera: Camera, tones: dict[str, Any], rng: Generator) -> Floats:
    """Still water in the valley floor that mirrors what stands behind it."""
    height, width = scene.shape[:2]
    shore = int(camera.horizon_px + (height - camera.horizon_px) * 0.42)
    x, y = axes(width, height)
    edge = shore + 10 * np.sin(x / width * 9) + 6 * np.sin(x / width * 23 + 1)
    reach = width * (0.3 + 0.25 * np.clip((y - shore) / (height - shore), 0, 1))
    bank = reach + clouds(rng, width, height, 60, 3) * 14 - np.abs(x - width * 0.5)
    inside = np.clip(bank / 3, 0, 1) * np.clip((y - edge) / 2, 0, 1)
    wave = clouds(rng, width, height, 10, 2, stretch=9)
    source = np.clip(2 * shore - y - wave * 1.6 * (1 + (y - shore) / 120), 0, height - 1).astype(np.int32)
    mirrored = scene[source, np.broadcast_to(np.arange(width), source.shape)]
    depth = np.clip((y - shore) / (height - shore), 0, 1)[..., None]
    water = mirrored * (0.8 - 0.25 * depth) + light(tones["sky"][0], 0.12)
    result: Floats = scene + (water - scene) * inside[..., None]
    return result.astype(np.float32)
