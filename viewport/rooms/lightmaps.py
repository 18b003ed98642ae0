"""Light baked into one atlas: general light, shaded corners, spot pools, halos, strip glow and cut sunlight."""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scene.themes import Spots, Theme
from viewport.graphics.textures import Pixels, linear
from viewport.rooms.noise import step
from viewport.rooms.strips import Segment
from viewport.rooms.sunlight import Sunlight
from viewport.surfaces import Surface

FAINTEST = 0.004
"""Light weaker than this is not worth adding."""
GAIN = 2.0
"""A texel of 255 doubles the colour of the surface; 127 leaves it as it is."""
MARGIN_PX = 2
BUDGET_PX = 5_000_000
DENSITY_PX_M, SUNLIT_PX_M = 22.0, 44.0

LightField = NDArray[np.float32]
"""Linear light, shape (rows from the foot up, columns, 3)."""


@dataclass(frozen=True)
class Hung:
    """A work as the light sees it: its centre on a surface's plane, its half size, and its lamp."""

    u: float
    v: float
    half_width: float
    half_height: float
    lamp: NDArray[np.float32]
    """Linear colour of its spot; zeros when it has none."""


@dataclass(frozen=True)
class Cell:
    """Where a surface's light lies in the atlas, in pixels, margins not counted."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Bake:
    """What the light falls on and comes from."""

    theme: Theme
    surfaces: Sequence[Surface]
    hung: Mapping[int, Sequence[Hung]]
    """Works by the index of the wall they hang on or the floor they stand over."""
    segments: Mapping[str, Sequence[Segment]]
    """Strips by room id."""
    level: float = 1.0


def pack(surfaces: Sequence[Surface], sunlit: bool = False) -> tuple[list[Cell], tuple[int, int]]:
    """A cell for each surface on shelves of an atlas, and the atlas size; density falls until the budget is kept.

    Sunlight has sharper edges than lamps, so surfaces get more pixels under it.
    """
    area = sum(s.width_m * s.height_m for s in surfaces) or 1.0
    density = min(SUNLIT_PX_M if sunlit else DENSITY_PX_M, math.sqrt(BUDGET_PX / area))
    sizes = [(_pixels(s.width_m * density), _pixels(s.height_m * density)) for s in surfaces]
    total = sum((w + 2 * MARGIN_PX) * (h + 2 * MARGIN_PX) for w, h in sizes)
    atlas_width = max(64, math.ceil(math.sqrt(total * 1.15)), max((w for w, _ in sizes), default=0) + 2 * MARGIN_PX)
    cells: list[Cell] = [Cell(0, 0, 1, 1)] * len(sizes)
    x = y = shelf = 0
    for index in sorted(range(len(sizes)), key=lambda i: -sizes[i][1]):
        width, height = sizes[index]
        if x + width + 2 * MARGIN_PX > atlas_width:
            x, y, shelf = 0, y + shelf, 0
        cells[index] = Cell(x + MARGIN_PX, y + MARGIN_PX, width, height)
        x += width + 2 * MARGIN_PX
        shelf = max(shelf, height + 2 * MARGIN_PX)
    return cells, (atlas_width, max(64, y + shelf))


Known = dict[Hashable, NDArray[np.uint8]]
"""Texels that were baked before, by everything that they depend on."""


def bake(order: Bake, cells: Sequence[Cell], size: tuple[int, int], known: Known | None = None) -> Pixels:
    """The atlas as RGB pixels, top row first; `known` spares what has not changed and is brought up to date."""
    rows = np.zeros((size[1], size[0], 3), np.uint8)
    sun = Sunlight.of(order.theme.lights.sun)
    fresh: Known = {}
    for index, (surface, cell) in enumerate(zip(order.surfaces, cells, strict=True)):
        key = _key(order, index, surface, cell)
        texels = known.get(key) if known is not None else None
        if texels is None:
            texels = _encoded(_light_on(order, index, surface, cell, sun), np.random.default_rng(5))
        fresh[key] = texels
        _write(rows, cell, texels)
    if known is not None:
        known.clear()
        known.update(fresh)
    return rows[::-1]


def sketch(order: Bake, cells: Sequence[Cell], size: tuple[int, int]) -> Pixels:
    """A quick stand-in for the bake: general light alone, the same all over a surface."""
    lights = order.theme.lights
    levels = {"wall": (lights.walls_foot + lights.walls_top) / 2, "floor": lights.floor, "ceiling": lights.ceiling}
    rows = np.zeros((size[1], size[0], 3), np.uint8)
    for surface, cell in zip(order.surfaces, cells, strict=True):
        light = linear(lights.ambient) * np.float32(max(0.05, levels[surface.part]) * order.level)
        texel = np.clip(light ** np.float32(1 / 2.2) / GAIN * 255, 0, 255).astype(np.uint8)
        _write(rows, cell, np.broadcast_to(texel, (cell.height, cell.width, 3)))
    return rows[::-1]


def _key(order: Bake, index: int, surface: Surface, cell: Cell) -> Hashable:
    place = (surface.part, *surface.origin, *surface.right, *surface.up, surface.width_m, surface.height_m)
    works = tuple((w.u, w.v, w.half_width, w.half_height, w.lamp.tobytes()) for w in order.hung.get(index, ()))
    strips = tuple(
        (s.start.tobytes(), s.end.tobytes(), s.colour.tobytes(), s.level, s.reach_m)
        for s in order.segments.get(surface.room_id, ())
    )
    return order.theme, order.level, place, cell.width, cell.height, works, strips


def _light_on(order: Bake, index: int, surface: Surface, cell: Cell, sun: Sunlight | None) -> LightField:
    u = ((np.arange(cell.width) + 0.5) / cell.width * surface.width_m).astype(np.float32)
    v = ((np.arange(cell.height) + 0.5) / cell.height * surface.height_m).astype(np.float32)
    light = _ambient(order.theme, surface, u, v)
    spots, frame = order.theme.lights.spots, order.theme.frame
    for work in order.hung.get(index, ()):
        if surface.part == "wall":
            _add_halo(light, work, u, v, linear(frame.halo) * frame.halo_level)
            _add_pool(light, work, u, v, spots)
            _shade_behind(light, work, u, v, frame.shadow)
        elif spots is not None:
            _add_spill(light, work, u, v, spots)
    for segment in order.segments.get(surface.room_id, ()):
        _add_glow(light, surface, segment, u, v)
    if sun is not None and surface.part != "ceiling":
        light += sun.on(surface, u, v)
    return light * np.float32(order.level)


def _ambient(theme: Theme, surface: Surface, u: LightField, v: LightField) -> LightField:
    lights = theme.lights
    if surface.part == "wall":
        levels = lights.walls_foot + (lights.walls_top - lights.walls_foot) * (v / surface.height_m)
    else:
        levels = np.full_like(v, lights.floor if surface.part == "floor" else lights.ceiling)
    across = _corner(u, surface.width_m, lights.corner_shade)
    up = _corner(v, surface.height_m, lights.corner_shade)
    return (levels * up)[:, None, None] * across[None, :, None] * linear(lights.ambient)


def _corner(position: LightField, length_m: float, shade: float) -> LightField:
    near, far = np.exp(-position / 0.55), np.exp(-(length_m - position) / 0.55)
    tight = np.exp(-position / 0.12) + np.exp(-(length_m - position) / 0.12)
    left: LightField = (1 - np.float32(shade) * (0.7 * (near + far) + 0.3 * tight)).clip(0.0, 1.0).astype(np.float32)
    return left


def _window(axis: LightField, centre: float, reach: float) -> slice:
    low, high = np.searchsorted(axis, (centre - reach, centre + reach))
    return slice(int(low), int(high))


def _patch(
    light: LightField, u: LightField, v: LightField, centre: tuple[float, float], reach: tuple[float, float]
) -> tuple[LightField, LightField, LightField]:
    """A view of the light around a point, with the offsets from it along both axes."""
    columns, rows = _window(u, centre[0], reach[0]), _window(v, centre[1], reach[1])
    return light[rows, columns], (u[columns] - centre[0])[None, :], (v[rows] - centre[1])[:, None]


def _outside(du: LightField, dv: LightField, work: Hung) -> LightField:
    """Distance from the edge of the work, 0 behind it."""
    return np.hypot(np.maximum(np.abs(du) - work.half_width, 0), np.maximum(np.abs(dv) - work.half_height, 0))


def _add_pool(light: LightField, work: Hung, u: LightField, v: LightField, spots: Spots | None) -> None:
    if spots is None or not work.lamp.any():
        return
    wide, tall = work.half_width + spots.spread_m, work.half_height + spots.spread_m * 1.5
    area, du, dv = _patch(light, u, v, (work.u, work.v), (wide * 1.7, tall * 1.7))
    upward = np.where(dv > 0, dv / (tall * 0.85), dv / (tall * 1.15))
    distance = np.hypot(du / (wide * (1.0 - 0.22 * np.clip(upward, -1, 1))), upward)
    pool = step(1.35, 0.25, distance) * (1 + 0.35 * np.clip(upward, -1, 1))
    area += pool[..., None] * work.lamp


def _add_spill(light: LightField, work: Hung, u: LightField, v: LightField, spots: Spots) -> None:
    wide = work.half_width + spots.spread_m * 1.1
    area, du, dv = _patch(light, u, v, (work.u, work.v), (wide * 2.2, spots.spread_m * 3.5))
    pool = np.exp(-((du / wide) ** 2) - (dv / (spots.spread_m * 1.3)) ** 2)
    area += pool[..., None] * (work.lamp * np.float32(spots.spill))


def _add_halo(light: LightField, work: Hung, u: LightField, v: LightField, halo: NDArray[np.float32]) -> None:
    if not halo.any():
        return
    area, du, dv = _patch(light, u, v, (work.u, work.v), (work.half_width + 1.2, work.half_height + 1.2))
    area += np.exp(-_outside(du, dv, work) / 0.17)[..., None] * halo


def _shade_behind(light: LightField, work: Hung, u: LightField, v: LightField, shadow: float) -> None:
    centre = (work.u, work.v - 0.05)
    area, du, dv = _patch(light, u, v, centre, (work.half_width + 0.3, work.half_height + 0.3))
    inside = np.minimum(work.half_width - np.abs(du), work.half_height - np.abs(dv))
    dark = step(0.2, 0.0, _outside(du, dv, work)) * step(0.3, 0.05, inside)
    area *= (1 - np.float32(shadow) * dark)[..., None]


def _add_glow(light: LightField, surface: Surface, segment: Segment, u: LightField, v: LightField) -> None:
    """Light of a tube: falls off with the squared distance to it, in the surface's own coordinates."""
    a, b = surface.plane_of(segment.start), surface.plane_of(segment.end)
    reach = segment.reach_m * math.sqrt(max(0.0, (segment.level / FAINTEST) ** 0.8 - 1))
    if min(a[2], b[2]) > reach or max(a[2], b[2]) < 0:
        return
    columns = _window(u, (a[0] + b[0]) / 2, abs(a[0] - b[0]) / 2 + reach)
    rows = _window(v, (a[1] + b[1]) / 2, abs(a[1] - b[1]) / 2 + reach)
    along = np.subtract(b, a).astype(np.float32)
    length2 = float(along @ along)
    du, dv = u[None, columns] - np.float32(a[0]), v[rows, None] - np.float32(a[1])
    share = np.clip((du * along[0] + dv * along[1] - a[2] * along[2]) / length2, 0, 1)
    d2 = (du - share * along[0]) ** 2 + (dv - share * along[1]) ** 2 + (a[2] + share * along[2]) ** 2
    glow = np.float32(segment.level) * np.exp(np.float32(-1.25) * np.log1p(d2 / np.float32(segment.reach_m**2)))
    light[rows, columns] += glow[..., None] * segment.colour


def _encoded(light: LightField, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Gamma-encoded light with a soft shoulder, dithered."""
    bright = np.maximum(light, 0) ** np.float32(1 / 2.2)
    over = np.maximum(bright - 0.85, 0)
    bright = np.minimum(bright, 0.85) + 0.6 * (1 - np.exp(-over / 0.6))
    noise = rng.random(bright.shape[:2], dtype=np.float32)[..., None]
    texels: NDArray[np.uint8] = np.clip(bright / GAIN * 255 + noise, 0, 255).astype(np.uint8)
    return texels


def _write(rows: NDArray[np.uint8], cell: Cell, texels: NDArray[np.uint8]) -> None:
    m = MARGIN_PX
    padded = np.pad(texels, ((m, m), (m, m), (0, 0)), mode="edge")
    rows[cell.y - m : cell.y + cell.height + m, cell.x - m : cell.x + cell.width + m] = padded


def _pixels(length: float) -> int:
    return max(2, min(2048, round(length)))
