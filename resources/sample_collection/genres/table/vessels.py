"""Things turned on a wheel: a profile of radii gives the outline, the normal at each pixel and so the shade."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from resources.sample_collection.noise import clouds
from resources.sample_collection.palette import Floats, light, mix

TILT = 0.26
"""How far the eye looks down: a circle's height over its width."""

# height share, radius share of the height
_PROFILES: dict[str, tuple[tuple[float, float], ...]] = {
    "bowl": ((0, 0.34), (0.08, 0.36), (0.12, 0.42), (0.3, 0.86), (0.55, 1.16), (0.8, 1.32), (1, 1.4)),
    "bottle": (
        (0, 0.2),
        (0.03, 0.215),
        (0.45, 0.215),
        (0.58, 0.19),
        (0.68, 0.09),
        (0.75, 0.062),
        (0.95, 0.058),
        (0.96, 0.072),
        (1, 0.07),
    ),
    "flask": ((0, 0.24), (0.05, 0.3), (0.22, 0.345), (0.4, 0.3), (0.52, 0.15), (0.6, 0.075), (0.95, 0.062), (1, 0.085)),
    "vase": ((0, 0.17), (0.06, 0.2), (0.35, 0.34), (0.55, 0.36), (0.75, 0.25), (0.88, 0.15), (0.95, 0.16), (1, 0.2)),
    "jug": ((0, 0.26), (0.05, 0.29), (0.3, 0.37), (0.55, 0.34), (0.78, 0.22), (0.9, 0.21), (1, 0.25)),
    "cup": ((0, 0.3), (0.05, 0.34), (0.3, 0.45), (0.6, 0.5), (1, 0.55)),
    "pot": ((0, 0.38), (0.05, 0.46), (0.4, 0.62), (0.7, 0.6), (0.9, 0.46), (1, 0.5)),
    "pear": (
        (0, 0.12),
        (0.05, 0.28),
        (0.2, 0.4),
        (0.38, 0.41),
        (0.55, 0.31),
        (0.72, 0.215),
        (0.88, 0.19),
        (0.97, 0.11),
        (1, 0.02),
    ),
    "apple": ((0, 0.2), (0.06, 0.34), (0.25, 0.5), (0.55, 0.56), (0.8, 0.47), (0.94, 0.3), (1, 0.08)),
    "orange": ((0, 0.08), (0.05, 0.24), (0.2, 0.41), (0.5, 0.51), (0.8, 0.41), (0.95, 0.24), (1, 0.05)),
    "lemon": ((0, 0.1), (0.06, 0.26), (0.25, 0.47), (0.5, 0.55), (0.75, 0.45), (0.9, 0.24), (0.96, 0.12), (1, 0.06)),
    "plum": ((0, 0.1), (0.06, 0.26), (0.3, 0.46), (0.55, 0.48), (0.85, 0.34), (1, 0.05)),
    "egg": ((0, 0.08), (0.05, 0.22), (0.25, 0.37), (0.45, 0.39), (0.75, 0.27), (0.93, 0.13), (1, 0.02)),
}
FRUIT = {"pear": 0.2, "apple": 0.125, "orange": 0.125, "lemon": 0.105, "plum": 0.09, "egg": 0.095}
_SKINS = {
    "pear": ("#b9b040", "#d9a13a"),
    "apple": ("#b3262a", "#d9b03f"),
    "orange": ("#e8811c", "#f2a03a"),
    "lemon": ("#f0d03a", "#e0b52a"),
    "plum": ("#4a2450", "#7a3a5f"),
    "egg": ("#ecdcc6", "#f5ebdd"),
}


@dataclass(frozen=True)
class Light:
    """One lamp: `side` -1 stands to the left, 1 to the right."""

    side: float = -1.0
    strength: float = 1.0


@dataclass(frozen=True)
class Thing:
    """A thing on the table: foot (x, y) and height as shares of the picture; glaze by number, -1 for its own skin."""

    kind: str
    x: float
    y: float
    tall: float
    glaze: int
    fruit: tuple[str, ...] = ()


def _radii(kind: str) -> Floats:
    """Radius at 512 heights, smoothed."""
    knots = np.array(_PROFILES[kind])
    line = np.interp(np.linspace(0, 1, 512), knots[:, 0], knots[:, 1])
    reach = 42
    padded = np.pad(line, reach, mode="edge")
    taps = np.hanning(2 * reach + 1)
    smooth: Floats = np.convolve(padded, taps / taps.sum(), mode="valid").astype(np.float32)
    return smooth


def put(scene: Floats, thing: Thing, unit: float, glazes: list[Floats], lamp: Light, rng: Generator) -> Floats:
    """The scene with one thing and its shadow."""
    height, width = scene.shape[:2]
    foot_x, foot_y, tall = thing.x * width, thing.y * height, thing.tall * unit
    scene = _shadow(scene, foot_x, foot_y, tall, float(_radii(thing.kind).max()), lamp)
    if thing.kind in ("bowl", "cup", "pot", "jug", "vase"):
        _mouth(scene, thing, foot_x, foot_y, tall, glazes, lamp)
    _body(scene, thing, foot_x, foot_y, tall, glazes, lamp, rng)
    if thing.kind in ("pear", "apple"):
        _stalk(scene, foot_x, foot_y, tall)
    return scene


def bowl_with_fruit(
    scene: Floats, thing: Thing, unit: float, glazes: list[Floats], lamp: Light, rng: Generator
) -> Floats:
    """A bowl whose fruit stands behind its front wall."""
    height, width = scene.shape[:2]
    foot_x, foot_y, tall = thing.x * width, thing.y * height, thing.tall * unit
    rim = float(_radii("bowl")[-1]) * tall
    scene = _shadow(scene, foot_x, foot_y, tall, 1.25, lamp)
    _mouth(scene, thing, foot_x, foot_y, tall, glazes, lamp)
    count = len(thing.fruit)
    for number, name in enumerate(thing.fruit):
        back = number < (count + 1) // 2
        row = (count + 1) // 2 if back else count // 2
        place = number if back else number - (count + 1) // 2
        x = foot_x + ((place + 0.5) / max(row, 1) - 0.5) * rim * (1.5 if back else 1.2)
        y = foot_y - tall * (0.78 if back else 0.56) + float(rng.uniform(-0.03, 0.03)) * tall
        size = FRUIT[name] * unit * (tall / (0.16 * unit)) ** 0.5 * float(rng.uniform(0.92, 1.06))
        piece = Thing(name, x / width, y / height, size / unit, -1)
        _body(scene, piece, x, y, size, glazes, lamp, rng)
        if name in ("pear", "apple"):
            _stalk(scene, x, y, size)
    _body(scene, thing, foot_x, foot_y, tall, glazes, lamp, rng)
    return scene


def _shadow(scene: Floats, x: float, y: float, tall: float, wide: float, lamp: Light) -> Floats:
    """A dark touch under the foot and a long soft shadow away from the lamp."""
    height, width = scene.shape[:2]
    columns, rows = np.arange(width, dtype=np.float32)[None, ::2], np.arange(height, dtype=np.float32)[::2, None]
    reach, away = wide * tall, -lamp.side
    u = (columns - x - away * reach * 0.95) / np.float32(reach * 1.75)
    v = (rows - y + reach * 0.02) / np.float32(max(reach * 0.34, 3))
    long = np.clip(1.1 - np.sqrt(u * u + v * v), 0, 1)
    near_u, near_v = (columns - x) / np.float32(reach * 0.95), (rows - y) / np.float32(reach * 0.26)
    touch = np.clip(1.15 - np.sqrt(near_u**2 + near_v**2), 0, 1)
    dark = np.clip(long * np.float32(0.62) + touch * np.float32(0.75), 0, 0.85)
    full = np.repeat(np.repeat(dark, 2, axis=0), 2, axis=1)[:height, :width]
    result: Floats = scene * (1 - full[..., None] * np.array([1.0, 0.96, 0.9], dtype=np.float32))
    return result.astype(np.float32)


def _mouth(scene: Floats, thing: Thing, x: float, y: float, tall: float, glazes: list[Floats], lamp: Light) -> None:
    """The inside seen through the opening, lit on the side away from the lamp."""
    rim = float(_radii(thing.kind)[-1]) * tall
    top = y - tall
    block, u, v = _patch(scene, x, top, rim, rim * TILT)
    if u is None or v is None:
        return
    away = np.sqrt((u / rim) ** 2 + (v / (rim * TILT)) ** 2)
    cover = np.clip((1 - away) * rim * TILT, 0, 1)
    inner = mix(glazes[thing.glaze], light("#201a18"), 0.25)
    shade = 0.22 + 0.5 * np.clip(-lamp.side * u / rim * 0.8 + 0.35 - v / (rim * TILT) * 0.25, 0, 1)
    edge = np.exp(-(((away - 0.965) / 0.03) ** 2)) * 0.45
    tone = inner * (shade + edge)[..., None] * np.float32(lamp.strength)
    scene[block] += (tone - scene[block]) * cover[..., None]


def _patch(
    scene: Floats, x: float, y: float, half_wide: float, half_tall: float
) -> tuple[tuple[slice, slice], Floats | None, Floats | None]:
    height, width = scene.shape[:2]
    left, right = max(int(x - half_wide - 2), 0), min(int(x + half_wide + 3), width)
    top, bottom = max(int(y - half_tall - 2), 0), min(int(y + half_tall + 3), height)
    block = (slice(top, bottom), slice(left, right))
    if right <= left or bottom <= top:
        return block, None, None
    u = np.arange(left, right, dtype=np.float32)[None, :] - np.float32(x)
    v = np.arange(top, bottom, dtype=np.float32)[:, None] - np.float32(y)
    return block, u, v


def _body(
    scene: Floats, thing: Thing, x: float, y: float, tall: float, glazes: list[Floats], lamp: Light, rng: Generator
) -> None:
    radii = _radii(thing.kind)
    widest = float(radii.max()) * tall
    flat = 0.10 if thing.kind in FRUIT else TILT
    block, u, v = _patch(scene, x, y - tall / 2, widest, tall / 2 + widest * flat)
    if u is None or v is None:
        return
    up = tall / 2 - v + u * 0
    level = up / tall
    for _ in range(3):
        radius = radii[np.clip(level * 511, 0, 511).astype(int)] * tall
        across = np.clip(u / radius, -1, 1)
        level = (up + flat * radius * np.sqrt(1 - across * across)) / tall
    radius = radii[np.clip(level * 511, 0, 511).astype(int)] * tall
    across = u / radius
    inside = (
        np.clip((1 - np.abs(across)) * radius * 0.9 + 0.5, 0, 1)
        * np.clip((level * tall) + 0.5, 0, 1)
        * np.clip((1 - level) * tall + 0.5, 0, 1)
    )
    swell = (
        np.convolve(np.pad(np.gradient(radii), 12, mode="edge"), np.full(25, 1 / 25), mode="valid").astype(np.float32)[
            np.clip(level * 511, 0, 511).astype(int)
        ]
        * 511
    )
    normal_x = np.clip(across, -1, 1)
    normal_z = np.sqrt(np.clip(1 - normal_x**2, 0, 1))
    long = np.sqrt(1 + swell**2)
    facing = (lamp.side * normal_x * 0.74 + normal_z * 0.40) / long + (-swell / long) * 0.50
    lit = np.clip(facing * 0.86 + 0.14, 0, 1)
    bounce = np.clip(0.5 - level, 0, 1) * np.clip(-lamp.side * normal_x, 0, 1) * 0.30
    gloss = (
        np.exp(-(((normal_x - lamp.side * 0.52) / 0.13) ** 2))
        * np.exp(-(((level - 0.66) / 0.16) ** 2))
        * (0.5 if thing.glaze >= 0 else 0.26)
    )
    tone = _skin(thing, glazes, level, normal_x, inside.shape, rng)
    shaded = tone * (0.09 + 1.12 * lit**1.15 + bounce)[..., None] * np.float32(lamp.strength) + gloss[
        ..., None
    ] * light("#fff4e0", 0.8)
    scene[block] += (shaded - scene[block]) * inside[..., None]


def _skin(
    thing: Thing, glazes: list[Floats], level: Floats, across: Floats, shape: tuple[int, ...], rng: Generator
) -> Floats:
    """Colour over the surface: blush and speckle of fruit, bands and drips of glaze."""
    rough = clouds(rng, shape[1], shape[0], max(max(shape) / 3, 6), 4, 0.5)
    if thing.glaze < 0:
        one, other = (light(c) for c in _SKINS[thing.kind])
        share = np.clip(0.42 + 0.2 * rough - 0.5 * across * (thing.kind in ("apple", "pear")), 0, 1)
        freckle = np.clip(clouds(rng, shape[1], shape[0], 4, 1) - 1.8, 0, 1) * 0.35
        values: Floats = (one + (other - one) * share[..., None]) * (1 + 0.06 * rough - freckle)[..., None]
        return values
    glaze, second = glazes[thing.glaze], glazes[(thing.glaze + 2) % len(glazes)]
    tone = glaze * (1 + 0.08 * rough)[..., None]
    decor = rng.random()
    if decor < 0.3:
        band = np.exp(-(((level - 0.62) / 0.035) ** 4)) + np.exp(-(((level - 0.5) / 0.012) ** 4))
        tone = tone + (second - tone) * np.clip(band, 0, 1)[..., None] * 0.85
    elif decor < 0.55:
        dipped = np.clip((level - 0.55 + 0.035 * rough) * 40, 0, 1)
        tone = tone + (second - tone) * dipped[..., None] * 0.9
    return tone


def _stalk(scene: Floats, x: float, y: float, tall: float) -> None:
    block, u, v = _patch(scene, x + tall * 0.03, y - tall * 1.06, tall * 0.06, tall * 0.11)
    if u is None or v is None:
        return
    away = np.abs(u + v * 0.32) / np.float32(max(tall * 0.017, 1.0))
    cover = np.clip(1.4 - away, 0, 1) * (np.abs(v) < tall * 0.1)
    scene[block] += (light("#3a2616") - scene[block]) * cover[..., None]
