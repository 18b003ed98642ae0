"""What stands far away before the sky, in layers that fade into haze: trees in mist, a reef under shafts of light."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scene.themes import Sky
from viewport.graphics.quads import Corners
from viewport.graphics.textures import rgb
from viewport.rooms.noise import step

Colours = NDArray[np.float32]
"""Shape (n, 4, 3), sRGB 0 to 1."""
Part = tuple[Corners, Colours]

RINGS_DEG = (-90.0, -40.0, -20.0, -10.0, -5.0, -2.0, 0.0, 2.0, 5.0, 10.0, 18.0, 30.0, 50.0, 90.0)
NEARER = 0.01
"""Each layer stands nearer by this share of the dome's radius."""
FOOT_DEG = -3.0
TREES: tuple[tuple[int, float, float, float], ...] = (
    (120, 3.5, 7.0, 0.14),
    (80, 8.0, 15.0, 0.22),
    (56, 17.0, 30.0, 0.32),
    (30, 28.0, 47.0, 0.46),
)
"""Of each layer, far to near: how many, from how high to how high in degrees, and how much of their colour is left."""
BOUGHS = 9
ROCKS: tuple[tuple[float, float, float], ...] = ((3.2, 0.22, 3.0), (5.0, 0.42, 5.0), (3.4, 0.62, 8.0))
"""Of each layer: how high in degrees, how much of its colour is left, and how often it rises around."""
STEPS = 144
SHAFTS, CLUMPS, WEEDS = 20, 13, 5


def sky_colours(sky: Sky, heights_deg: NDArray[np.floating]) -> NDArray[np.float32]:
    """The colours of the bare sky at heights over the horizon, shape (..., 3)."""
    high = np.asarray(heights_deg, np.float32)[..., None]
    horizon, zenith, ground = rgb(sky.horizon), rgb(sky.zenith), rgb(sky.ground)
    up = np.minimum(1.0, (np.maximum(high, 0.0) / 55.0) ** 0.65)
    down = step(0.0, 20.0, np.maximum(-high, 0.0))
    mixed: NDArray[np.float32] = horizon + (zenith - horizon) * up + (ground - horizon) * down
    return mixed


def directions(heights_deg: NDArray[np.floating], turns_deg: NDArray[np.floating]) -> NDArray[np.float64]:
    """Unit vectors towards places on the sky."""
    high, turn = np.radians(heights_deg), np.radians(turns_deg)
    level = np.cos(high)
    return np.stack([level * np.sin(turn), np.sin(high), level * np.cos(turn)], axis=-1)


_Spot = tuple[float, float, float]
"""Height and turn in degrees, and how much of a layer's colour covers the sky's there."""
_Quad = tuple[float, tuple[_Spot, _Spot, _Spot, _Spot]]
"""Four spots on a layer, or a little before or behind it, so that none lies in another; the first layer is light, all
others are as dark as the ground."""
_Draw = np.random.Generator
LIGHT = 0


def scenery(sky: Sky, radius_m: float) -> Part:
    """Quads before a dome of that radius; none where the sky is bare."""
    quads = {"none": _none, "trees": _trees, "reef": _reef}[sky.scenery](np.random.default_rng(11))
    layer = np.array([number for number, _ in quads], np.float64).reshape(-1, 1)
    spots = np.array([spots for _, spots in quads], np.float64).reshape(-1, 4, 3)
    corners = directions(spots[..., 0], spots[..., 1]) * (radius_m * (1.0 - NEARER * (layer[..., None] + 1)))
    bare = sky_colours(sky, spots[..., 0])
    light = np.minimum(rgb(sky.zenith) * np.float32(1.25) + np.float32(0.12), 1.0)
    towards = np.where(layer[..., None] == LIGHT, light, rgb(sky.ground))
    colours = bare + (towards - bare) * spots[..., 2:].astype(np.float32)
    return corners.astype(np.float32), colours.astype(np.float32)


def _around(draw: _Draw, count: int, stray: float) -> list[float]:
    """Turns all around, each at most so much of a step from its place."""
    turns: list[float] = ((np.arange(count) + draw.uniform(-stray, stray, count)) * 360.0 / count).tolist()
    return turns


def _eased(share: float) -> float:
    """From 0 to 1, gently at both ends."""
    share = min(1.0, max(0.0, share))
    return share * share * (3.0 - 2.0 * share)


def _none(_: _Draw) -> list[_Quad]:
    return []


def _trees(draw: _Draw) -> list[_Quad]:
    """Conifers, whose feet stand in mist."""
    quads: list[_Quad] = []
    for layer, (count, low_deg, high_deg, share) in enumerate(TREES, 1):
        depths = layer + np.linspace(-0.3, 0.3, count)
        around = zip(depths.tolist(), _around(draw, count, 0.42), draw.uniform(low_deg, high_deg, count), strict=True)
        for depth, turn, height in around:
            quads += _tree(draw, depth, turn, float(height), share * float(draw.uniform(0.85, 1.1)))
    return quads


def _tree(draw: _Draw, layer: float, turn: float, height_deg: float, share: float) -> list[_Quad]:
    def at(height: float, aside: float) -> _Spot:
        clear = _eased((height - FOOT_DEG) / (height_deg * 0.75))
        return height, turn + aside, share * clear

    wide, top = height_deg * 0.15, FOOT_DEG + height_deg
    stem, crown = 0.05 * wide, FOOT_DEG + height_deg * 0.2
    trunk = (layer, (at(FOOT_DEG, -stem), at(FOOT_DEG, stem), at(crown, stem), at(crown, -stem)))
    quads = [trunk]
    for bough in range(BOUGHS):
        foot = FOOT_DEG + height_deg * (0.16 + 0.78 / BOUGHS * bough)
        half = wide * (1.0 - bough / BOUGHS) ** 0.85 * float(draw.uniform(0.72, 1.15))
        tip, sag = min(top, foot + height_deg * 1.5 / BOUGHS), height_deg * 0.02
        left, right = at(foot - sag, -half), at(foot - sag, half)
        quads.append((layer, (left, at(foot + sag, 0.0), at(tip, 0.0), at(tip, 0.0))))
        quads.append((layer, (at(foot + sag, 0.0), right, at(tip, 0.0), at(tip, 0.0))))
    return quads


def _reef(draw: _Draw) -> list[_Quad]:
    """Shafts of light from above, rocks, and weeds that stand on them."""
    quads = [quad for turn in _around(draw, SHAFTS, 0.45) for quad in _shaft(draw, turn)]
    for layer, (height_deg, share, waves) in enumerate(ROCKS, 1):
        quads += _ridge(draw, layer, height_deg, share, waves)
    for turn in draw.uniform(0, 360, CLUMPS).tolist():
        for aside in draw.normal(0.0, 2.0, WEEDS).tolist():
            quads += _weed(draw, len(ROCKS), turn + aside, float(draw.uniform(4.5, 14.0)))
    return quads


def _shaft(draw: _Draw, turn: float) -> list[_Quad]:
    """Lighter along its middle, of the sky's own colour at its edges; rows end where the dome's do."""
    slant, wide, bright = draw.uniform(-0.3, 0.3), draw.uniform(1.5, 7.0), draw.uniform(0.16, 0.42)
    rows = [height for height in RINGS_DEG if 2.0 <= height <= 50.0]

    def at(height: float, aside: float) -> _Spot:
        share = bright * _eased((height - 2.0) / 22.0) * (1.0 - abs(aside))
        return height, turn + (height - 30.0) * slant + aside * wide, share

    return [
        (LIGHT, (at(low, left), at(low, left + 1.0), at(high, left + 1.0), at(high, left)))
        for low, high in pairwise(rows)
        for left in (-1.0, 0.0)
    ]


def _ridge(draw: _Draw, layer: int, height_deg: float, share: float, waves: float) -> list[_Quad]:
    turns = np.linspace(0.0, 360.0, STEPS + 1)
    rises = sum(
        np.sin(np.radians(turns * round(waves * times)) + draw.uniform(0, 6.3)) / times for times in (1.0, 2.3, 5.1)
    )
    tops = FOOT_DEG + 0.8 + height_deg * np.clip(0.55 + 0.42 * rises, 0.0, 2.0)
    low = -10.0

    def at(height: float, turn: float, foot: bool) -> _Spot:
        return height, turn, 0.0 if foot else share

    return [
        (layer, (at(low, a, True), at(low, b, True), at(high_b, b, False), at(high_a, a, False)))
        for a, b, high_a, high_b in zip(turns, turns[1:], tops, tops[1:], strict=False)
    ]


def _weed(draw: _Draw, layer: int, turn: float, height_deg: float) -> list[_Quad]:
    """A ribbon that sways, thinner towards its end."""
    rows = np.linspace(0.0, 1.0, 10)
    phase, sway = draw.uniform(0, 6.3), draw.uniform(0.4, 1.0)
    wide = height_deg * 0.028

    def at(along: float, side: float) -> _Spot:
        height = FOOT_DEG + along * height_deg
        aside = sway * np.sin(phase + along * 4.5) * along + side * wide * (1.0 - 0.85 * along)
        return height, turn + float(aside), 0.5 * (1.0 - 0.5 * along)

    return [(layer, (at(a, -1.0), at(a, 1.0), at(b, 1.0), at(b, -1.0))) for a, b in pairwise(rows)]
