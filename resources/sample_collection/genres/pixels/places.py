"""Places and machines in large pixels: castle, night train, starship, dungeon, window cat."""

from typing import Any

import numpy as np

from resources.sample_collection.genres.pixels.canvas import PixelCanvas

_CAT = (
    "k   k       ",
    "kk kk       ",
    "kkkkk       ",
    "kykyk       ",
    "kkkkk     kk",
    " kkkkk     k",
    " kkkkkk    k",
    " kkkkkkk  kk",
    " kkkkkkkkkk ",
    " k kkkkkkk  ",
    " k kkk kk   ",
)
_KNIGHT = (" ss ", " sg ", "rsss", "rsssw", "rsssw", " s s", " s s")
_SHIP = (
    "      ww          ",
    "    wwwwww        ",
    "  ggggggggggg     ",
    " ggbbggggggggggg  ",
    "ggbbbgggggggggggro",
    " gggggggggggggggro",
    "   dddddddddddd   ",
    "     dd   dd      ",
)


def castle(c: PixelCanvas, look: dict[str, Any]) -> None:
    """Towers on a rock before a great moon."""
    c.ramp(c.all(), ("#0d1038", "#1f1f5c", "#3f2f86", "#7a4aa0", "#c97aa8"), c.y / c.height * 1.1)
    c.stars(int(c.height * 0.6), 110, ("#5a5aa8", "#b9b3f0", "#ffffff"))
    _great_moon(c)
    c.clouds(c.height * 0.55, 5, ("#3f2f86", "#6a4596", "#a86aa8"))
    rock = c.polygon(
        [
            (c.width * 0.2, c.height),
            (c.width * 0.36, c.height * 0.66),
            (c.width * 0.72, c.height * 0.64),
            (c.width * 0.9, c.height),
        ]
    )
    c.ramp(rock, ("#3a2a5f", "#241a44", "#160f2e"), (c.y - c.height * 0.62) / 40 + ((c.x * 7 + c.y * 3) % 11) / 40)
    for x, wide, tall, roof in (
        (0.36, 11, 34, True),
        (0.45, 20, 26, False),
        (0.5, 11, 56, True),
        (0.58, 22, 30, False),
        (0.67, 10, 42, True),
    ):
        _tower(c, int(c.width * x), wide, tall, roof)
    for base, tones in ((0.86, ("#1f2a5a", "#141c44")), (0.94, ("#121a3a", "#0a1026"))):
        mask, line = c.land(c.height * base, 5, 24)
        c.ramp(mask, tones, (c.y - line[None]) / 14)
    for _ in range(24):
        c.conifer(float(c.rng.uniform(0, c.width)), c.height * 0.95, int(c.rng.integers(8, 18)), "#0a1026", "#162048")


def _great_moon(c: PixelCanvas) -> None:
    x, y = c.width * 0.58, c.height * 0.36
    moon = c.disc(x, y, c.height * 0.2)
    c.ramp(moon, ("#fff6d9", "#f2dcae", "#d9b890"), ((c.x - c.width * 0.5) + (c.y - c.height * 0.3)) / 60)
    for _ in range(8):
        crater = c.disc(x + c.rng.normal(0, 9), y + c.rng.normal(0, 9), float(c.rng.uniform(1, 3)))
        c.fill(crater & moon, "#e3c79c")


def _tower(c: PixelCanvas, left: int, wide: int, tall: int, roof: bool) -> None:
    foot = int(c.height * 0.68)
    top, right, middle = foot - tall, left + wide, left + wide // 2
    across = (c.x - left) / wide
    wall = c.polygon([(left, foot), (left, top), (right, top), (right, foot)])
    c.ramp(wall, ("#6a5290", "#453270", "#2d1f54"), across)
    if roof:
        tip = top - wide * 1.5
        c.ramp(c.polygon([(left - 2, top), (right + 2, top), (left + wide / 2, tip)]), ("#c9486a", "#7a2452"), across)
        c.box(middle, tip - 7, 1, 7, "#160f2e")
        c.box(middle + 1, tip - 7, 5, 3, "#ffd34d")
    else:
        for k in range(left, right, 4):
            c.box(k, top - 3, 2, 3, "#453270")
    for y in range(top + 6, foot - 6, 9):
        c.box(middle - 1, y, 2, 4, "#ffd36b" if c.rng.random() < 0.7 else "#1d1438")


def train(c: PixelCanvas, look: dict[str, Any]) -> None:
    """A lit night train on a viaduct, hills and a river below."""
    deck = int(c.height * 0.6)
    c.ramp(c.all(), ("#0b1a3a", "#123a5f", "#1f6a80", "#5fa8a0", "#f2d6a0"), c.y / c.height)
    c.stars(deck // 2, 60, ("#3f6a8f", "#d5f0f2"))
    c.fill(c.disc(c.width * 0.82, c.height * 0.2, 8), "#fff3cf")
    for base, tones in ((0.62, ("#1f5a70", "#174a62")), (0.74, ("#154258", "#0f3248")), (0.86, ("#0d2a3d", "#081c2c"))):
        mask, line = c.land(c.height * base, 12, 46)
        c.ramp(mask, tones, (c.y - line[None]) / 30)
    c.mirror(int(c.height * 0.9), "#0a2436", 0.3, 2)
    c.box(0, deck, c.width, 5, "#3a2a33")
    c.box(0, deck, c.width, 1, "#7a5a58")
    for x in range(6, c.width, 26):
        c.box(x, deck + 5, 7, c.height, "#33242e")
        c.box(x, deck + 5, 2, c.height, "#5a4148")
        arch = c.disc(x + 16, deck + 15, 11) & (c.y < deck + 15) & (c.y > deck + 4)
        lintel = (c.y > deck + 4) & (c.y < deck + 15) & (c.x > x + 6) & (c.x < x + 26)
        c.fill(lintel & ~arch, "#33242e")
    x = int(c.width * 0.06)
    for number in range(5):
        wide = 26 if number < 4 else 20
        c.box(x, deck - 12, wide, 10, "#b3342f" if number < 4 else "#d9a441")
        c.box(x, deck - 13, wide, 1, "#e8d9c0")
        for wx in range(x + 2, x + wide - 3, 5):
            c.box(wx, deck - 10, 3, 4, "#fff0a8")
        for wx in (x + 3, x + wide - 6):
            c.box(wx, deck - 2, 4, 2, "#1a1218")
        x += wide + 1
    c.box(x - 5, deck - 18, 3, 5, "#2a1c22")
    for k in range(20):
        c.ramp(
            c.disc(x - 8 - k * 5, deck - 21 - k * 0.7 + 2 * np.sin(k), 2 + k * 0.22),
            ("#e8f0ea", "#9fb8ba"),
            (c.y - deck + 26) / 12 + c.x * 0,
        )
    beam = c.polygon([(x, deck - 7), (c.width, deck - 20), (c.width, deck + 1)])
    checked = ((c.x + c.y) % 2 == 0) & beam
    c.fill(checked, "#f7e6a8")


def starship(c: PixelCanvas, look: dict[str, Any]) -> None:
    """A small ship over a ringed planet."""
    drift = np.sin(c.x * 0.03 + c.y * 0.02) + np.sin(c.x * 0.07 - c.y * 0.05 + 2) * 0.5
    c.ramp(c.all(), ("#05040f", "#0c0824", "#1d0f45", "#451a6a", "#7a2a80"), 0.32 + drift * 0.22 - c.y / c.height * 0.1)
    c.stars(c.height, 260, ("#4a3f8f", "#9f8fe0", "#ffffff"))
    x, y, radius = c.width * 0.64, c.height * 0.6, c.height * 0.27
    back = np.abs(np.sqrt(((c.x - x) / 1.9) ** 2 + ((c.y - y - (c.x - x) * 0.22) / 0.42) ** 2) - radius) < radius * 0.13
    c.ramp(back & (c.y < y + (c.x - x) * 0.22), ("#ffd9a0", "#d98a7a"), (c.x - x + 70) / 140)
    planet = c.disc(x, y, radius)
    bands = 0.10 * np.sin((c.y - (c.x - x) * 0.22) * 0.42) + 0.05 * np.sin((c.y - (c.x - x) * 0.22) * 0.9 + 1)
    c.ramp(
        planet,
        ("#ffe3b0", "#ff9d6b", "#d94f70", "#7a2a70", "#2a1245"),
        ((c.x - x) + (c.y - y)) / (radius * 2.6) + 0.42 + bands,
    )
    c.ramp(back & (c.y >= y + (c.x - x) * 0.22), ("#fff0c9", "#ffc08a", "#b3607a"), (c.x - x + 70) / 140)
    c.ramp(
        c.disc(c.width * 0.2, c.height * 0.22, 9),
        ("#d5f2ff", "#6fa8d9", "#23406f"),
        (c.x - c.width * 0.2 + c.y - c.height * 0.22) / 22 + 0.5,
    )
    at = (c.width * 0.16, c.height * 0.6)
    c.sprite(
        *at, _SHIP, {"w": "#f2f5ff", "g": "#a8b3d0", "b": "#35d6ff", "d": "#4a5480", "r": "#ff5e5e", "o": "#ffd34d"}
    )
    for k in range(26):
        for row in (-3, -4):
            c.dot(
                at[0] + 18 + k,
                at[1] + row,
                "#ffe9a0" if k < 6 else "#ff8a3d" if c.rng.random() < 1 - k / 26 else "#1d0f45",
            )


def dungeon(c: PixelCanvas, look: dict[str, Any]) -> None:
    """A brick hall in perspective, torches, a knight before a door of light."""
    x0, y0 = c.width * 0.5, c.height * 0.46
    u, v = (c.x - x0) / (c.width / 2), (c.y - y0) / (c.height / 2)
    reach = np.maximum(np.abs(u), np.abs(v) * 1.05) + 0.001
    depth = 1 / np.maximum(reach, 0.16)
    side = np.abs(u) >= np.abs(v) * 1.05
    along = np.floor(depth * 5)
    across = np.where(side, v, u) * depth
    course = np.floor(across * 5.5)
    brick = (np.abs((depth * 5) % 1 - 0.5) > 0.42) | (np.abs((across * 5.5 + 0.0) % 1 - 0.5) > 0.41)
    tint = ((along * 7 + course * 13) % 5) / 5 * 0.16
    torch = np.exp(-((np.minimum(np.abs(depth - 1.6), np.abs(depth - 3.0))) ** 2) * 2.4) * (side | (v < 0))
    lit = np.clip(0.15 + 0.62 * torch + tint - 0.05 * depth, 0, 1)
    c.ramp(c.all(), ("#07060d", "#15122a", "#2a2148", "#54386a", "#94587a", "#e09a6a"), lit)
    c.fill(brick & (reach > 0.17), "#0b0916")
    door = (reach < 0.165) & (v < 0.16)
    c.ramp(door, ("#fff6c9", "#9df2e0", "#35a8c9"), np.sqrt(u * u + v * v) / 0.16)
    floor = (v > 0.2) & ~side
    glow = np.exp(-(u**2) * 40) * np.clip(1 - (v - 0.16), 0, 1)
    c.ramp(floor & (glow > 0.16), ("#2a3a5f", "#4a86a0", "#9fe8dc"), glow)
    for place in (1.6, 3.0):
        for sign in (-1, 1):
            x, y = x0 + sign * c.width / 2 / place, y0 - c.height * 0.12 / place
            size = 9 / place
            c.box(x - 1, y, 2, size, "#3a2418")
            c.fill(c.disc(x, y - size * 0.35, size * 0.62), "#f2652d")
            c.fill(c.disc(x, y - size * 0.25, size * 0.36), "#ffe066")
    c.sprite(x0 - 2, y0 + c.height * 0.2, _KNIGHT, {"s": "#1a1a33", "g": "#9fe8dc", "r": "#8f2438", "w": "#d5f2ff"})


def window(c: PixelCanvas, look: dict[str, Any]) -> None:
    """A cat on a sill, the rainy town outside, plants and books within."""
    left, top, right, bottom = int(c.width * 0.14), int(c.height * 0.1), int(c.width * 0.86), int(c.height * 0.72)
    c.ramp(c.all(), ("#4a2a44", "#3a2038", "#2a1830"), c.y / c.height)
    _rainy_town(c, left, top, right, bottom)
    _window_frame(c, left, top, right, bottom)
    large = [row for row in ("".join(letter * 2 for letter in line) for line in _CAT) for _ in range(2)]
    c.sprite(c.width * 0.28, bottom - 1, large, {"k": "#14101f", "y": "#ffe066"})
    _plant(c, int(c.width * 0.7), bottom)
    _books(c, left - 6)


def _rainy_town(c: PixelCanvas, left: int, top: int, right: int, bottom: int) -> None:
    pane = (c.x >= left) & (c.x < right) & (c.y >= top) & (c.y < bottom)
    c.ramp(pane, ("#141a44", "#25306a", "#45508f", "#8f7aa8", "#e0a08f"), (c.y - top) / (bottom - top))
    for layer, wall in enumerate(("#3a4580", "#283066", "#1a1f4a")):
        x = left - 4
        while x < right:
            wide, tall = int(c.rng.integers(9, 20)), int(c.rng.integers(14, 44)) - layer * 6
            c.fill((c.x >= x) & (c.x < x + wide) & (c.y >= bottom - tall) & pane, wall)
            for wy in range(bottom - tall + 3, bottom - 3, 5):
                for wx in range(x + 2, x + wide - 2, 4):
                    if left <= wx < right - 1 and c.rng.random() < 0.4:
                        c.box(wx, wy, 2, 2, str(c.rng.choice(["#ffd36b", "#ff9d6b", "#8fd6ff"])))
            x += wide + 1
    for _ in range(110):
        x, y = int(c.rng.integers(left, right)), int(c.rng.integers(top, bottom - 3))
        c.box(x, y, 1, 3, "#8fa0d9")


def _window_frame(c: PixelCanvas, left: int, top: int, right: int, bottom: int) -> None:
    frame = "#7a4a3a"
    c.box(left - 4, top - 4, right - left + 8, 4, frame)
    c.box(left - 4, top - 4, 4, bottom - top + 4, frame)
    c.box(right, top - 4, 4, bottom - top + 4, frame)
    c.box((left + right) // 2 - 1, top, 3, bottom - top, frame)
    c.box(left, (top + bottom) // 2 - 8, right - left, 2, frame)
    c.box(left - 10, bottom, right - left + 20, 5, "#a8694a")
    c.box(left - 10, bottom + 5, right - left + 20, 2, "#5a3028")


def _plant(c: PixelCanvas, pot: int, sill: int) -> None:
    c.box(pot, sill - 9, 11, 9, "#c9583a")
    c.box(pot - 1, sill - 11, 13, 3, "#e0744d")
    for angle in np.linspace(-2.8, -0.35, 11):
        for k in range(int(c.rng.integers(9, 20))):
            c.box(pot + 5 + np.cos(angle) * k, sill - 11 + np.sin(angle) * k, 2, 1, "#2f8a5a" if k % 3 else "#5fbf7a")


def _books(c: PixelCanvas, x: int) -> None:
    for _ in range(14):
        wide, tall = int(c.rng.integers(3, 6)), int(c.rng.integers(11, 18))
        back = str(c.rng.choice(["#b3443a", "#2f6a8f", "#d9a441", "#4a8a5f", "#8f5fa8"]))
        c.box(x, c.height - 3 - tall, wide, tall, back)
        c.box(x, c.height - 6 - tall // 2, wide, 1, "#f2e0b8")
        x += wide + (1 if c.rng.random() < 0.2 else 0)
    c.box(0, c.height - 3, c.width, 3, "#5a3028")
