"""Marks on a seascape: sailing boats with reflections, a lighthouse on its head of rock, stacks of rock, gulls."""

import numpy as np
from numpy.random import Generator

from resources.sample_collection.darkroom import axes
from resources.sample_collection.drawing import Sheet, curve
from resources.sample_collection.glow import blurred
from resources.sample_collection.noise import clouds, ridge, smoothstep
from resources.sample_collection.palette import Floats, light


def _darkened(scene: Floats, cover: Floats, tone: Floats) -> Floats:
    result: Floats = scene + (tone - scene) * cover[..., None]
    return result


def boats(scene: Floats, horizon: int, count: int, size: float, rng: Generator) -> Floats:
    """Sails in silhouette, warm where the light comes through."""
    height, width = scene.shape[:2]
    hulls, sails, mirrored = Sheet(width, height), Sheet(width, height), Sheet(width, height)
    for number in range(count):
        near = float(rng.uniform(0.02, 0.22)) if number else 0.16
        unit = height * (0.03 + 0.42 * near) * size
        x, y = width * float(rng.uniform(0.1, 0.9) if number else 0.34), horizon + near * (height - horizon)
        lean = float(rng.uniform(-0.12, 0.12))

        def at(
            points: list[tuple[float, float]],
            flip: float,
            x: float = x,
            y: float = y,
            unit: float = unit,
            lean: float = lean,
        ) -> list[tuple[float, float]]:
            return [(x + (px + lean * py) * unit, y - py * unit * flip) for px, py in points]

        hull = [(-0.62, 0.14), (0.66, 0.17), (0.42, -0.02), (-0.48, -0.02)]
        main = [(0.02, 0.24), (0.05, 2.05), (-0.28, 1.1), (-0.58, 0.28)]
        jib = [(0.1, 0.26), (0.08, 1.75), (0.34, 0.95), (0.68, 0.27)]
        hulls.polygon(at(hull, 1))
        hulls.line(at([(0.05, 0.1), (0.06, 2.12)], 1), max(unit * 0.025, 1))
        sails.polygon(at(main, 1))
        sails.polygon(at(jib, 1))
        for shape in (hull, main, jib):
            mirrored.polygon(at(shape, -0.8))
    soft = blurred(mirrored.read(), 2.0, 6.0)
    scene = scene * (1 - np.float32(0.55) * soft[..., None])
    through = scene[max(horizon - 40, 0) : horizon].mean(axis=(0, 1)) * np.float32(0.75) + np.float32(0.06)
    scene = _darkened(scene, sails.read() * np.float32(0.9), through)
    return _darkened(scene, hulls.read(), light("#15161c"))


def rocks(scene: Floats, horizon: int, count: int, side: str, rng: Generator) -> Floats:
    """Stacks and skerries that rise from the water, white at their feet."""
    height, width = scene.shape[:2]
    x, y = axes(width, height)
    rough = clouds(rng, width, height, 46, 5, 0.6)
    places = sorted((float(rng.uniform(0.03, 0.38)), i) for i in range(count))
    for near, number in places:
        centre = width * float(rng.uniform(0.02, 0.36) if number % 2 or side == "left" else rng.uniform(0.64, 0.98))
        foot = horizon + near * (height - horizon)
        half = width * float(rng.uniform(0.03, 0.075)) * (0.7 + 1.8 * near)
        tall = half * float(rng.uniform(0.8, 2.0))
        profile = np.clip(1 - np.abs((x - centre) / half) ** 1.7, 0, 1) ** 0.75
        jag = 1 + 0.35 * ridge(rng, width, half / 1.5, 5, 0.6)[None, :]
        top = foot - tall * profile * jag
        cover = np.clip(y - top, 0, 1) * np.clip(foot - y + rough * 2 + 1, 0, 1) * (profile > 0.01)
        face = np.clip(0.45 + rough * 0.3 + (centre - x) / half * 0.25, 0.05, 1)
        stone = light("#1b1c22") + (light("#6d625c") - light("#1b1c22")) * face[..., None]
        stone = stone * (scene[max(horizon - 30, 0) : horizon].mean(axis=(0, 1)) * np.float32(0.9) + np.float32(0.12))
        scene = scene + (stone - scene) * cover[..., None]
        foam = np.exp(-(((y - foot - rough * 2) / (2.5 + 9 * near)) ** 2)) * smoothstep(0.02, 0.3, profile) * 0.7
        scene = scene + (light("#e9eef0", 0.8) - scene) * foam[..., None]
    return scene.astype(np.float32)


def lighthouse(scene: Floats, horizon: int, at_x: float, rng: Generator) -> Floats:
    """A tower on a head of rock, its lamp lit and its two beams turning."""
    height, width = scene.shape[:2]
    x, y = axes(width, height)
    centre, unit = width * at_x, height * 0.055
    half, tall = unit * 4.6, unit * 2.0
    profile = np.clip(1 - np.abs((x - centre) / half) ** 1.5, 0, 1) ** 0.8
    top = horizon + unit * 0.7 - tall * profile * (1 + 0.25 * ridge(rng, width, unit, 5, 0.6)[None, :])
    rough = clouds(rng, width, height, 30, 5, 0.6)
    cover = np.clip(y - top, 0, 1) * np.clip(horizon + unit * 0.7 - y + rough * 2, 0, 1) * (profile > 0.01)
    sky = scene[max(horizon - 30, 0) : horizon].mean(axis=(0, 1))
    stone = light("#3a3634") * (sky * np.float32(0.8) + np.float32(0.15)) * (1 + 0.3 * rough[..., None])
    scene = _darkened(scene, cover, np.maximum(stone, 0))
    foot = horizon + unit * 0.7 - tall * 0.95
    white, red, dark = Sheet(width, height), Sheet(width, height), Sheet(width, height)
    tower = [(-0.42, 0), (0.42, 0), (0.27, 3.6), (-0.27, 3.6)]
    white.polygon([(centre + px * unit, foot - py * unit) for px, py in tower])
    for low in (0.7, 2.1):
        a, b = 0.42 - 0.15 * low / 3.6, 0.42 - 0.15 * (low + 0.7) / 3.6
        red.polygon(
            [
                (centre + px * unit, foot - py * unit)
                for px, py in ((-a, low), (a, low), (b, low + 0.7), (-b, low + 0.7))
            ]
        )
    dark.box(centre - 0.4 * unit, foot - 3.75 * unit, centre + 0.4 * unit, foot - 3.6 * unit)
    dark.polygon(
        [
            (centre - 0.3 * unit, foot - 4.3 * unit),
            (centre, foot - 4.75 * unit),
            (centre + 0.3 * unit, foot - 4.3 * unit),
        ]
    )
    side = np.clip(0.75 - (x - centre) / unit * 0.6, 0.3, 1.1)
    tone = sky * np.float32(0.9) + np.float32(0.1)
    scene = scene + ((light("#f1ece2") * tone) * side[..., None] - scene) * white.read()[..., None]
    scene = scene + ((light("#b8322a") * tone) * side[..., None] - scene) * red.read()[..., None]
    scene = _darkened(scene, dark.read(), light("#1b1b20"))
    lamp_y = foot - 4.05 * unit
    u, v = x - centre, y - lamp_y
    away = np.sqrt(u * u + v * v) + 1
    beam = np.exp(-(((v - u * 0.06) / (np.abs(u) * 0.05 + 3)) ** 2)) * np.exp(-away / (width * 0.32)) * (np.abs(u) > 2)
    lamp = np.clip(0.26 * unit - away + 1, 0, 1) * 3
    values: Floats = (scene + (beam * 0.5 + lamp)[..., None] * light("#ffe7a8")).astype(np.float32)
    return values


def gulls(scene: Floats, horizon: int, count: int, rng: Generator) -> Floats:
    """Gulls on the wind, two strokes each."""
    height, width = scene.shape[:2]
    marks = Sheet(width, height)
    middle = (width * float(rng.uniform(0.25, 0.7)), horizon * float(rng.uniform(0.3, 0.55)))
    for _ in range(count):
        x, y = middle[0] + float(rng.normal(0, 0.1)) * width, middle[1] + float(rng.normal(0, 0.09)) * height
        span, tilt = height * float(rng.uniform(0.008, 0.022)), float(rng.uniform(-0.3, 0.3))
        for side in (-1, 1):
            wing = curve(
                [
                    (x, y),
                    (x + side * span * 0.6, y - span * (0.75 + side * tilt)),
                    (x + side * span * 1.2, y - span * (0.1 + side * tilt)),
                ],
                10,
            )
            marks.taper(wing, np.linspace(span * 0.16, 0.8, 10))
    return _darkened(scene, marks.read() * np.float32(0.85), light("#23252c"))
