"""What stands and hangs in a street: walkers with umbrellas, cables from wall to wall, strings of lanterns."""

from typing import Any

import numpy as np
from numpy.random import Generator

from resources.sample_collection.drawing import Sheet
from resources.sample_collection.palette import Floats, light, paint, rgb
from resources.sample_collection.perspective import Camera


def walkers(dark: Sheet, camera: Camera, half: float, count: int, rng: Generator) -> None:
    """Figures on the pavements and in the road, about half of them under umbrellas."""
    for z in sorted(rng.uniform(6, 38, count), reverse=True):
        x = float(rng.uniform(-0.85, 0.85)) * half
        foot = camera.seen(np.array([x, 0, z], np.float32))
        metre = camera.focal_px / float(z)
        walker(dark, float(foot[0]), float(foot[1]), metre * float(rng.uniform(0.92, 1.06)), rng.random() < 0.7, rng)


def walker(dark: Sheet, x: float, y: float, metre: float, umbrella: bool, rng: Generator) -> None:
    """One figure in a coat with its feet at (x, y); `metre` is a metre in pixels."""
    stride, lean = float(rng.uniform(0.08, 0.22)), float(rng.uniform(-0.04, 0.04))

    def at(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(x + (px + lean * py) * metre, y - py * metre) for px, py in points]

    for side in (-1, 1):
        foot = side * stride
        leg = [
            (foot - 0.05, 0.0),
            (foot + 0.11, 0.0),
            (foot + 0.11, 0.05),
            (foot + 0.055, 0.08),
            (foot * 0.6 + 0.06, 0.45),
            (side * 0.07 + 0.085, 0.85),
        ]
        dark.polygon(at([*leg, (side * 0.07 - 0.085, 0.85), (foot * 0.6 - 0.055, 0.45), (foot - 0.05, 0.08)]))
    half = [
        (0.05, 1.56),
        (0.055, 1.49),
        (0.13, 1.45),
        (0.2, 1.38),
        (0.225, 1.2),
        (0.245, 1.0),
        (0.235, 0.84),
        (0.205, 0.8),
        (0.215, 0.62),
        (0.12, 0.585),
    ]
    dark.polygon(at(rounded([*half, *((-px, py) for px, py in reversed(half))])))
    head = at([(0, 1.63)])[0]
    dark.disc(head[0], head[1], 0.095 * abs(metre), radius_y=0.12 * abs(metre))
    if umbrella:
        angle = np.linspace(0, np.pi, 15)
        rim = [(0.1 + 0.62 * np.cos(a), 1.78 + 0.34 * np.sin(a)) for a in angle]
        scallop = [(0.1 - 0.62 + 0.31 * i / 2, 1.78 + (0.05 if i % 2 else 0.0)) for i in range(1, 8)]
        dark.polygon(at(rim + scallop))
        dark.line(at([(0.1, 1.05), (0.1, 2.1)]), max(0.03 * abs(metre), 0.6))


def traffic(width: int, height: int, camera: Camera, half: float, count: int, rng: Generator) -> Floats:
    """Trails of white and red lamps along the lanes, as a long exposure keeps them, as linear light."""
    white, red = Sheet(width, height), Sheet(width, height)
    for number in range(count):
        side = 1 if number % 2 else -1
        lane = side * half * float(rng.uniform(0.08, 0.62))
        near, far = sorted(float(v) for v in rng.uniform(8, 230, 2))
        z = np.linspace(near, max(far, near + 20), 24)
        drift = lane + 0.5 * np.sin(z / 60 + number)
        for shift in (-0.75, 0.75):
            points = np.stack([drift + shift, np.full(24, 0.6), z], axis=1).astype(np.float32)
            wide = max(camera.focal_px / near * 0.12, 1.0)
            (white if side > 0 else red).line(camera.seen(points), wide, int(rng.integers(110, 255)))
    trails = white.read()[..., None] * light("#fff0d0", 1.6) + red.read()[..., None] * light("#ff2a2a", 1.6)
    return trails.astype(np.float32)


def rounded(points: list[tuple[float, float]], steps: int = 5) -> list[tuple[float, float]]:
    """A closed outline through the points without corners (Catmull-Rom)."""
    knots = np.array(points)
    before, after, further = np.roll(knots, 1, axis=0), np.roll(knots, -1, axis=0), np.roll(knots, -2, axis=0)
    parts = []
    for t in np.linspace(0, 1, steps, endpoint=False):
        parts.append(
            0.5
            * (
                2 * knots
                + (after - before) * t
                + (2 * before - 5 * knots + 4 * after - further) * t**2
                + (3 * knots - before - 3 * after + further) * t**3
            )
        )
    return [(float(x), float(y)) for x, y in np.stack(parts, axis=1).reshape(-1, 2)]


def cables(dark: Sheet, camera: Camera, half: float, count: int, rng: Generator) -> None:
    """Slack lines from wall to wall."""
    share = np.linspace(0, 1, 24)
    for _ in range(count):
        z0, z1 = (float(v) for v in rng.uniform(6, 40, 2))
        high, sag = float(rng.uniform(7, 18)), float(rng.uniform(0.4, 1.8))
        points = np.stack(
            [(-half + 2 * half * share), high - 4 * sag * share * (1 - share), z0 + (z1 - z0) * share], axis=1
        ).astype(np.float32)
        dark.line(camera.seen(points), float(rng.uniform(0.8, 1.8)), int(rng.integers(150, 240)))


def lanterns(
    lit: Sheet, dark: Sheet, camera: Camera, half: float, strings: int, colours: dict[str, Any], rng: Generator
) -> None:
    """Paper lanterns in rows across the street, the nearest drawn last."""
    for z in sorted(rng.uniform(7, 34, strings), reverse=True):
        colour = paint(str(rng.choice(["#ff5a36", "#ffb24a", colours["signs"][0]])))
        high, sag = float(rng.uniform(5.2, 8.5)), float(rng.uniform(0.4, 1.0))
        share = np.linspace(0, 1, 15)
        points = np.stack([-half + 2 * half * share, high - 4 * sag * share * (1 - share), np.full(15, z)], axis=1)
        seen = camera.seen(points.astype(np.float32))
        dark.line(seen, 1.0, 190)
        metre = camera.focal_px / float(z)
        for x, y in seen[1:-1].tolist():
            for size, power, white in ((1.0, 0.62, 0.0), (0.8, 0.8, 0.05), (0.55, 0.85, 0.16)):
                lit.disc(
                    x,
                    y + 0.34 * metre,
                    0.25 * size * metre,
                    rgb(colour * np.float32(power) + np.float32(white)),
                    0.29 * size * metre,
                )
            for shift in (-0.14, 0.0, 0.14):
                lit.line(
                    [(x + shift * metre, y + 0.08 * metre), (x + shift * metre, y + 0.6 * metre)],
                    max(0.012 * metre, 0.5),
                    rgb(colour * np.float32(0.42)),
                )
            for top in (0.05, 0.59):
                lit.box(x - 0.1 * metre, y + top * metre, x + 0.1 * metre, y + (top + 0.06) * metre, (10, 6, 8))
