"""Synthwave suns: a banded sun over a glowing grid or a sea, with ridges, palms, pyramids or towers before it."""

from typing import Any

import numpy as np
from numpy.random import Generator
from PIL import Image

from resources.sample_collection.darkroom import axes, develop
from resources.sample_collection.drawing import Sheet, curve
from resources.sample_collection.glow import bloom, blurred
from resources.sample_collection.noise import clouds, ridge, sampled, smoothstep
from resources.sample_collection.palette import Floats, even_ramp, light
from resources.sample_collection.perspective import Camera

# sky from top to horizon, sun from top to foot, grid line, ridge body
PALETTES: dict[str, tuple[tuple[str, ...], tuple[str, ...], str, str]] = {
    "sunset": (("#0b0221", "#2b0b4f", "#8a1c7c", "#ff6b6b"), ("#ffe66d", "#ff7a3d", "#ff1e6b"), "#ff3df0", "#12052b"),
    "arcade": (("#020214", "#0a1247", "#3a1d8a", "#d12fb0"), ("#fff275", "#ff5f9e", "#b026ff"), "#21e6ff", "#070a2a"),
    "miami": (("#04263a", "#0f6a80", "#f79aa8", "#ffd3a3"), ("#fff6c9", "#ff9a8b", "#ff4f8b"), "#7dfcff", "#083042"),
    "ember": (("#0d0205", "#3a0710", "#a11a1a", "#ff7b2e"), ("#fff0a6", "#ff8a2a", "#ff2a14"), "#ffb347", "#180307"),
    "aurora": (("#010d18", "#03304a", "#0a6e6e", "#6ff2b5"), ("#f4ffd1", "#7dffb8", "#12c2c9"), "#3dffd0", "#02141f"),
    "ultraviolet": (
        ("#05010f", "#1a0640", "#4a12a0", "#b44dff"),
        ("#ffd6ff", "#e36bff", "#6a2bff"),
        "#c27bff",
        "#0a0320",
    ),
    "noir": (("#050507", "#141420", "#3a3348", "#c9b7b0"), ("#fff7ea", "#ffc9b0", "#ff5a5a"), "#ff6a6a", "#09090d"),
}


def paint(size_px: tuple[int, int], look: dict[str, Any], rng: Generator) -> Image.Image:
    """Sky and sun, what stands on the horizon, and the ground before it."""
    width, height = size_px
    horizon = int(height * look.get("horizon", 0.62))
    sky_tones, sun_tones, line, body = PALETTES[look.get("palette", "sunset")]
    scene = _sky(width, height, horizon, sky_tones, rng)
    sun_x = width * look.get("sun_x", 0.5)
    radius = look.get("sun", 0.27) * min(height, width * 0.75)
    sun_y = horizon - radius * look.get("sun_up", 0.62)
    scene = _sun(scene, sun_x, sun_y, radius, sun_tones, look)
    stands = look.get("stands", "ridges")
    if stands in ("ridges", "wire"):
        scene = _ridges(scene, horizon, sky_tones, line, body, stands == "wire", rng)
    elif stands == "pyramids":
        scene = _pyramids(scene, horizon, line, body, rng)
    elif stands == "towers":
        scene = _towers(scene, horizon, line, body, rng)
    ground = _sea if look.get("ground", "grid") == "sea" else _grid
    scene[horizon:] = ground(scene, horizon, sky_tones, line, body, rng)
    scene = _with_palms(scene, look.get("palms", 0), horizon, rng)
    scene = bloom(scene, (3, 14, 60), look.get("glow", 0.7))
    if look.get("scanlines"):
        scene[::4] *= np.float32(0.78)
    return develop(scene, rng, grain=4.5, corners=0.4)


def _sky(width: int, height: int, horizon: int, tones: tuple[str, ...], rng: Generator) -> Floats:
    _, y = axes(width, height)
    rise = np.clip(y / horizon, 0, 1) ** 1.5
    sky = np.repeat(even_ramp([light(c, 0.85) for c in tones], rise), width, axis=1)
    stars = np.zeros((height, width), dtype=np.float32)
    count = width * horizon // 2600
    rows, columns = (rng.random(count) ** 1.4 * horizon).astype(int), rng.integers(0, width - 1, count)
    power = rng.pareto(2.2, count).astype(np.float32) * 0.25
    stars[rows, columns] = np.minimum(power, 3)
    stars[rows, columns + 1] = np.minimum(power, 3) * 0.5
    mist = smoothstep(-0.4, 1.6, clouds(rng, width // 2, height // 2, 90, 4, stretch=3))
    mist = np.repeat(np.repeat(mist, 2, axis=0), 2, axis=1)
    mist = np.pad(mist, ((0, height - mist.shape[0]), (0, width - mist.shape[1])), mode="edge")
    sky *= (0.72 + 0.5 * mist)[..., None]
    result: Floats = sky + (stars * (1 - rise))[..., None]
    return result


def _sun(scene: Floats, x: float, y: float, radius: float, tones: tuple[str, ...], look: dict[str, Any]) -> Floats:
    height, width = scene.shape[:2]
    columns, rows = axes(width, height)
    away = np.sqrt((columns - x) ** 2 + (rows - y) ** 2)
    cover = np.clip(radius - away + np.float32(0.5), 0, 1)
    down = (rows - (y - radius)) / np.float32(2 * radius)
    bands = look.get("bands", 8)
    if bands:
        phase = np.clip((down - 0.36) / 0.64, 0, 1)
        wave = (phase * bands) % 1
        gap = 0.10 + 0.52 * phase
        soft = np.float32(bands / radius)
        slit = np.clip((gap - wave) / soft + 0.5, 0, 1) * np.clip((wave) / soft, 0, 1) * (phase > 0)
        cover = cover * (1 - slit)
    colour = even_ramp([light(c, 0.55) for c in tones], np.clip(down * 1.75 - 0.3, 0, 1))
    halo = np.exp(-np.maximum(away - radius, 0) / np.float32(radius * 0.55)) * np.float32(0.32)
    scene = scene + halo[..., None] * light(tones[-1], 1.0)
    result: Floats = scene + (colour - scene) * cover[..., None]
    return result


def _ridges(
    scene: Floats, horizon: int, tones: tuple[str, ...], line: str, body: str, wire: bool, rng: Generator
) -> Floats:
    height, width = scene.shape[:2]
    _, rows = axes(width, height)
    for layer in range(3):
        rough = ridge(rng, width, width / (4 + 3 * layer), 3 if wire else 6, 0.45)
        middle = np.abs(np.linspace(-1, 1, width, dtype=np.float32))
        tall = (np.abs(rough) * 0.6 + 0.3) * (0.25 + 0.9 * middle) * height * (0.25 - 0.06 * layer)
        cover = np.clip(rows - (horizon - tall[None, :]), 0, 1) * (rows < horizon)
        share = (layer + 1) / 3
        colour = light(body) * share + light(tones[2], 0.35) * (1 - share)
        lift = np.exp(-(horizon - rows) / np.float32(height * 0.05))[..., None] * light(tones[3], 0.22)
        scene = scene + (colour + lift - scene) * cover[..., None]
        if wire:
            scene = (
                scene
                + _mesh(width, height, horizon, tall, rng)[..., None] * light(line, 0.9 * share) * cover[..., None]
            )
        else:
            edge = np.clip(1 - np.abs(rows - (horizon - tall[None, :])) / 2.2, 0, 1) * (rows < horizon)
            scene = scene + edge[..., None] * light(line, 0.7 * share)
    return scene


def _mesh(width: int, height: int, horizon: int, tall: Floats, rng: Generator) -> Floats:
    """Wire triangles that follow a ridge down to the horizon."""
    sheet = Sheet(width, height)
    step = max(24, width // 42)
    knots = list(range(0, width + step, step))
    levels = 5
    tops = np.array([tall[min(k, width - 1)] for k in knots])
    grid = [
        [
            (k + float(rng.uniform(-0.3, 0.3)) * step * (level > 0), horizon - top * (1 - level / levels))
            for k, top in zip(knots, tops, strict=True)
        ]
        for level in range(levels + 1)
    ]
    for level in range(levels + 1):
        sheet.line(grid[level], 1.1)
        if level < levels:
            for i in range(len(knots)):
                sheet.line([grid[level][i], grid[level + 1][i]], 1.0, 190)
                if i + 1 < len(knots):
                    sheet.line([grid[level][i], grid[level + 1][i + 1]], 1.0, 150)
    return sheet.read()


def _pyramids(scene: Floats, horizon: int, line: str, body: str, rng: Generator) -> Floats:
    height, width = scene.shape[:2]
    for x, size in ((0.2, 0.2), (0.83, 0.26), (0.62, 0.12)):
        dark, shade, edge = Sheet(width, height), Sheet(width, height), Sheet(width, height)
        top = (x * width, horizon - size * height * 1.15)
        left, right = (x * width - size * height, horizon), (x * width + size * height, horizon)
        fold = (x * width + size * height * float(rng.uniform(0.1, 0.3)), horizon)
        dark.polygon([left, top, right])
        shade.polygon([fold, top, right])
        for share in np.linspace(0, 1, 9)[1:-1]:
            a = [left[0] + (top[0] - left[0]) * share, horizon + (top[1] - horizon) * share]
            b = [fold[0] + (top[0] - fold[0]) * share, horizon + (top[1] - horizon) * share]
            edge.line([a, b], 1.2, 130)
        edge.line([left, top, right], 2.0)
        edge.line([top, fold], 1.6, 200)
        scene = scene + (light(body, 1.6) - scene) * dark.read()[..., None]
        scene = scene + (light(body, 0.5) - scene) * shade.read()[..., None]
        scene = scene + edge.read()[..., None] * light(line, 1.2)
    return scene


def _towers(scene: Floats, horizon: int, line: str, body: str, rng: Generator) -> Floats:
    height, width = scene.shape[:2]
    dark, lit = Sheet(width, height), Sheet(width, height)
    x = -20.0
    while x < width:
        wide = float(rng.uniform(0.02, 0.05)) * width
        gap = abs((x + wide / 2) / width - 0.5) * 2
        tall = height * (0.04 + float(rng.uniform(0.05, 0.26)) * (0.25 + gap))
        dark.box(x, horizon - tall, x + wide, horizon)
        if rng.random() < 0.4:
            dark.box(x + wide * 0.45, horizon - tall * 1.35, x + wide * 0.52, horizon - tall)
        for _ in range(int(wide * tall / 420)):
            u, v = float(rng.uniform(0.1, 0.85)), float(rng.uniform(0.05, 0.92))
            lit.box(
                x + u * wide,
                horizon - v * tall,
                x + u * wide + 3.5,
                horizon - v * tall + 2.5,
                int(rng.integers(60, 255)),
            )
        x += wide * float(rng.uniform(0.85, 1.1))
    scene = scene + (light(body, 0.8) - scene) * dark.read()[..., None]
    return scene + lit.read()[..., None] * light(line, 1.6)


def _grid(scene: Floats, horizon: int, tones: tuple[str, ...], line: str, body: str, rng: Generator) -> Floats:
    """The grid floor in perspective: rows that close up to the horizon, columns that meet in it."""
    height, width = scene.shape[:2]
    rows = height - horizon
    camera = Camera(width / 2, 0.0, rows * 0.62, 1.0)
    sheet = Sheet(width, rows)
    for z in np.concatenate([np.arange(0.62, 6, 0.28), np.arange(6, 30, 0.7)]):
        y = camera.focal_px / float(z)
        sheet.line([(0, y), (width, y)], float(np.clip(3.4 / z, 0.8, 4)))
    reach = int(width / camera.focal_px * 15) + 2
    for i in range(-reach, reach + 1):
        x = i * 0.42
        ends = camera.seen(np.array([[x, 0, 0.55], [x, 0, 60.0]], np.float32))
        sheet.line(ends, 1.7)
    down = np.linspace(0, 1, rows, dtype=np.float32)[:, None]
    base = even_ramp([light(tones[3], 0.3), light(body, 0.9), light(body, 0.5)], np.sqrt(down))
    sun = blurred(scene[:horizon][::-1][:rows], 60, 30)
    floor = np.broadcast_to(base, (rows, width, 3)).copy()
    floor[: len(sun)] += sun * (np.float32(0.16) * np.exp(-3.5 * down[: len(sun)]))[..., None]
    fade = 0.45 + 0.55 * down + 0.5 * np.exp(-down * 30)
    result: Floats = floor + (sheet.read() * fade)[..., None] * light(line, 1.5)
    return result.astype(np.float32)


def _sea(scene: Floats, horizon: int, tones: tuple[str, ...], line: str, body: str, rng: Generator) -> Floats:
    """Water that draws the sky out into horizontal glints."""
    height, width = scene.shape[:2]
    rows = height - horizon
    columns_px, rows_px = axes(width, rows)
    depth = rows / rows_px
    waves = clouds(rng, 512, 512, 16, 3, 0.6, stretch=4)
    chop = sampled(waves, columns_px * (0.25 + depth * 0.06) + 60, depth * 90 + 3)
    shift = chop * (2 + 26 * (rows_px / rows))
    source = np.clip(horizon - 1 - rows_px * 0.85 - np.abs(shift), 0, horizon - 1).astype(np.int32)
    across = np.clip(columns_px + shift * 1.3, 0, width - 1).astype(np.int32)
    water = scene[source, across] * (0.75 - 0.4 * rows_px / rows)[..., None]
    crest = smoothstep(0.9, 1.9, chop) * (0.35 - 0.25 * rows_px / rows)
    result: Floats = water + light(body, 0.4) + crest[..., None] * light(line, 0.7)
    return result.astype(np.float32)


def _with_palms(scene: Floats, count: int, horizon: int, rng: Generator) -> Floats:
    height, width = scene.shape[:2]
    if not count:
        return scene
    dark = Sheet(width, height)
    for i in range(count):
        side = 1 if i % 2 else -1
        foot_x = width * (0.5 + side * float(rng.uniform(0.34, 0.5)))
        tall = height * float(rng.uniform(0.5, 0.85))
        foot_y = height * (1.02 if tall > height * 0.6 else 0.97)
        _palm(dark, foot_x, foot_y, tall, -side * float(rng.uniform(0.02, 0.16)), rng)
    result: Floats = scene * (1 - np.float32(0.985) * dark.read()[..., None])
    return result


def _palm(dark: Sheet, x: float, y: float, tall: float, lean: float, rng: Generator) -> None:
    top = (x + lean * tall, y - tall)
    trunk = curve([(x, y), (x + lean * tall * 0.1, y - tall * 0.5), top], 20)
    dark.taper(trunk, np.linspace(0.045, 0.02, 20) * tall)
    for angle in np.linspace(-2.9, -0.2, 9) + rng.uniform(-0.12, 0.12, 9):
        reach = tall * float(rng.uniform(0.26, 0.36))
        end = (top[0] + np.cos(angle) * reach, top[1] + np.sin(angle) * reach * 0.5 + reach * 0.35)
        spine = curve([top, (top[0] + np.cos(angle) * reach * 0.6, top[1] + np.sin(angle) * reach * 0.75), end], 22)
        for k in range(2, 22):
            share = k / 21
            long = reach * 0.3 * np.sin(np.pi * (0.15 + 0.8 * share)) * float(rng.uniform(0.8, 1.15))
            forward = spine[k] - spine[k - 1]
            heading = np.arctan2(forward[1], forward[0])
            for turn in (0.75, -0.75):
                tip = spine[k] + long * np.array([np.cos(heading + turn), np.sin(heading + turn) + 0.35])
                dark.polygon([spine[k - 1], spine[k], tip])
        dark.taper(spine, np.linspace(0.012, 0.003, 22) * tall)
