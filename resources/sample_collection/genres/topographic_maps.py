"""Topographic maps: contour lines over tinted, shaded relief, or sheets of cut paper stacked along the contours."""

from typing import Any

import numpy as np
from numpy.random import Generator
from PIL import Image

from resources.sample_collection.darkroom import axes, printed
from resources.sample_collection.drawing import Sheet, over, shifted
from resources.sample_collection.glow import blurred
from resources.sample_collection.noise import clouds, resized, smoothstep
from resources.sample_collection.palette import Floats, even_ramp, mix
from resources.sample_collection.palette import paint as colour_of

# ground tints from low to high, line, water
PALETTES: dict[str, tuple[tuple[str, ...], str, str]] = {
    "survey": (("#dfe8cf", "#cbd9ae", "#e6dcb0", "#d8b98a", "#b98d68", "#f3eee6"), "#7a4a2b", "#9fc3d6"),
    "blueprint": (("#0f3a6b", "#12427a", "#164c8a", "#1a5799", "#1f63a9", "#2a70b8"), "#d6e8ff", "#0b2c55"),
    "ember": (("#160b12", "#2b0f1c", "#571a24", "#97311f", "#d9652a", "#ffc36b"), "#ffdca0", "#0d0a14"),
    "neon": (("#060913", "#081022", "#0a1733", "#0d2048", "#112a5c", "#183a78"), "#35f2d0", "#03050b"),
    "sage": (("#2f4a3c", "#47654f", "#6b8765", "#98a97f", "#c9cda2", "#f2edd3"), "#22382c", "#274452"),
    "coral": (("#fbe9df", "#f7cdbb", "#f0a58f", "#e0796a", "#b94e57", "#7d2f4a"), "#5b1f38", "#f6f2ea"),
    "glacier": (("#0c2f4f", "#1d5579", "#4387a6", "#86b9cc", "#c8e1e6", "#ffffff"), "#0f3a57", "#071c33"),
    "mono": (("#f3f1ea", "#e7e4da", "#dad6ca", "#cbc6b8", "#bbb5a5", "#aaa392"), "#26241f", "#d5dde0"),
    "desert": (("#f1dfb8", "#eac98f", "#dfa96a", "#c9814c", "#a65b3a", "#6d3a2e"), "#4f271c", "#7fb3a8"),
}


def paint(size_px: tuple[int, int], look: dict[str, Any], rng: Generator) -> Image.Image:
    """Land, then a printed map or a stack of cut sheets."""
    width, height = size_px
    land = _land(width, height, look, rng)
    tints, line, water = PALETTES[look.get("palette", "survey")]
    colours = [colour_of(c) for c in tints]
    if look.get("way", "map") == "cut":
        sheet = _cut(land, colours, colour_of(water), look)
    else:
        sheet = _map(land, colours, colour_of(line), colour_of(water), look, rng)
    if look.get("frame", True):
        sheet = _framed(sheet, colour_of(line), colours, rng)
    tone = clouds(rng, width, height, 5, 2, 0.8) * np.float32(0.013)
    return printed(sheet * (1 + tone)[..., None], rng, grain=2.2, corners=0.1)


def _land(width: int, height: int, look: dict[str, Any], rng: Generator) -> Floats:
    """Heights from about 0 to 1: warped fractal noise, higher about a few summits."""
    columns, rows = width // 3 + 1, height // 3 + 1
    unit = min(columns, rows)
    base = clouds(rng, columns, rows, unit * look.get("scale", 0.4), 5, look.get("rough", 0.4))
    warp = clouds(rng, columns, rows, unit * 0.5, 3)
    x, y = axes(columns, rows)
    for _ in range(look.get("summits", 2)):
        at = rng.uniform(0.2, 0.8, 2) * (columns, rows)
        away = np.sqrt((x - at[0]) ** 2 + (y - at[1]) ** 2) / np.float32(unit * rng.uniform(0.2, 0.42))
        base = base + np.exp(-(away**2) * np.clip(1 + 0.3 * warp, 0.5, 2)) * np.float32(rng.uniform(1.2, 2.2))
    if look.get("river"):
        bed = np.abs(clouds(rng, columns, rows, unit * 0.8, 3, 0.4))
        base = base - np.exp(-bed * 5) * np.float32(1.2)
    low, high = np.percentile(base, (1.5, 99.6))
    base = resized(((base - low) / (high - low)).astype(np.float32), width + 2, height + 2)
    return base[:height, :width]


def _shade(land: Floats, strength: float) -> Floats:
    """Hill shading from the upper left."""
    down, across = np.gradient(land)
    lean = (across + down) * np.float32(min(land.shape) * 0.16 * strength)
    values: Floats = (1 + np.tanh(lean) * np.float32(0.32)).astype(np.float32)
    return values


def _contours(land: Floats, count: int, width_px: float) -> Floats:
    """Cover of lines at even heights, each as wide everywhere."""
    levels = land * np.float32(count)
    down, across = np.gradient(levels)
    slope = np.maximum(np.hypot(down, across), 1e-4)
    away = np.abs(levels - np.round(levels)) / slope
    cover: Floats = np.clip(np.float32(width_px / 2 + 0.5) - away, 0, 1) * smoothstep(0.0015, 0.006, slope)
    return cover


def _map(
    land: Floats, colours: list[Floats], line: Floats, water: Floats, look: dict[str, Any], rng: Generator
) -> Floats:
    count = look.get("lines", 34)
    sea = np.float32(look.get("sea", 0.16))
    sheet = even_ramp(colours, np.clip((land - sea) / (1 - sea), 0, 1))
    sheet = sheet * _shade(land, look.get("relief", 1.0))[..., None]
    fine = _contours(land, count, 1.2) * np.float32(look.get("ink", 0.55))
    heavy = _contours(land, count / 5, 2.4) * np.float32(min(look.get("ink", 0.55) * 1.5, 1))
    inked = over(sheet, line, np.maximum(fine, heavy))
    wet = smoothstep(0.004, -0.004, land - sea)
    depth = _contours(land, count * 2, 1.0) * np.float32(0.3)
    lake = water * (1 - np.clip((sea - land) * 1.6, 0, 0.35))[..., None]
    picture = over(inked, over(lake, line, depth), wet)
    shore = _contours(land / sea, 1, 2.6) * (np.abs(land - sea) < 0.03)
    picture = over(picture, line, shore.astype(np.float32))
    if look.get("glow"):
        bright = line * np.maximum(fine, heavy)[..., None]
        picture = (
            picture
            + blurred(bright.astype(np.float32), 7) * np.float32(0.9)
            + blurred(bright.astype(np.float32), 28) * np.float32(0.6)
        )
    if look.get("route"):
        picture = _route(picture, land, colour_of(look["route"]), rng)
    return picture


def _route(picture: Floats, land: Floats, colour: Floats, rng: Generator) -> Floats:
    """A dashed path from edge to edge that keeps to easy ground, with its camps."""
    height, width = land.shape
    sheet = Sheet(width, height)
    y = float(rng.uniform(0.3, 0.7)) * height
    points = []
    for x in range(0, width, 14):
        options = np.clip(y + np.arange(-16, 17, 4), 20, height - 20)
        column = min(x + 14, width - 1)
        cost = np.abs(land[options.astype(int), column] - 0.45) * 60 + np.abs(options - y) * 0.12
        y = float(options[int(np.argmin(cost))])
        points.append((float(x), y))
    for number in range(0, len(points) - 2, 2):
        sheet.line(points[number : number + 2], 4.5)
    for share in (0.2, 0.5, 0.8):
        at = points[int(len(points) * share)]
        sheet.disc(at[0], at[1], 11)
    return over(picture, colour, sheet.read())


def _cut(land: Floats, colours: list[Floats], water: Floats, look: dict[str, Any]) -> Floats:
    """Sheets of paper cut along the contours, each with a shadow on the one below."""
    count = look.get("sheets", 9)
    picture = np.broadcast_to(water, (*land.shape, 3)).astype(np.float32)
    down, across = np.gradient(land)
    slope = np.maximum(np.hypot(down, across), 1e-5)
    for number in range(count):
        level = np.float32(0.08 + 0.86 * number / count)
        cover = np.clip((land - level) / slope + np.float32(0.5), 0, 1)
        shadow = shifted(blurred(cover, 9), 11, 8)
        close = shifted(blurred(cover, 3), 3, 2)
        picture = picture * (1 - np.float32(0.3) * shadow - np.float32(0.16) * close)[..., None]
        tone = even_ramp(colours, np.array(number / max(count - 1, 1), dtype=np.float32))
        edge = np.clip(1 - np.abs((land - level) / slope - 1.2) / 1.4, 0, 1)
        picture = over(picture, tone, cover)
        picture = picture + (np.float32(0.07) * edge * cover)[..., None]
    return picture


def _framed(sheet: Floats, line: Floats, colours: list[Floats], rng: Generator) -> Floats:
    """The map's neat line with ticks, and the margin of the sheet."""
    height, width = sheet.shape[:2]
    margin = round(min(width, height) * 0.045)
    ground = mix(colours[0], np.ones(3, np.float32), 0.35) if colours[0].mean() > 0.5 else colours[0] * np.float32(0.75)
    ink = Sheet(width, height)
    inner = Sheet(width, height)
    inner.box(margin, margin, width - margin, height - margin)
    for inset, wide in ((margin * 0.62, 2.0), (margin, 3.0)):
        corners = [
            (inset, inset),
            (width - inset, inset),
            (width - inset, height - inset),
            (inset, height - inset),
            (inset, inset),
        ]
        ink.line(corners, wide)
    pitch = (width - 2 * margin) / 12
    for number in range(12):
        if number % 2:
            left = margin + number * pitch
            ink.box(left, margin * 0.62, left + pitch, margin)
            ink.box(left, height - margin, left + pitch, height - margin * 0.62)
    rows = max(4, round((height - 2 * margin) / pitch))
    step = (height - 2 * margin) / rows
    for number in range(rows):
        if number % 2:
            top = margin + number * step
            ink.box(margin * 0.62, top, margin, top + step)
            ink.box(width - margin, top, width - margin * 0.62, top + step)
    framed = over(np.broadcast_to(ground, sheet.shape).astype(np.float32), sheet, inner.read())
    return over(framed, line, ink.read() * np.float32(0.85))
