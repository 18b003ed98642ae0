"""Marbled papers: drops of ink drawn with combs and styli; the bath is followed backwards from each pixel."""

from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image

from resources.sample_collection.darkroom import axes, printed
from resources.sample_collection.glow import blurred
from resources.sample_collection.noise import clouds, resized
from resources.sample_collection.palette import Floats
from resources.sample_collection.palette import paint as colour_of

INKS: dict[str, tuple[str, ...]] = {
    "florentine": ("#efe3cb", "#7a1f2b", "#1f3a5f", "#c99a3b", "#2b2b2b", "#e9d7b1"),
    "peacock": ("#0c3b4a", "#0f7d7e", "#e8c15a", "#f3ead2", "#1a2340", "#4fb6a0"),
    "rose": ("#f6e6e2", "#d98a94", "#8c2f4b", "#f2c5b0", "#5a1a33", "#fff6ee"),
    "storm": ("#e7e8e6", "#2c3742", "#7b8a94", "#0f151b", "#b9c3c7", "#4d5d68"),
    "citrus": ("#fff3d6", "#f28f1d", "#e4432d", "#f7c948", "#39664d", "#fffaf0"),
    "indigo": ("#f3efe4", "#1b2a6b", "#4a66b8", "#0d1536", "#a9bbe0", "#f7f3ea"),
    "malachite": ("#0d2b22", "#157a57", "#63c59a", "#e6efd9", "#083d2f", "#c9a94e"),
    "plum": ("#2a1533", "#7c3f8c", "#e0a8d8", "#f4e4c8", "#491f57", "#d6803b"),
}
_SPARE = 4
Inks = NDArray[np.integer[Any]]


def paint(size_px: tuple[int, int], look: dict[str, Any], rng: Generator) -> Image.Image:
    """Ink laid down, the bath drawn, the sheet lifted off."""
    width, height = size_px
    inks = [colour_of(c) for c in INKS[look.get("inks", "florentine")]]
    x, y = _followed_back(width, height, look, rng)
    index, edge = _ink_at(x, y, look, len(inks), rng)
    sheet = np.stack(inks)[index]
    tone = clouds(rng, width, height, 6, 2, 0.7) * np.float32(0.018)
    wash = resized(clouds(rng, width // 4, height // 4, 60, 4), width, height) * np.float32(0.025)
    sheet = sheet * (1 + tone + wash)[..., None] * (1 - np.float32(0.22) * edge)[..., None]
    softened = blurred(sheet.astype(np.float32), 0.65)
    return printed(softened, rng, grain=2.4, corners=0.12)


def _followed_back(width: int, height: int, look: dict[str, Any], rng: Generator) -> tuple[Floats, Floats]:
    """Where each pixel's ink lay before the bath was drawn, in units of the shorter side."""
    columns, rows = axes(width // _SPARE + 1, height // _SPARE + 1)
    unit = min(width, height) / _SPARE
    x = np.repeat(columns / np.float32(unit), rows.shape[0], axis=0)
    y = np.repeat(rows / np.float32(unit), columns.shape[1], axis=1)
    span = (width / unit / _SPARE, height / unit / _SPARE)
    x = x + clouds(rng, x.shape[1], x.shape[0], 90, 3) * np.float32(look.get("drift", 0.02))
    y = y + clouds(rng, x.shape[1], x.shape[0], 90, 3) * np.float32(look.get("drift", 0.02))
    for stroke in reversed(_strokes(look.get("pattern", "nonpareil"), span, rng)):
        x, y = stroke(x, y)
    return _grown(x, width, height), _grown(y, width, height)


def _grown(field: Floats, width: int, height: int) -> Floats:
    full = resized(field, field.shape[1] * _SPARE, field.shape[0] * _SPARE)
    return full[:height, :width]


def _comb(angle: float, pitch: float, reach: float, sharp: float, offset: float = 0.0, alternate: bool = False) -> Any:
    """Many parallel teeth drawn through the bath at once."""
    dx, dy = np.float32(np.cos(angle)), np.float32(np.sin(angle))

    def back(x: Floats, y: Floats) -> tuple[Floats, Floats]:
        across = (x * -dy + y * dx + np.float32(offset)) / np.float32(pitch)
        near = np.abs(across - np.floor(across + 0.5))
        pull = np.float32(reach) * np.exp(-near * np.float32(sharp))
        if alternate:
            pull = pull * np.where(np.floor(across + 0.5) % 2 == 0, 1, -1).astype(np.float32)
        return x - dx * pull, y - dy * pull

    return back


def _wave(angle: float, pitch: float, reach: float, phase: float) -> Any:
    """The whole bath drawn along a sine line."""
    dx, dy = np.float32(np.cos(angle)), np.float32(np.sin(angle))

    def back(x: Floats, y: Floats) -> tuple[Floats, Floats]:
        across = x * -dy + y * dx
        pull = np.float32(reach) * np.sin(across * np.float32(2 * np.pi / pitch) + np.float32(phase))
        return x - dx * pull, y - dy * pull

    return back


def _swirl(at_x: float, at_y: float, radius: float, turn: float) -> Any:
    """A stylus turned on the spot."""

    def back(x: Floats, y: Floats) -> tuple[Floats, Floats]:
        u, v = x - np.float32(at_x), y - np.float32(at_y)
        angle = -np.float32(turn) * np.exp(-np.hypot(u, v) / np.float32(radius))
        cos, sin = np.cos(angle), np.sin(angle)
        return np.float32(at_x) + u * cos - v * sin, np.float32(at_y) + u * sin + v * cos

    return back


def _strokes(pattern: str, span: tuple[float, float], rng: Generator) -> list[Any]:
    down, across = np.pi / 2, 0.0
    wide, tall = span
    if pattern == "nonpareil":
        return [_comb(across, 0.16, 0.22, 3.0, alternate=True), _comb(down, 0.055, 0.16, 3.4)]
    if pattern == "gelgit":
        return [_comb(across, 0.17, 0.30, 2.6, alternate=True), _comb(down, 0.2, 0.22, 2.6, 0.05, True)]
    if pattern == "peacock":
        base = [_comb(across, 0.15, 0.2, 3.0, alternate=True), _comb(down, 0.045, 0.12, 3.4)]
        return [*base, _wave(down, 0.34, 0.06, 0.0), _comb(down, 0.17, 0.16, 2.4), _wave(across, 0.4, 0.025, 0.6)]
    if pattern == "bouquet":
        return [
            _comb(down, 0.06, 0.14, 3.2),
            _comb(across, 0.21, 0.13, 2.2, alternate=True),
            _wave(down, 0.42, 0.09, 0.4),
        ]
    if pattern == "swirls":
        swirls = [
            _swirl(
                float(rng.uniform(0, wide)),
                float(rng.uniform(0, tall)),
                float(rng.uniform(0.08, 0.2)),
                float(rng.choice([-1, 1]) * rng.uniform(3, 7)),
            )
            for _ in range(int(9 * wide * tall))
        ]
        return [_comb(across, 0.2, 0.2, 2.6, alternate=True), *swirls]
    if pattern == "waves":
        return [
            _comb(down, 0.12, 0.2, 2.8),
            _wave(across, 0.7, 0.16, 0.8),
            _wave(down, 0.5, 0.1, 0.1),
            _wave(across, 0.2, 0.03, 0.0),
        ]
    if pattern == "stone":
        return [_wave(float(rng.uniform(0, 3)), 1.1, 0.07, 0.3), _wave(float(rng.uniform(0, 3)), 0.6, 0.03, 1.0)]
    return [
        _wave(0.4, 1.3, 0.16, 0.2),
        _wave(1.9, 0.8, 0.09, 1.4),
        *(
            _swirl(float(rng.uniform(0, wide)), float(rng.uniform(0, tall)), 0.22, float(rng.uniform(-2.2, 2.2)))
            for _ in range(5)
        ),
    ]


def _ink_at(x: Floats, y: Floats, look: dict[str, Any], inks: int, rng: Generator) -> tuple[Inks, Floats]:
    """Which ink lies at a place of the undrawn bath, and how near it is to the ink's edge."""
    if look.get("pattern", "nonpareil") == "suminagashi":
        return _rings(x, y, look, inks, rng)
    return _drops(x, y, look, inks, rng)


def _rings(x: Floats, y: Floats, look: dict[str, Any], inks: int, rng: Generator) -> tuple[Inks, Floats]:
    """Concentric rings around a few places where ink and clear water were set down in turn."""
    best = np.full_like(x, 1e9)
    for _ in range(look.get("centres", 4)):
        at = rng.uniform(0, 1, 2) * (float(x.max()), float(y.max()))
        best = np.minimum(
            best, np.hypot(x - np.float32(at[0]), y - np.float32(at[1])) + np.float32(rng.uniform(0, 0.15))
        )
    turn = best * np.float32(look.get("rings", 34)) + np.float32(0.25) * np.sin(x * 7) * np.cos(y * 6)
    whole = np.floor(turn)
    inside = turn - whole
    order = np.zeros(256, dtype=np.int32)
    order[1::2] = 1 + np.arange(128) % (inks - 1)
    index = order[whole.astype(np.int32) % 256]
    return index, np.clip(1 - np.minimum(inside, 1 - inside) / 0.12, 0, 1).astype(np.float32)


def _drops(x: Floats, y: Floats, look: dict[str, Any], inks: int, rng: Generator) -> tuple[Inks, Floats]:
    """Drops spread on a torus table of nearest drops; each drop shows rings of two inks."""
    side = 1536
    count = look.get("drops", 90)
    table = np.zeros((side, side), dtype=np.uint8)
    edge = np.zeros((side, side), dtype=np.float32)
    places = rng.uniform(0, side, (count * 5, 2))
    grow = 0.010 if look.get("pattern") == "stone" else 0.018
    sizes = np.sort(rng.gamma(2.2, side * grow, count * 5))[::-1] + 4
    for number, ((cx, cy), size) in enumerate(zip(places, sizes, strict=True)):
        reach = int(size * 1.25) + 2
        columns = (np.arange(int(cx) - reach, int(cx) + reach + 1)) % side
        rows = (np.arange(int(cy) - reach, int(cy) + reach + 1)) % side
        u = np.arange(-reach, reach + 1, dtype=np.float32)[None, :] / np.float32(size)
        v = np.arange(-reach, reach + 1, dtype=np.float32)[:, None] / np.float32(size)
        wobble = 1 + np.float32(0.12) * np.sin(np.arctan2(v, u) * 3 + np.float32(number))
        away = np.hypot(u, v) * wobble
        inside = away < 1
        block = np.ix_(rows, columns)
        ink = 1 + number % (inks - 1)
        inner = (away < 0.55) & (number % 3 == 0)
        table[block] = np.where(inside, np.where(inner, (ink + 2) % inks, ink), table[block])
        edge[block] = np.where(inside, np.clip((away - 0.86) / 0.14, 0, 1), edge[block])
    scale = np.float32(side / 1.4)
    across, down = (x * scale).astype(np.int32) % side, (y * scale).astype(np.int32) % side
    return table[down, across], edge[down, across]
