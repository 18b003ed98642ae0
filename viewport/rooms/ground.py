"""Ground for open layouts: the theme's floor in a wide round that fades into the horizon, lit beneath the works."""

import numpy as np
from numpy.typing import NDArray

from scene.themes import Theme
from viewport.graphics.paint import GROUND, Look, actor_for, set_uniform
from viewport.graphics.quads import QuadMesh, rectangles
from viewport.graphics.textures import Texture, linear
from viewport.rooms.noise import step
from viewport.rooms.rooms import Painted
from viewport.works.cards import Cards

MARGIN_M = 16.0
LIGHT_PX = 384
REACH_PX = 24
GAIN = 2.0


def ground_area(cards: Cards) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Lowest and highest (x, z) of the ground that open works need."""
    plan = cards.centre[:, [0, 2]]
    return plan.min(axis=0) - MARGIN_M, plan.max(axis=0) + MARGIN_M


def paint_ground(cards: Cards, theme: Theme, tile: Texture, level: float) -> Painted:
    """The ground as one translucent quad; it mirrors like the floor of a room."""
    low, high = ground_area(cards)
    centre, half = (low + high) / 2, (high - low) / 2
    mesh = QuadMesh(1, light=True)
    origin, right, back = np.array([centre[0], 0.0, centre[1]]), np.array([half[0], 0, 0]), np.array([0, 0, -half[1]])
    mesh.corners[:] = rectangles(origin[None], right[None], back[None])
    assert mesh.light_uv is not None
    mesh.light_uv[0] = mesh.uv[0]
    mesh.uv[0] *= (2 * half / theme.floor.tile_m).astype(np.float32)
    mesh.changed()
    light = Texture(_light(cards, theme, low, high, level), mipmap=False)
    actor = actor_for(mesh, Look(GROUND, {"albedo": tile, "light": light}, translucent=True))
    set_uniform(actor, "reflection", theme.floor.reflection)
    return Painted([actor], [], [actor])


def _light(
    cards: Cards, theme: Theme, low: NDArray[np.float64], high: NDArray[np.float64], level: float
) -> NDArray[np.uint8]:
    """RGBA: light, and an opacity that is gone before the edge."""
    along = (np.arange(LIGHT_PX, dtype=np.float32) + 0.5) / LIGHT_PX
    x = (low[0] + along * (high[0] - low[0])).astype(np.float32)
    z = (high[1] - along * (high[1] - low[1])).astype(np.float32)
    light = np.empty((LIGHT_PX, LIGHT_PX, 3), np.float32)
    light[:] = linear(theme.lights.ambient) * np.float32(theme.lights.floor)
    spots = theme.lights.spots
    glow = linear(spots.colour) * np.float32(spots.level * spots.spill) if spots else np.zeros(3, np.float32)
    glow += linear(theme.frame.halo) * np.float32(theme.frame.halo_level * 0.3)
    light += _pools(cards, x, z)[..., None] * glow
    edge = np.hypot(along[None, :] * 2 - 1, along[:, None] * 2 - 1)
    pixels = np.empty((LIGHT_PX, LIGHT_PX, 4), np.uint8)
    encoded = np.maximum(light * np.float32(level), 0) ** np.float32(1 / 2.2) / GAIN
    pixels[..., :3] = np.clip(encoded * 255 + 0.5, 0, 255)
    pixels[..., 3] = step(1.0, 0.45, edge) * 255
    return pixels[::-1]


def _pools(cards: Cards, x: NDArray[np.float32], z: NDArray[np.float32]) -> NDArray[np.float32]:
    """How much the works throw onto each point: a blurred count of who stands there, at most 1.5."""
    columns = np.clip(np.searchsorted(x, cards.centre[:, 0]), 0, LIGHT_PX - 1)
    rows = np.clip(np.searchsorted(-z, -cards.centre[:, 2]), 0, LIGHT_PX - 1)
    count = np.zeros((LIGHT_PX, LIGHT_PX), np.float32)
    np.add.at(count, (rows, columns), 1.0)
    step_m = max(float(x[1] - x[0]), 1e-3)
    steps = np.abs(np.subtract.outer(np.arange(LIGHT_PX), np.arange(LIGHT_PX)))
    blur = np.where(steps <= REACH_PX, np.exp(-((steps * step_m / 1.5) ** 2)), 0.0).astype(np.float32)
    pools: NDArray[np.float32] = np.minimum(blur @ count @ blur, np.float32(1.5))
    return pools
