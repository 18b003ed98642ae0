"""Seascapes: lit cloud, a sun or moon with its road of light, waves in perspective, and what sails or stands there."""

from typing import Any

import numpy as np
from numpy.random import Generator
from PIL import Image

from resources.sample_collection.darkroom import axes, develop
from resources.sample_collection.genres.sea.marks import boats, gulls, lighthouse, rocks
from resources.sample_collection.glow import bloom, blurred
from resources.sample_collection.noise import clouds, resized, ridge, sampled, smoothstep, tile
from resources.sample_collection.palette import Floats, even_ramp, light

# sky top to horizon, cloud lit, cloud shade, lamp (sun or moon), deep water, shallow water
HOURS: dict[str, dict[str, Any]] = {
    "dawn": {
        "sky": ("#3b5b86", "#8fa9c4", "#f2c7b5", "#ffe3b0"),
        "lit": "#ffd9c2",
        "shade": "#8a7f99",
        "lamp": "#ffe9c4",
        "sea": ("#22405c", "#7fa3b0"),
    },
    "noon": {
        "sky": ("#1c5fa8", "#4d94cf", "#a9d3ea", "#e2f1f4"),
        "lit": "#ffffff",
        "shade": "#9fb4c6",
        "lamp": "#fffbe8",
        "sea": ("#0b4a73", "#39a0ad"),
    },
    "gold": {
        "sky": ("#2d3a5f", "#7c5a72", "#e08a4f", "#ffd27a"),
        "lit": "#ffc27d",
        "shade": "#5a4560",
        "lamp": "#ffdf94",
        "sea": ("#1d2a44", "#a4664a"),
    },
    "rose": {
        "sky": ("#33305e", "#8a4d86", "#e87a8f", "#ffc7a1"),
        "lit": "#ffb0a8",
        "shade": "#5b4577",
        "lamp": "#ffd2b0",
        "sea": ("#241f45", "#9a5577"),
    },
    "storm": {
        "sky": ("#1d252c", "#3a464d", "#6d7a7b", "#a9b0a6"),
        "lit": "#8d9690",
        "shade": "#1c2429",
        "lamp": "#e9ecdf",
        "sea": ("#13211f", "#4d6a63"),
    },
    "moon": {
        "sky": ("#040a18", "#0a1a34", "#1b3a5e", "#4a7396"),
        "lit": "#9fbdd6",
        "shade": "#0b1628",
        "lamp": "#f4f1de",
        "sea": ("#040d1a", "#1d4a66"),
        "halo": 0.16,
    },
    "jade": {
        "sky": ("#1d4a4e", "#4f8f86", "#b6cfae", "#f3e6b8"),
        "lit": "#f6ecc9",
        "shade": "#52787a",
        "lamp": "#fff3c9",
        "sea": ("#0d3a3c", "#4aa18c"),
    },
}


def paint(size_px: tuple[int, int], look: dict[str, Any], rng: Generator) -> Image.Image:
    """Sky, water, shore and marks at one hour of the day."""
    width, height = size_px
    hour = HOURS[look.get("hour", "gold")]
    horizon = int(height * look.get("horizon", 0.55))
    lamp = (width * look.get("lamp_x", 0.6), horizon * (1 - look.get("lamp_up", 0.22)))
    radius = look.get("lamp", 0.03) * min(width, height)
    sky = _sky(width, horizon, hour, lamp, radius, look, rng)
    water = _water(sky, height - horizon, hour, lamp, look, rng)
    scene = np.concatenate([sky, water]).astype(np.float32)
    if look.get("beach"):
        scene = _beach(scene, horizon, hour, look, rng)
    mist = np.exp(-(np.abs(np.arange(height, dtype=np.float32) - horizon) / np.float32(height * 0.03)))[:, None, None]
    scene = scene + (light(hour["sky"][3]) - scene) * mist * np.float32(look.get("mist", 0.3))
    scene = _marks(scene, horizon, look, rng)
    scene = bloom(scene, (4, 20, 70), look.get("glow", 0.35))
    return develop(scene, rng, exposure=look.get("exposure", 0.74), grain=3.2, corners=0.4)


def _sky(
    width: int,
    rows: int,
    hour: dict[str, Any],
    lamp: tuple[float, float],
    radius: float,
    look: dict[str, Any],
    rng: Generator,
) -> Floats:
    """Cloud is painted at half size on a ceiling in perspective; the lamp at full size."""
    x, y = axes(width // 2, rows // 2)
    x, y = x * 2, y * 2
    up = np.maximum(rows - y, 1) / rows
    sky = even_ramp([light(c) for c in hour["sky"]], (1 - up) ** 1.15 + x * 0)
    away = np.sqrt((x - lamp[0]) ** 2 + ((y - lamp[1]) * 1.25) ** 2) / np.float32(rows)
    sky = sky + (np.exp(-away * 3.2) * np.float32(hour.get("halo", 0.55)))[..., None] * light(hour["lamp"])
    depth = 1 / (up + 0.16)
    table = tile(rng, 512, 300, 4, 3.0, stretch=look.get("streak", 1.6))
    across, ahead = (x - width / 2) * depth * 0.16 + 256, depth * 70
    cloud = sampled(table, across, ahead)
    toward = sampled(table, across + np.sign(lamp[0] - x) * 6, ahead + 7)
    cloud, toward = blurred(cloud, 1.3), blurred(toward, 2.5)
    amount = look.get("cloud", 0.4)
    cover = smoothstep(1.3 - 2.6 * amount, 2.3 - 2.2 * amount, cloud) * smoothstep(0.0, 0.12, up)
    rim = np.clip(0.5 + (cloud - toward) * 0.55 + np.exp(-away * 2.0) * 0.4, 0, 1.25)
    tone = light(hour["shade"]) + (light(hour["lit"], 1.15) - light(hour["shade"])) * rim[..., None]
    sky = sky + (tone - sky) * (cover * np.float32(0.92))[..., None]
    sky = resized(sky.astype(np.float32), width, rows, smooth=False)
    if radius:
        full_x, full_y = axes(width, rows)
        disc = np.clip(radius - np.sqrt((full_x - lamp[0]) ** 2 + (full_y - lamp[1]) ** 2) + 0.5, 0, 1)
        veil = np.repeat(np.repeat(1 - 0.8 * cover, 2, 0), 2, 1)
        veil = np.pad(veil, ((0, rows - veil.shape[0]), (0, width - veil.shape[1])), mode="edge")
        sky = sky + (disc * veil)[..., None] * light(hour["lamp"], 3.0)
    return sky


def _water(
    sky: Floats, rows: int, hour: dict[str, Any], lamp: tuple[float, float], look: dict[str, Any], rng: Generator
) -> Floats:
    """Waves on a plane seen at a slant: the sky's colours by slope, a road of glints under the lamp, foam on crests."""
    width = sky.shape[1]
    x, y = axes(width, rows)
    down = y / rows
    depth = 1 / (down + 0.012)
    rough = look.get("rough", 0.5)
    table = tile(rng, 1024, 210, 3, 2.9, stretch=2.1)
    across, ahead = (x - width / 2) * depth * np.float32(430 / rows), depth * np.float32(820)
    sharp = sampled(table, across, ahead)
    wave, slope = blurred(sharp, 0.7), blurred(sharp - sampled(table, across, ahead + 9), 0.7)
    calm = np.clip(down * 5 + 0.4, 0, 1) * np.float32(0.45 + rough)
    lift = np.clip(0.5 + slope * calm * 0.42 - down * 0.42, 0, 1)
    mirror = np.clip(sky.shape[0] - 1 - y * 0.8 - np.abs(slope) * 34 * calm, 0, sky.shape[0] - 1).astype(np.int32)
    column = np.clip(x + slope * 12 * calm, 0, width - 1).astype(np.int32)
    reflected = sky[mirror, column]
    deep, shallow = (light(c) for c in hour["sea"])
    body = deep + (shallow - deep) * np.clip(0.25 + wave * 0.22 * (0.4 + rough), 0, 1)[..., None]
    water = body + (reflected - body) * (lift * np.float32(0.9))[..., None]
    spread = np.float32(width) * (0.03 + 0.11 * down * (0.4 + rough))
    road = np.exp(-(((x - lamp[0]) / spread) ** 2))
    glint = smoothstep(0.35, 1.5, slope * calm * 1.5 + road * 0.5) * road
    water = water + (glint * np.float32(look.get("glint", 1.7)))[..., None] * light(hour["lamp"])
    foam = (
        smoothstep(2.3 - rough * 1.3, 3.0 - rough * 1.1, wave + slope * 0.6)
        * smoothstep(0.02, 0.3, down)
        * np.float32(rough)
    )
    values: Floats = (water + (light(hour["lit"], 0.8) - water) * foam[..., None]).astype(np.float32)
    return values


def _beach(scene: Floats, horizon: int, hour: dict[str, Any], look: dict[str, Any], rng: Generator) -> Floats:
    """Sand that rises towards the viewer, with the last lines of foam upon it."""
    height, width = scene.shape[:2]
    x, y = axes(width, height)
    base = height * look["beach"]
    wave = ridge(rng, width, width / 3.2, 4, 0.4)[None, :]
    line = base + wave * height * 0.035 + (x / width - 0.5) * height * float(rng.uniform(-0.25, 0.25))
    fine = clouds(rng, width, height, 22, 4, 0.7, stretch=2.5)
    into = (y - line) / np.float32(height)
    sand_wet, sand_dry = light("#7d6a58"), light("#d9c19a")
    tint = light(hour["sky"][2]) + np.float32(0.25)
    grains = 1 + 0.05 * clouds(rng, width, height, 3, 1)
    sand = (sand_wet + (sand_dry - sand_wet) * smoothstep(0.02, 0.22, into + fine * 0.008)[..., None]) * tint
    sheen = (
        np.exp(-np.clip(into, 0, 1) * 14)[..., None]
        * scene[horizon - 5 : horizon].mean(axis=0)[None]
        * np.float32(0.45)
    )
    cover = smoothstep(0.0, 0.012, into + fine * 0.004)
    scene = scene + ((sand + sheen) * grains[..., None] - scene) * cover[..., None]
    foam = np.exp(-(((into + 0.002) / 0.007) ** 2)) * smoothstep(-0.9, 0.5, fine) * 0.95
    second = np.exp(-(((into + 0.06 + 0.012 * fine) / 0.01) ** 2)) * smoothstep(-0.3, 0.9, fine) * 0.8
    result: Floats = scene + (light(hour["lit"]) - scene) * np.clip(foam + second, 0, 1)[..., None]
    return result


def _marks(scene: Floats, horizon: int, look: dict[str, Any], rng: Generator) -> Floats:
    if look.get("rocks"):
        scene = rocks(scene, horizon, look["rocks"], "left" if look.get("lighthouse", 0) > 0.5 else "both", rng)
    if look.get("lighthouse"):
        scene = lighthouse(scene, horizon, look["lighthouse"], rng)
    if look.get("boats"):
        scene = boats(scene, horizon, look["boats"], look.get("boat_size", 1.0), rng)
    if look.get("gulls"):
        scene = gulls(scene, horizon, look["gulls"], rng)
    return scene
