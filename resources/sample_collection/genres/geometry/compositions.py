"""Single compositions of plain shapes: balanced bars and circles, glass discs, ribbons, shards, bent lines."""

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.random import Generator

from resources.sample_collection.darkroom import axes
from resources.sample_collection.drawing import Sheet, over, shifted
from resources.sample_collection.glow import blurred
from resources.sample_collection.palette import Floats, even_ramp, mix, rgb


def _ground(width: int, height: int, colour: Floats) -> Floats:
    return np.broadcast_to(colour, (height, width, 3)).astype(np.float32)


def _laid(below: Floats, cover: Floats, colour: Floats, drop: float) -> Floats:
    """A cut shape laid on the sheet with a soft shadow."""
    shadow = shifted(blurred(cover, drop), int(drop * 0.9), int(drop * 0.6))
    return over(below * (1 - np.float32(0.34) * shadow[..., None]), colour, cover)


def bauhaus(width: int, height: int, colours: list[Floats], look: dict[str, Any], rng: Generator) -> Floats:
    """A large disc, a half disc, bars and thin lines about a slanted axis."""
    unit = min(width, height)
    picture = _ground(width, height, colours[0])
    slant = np.deg2rad(look.get("slant", -32))
    along, side = np.array([np.cos(slant), np.sin(slant)]), np.array([-np.sin(slant), np.cos(slant)])
    centre = np.array([width * look.get("at_x", 0.42), height * look.get("at_y", 0.44)])

    def bar(at: Any, long: float, wide: float) -> Floats:
        sheet = Sheet(width, height)
        a, b = along * long * unit / 2, side * wide * unit / 2
        sheet.polygon([at - a - b, at + a - b, at + a + b, at - a + b])
        return sheet.read()

    def disc(at: Any, radius: float) -> Floats:
        sheet = Sheet(width, height)
        sheet.disc(at[0], at[1], radius * unit)
        return sheet.read()

    picture = _laid(picture, bar(centre + side * unit * 0.36, 2.6, 0.26), mix(colours[5], colours[0], 0.35), 14)
    picture = _laid(picture, disc(centre, 0.31), colours[1], 18)
    picture = over(
        picture, mix(colours[1], colours[4], 0.28), disc(centre, 0.31) * disc(centre + along * unit * 0.24, 0.3)
    )
    for number in range(4):
        at = centre + side * unit * (0.1 + 0.075 * number) + along * unit * float(rng.uniform(-0.2, 0.5))
        picture = _laid(picture, bar(at, float(rng.uniform(0.5, 1.3)), 0.03), colours[4], 7)
    picture = _laid(picture, bar(centre - side * unit * 0.27 + along * unit * 0.4, 0.8, 0.12), colours[3], 12)
    half = disc(centre + along * unit * 0.62 + side * unit * 0.12, 0.2)
    x, y = axes(width, height)
    line = (x - centre[0]) * np.float32(side[0]) + (y - centre[1]) * np.float32(side[1]) - np.float32(0.12 * unit)
    picture = _laid(picture, half * np.clip(line + 0.5, 0, 1), colours[2], 12)
    lines = Sheet(width, height)
    for number in range(7):
        at = centre - side * unit * (0.33 + 0.022 * number) - along * unit * 0.1
        lines.line([at - along * unit * (0.5 - 0.04 * number), at + along * unit * 0.3], 3)
    large, small = centre + along * unit * 0.62 + side * unit * 0.12, centre - along * unit * 0.52 + side * unit * 0.42
    lines.ring(float(large[0]), float(large[1]), 0.27 * unit, 3.5)
    lines.ring(float(small[0]), float(small[1]), 0.11 * unit, 12)
    picture = over(picture, colours[4], lines.read())
    return _laid(picture, disc(centre - along * unit * 0.4 - side * unit * 0.17, 0.075), colours[3], 10)


def discs(width: int, height: int, colours: list[Floats], look: dict[str, Any], rng: Generator) -> Floats:
    """Discs of coloured glass over one another; where they cross, the colours multiply."""
    unit = min(width, height)
    picture = _ground(width, height, colours[0])
    for number in range(look.get("count", 13)):
        share = number / look.get("count", 13)
        at = (width * (0.12 + 0.76 * share + float(rng.normal(0, 0.07))), height * float(rng.uniform(0.18, 0.82)))
        radius = unit * float(rng.choice([0.1, 0.16, 0.24, 0.32]))
        sheet = Sheet(width, height)
        if rng.random() < 0.3:
            sheet.ring(*at, radius, radius * 0.24)
        else:
            sheet.disc(*at, radius)
        tone = colours[1 + int(rng.integers(len(colours) - 1))]
        x, y = axes(width, height)
        tilt = np.clip(0.5 + ((x - at[0]) + (y - at[1])) / np.float32(radius * 3.2), 0, 1)
        glass = (
            mix(tone, np.ones(3, np.float32), 0.28) + (tone - mix(tone, np.ones(3, np.float32), 0.28)) * tilt[..., None]
        )
        multiplied = picture * (glass if colours[0].mean() > 0.4 else 1.0) + (
            0.0 if colours[0].mean() > 0.4 else 0.62
        ) * glass * (1 - picture)
        picture = over(picture, multiplied, sheet.read())
    fine = Sheet(width, height)
    for number in range(9):
        y_at = height * (0.1 + 0.1 * number)
        fine.line([(0, y_at), (width, y_at + height * 0.08 * np.sin(number))], 1.6)
    return over(picture, colours[4] if colours[0].mean() > 0.4 else colours[5], fine.read() * np.float32(0.5))


def ribbons(width: int, height: int, colours: list[Floats], look: dict[str, Any], rng: Generator) -> Floats:
    """Broad ribbons in slow waves, each casting its shadow on the one behind."""
    picture = _ground(width, height, colours[0])
    count = look.get("count", 9)
    x, y = axes(width, height)
    for number in range(count):
        share = number / (count - 1)
        phase, pace = float(rng.uniform(0, 6)), float(rng.uniform(0.6, 1.4))
        swing = height * float(rng.uniform(0.05, 0.13))
        middle = height * (0.02 + 0.96 * share) + swing * np.sin(x / width * 2 * np.pi * pace + phase)
        middle = middle + height * 0.05 * np.sin(x / width * 2 * np.pi * 2.3 + phase * 2)
        thick = height * 0.75 / count * (1 + 0.35 * np.sin(x / width * 5 + phase))
        away = (y - middle) / thick
        cover = np.clip((1 - np.abs(away)) * thick + 0.5, 0, 1).astype(np.float32)
        tone = colours[1 + number % (len(colours) - 1)]
        rounded = (0.86 + 0.2 * np.sqrt(np.clip(1 - away**2, 0, 1)) - 0.08 * away)[..., None]
        picture = _laid(picture, cover, tone * rounded.astype(np.float32), 16)
    return picture


def shards(width: int, height: int, colours: list[Floats], look: dict[str, Any], rng: Generator) -> Floats:
    """The sheet split again and again into triangles, each shaded like a facet."""
    corners = [np.array(p, dtype=float) for p in ((0, 0), (width, 0), (width, height), (0, height))]
    middle = np.array([width * look.get("at_x", 0.6), height * look.get("at_y", 0.4)])
    facets = [(corners[i], corners[(i + 1) % 4], middle) for i in range(4)]
    for _ in range(look.get("cuts", 6)):
        halves = []
        for a, b, c in facets:
            sides = [np.linalg.norm(b - c), np.linalg.norm(c - a), np.linalg.norm(a - b)]
            order = int(np.argmax(sides))
            p, q, r = [(a, b, c), (b, c, a), (c, a, b)][order]
            if max(sides) < width * 0.06 or (rng.random() < 0.12 and len(facets) > 24):
                halves.append((a, b, c))
                continue
            cut = q + (r - q) * float(rng.uniform(0.36, 0.64))
            halves += [(p, q, cut), (p, cut, r)]
        facets = halves
    sheet = Sheet(width, height, "RGB", rgb(colours[0]))
    for a, b, c in facets:
        at = (a + b + c) / 3
        where = np.float32(np.clip(np.hypot(*(at - middle)) / (0.8 * width) + rng.normal(0, 0.1), 0, 1))
        tone = even_ramp([colours[i] for i in (5, 3, 1, 2, 4)], np.array(where))
        sheet.polygon([a, b, c], rgb(tone * np.float32(rng.uniform(0.82, 1.14))))
    return sheet.read()


def bent(width: int, height: int, colours: list[Floats], look: dict[str, Any], rng: Generator) -> Floats:
    """Stripes bent by unseen spheres, so that a flat sheet swells."""
    x, y = axes(width, height)
    unit = min(width, height)
    shift = np.zeros((height, width), dtype=np.float32)
    shade = np.ones((height, width), dtype=np.float32)
    for _ in range(look.get("spheres", 4)):
        at = rng.uniform(0.15, 0.85, 2) * (width, height)
        radius = np.float32(unit * rng.uniform(0.16, 0.34))
        away = np.sqrt((x - at[0]) ** 2 + (y - at[1]) ** 2) / radius
        dome = np.sqrt(np.clip(1 - away * away, 0, 1))
        shift += dome * radius * np.float32(0.42)
        shade *= 1 - np.float32(0.34) * dome * np.clip(((x - at[0]) + (y - at[1])) / radius, -0.3, 1)
    pitch = np.float32(unit / look.get("stripes", 34))
    phase = (y + shift) / pitch
    soft = np.float32(1.6) / pitch
    inside = np.clip((np.abs((phase % 1) - 0.5) - 0.25) / soft + 0.5, 0, 1)
    tones = [colours[i] for i in (1, 3, 2, 1)]
    ink = even_ramp(tones, np.clip(x / width + (y - height / 2) / height * 0.3, 0, 1))
    return over(_ground(width, height, colours[0]), ink, inside.astype(np.float32)) * shade[..., None]


def lattice(width: int, height: int, colours: list[Floats], look: dict[str, Any], rng: Generator) -> Floats:
    """Uneven columns and rows of colour with bars between, a few fields split across."""
    sheet = Sheet(width, height, "RGB", rgb(colours[0]))
    columns = np.cumsum(np.r_[0, rng.dirichlet(np.full(look.get("columns", 6), 2.2))]) * width
    rows = np.cumsum(np.r_[0, rng.dirichlet(np.full(look.get("rows", 5), 2.2))]) * height
    for left, right in pairwise(columns):
        for top, bottom in pairwise(rows):
            tone = colours[0] if rng.random() < 0.3 else colours[1 + int(rng.integers(len(colours) - 1))]
            sheet.box(left, top, right, bottom, rgb(tone))
            kind, other = rng.random(), colours[int(rng.integers(len(colours)))]
            if kind < 0.22:
                sheet.polygon([(left, bottom), (right, bottom), (right, top)], rgb(other))
            elif kind < 0.38:
                radius = min(right - left, bottom - top) * 0.36
                sheet.disc((left + right) / 2, (top + bottom) / 2, radius, rgb(other))
            elif kind < 0.5:
                for step in np.linspace(0, 1, 8)[1:-1]:
                    sheet.line(
                        [(left + (right - left) * step, top), (left + (right - left) * step, bottom)], 3, rgb(other)
                    )
    for x in columns[1:-1]:
        sheet.line([(x, 0), (x, height)], min(width, height) * 0.011, rgb(colours[4]))
    for y in rows[1:-1]:
        sheet.line([(0, y), (width, y)], min(width, height) * 0.011, rgb(colours[4]))
    return sheet.read()
