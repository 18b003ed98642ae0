"""Landscapes in large pixels: harbour, forest camp, lake, desert, reef, snow, volcano."""

from typing import Any

import numpy as np

from resources.sample_collection.genres.pixels.canvas import PixelCanvas

_BOAT = ("    l    ", "   sl    ", "  ssl s  ", " sssl ss ", "ssssl sss", "    l    ", "hhhhhhhhh", " hhhhhhh ")
_CAMEL = ("  b      ", " bbb  bb ", " bbb bb  ", "bbbbbb   ", "b bbbb   ", "  b  b   ", "  b  b   ")
_FIRE = ("  y  ", " yr  ", " yor ", " yoor", "royor", "bbbbb")
_SITTER = (" hh ", " hh ", "cccc", "cccc", "cccb", "bbbb")
_FISH = (" oo  o", "ooyooo", " oo  o")


def harbour(c: PixelCanvas, look: dict[str, Any]) -> None:
    """Houses on a quay at dusk, their windows in the water."""
    horizon = int(c.height * 0.62)
    c.ramp(c.all(), ("#1a1446", "#3b2168", "#7a2f7c", "#c9496e", "#f58a5c", "#ffd07a"), c.y / horizon)
    c.stars(horizon // 2, 40, ("#6a5aa8", "#b9a8e8", "#fff3d6"))
    c.fill(c.disc(c.width * 0.7, horizon - 14, 13), "#ffe9a8")
    c.clouds(horizon * 0.5, 4, ("#7a2f7c", "#c9496e", "#ff9d76"))
    hills, line = c.land(horizon - 10, 8, 40)
    c.ramp(hills & (c.y < horizon), ("#4a2566", "#331a52"), (c.y - line[None]) / 16)
    x = -2.0
    while x < c.width:
        wide, tall = int(c.rng.integers(11, 20)), int(c.rng.integers(16, 38))
        wall = str(c.rng.choice(["#2b1a44", "#3a1f4d", "#24204f", "#44234a"]))
        c.box(x, horizon - tall, wide, tall, wall)
        c.fill(
            c.polygon(
                [(x - 1, horizon - tall), (x + wide, horizon - tall), (x + wide / 2, horizon - tall - wide * 0.55)]
            ),
            "#1a1233",
        )
        for wy in range(horizon - tall + 4, horizon - 4, 6):
            for wx in range(int(x) + 2, int(x) + wide - 3, 5):
                lit = c.rng.random() < 0.6
                c.box(wx, wy, 2, 3, "#ffd36b" if lit else "#1d1438")
        x += wide + int(c.rng.integers(-1, 3))
    c.box(0, horizon - 2, c.width, 2, "#120c26")
    c.mirror(horizon, "#1d1548", 0.34, 2.2)
    for number in range(3):
        x = c.width * (0.16 + 0.3 * number) + float(c.rng.uniform(-6, 6))
        c.sprite(x, horizon + 9 + 9 * number, _BOAT, {"l": "#1a1233", "s": "#f6e3c5", "h": "#5b2440"})


def camp(c: PixelCanvas, look: dict[str, Any]) -> None:
    """A fire among tall firs under the stars."""
    ground = int(c.height * 0.8)
    c.ramp(c.all(), ("#050816", "#0a1230", "#122052", "#1f3a72", "#3b6a8f"), c.y / ground)
    c.stars(ground - 30, 130, ("#39507f", "#8fb0d8", "#ffffff"))
    c.fill(c.disc(c.width * 0.22, c.height * 0.18, 9), "#f3f0d2")
    c.fill(c.disc(c.width * 0.22 + 4, c.height * 0.18 - 2, 8), "#122052")
    far, line = c.land(ground * 0.72, 9, 36)
    c.ramp(far, ("#173056", "#0f2344"), (c.y - line[None]) / 26)
    for layer, (dark, lit) in enumerate((("#0e2540", "#153355"), ("#0a1b2e", "#10283f"), ("#060f1c", "#0c1b2b"))):
        for _ in range(15 - 3 * layer):
            x = float(c.rng.uniform(0, c.width))
            if layer == 2 and abs(x - c.width * 0.55) < c.width * 0.24:
                continue
            c.conifer(x, ground + layer * 2, int(c.rng.integers(24, 38)) + layer * 12, dark, lit)
    floor = c.y >= ground
    fire = (c.width * 0.55, ground + 5.0)
    away = np.sqrt((c.x - fire[0]) ** 2 + ((c.y - fire[1]) * 2.2) ** 2)
    c.ramp(np.broadcast_to(floor, away.shape), ("#ff9d3d", "#b3552b", "#5a2f2a", "#1d1c26", "#0a1018"), away / 62)
    c.fill(c.polygon([(fire[0] + 14, ground + 3), (fire[0] + 40, ground + 3), (fire[0] + 27, ground - 18)]), "#7a3b2a")
    c.fill(c.polygon([(fire[0] + 14, ground + 3), (fire[0] + 27, ground + 3), (fire[0] + 27, ground - 18)]), "#c9652f")
    c.fill(c.polygon([(fire[0] + 20, ground + 3), (fire[0] + 26, ground + 3), (fire[0] + 25, ground - 9)]), "#2a1520")
    c.sprite(fire[0] - 2, fire[1], _FIRE, {"y": "#fff0a0", "o": "#ffb23d", "r": "#f2542d", "b": "#3a1d14"})
    c.sprite(fire[0] - 15, fire[1] + 1, _SITTER, {"h": "#e8b48a", "c": "#b3443a", "b": "#2a1a2a"})
    for _ in range(22):
        c.dot(
            fire[0] + float(c.rng.normal(0, 5)),
            fire[1] - 8 - float(c.rng.gamma(2, 8)),
            str(c.rng.choice(["#ffb23d", "#f2542d"])),
        )


def lake(c: PixelCanvas, look: dict[str, Any]) -> None:
    """Snow peaks and firs, twice, once upside down."""
    shore = int(c.height * 0.58)
    c.ramp(c.all(), ("#2b5fa8", "#4f8fd0", "#8fc3ea", "#d5ecf2", "#fdf1d8"), c.y / shore)
    c.clouds(shore * 0.3, 5, ("#a9cbe6", "#dcecf5", "#ffffff"))
    for tall, base, tones in (
        (58, 0.62, ("#ffffff", "#b9cfe8", "#7f9cc4", "#5f7fae")),
        (40, 0.8, ("#f2f7ff", "#8fa9cf", "#4f6f9f", "#3d5a88")),
    ):
        mask, line = c.land(shore * base, tall, 42, 5)
        slope = np.sign(np.gradient(line))[None, :] * 0.22
        c.ramp(mask & (c.y < shore), tones, (c.y - line[None]) / 34 + slope)
    woods, line = c.land(shore - 8, 4, 20)
    c.ramp(woods & (c.y < shore), ("#2f6b4a", "#1f4f3a", "#173f30"), (c.y - line[None]) / 12)
    for _ in range(46):
        c.conifer(float(c.rng.uniform(0, c.width)), shore - 2, int(c.rng.integers(8, 20)), "#163d2e", "#2a6a48")
    c.mirror(shore, "#2f6fae", 0.3, 1.6)
    for _ in range(40):
        x, y = float(c.rng.uniform(0, c.width)), shore + float(c.rng.random() ** 1.5) * (c.height - shore)
        c.box(x, y, int(c.rng.integers(2, 9)), 1, "#bfe0f0")
    c.sprite(c.width * 0.62, shore + 17, _BOAT, {"l": "#3a2a22", "s": "#fff6e0", "h": "#a8452f"})


def desert(c: PixelCanvas, look: dict[str, Any]) -> None:
    """Pyramids, dunes and a caravan under a low sun."""
    horizon = int(c.height * 0.6)
    c.ramp(c.all(), ("#33246b", "#7a3a86", "#d9587a", "#ff9461", "#ffd27a", "#fff0b8"), c.y / horizon)
    c.fill(c.disc(c.width * 0.34, horizon - 16, 15), "#fff6c9")
    for x, size in ((0.62, 40), (0.82, 28), (0.48, 18)):
        at = c.width * x
        c.ramp(
            c.polygon([(at - size, horizon + 1), (at, horizon - size * 0.95), (at + size, horizon + 1)]),
            ("#f2a65a", "#d9824a"),
            (c.y - horizon + size) / size,
        )
        c.ramp(
            c.polygon([(at + size * 0.15, horizon + 1), (at, horizon - size * 0.95), (at + size, horizon + 1)]),
            ("#8a4560", "#6a3456"),
            (c.y - horizon + size) / size,
        )
    for number, tones in enumerate(
        (("#ffcf87", "#e8985a", "#b3634f"), ("#ffbf74", "#d67f4e", "#8f4a4d"), ("#f2a660", "#b3603f", "#66344a"))
    ):
        mask, line = c.land(horizon + 5 + number * (c.height - horizon) * 0.3, 6 + 2 * number, 60, 2)
        slope = np.gradient(line)[None, :]
        c.ramp(mask, tones, (c.y - line[None]) / 44 + slope * 1.3)
        if number == 1:
            for k in range(5):
                x = int(c.width * 0.2 + k * 13)
                c.sprite(x, line[min(x + 4, c.width - 1)] + 1, _CAMEL, {"b": "#3d1f3a"})


def reef(c: PixelCanvas, look: dict[str, Any]) -> None:
    """Under water: shafts of light, coral, weeds, fish in schools."""
    floor = int(c.height * 0.8)
    shafts = 0.10 * np.sin((c.x + c.y * 0.5) * 0.16) + 0.06 * np.sin((c.x + c.y * 0.5) * 0.37)
    c.ramp(
        c.all(),
        ("#9ff2e6", "#3dc7cf", "#1f8fb8", "#185f9c", "#123a78", "#0c1f4f"),
        c.y / c.height * 1.1 + shafts * (1 - c.y / c.height),
    )
    rock, line = c.land(floor - 14, 12, 34)
    c.ramp(rock, ("#27508f", "#1c3a72", "#142a58"), (c.y - line[None]) / 20)
    sand, line = c.land(floor, 4, 50, 2)
    c.ramp(sand, ("#f2d9a0", "#cfa777", "#8f6f78"), (c.y - line[None]) / 26)
    for _ in range(26):
        x, foot = float(c.rng.uniform(0, c.width)), floor + float(c.rng.uniform(-2, 16))
        colour = str(c.rng.choice(["#ff5f7a", "#ff9d4d", "#e24da0", "#ffd34d", "#9d5fe0"]))
        kind = c.rng.random()
        if kind < 0.4:
            for k in range(int(c.rng.integers(8, 26))):
                c.box(x + round(2 * np.sin(k * 0.5 + x)), foot - k, 2, 1, str(c.rng.choice(["#2fae6b", "#1f8a5a"])))
        elif kind < 0.75:
            for angle in np.linspace(-2.7, -0.45, 7):
                for k in range(int(c.rng.integers(5, 13))):
                    c.dot(x + np.cos(angle) * k, foot + np.sin(angle) * k, colour)
        else:
            c.fill(c.disc(x, foot, float(c.rng.uniform(3, 6))) & (c.y <= foot), colour)
            for k in (-2, 0, 2):
                c.dot(x + k, foot - 2, "#fff0d0")
    for _ in range(4):
        at = c.rng.uniform(0.1, 0.85, 2) * (c.width, floor * 0.8)
        tint = str(c.rng.choice(["#ffb23d", "#ff6f5e", "#ffe66d", "#f2f2ff"]))
        for _ in range(6):
            c.sprite(
                at[0] + float(c.rng.normal(0, 10)),
                at[1] + float(c.rng.normal(0, 6)),
                _FISH,
                {"o": tint, "y": "#1a2040"},
            )
    for _ in range(40):
        c.dot(float(c.rng.uniform(0, c.width)), float(c.rng.uniform(0, floor)), "#d5fff5")


def snow(c: PixelCanvas, look: dict[str, Any]) -> None:
    """A cabin with lit windows in a snowy wood, and snow in the air."""
    ground = int(c.height * 0.72)
    c.ramp(c.all(), ("#141a3d", "#22305f", "#3d4f86", "#6f7fb0", "#b9b3cf"), c.y / ground)
    c.stars(ground // 2, 46, ("#5f70a8", "#c9d4f2"))
    for base, tones in ((0.8, ("#dfe6f5", "#8f9fc9", "#5a6a9f")), (0.92, ("#c9d4ea", "#6f80b0", "#45548a"))):
        mask, line = c.land(ground * base, 14, 40)
        c.ramp(mask & (c.y < ground + 4), tones, (c.y - line[None]) / 24)
    for _ in range(26):
        c.conifer(
            float(c.rng.uniform(0, c.width)), ground + 2, int(c.rng.integers(16, 34)), "#1a2a4a", "#27406a", "#e8eefa"
        )
    drift, line = c.land(ground + 3, 3, 44, 2)
    c.ramp(drift, ("#ffffff", "#dfe6f7", "#b3c0e0", "#8f9dc9"), (c.y - line[None]) / 40)
    x, y = c.width * 0.56, ground + 8
    c.box(x, y - 18, 36, 18, "#5a3428")
    for row in range(0, 18, 3):
        c.box(x, y - 18 + row, 36, 1, "#44261f")
    c.fill(c.polygon([(x - 5, y - 17), (x + 40, y - 17), (x + 28, y - 33), (x + 8, y - 33)]), "#f2f5ff")
    c.ramp(
        c.polygon([(x - 5, y - 17), (x + 40, y - 17), (x + 37, y - 21), (x - 2, y - 21)]),
        ("#b3c0e0", "#dfe6f7"),
        c.x * 0 + 0.5 + c.y * 0,
    )
    c.box(x + 27, y - 40, 5, 9, "#6f4a40")
    for wx in (4, 25):
        c.box(x + wx, y - 13, 7, 7, "#ffd36b")
        c.box(x + wx + 3, y - 13, 1, 7, "#8a4a2a")
    c.box(x + 15, y - 13, 6, 13, "#33190f")
    glow = np.sqrt((c.x - x - 18) ** 2 + ((c.y - y - 3) * 2.4) ** 2)
    c.ramp((glow < 34) & (c.y > y), ("#ffe0a0", "#f5e6d8", "#dfe6f7"), glow / 34)
    for k in range(14):
        c.box(x + 28 + round(3 * np.sin(k * 0.6)) + k // 3, y - 42 - k * 2, 3, 2, "#8f97bd")
    c.stars(c.height, 150, ("#ffffff", "#dfe6f7"))


def volcano(c: PixelCanvas, look: dict[str, Any]) -> None:
    """A burning mountain over black shores."""
    shore = int(c.height * 0.74)
    c.ramp(c.all(), ("#0a0612", "#1d0a22", "#4a0f2e", "#8f1f2d", "#d9482b"), c.y / shore)
    c.stars(shore // 2, 40, ("#5a2a44", "#d98a7a"))
    x, top = c.width * 0.52, c.height * 0.24
    cone = c.polygon([(x - 70, shore), (x - 9, top), (x + 9, top), (x + 78, shore)])
    c.ramp(cone, ("#5a2230", "#2d1220", "#150a16"), (c.x - x + 60) / 120)
    for _ in range(9):
        at, y = x + float(c.rng.uniform(-7, 7)), top
        drift = float(c.rng.uniform(-0.75, 0.75))
        for _ in range(int(c.rng.integers(20, 70))):
            c.box(at, y, 2 if c.rng.random() < 0.6 else 1, 1, str(c.rng.choice(["#ffe066", "#ff9d2e", "#f2451f"])))
            y += 1
            at += drift + float(c.rng.choice([-1, 0, 0, 1]))
    for _ in range(46):
        angle, reach = float(c.rng.uniform(-2.4, -0.75)), float(c.rng.gamma(3, 7))
        c.dot(x + np.cos(angle) * reach, top + np.sin(angle) * reach, str(c.rng.choice(["#ffe066", "#ff9d2e"])))
    for k in range(13):
        puff = (x + (k - 3) * 5 + float(c.rng.uniform(-4, 4)), top - 8 - k * 2.2)
        c.ramp(
            c.disc(*puff, 6 + k * 0.7),
            ("#2a1020", "#5a1f2d", "#a83a2d"),
            1 - (c.y - puff[1] + 8) / 20 + c.x * 0 - (puff[1] < top - 20) * 0.2,
        )
    land, line = c.land(shore, 4, 26)
    c.ramp(land, ("#2a0f1c", "#12070f"), (c.y - line[None]) / 10)
    c.mirror(shore + 5, "#1d0714", 0.3, 2.4)
