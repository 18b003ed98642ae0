"""Sheets of repeated shapes: quarter arches, cubes, nested squares, fans and half moons."""

from typing import Any

import numpy as np
from numpy.random import Generator

from resources.sample_collection.darkroom import axes
from resources.sample_collection.drawing import Sheet
from resources.sample_collection.palette import Floats, mix, rgb

WAYS = ("arches", "cubes", "nested", "fans", "moons")


def _cells(width: int, height: int, across: int) -> tuple[float, int, int]:
    """Side of square cells that fill the sheet, and how many columns and rows."""
    side = width / across
    return side, across, int(np.ceil(height / side))


def _picked(rng: Generator, colours: list[Floats], count: int) -> list[Floats]:
    return [colours[i] for i in rng.permutation(len(colours))[:count]]


def arches(width: int, height: int, colours: list[Floats], look: dict[str, Any], rng: Generator) -> Floats:
    """Quarter circles of several rings, turned so that some meet in arches and full circles."""
    sheet = Sheet(width, height, "RGB", rgb(colours[0]))
    side, columns, rows = _cells(width, height, look.get("across", 5))
    for row in range(rows):
        for column in range(columns):
            left, top = column * side, row * side
            ground, *rings = _picked(rng, colours, 5)
            tile = Sheet(round(side), round(side), "RGB", rgb(ground))
            at_x, at_y = rng.integers(0, 2, 2) * side
            kind = rng.random()
            if kind < 0.62:
                for number, ring in enumerate(rings):
                    tile.disc(float(at_x), float(at_y), side * (1 - number * 0.24), rgb(ring))
            elif kind < 0.8:
                for number, ring in enumerate(rings[:3]):
                    tile.disc(side / 2, side / 2, side * (0.46 - number * 0.15), rgb(ring))
            else:
                for number, ring in enumerate(rings[:3]):
                    tile.box(0, side * (0.25 + 0.25 * number), side, side, rgb(ring))
            sheet.image.paste(tile.image, (round(left) * 2, round(top) * 2))
    return sheet.read()


def cubes(width: int, height: int, colours: list[Floats], look: dict[str, Any], rng: Generator) -> Floats:
    """Isometric blocks whose heights follow a slow wave; light from the left."""
    side = width / look.get("across", 9)
    tall = side * 0.58
    sheet = Sheet(width, height, "RGB", rgb(colours[4]))
    phase = rng.uniform(0, 6, 3)
    rows = int(height / (tall / 2)) + 14
    for row in range(-2, rows):
        for column in range(-1, int(width / side) + 2):
            x = column * side + (row % 2) * side / 2
            y = row * tall / 2
            swell = (
                np.sin(x / width * 4.2 + phase[0])
                + np.sin(y / height * 5 + phase[1])
                + 0.5 * np.sin((x + y) / width * 7 + phase[2])
            )
            lift = (np.floor((swell + 2.5) * 1.6) / 1.6 + int(rng.integers(0, 4)) * 0.42) * side * 0.42
            tone = colours[1 + int((swell + 2.5) * 0.8 + rng.uniform(0, 1.3)) % (len(colours) - 1)]
            top = y - lift
            a, b, c, d = (x, top - tall / 2), (x + side / 2, top), (x, top + tall / 2), (x - side / 2, top)
            deep = side * 3.2
            sheet.polygon([d, c, (c[0], c[1] + deep), (d[0], d[1] + deep)], rgb(mix(tone, colours[4], 0.35)))
            sheet.polygon(
                [c, b, (b[0], b[1] + deep), (c[0], c[1] + deep)], rgb(mix(tone, colours[4] * np.float32(0.5), 0.68))
            )
            sheet.polygon([a, b, c, d], rgb(mix(tone, np.ones(3, np.float32), 0.12)))
    return sheet.read()


def nested(width: int, height: int, colours: list[Floats], look: dict[str, Any], rng: Generator) -> Floats:
    """Squares in squares, each set a little off its centre, so that the sheet seems to lean in and out."""
    sheet = Sheet(width, height, "RGB", rgb(colours[0]))
    side, columns, rows = _cells(width, height, look.get("across", 4))
    for row in range(rows):
        for column in range(columns):
            centre = np.array([(column + 0.5) * side, (row + 0.5) * side])
            lean = rng.uniform(-0.085, 0.085, 2) * side
            chosen = _picked(rng, colours, 4)
            steps = int(rng.integers(5, 8))
            for step in range(steps):
                half = side / 2 * (1 - step / steps)
                at = centre + lean * step
                tone = mix(chosen[step % 2], chosen[2 + step % 2], step / steps)
                sheet.box(at[0] - half, at[1] - half, at[0] + half, at[1] + half, rgb(tone))
    return sheet.read()


def fans(width: int, height: int, colours: list[Floats], look: dict[str, Any], rng: Generator) -> Floats:
    """Rings cut into sectors around one centre, each ring turned against the last."""
    x, y = axes(width, height)
    u = x - np.float32(width * look.get("at_x", 0.36))
    v = y - np.float32(height * look.get("at_y", 0.62))
    away = np.sqrt(u * u + v * v)
    pitch = np.float32(min(width, height) / look.get("rings", 9))
    ring = np.floor(away / pitch)
    count = int(ring.max()) + 1
    turns = rng.uniform(0, 6.28, count).astype(np.float32)[ring.astype(int)]
    sectors = np.array([int(rng.integers(3, 7)) * 2 for _ in range(count)], dtype=np.float32)[ring.astype(int)]
    sector = np.floor(((np.arctan2(v, u) + turns) % np.float32(2 * np.pi)) / np.float32(2 * np.pi) * sectors)
    table = np.stack([colours[i] for i in rng.integers(0, len(colours), 509)])
    picture: Floats = table[((ring * 31 + sector * 7).astype(int)) % 509]
    into = (away / pitch) % 1
    shade = 1 - 0.16 * np.clip(1 - into * 6, 0, 1) + 0.05 * into
    values: Floats = picture * shade[..., None]
    return values


def moons(width: int, height: int, colours: list[Floats], look: dict[str, Any], rng: Generator) -> Floats:
    """Half discs in rows that pass through their phases, over a ground that darkens."""
    sheet = Sheet(width, height, "RGB", rgb(colours[0]))
    side, columns, rows = _cells(width, height, look.get("across", 6))
    for row in range(rows):
        sheet.box(
            0, row * side, width, (row + 1) * side, rgb(mix(colours[0], colours[4], row / max(rows - 1, 1) * 0.85))
        )
        for column in range(columns):
            x, y, radius = (column + 0.5) * side, (row + 0.5) * side, side * 0.41
            tone, other = (colours[i] for i in rng.permutation([1, 2, 3, 5])[:2])
            sheet.disc(x, y, radius, rgb(other))
            share = (column + row * 0.7) / (columns + rows * 0.7)
            angle = np.linspace(-np.pi / 2, np.pi / 2, 40)
            outer = np.stack([x + radius * np.cos(angle), y + radius * np.sin(angle)], axis=1)
            inner = np.stack([x + radius * np.cos(angle) * (1 - 2 * share), y + radius * np.sin(angle)], axis=1)[::-1]
            sheet.polygon(np.concatenate([outer, inner]), rgb(tone))
    return sheet.read()
