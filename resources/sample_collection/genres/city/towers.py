"""One building of a street: walls, floors of windows, a shop front, and the signs that hang from it."""

from typing import Any

import numpy as np
from numpy.random import Generator

from resources.sample_collection.genres.city.build import Build
from resources.sample_collection.genres.city.signs import flat_sign, hanging_sign
from resources.sample_collection.palette import Floats, light
from resources.sample_collection.perspective import haze

_WINDOWS = ("#ffd9a0", "#ffc27a", "#fff0d0", "#bfe3ff", "#ffe6b8", "#9fd0ff")
_WALLS = ("#1a2030", "#241c2c", "#16222a", "#2a2426", "#1c1c2a")
FLOOR_M = 3.4


def tower(
    build: Build,
    near: float,
    far: float,
    side: float,
    half: float,
    look: dict[str, Any],
    signs: list[Floats],
    air: Floats,
    reach_m: float,
    rng: Generator,
) -> None:
    """Add the building between two depths on one side of the street."""
    x = side * (half + (float(rng.uniform(0, 1.6)) if near > 8 else 0.6))
    tall = float(rng.uniform(0.45, 1.0)) ** 1.3 * look.get("tall_m", 95.0) + 12
    wall = light(str(rng.choice(_WALLS)), float(rng.uniform(0.8, 1.6)))
    start = max(near, 0.8)
    if far <= start:
        return
    fog = float(haze(max(near, 1.0), reach_m))
    far_fog = float(haze(far, reach_m))
    _face(build, x, side, near, tall, wall, air, fog, look, rng)
    _flank(build, x, start, far, tall, wall, air, (fog, far_fog), look, rng)
    _shop(build, x, side, start, far, signs, air, fog, rng)
    if near < 130:
        _signs(build, x, side, start, far, tall, half, look, signs, air, fog, rng)


def closing(build: Build, look: dict[str, Any], air: Floats, rng: Generator) -> None:
    """Towers far off that close the street, nearly lost in haze."""
    for z in (420.0, 330.0, 262.0):
        fog = float(haze(z, 260.0)) * 0.9
        wall = _hazed(light("#10141f"), air, fog)
        x = -90.0
        while x < 90:
            wide = float(rng.uniform(9, 20))
            tall = float(rng.uniform(0.35, 1.0)) * (look.get("tall_m", 95.0) + 40)
            corners = np.array([[[x, 0, z], [x + wide, 0, z], [x + wide, tall, z], [x, tall, z]]], dtype=np.float32)
            build.add(corners, np.zeros((1, 3), np.float32), wall[None])
            columns, floors = int(wide / 3.2), int(tall / 4.2)
            rows, cols = np.nonzero(rng.random((floors, columns)) < 0.3)
            if len(rows):
                left, low, depth = x + 0.8 + cols * 3.2, rows * 4.2 + 1.2, np.full(len(rows), z)
                corner = [(left, low), (left + 1.8, low), (left + 1.8, low + 2.2), (left, low + 2.2)]
                quads = np.stack([np.stack([a, b, depth], 1) for a, b in corner], axis=1).astype(np.float32)
                power = rng.uniform(0.2, 0.8, len(rows)).astype(np.float32)
                _windows(
                    build,
                    quads,
                    power,
                    rng.integers(0, len(_WINDOWS), len(rows)).astype(np.float32),
                    air,
                    np.full(len(rows), fog, np.float32),
                )
            x += wide * float(rng.uniform(1.0, 1.3))


def _dimmed(colour: Floats, fog: float) -> Floats:
    return (colour * np.float32(1 - fog)).astype(np.float32)


def _hazed(colour: Floats, air: Floats, fog: float) -> Floats:
    return (colour * np.float32(1 - fog) + air * np.float32(fog)).astype(np.float32)


def _grid(rng: Generator, floors: int, columns: int, share: float) -> tuple[Floats, Floats]:
    """Which windows are lit (floors, columns) and how brightly; whole floors are sometimes lit or dark."""
    mood = rng.uniform(0.25, 1.6, (floors, 1)) * share
    lit = rng.random((floors, columns)) < mood
    power = lit * rng.uniform(0.25, 1.0, (floors, columns)) ** 1.6
    tint = rng.integers(0, len(_WINDOWS), (floors, columns))
    return power.astype(np.float32), tint.astype(np.float32)


def _face(
    build: Build,
    x: float,
    side: float,
    z: float,
    tall: float,
    wall: Floats,
    air: Floats,
    fog: float,
    look: dict[str, Any],
    rng: Generator,
) -> None:
    """The wall that looks at the viewer, seen where the next building nearer is lower or set back."""
    if z < 4:
        return
    wide = 26.0
    corners = np.array(
        [[[x, 0, z], [x + side * wide, 0, z], [x + side * wide, tall, z], [x, tall, z]]], dtype=np.float32
    )
    build.add(corners, np.zeros((1, 3), np.float32), _hazed(wall * np.float32(0.8), air, fog)[None])
    floors, columns = int(tall / FLOOR_M), 8
    power, tint = _grid(rng, floors, columns, look.get("lit", 0.42) * 0.8)
    rows, cols = np.nonzero(power > 0.02)
    if len(rows) == 0:
        return
    left = x + side * (1.0 + cols * 3.1)
    low = rows * FLOOR_M + 1.2
    quads = np.stack(
        [
            np.stack([left, low, np.full(len(rows), z)], 1),
            np.stack([left + side * 1.7, low, np.full(len(rows), z)], 1),
            np.stack([left + side * 1.7, low + 1.5, np.full(len(rows), z)], 1),
            np.stack([left, low + 1.5, np.full(len(rows), z)], 1),
        ],
        axis=1,
    ).astype(np.float32)
    _windows(build, quads, power[rows, cols], tint[rows, cols], air, np.full(len(rows), fog, np.float32))


def _flank(
    build: Build,
    x: float,
    near: float,
    far: float,
    tall: float,
    wall: Floats,
    air: Floats,
    fogs: tuple[float, float],
    look: dict[str, Any],
    rng: Generator,
) -> None:
    """The wall along the street, in strips so that haze grows with depth."""
    strips = max(1, min(6, int((far - near) / 3)))
    edges = near + (far - near) * np.linspace(0, 1, strips + 1)
    for i in range(strips):
        a, b = edges[i], edges[i + 1]
        fog = fogs[0] + (fogs[1] - fogs[0]) * (i + 0.5) / strips
        quad = np.array([[[x, 0, a], [x, 0, b], [x, tall, b], [x, tall, a]]], dtype=np.float32)
        build.add(quad, np.zeros((1, 3), np.float32), _hazed(wall, air, fog)[None])
    if near < 45:
        _ledges(build, x, float(np.sign(x)), near, far, tall, _hazed(wall * np.float32(2.2), air, fogs[0]))
    floors, columns = int(tall / FLOOR_M), max(1, int((far - near) / 2.2))
    power, tint = _grid(rng, floors, columns, look.get("lit", 0.42))
    power[:1] = 0
    rows, cols = np.nonzero(power > 0.02)
    if len(rows) == 0:
        return
    pitch = (far - near) / columns
    z0 = near + (cols + 0.18) * pitch
    z1 = z0 + pitch * 0.62
    low = rows * FLOOR_M + 1.1
    xs = np.full(len(rows), x)
    quads = np.stack(
        [
            np.stack([xs, low, z0], 1),
            np.stack([xs, low, z1], 1),
            np.stack([xs, low + 1.6, z1], 1),
            np.stack([xs, low + 1.6, z0], 1),
        ],
        axis=1,
    ).astype(np.float32)
    depths = fogs[0] + (fogs[1] - fogs[0]) * (z0 - near) / (far - near)
    _windows(build, quads, power[rows, cols], tint[rows, cols], air, depths.astype(np.float32))


def _ledges(build: Build, x: float, side: float, near: float, far: float, tall: float, colour: Floats) -> None:
    """A ledge at every floor and pilasters between, so that a near wall is not bare."""
    out = x - side * 0.02
    quads = []
    for floor in range(1, min(int(tall / FLOOR_M), 14)):
        low = floor * FLOOR_M + 0.15
        quads.append([[out, low, near], [out, low, far], [out, low + 0.28, far], [out, low + 0.28, near]])
    for z in (near, far - 0.5):
        quads.append([[out, 0, z], [out, 0, z + 0.5], [out, tall, z + 0.5], [out, tall, z]])
    count = len(quads)
    build.add(np.array(quads, dtype=np.float32), np.zeros((count, 3), np.float32), np.repeat(colour[None], count, 0))


def _paned(quads: Floats) -> Floats:
    """Each quad (N, 4, 3) as its four panes (4 N, 4, 3), with bars left between them."""
    a, b, c, d = (quads[:, i] for i in range(4))
    panes = []
    for u0, u1 in ((0.0, 0.46), (0.54, 1.0)):
        for v0, v1 in ((0.0, 0.62), (0.68, 1.0)):
            corners = [(u0, v0), (u1, v0), (u1, v1), (u0, v1)]
            panes.append(
                np.stack(
                    [a * (1 - u) * (1 - v) + b * u * (1 - v) + c * u * v + d * (1 - u) * v for u, v in corners], axis=1
                )
            )
    return np.concatenate(panes).astype(np.float32)


def _windows(build: Build, quads: Floats, power: Floats, tint: Floats, air: Floats, fog: Floats) -> None:
    near = quads[..., 2].min(axis=1) < 34
    if near.any():
        panes = np.concatenate([power[near] * np.float32(share) for share in (0.75, 1.1, 1.0, 0.85)])
        _lit(build, _paned(quads[near]), panes, np.tile(tint[near], 4), air, np.tile(fog[near], 4))
    _lit(build, quads[~near], power[~near], tint[~near], air, fog[~near])


def _lit(build: Build, quads: Floats, power: Floats, tint: Floats, air: Floats, fog: Floats) -> None:
    colours = np.stack([light(c) for c in _WINDOWS])[tint.astype(int)]
    clear = (1 - fog)[:, None]
    build.add(quads, colours * power[:, None] * clear * np.float32(0.30), air[None] * fog[:, None])


def _shop(
    build: Build,
    x: float,
    side: float,
    near: float,
    far: float,
    signs: list[Floats],
    air: Floats,
    fog: float,
    rng: Generator,
) -> None:
    """Lit shop fronts at street level, each with an awning or a light box over it."""
    z = near
    inner = x - side * 0.03
    while z < far - 1.5:
        wide = float(rng.uniform(2.2, 5.0))
        end = min(z + wide, far - 0.3)
        tone = signs[int(rng.integers(len(signs)))] if rng.random() < 0.35 else light(str(rng.choice(_WINDOWS)))
        power = float(rng.uniform(0.1, 0.5)) if rng.random() < 0.78 else 0.03
        panes = int(rng.integers(2, 5))
        for i in range(panes):
            a = z + (end - z) * (i + 0.06) / panes
            b = z + (end - z) * (i + 0.94) / panes
            shade = np.float32(power * rng.uniform(0.55, 1.1))
            quad = np.array([[[inner, 0.45, a], [inner, 0.45, b], [inner, 2.7, b], [inner, 2.7, a]]], dtype=np.float32)
            build.add(quad, _dimmed(tone * shade, fog)[None], _hazed(tone * np.float32(0.02), air, fog)[None])
            if near < 40:
                _goods(build, inner, a, b, tone * shade, fog, rng)
        if rng.random() < 0.7:
            band = signs[int(rng.integers(len(signs)))]
            flat_sign(
                build,
                inner - side * 0.25,
                z + 0.1,
                end - 0.1,
                2.95,
                float(rng.uniform(3.5, 4.0)),
                _dimmed(band, fog),
                rng,
            )
        z = end + float(rng.uniform(0.2, 1.2))


def _goods(build: Build, x: float, near: float, far: float, tone: Floats, fog: float, rng: Generator) -> None:
    """What stands in a shop window: a bright strip above, shelves and shapes against the light."""
    parts = [(0.0, 1.0, 2.45, 2.7, 1.7), (0.0, 1.0, 0.45, 0.62, 0.3)]
    for shelf in (1.0, 1.55, 2.1):
        if rng.random() < 0.6:
            parts.append((0.0, 1.0, shelf - 0.05, shelf, 0.35))
            u = float(rng.uniform(0.02, 0.2))
            while u < 0.9:
                wide = float(rng.uniform(0.08, 0.25))
                parts.append(
                    (
                        u,
                        min(u + wide, 0.98),
                        shelf,
                        shelf + float(rng.uniform(0.12, 0.42)),
                        float(rng.uniform(0.25, 1.3)),
                    )
                )
                u += wide + float(rng.uniform(0.02, 0.15))
    inner = x - np.sign(x) * 0.01
    for u0, u1, low, top, power in parts:
        a, b = near + (far - near) * u0, near + (far - near) * u1
        quad = np.array([[[inner, low, a], [inner, low, b], [inner, top, b], [inner, top, a]]], dtype=np.float32)
        build.add(quad, _dimmed(np.minimum(tone * np.float32(power), 1), fog)[None], np.zeros((1, 3), np.float32))


def _signs(
    build: Build,
    x: float,
    side: float,
    near: float,
    far: float,
    tall: float,
    half: float,
    look: dict[str, Any],
    signs: list[Floats],
    air: Floats,
    fog: float,
    rng: Generator,
) -> None:
    for _ in range(int(rng.poisson(look.get("signs", 2.2)))):
        z = float(rng.uniform(max(near, 5.0), max(far, 6.0)))
        colour = _dimmed(signs[int(rng.integers(len(signs)))], fog)
        hanging_sign(build, x, side, z, min(tall, 34.0), half, colour, _hazed(light("#101018"), air, fog), rng)
    if near > 22 and tall > 40 and rng.random() < look.get("screens", 0.3):
        low = float(rng.uniform(9, 20))
        colour = _dimmed(signs[int(rng.integers(len(signs)))], fog)
        flat_sign(build, x - side * 0.3, near + 1, far - 1, low, low + float(rng.uniform(5, 12)), colour, rng)
