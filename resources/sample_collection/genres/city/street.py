"""A wet street between towers: built in metres, drawn once upright and once mirrored in the road."""

from typing import Any

import numpy as np
from numpy.random import Generator

from resources.sample_collection.drawing import Sheet, shifted
from resources.sample_collection.genres.city.build import Build
from resources.sample_collection.genres.city.street_life import cables, lanterns, traffic, walkers
from resources.sample_collection.genres.city.towers import closing, tower
from resources.sample_collection.genres.city.wet_road import wet_road
from resources.sample_collection.glow import bloom, blurred, shrunk
from resources.sample_collection.noise import clouds, resized
from resources.sample_collection.palette import Floats, even_ramp
from resources.sample_collection.palette import light as as_light
from resources.sample_collection.perspective import Camera

REACH_M = 95.0


def light(size_px: tuple[int, int], look: dict[str, Any], colours: dict[str, Any], rng: Generator) -> Floats:
    """The whole street as linear light (H, W, 3)."""
    width, height = size_px
    camera = Camera(
        centre_px=width * look.get("vanish_x", 0.5),
        horizon_px=height * look.get("horizon", 0.58),
        focal_px=look.get("lens", 0.75) * max(width, height * 0.9),
        height_m=look.get("eye_m", 1.7),
    )
    build = _street(look, colours, rng)
    upright = _drawn(build, camera, size_px, 2, False)
    sky = _sky(size_px, camera, colours, rng)
    scene = np.where(upright[2][..., None] > 0.02, upright[0] * 5.0 + upright[1], sky + upright[0] * 5.0)
    mirrored = _drawn(build, camera, (width // 2, height // 2), 1, True)
    scene = wet_road(scene, mirrored, camera, look, colours, rng)
    scene, figures = _with_life(scene, camera, look, colours, rng)
    scene = bloom(scene, (3, 12, 40, 110), look.get("glow", 0.62))
    scene = scene * (1 - np.float32(0.8) * figures[..., None])
    if look.get("rain", 0.0):
        scene = _rain(scene, look["rain"], rng)
    return scene


def _street(look: dict[str, Any], colours: dict[str, Any], rng: Generator) -> Build:
    build = Build()
    half = look.get("width_m", 14.0) / 2
    air = as_light(colours["air"], 0.5)
    signs = [as_light(c) for c in colours["signs"]]
    lots: list[tuple[float, float, float]] = []
    for side in (-1.0, 1.0):
        z = -4.0
        while z < 240:
            deep = float(rng.uniform(9, 20)) * (1 if z < 120 else 2)
            lots.append((z, z + deep, side))
            z += deep + (float(rng.uniform(0, 3.5)) if rng.random() < 0.35 else 0.0)
    closing(build, look, air, rng)
    for near, far, side in sorted(lots, key=lambda lot: -lot[0]):
        tower(build, near, far, side, half, look, signs, air, REACH_M * look.get("clear", 1.0), rng)
    return build


def _drawn(
    build: Build, camera: Camera, size_px: tuple[int, int], scale: int, mirrored: bool
) -> tuple[Floats, Floats, Floats]:
    """Light, dull colour and cover of all quads at a size."""
    width, height = size_px
    quads = np.concatenate(build.quads)
    seen = camera.seen(quads, mirrored) * np.float32(0.5 if mirrored else 1.0)
    glowing = _bytes(np.concatenate(build.glowing))
    dull = _bytes(np.concatenate(build.dull) * 4.0)
    visible = (
        (quads[..., 2].max(axis=1) > 0.8)
        & (seen[..., 0].max(axis=1) > 0)
        & (seen[..., 0].min(axis=1) < width)
        & (seen[..., 1].max(axis=1) > 0)
        & (seen[..., 1].min(axis=1) < height)
    )
    lit, shown = Sheet(width, height, "RGB", 0, scale), Sheet(width, height, "RGB", 0, scale)
    cover = Sheet(width, height, "L", 0, 1)
    kept = seen[visible]
    shapes = [shape.tolist() for shape in kept.reshape(len(kept), 8) * np.float32(scale)]
    bright = [tuple(c) for c in glowing[visible].tolist()]
    plain = [tuple(c) for c in dull[visible].tolist()]
    for shape, one, other in zip(shapes, bright, plain, strict=True):
        lit.raw_polygon(shape, one)
        shown.raw_polygon(shape, other)
    large = np.ptp(kept[..., 0], axis=1) * np.ptp(kept[..., 1], axis=1) > 400
    for shape in kept[large].reshape(-1, 8).tolist():
        cover.raw_polygon(shape, 255)
    return lit.read() ** np.float32(2.2), shown.read() ** np.float32(2.2) * np.float32(0.25), cover.read()


def _bytes(linear: Floats) -> Floats:
    coded: Floats = (np.clip(linear, 0, 1) ** (1 / 2.2) * 255 + 0.5).astype(np.uint8)
    return coded


def _sky(size_px: tuple[int, int], camera: Camera, colours: dict[str, Any], rng: Generator) -> Floats:
    """Night over the roofs: lit haze at the vanishing point, faint low cloud."""
    width, height = size_px[0] // 4 + 1, size_px[1] // 4 + 1
    y = (np.arange(height, dtype=np.float32)[:, None] * 4) / camera.horizon_px
    x = np.arange(width, dtype=np.float32)[None, :] * 4 - camera.centre_px
    top, middle, low = (as_light(c) for c in colours["sky"])
    cloud = clouds(rng, width, height, 60, 4, stretch=2)
    sky = even_ramp([top, middle, low], np.clip(y + cloud * 0.07, 0, 1) + x * 0)
    near = np.exp(-((x / (size_px[0] * 0.22)) ** 2) - ((y - 1) / 0.42) ** 2)
    sky = sky * (1 + 0.18 * cloud[..., None]) + near[..., None] * as_light(colours["air"], 1.1)
    return resized(sky.astype(np.float32), size_px[0], size_px[1], smooth=False)


def _with_life(
    scene: Floats, camera: Camera, look: dict[str, Any], colours: dict[str, Any], rng: Generator
) -> tuple[Floats, Floats]:
    """The scene with what hangs and stands in it, and the cover of the figures."""
    height, width = scene.shape[:2]
    dark, lit = Sheet(width, height), Sheet(width, height, "RGB")
    half = look.get("width_m", 14.0) / 2
    cables(dark, camera, half, look.get("cables", 5), rng)
    if look.get("lanterns", 0):
        lanterns(lit, dark, camera, half, look["lanterns"], colours, rng)
    if look.get("traffic", 0):
        scene = scene + traffic(width, height, camera, half, look["traffic"], rng)
    figures = Sheet(width, height)
    walkers(figures, camera, half, look.get("people", 6), rng)
    standing = figures.read()
    mirrored = shifted(blurred(standing, 3.0, 26.0), height // 14, 0)
    scene = scene * (1 - np.float32(0.55) * mirrored[..., None])
    scene = scene * (1 - np.float32(0.93) * np.maximum(dark.read(), standing)[..., None])
    if look.get("lanterns", 0):
        scene = scene + lit.read() ** np.float32(2.2) * np.float32(2.4)
    return scene, standing


def _rain(scene: Floats, strength: float, rng: Generator) -> Floats:
    """Thin bright streaks, stronger where there is light behind them."""
    height, width = scene.shape[:2]
    streaks = Sheet(width, height, "L", 0, 1)
    count = int(1500 * strength)
    x, y = rng.uniform(0, width * 1.1, count), rng.uniform(-60, height, count)
    long = rng.uniform(18, 70, count)
    tone = rng.integers(20, 110, count)
    for i in range(count):
        streaks.line([(x[i], y[i]), (x[i] - long[i] * 0.12, y[i] + long[i])], 1, int(tone[i]))
    behind = resized(shrunk(scene.mean(axis=2), 16), width, height, smooth=False)
    return scene + (streaks.read() * (np.float32(0.05) + np.float32(0.75) * behind))[..., None]
