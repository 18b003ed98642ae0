"""Circuits: boards of routed copper with chips and pads, glowing traces, and dies seen from above."""

from typing import Any

import numpy as np
from numpy.random import Generator
from PIL import Image

from resources.sample_collection.darkroom import develop
from resources.sample_collection.genres.boards.die import die
from resources.sample_collection.genres.boards.parts import chips_on
from resources.sample_collection.genres.boards.routing import Board, routed
from resources.sample_collection.glow import bloom, blurred
from resources.sample_collection.noise import clouds, resized
from resources.sample_collection.palette import Floats, light

# mask, copper under the mask, bare metal, pulse
PALETTES: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "green": ("#06331f", "#2f8a4e", "#e9c46a", ("#9dffb0", "#ffe08a")),
    "blue": ("#061d4a", "#2f6fc0", "#e8d9a8", ("#7fd4ff", "#ffffff")),
    "black": ("#0b0b0f", "#6a5230", "#d9a441", ("#ffb347", "#ff5e3a")),
    "red": ("#3d0709", "#b5352a", "#f1d9a0", ("#ffb199", "#ffe6c9")),
    "purple": ("#1f0a38", "#6b3bb0", "#e7c77a", ("#d39bff", "#7ff0ff")),
    "ice": ("#c7d3da", "#8fa5b3", "#6f7f8a", ("#2f7fd0", "#123c66")),
    "cyan": ("#01080d", "#06303a", "#0f7d86", ("#2ff5ff", "#9dffd8")),
    "magenta": ("#0a0210", "#34103a", "#8a1f7a", ("#ff3dd8", "#7a5bff")),
}


def paint(size_px: tuple[int, int], look: dict[str, Any], rng: Generator) -> Image.Image:
    """A board, a net of glowing traces or a die."""
    mask, copper, metal, pulses = PALETTES[look.get("palette", "green")]
    kind = look.get("kind", "board")
    if kind == "die":
        scene = die(size_px, [light(c) for c in (mask, copper, metal, *pulses)], look, rng)
        return develop(bloom(scene, (4, 20), 0.25), rng, exposure=1.0, grain=2.4, corners=0.35)
    board = routed(size_px, look, rng)
    base = _board if kind == "board" else _glowing
    scene = base(board, light(mask), light(copper), light(metal), [light(p) for p in pulses], look, rng)
    return develop(scene, rng, exposure=look.get("exposure", 1.0), grain=2.4, corners=0.45)


def _weave(width: int, height: int, rng: Generator) -> Floats:
    """Glass fibre under the mask, and slow unevenness."""
    fine = clouds(rng, width, height, 4, 2, 0.8) * np.float32(0.05)
    slow = resized(clouds(rng, width // 8 + 1, height // 8 + 1, 40, 3), width, height, smooth=False) * np.float32(0.07)
    return 1 + fine + slow


def _raking(width: int, height: int, look: dict[str, Any]) -> Floats:
    """Light that falls across the board from one corner."""
    x, y = np.meshgrid(np.linspace(0, 1, width, dtype=np.float32), np.linspace(0, 1, height, dtype=np.float32))
    at_x, at_y = look.get("light_x", 0.25), look.get("light_y", 0.1)
    away = np.sqrt((x - np.float32(at_x)) ** 2 + (y - np.float32(at_y)) ** 2)
    result: Floats = 0.45 + 1.1 * np.exp(-away * 1.7)
    return result


def _embossed(cover: Floats, strength: float) -> Floats:
    """Highlights on upper left edges, shade on lower right ones."""
    soft = blurred(cover, 0.9)
    lean = np.zeros_like(soft)
    lean[1:, 1:] = soft[1:, 1:] - soft[:-1, :-1]
    return lean * np.float32(strength)


def _board(
    board: Board,
    mask: Floats,
    copper: Floats,
    metal: Floats,
    pulses: list[Floats],
    look: dict[str, Any],
    rng: Generator,
) -> Floats:
    height, width = board.traces.shape
    relief = _embossed(board.traces, 0.9)
    ground = mask * _weave(width, height, rng)[..., None]
    scene: Floats = ground + (copper - ground) * (board.traces * np.float32(0.85))[..., None]
    scene = scene * (1 + relief)[..., None]
    shine = (0.8 + 0.5 * _embossed(board.pads, 2.0))[..., None]
    scene = scene + (metal * shine - scene) * board.pads[..., None]
    scene = scene * (1 - np.float32(0.95) * board.holes[..., None])
    scene = chips_on(scene, board, metal, look, rng)
    scene = scene * _raking(width, height, look)[..., None] * np.float32(1.35)
    return bloom(scene.astype(np.float32), (3, 18), 0.18)


def _glowing(
    board: Board,
    mask: Floats,
    copper: Floats,
    metal: Floats,
    pulses: list[Floats],
    look: dict[str, Any],
    rng: Generator,
) -> Floats:
    height, width = board.traces.shape
    scene: Floats = mask * _weave(width, height, rng)[..., None]
    scene = scene + board.traces[..., None] * copper
    scene = chips_on(scene, board, metal, look, rng)
    x, y = np.meshgrid(np.linspace(0, 1, width, dtype=np.float32), np.linspace(0, 1, height, dtype=np.float32))
    swell = np.clip(
        resized(clouds(rng, width // 8 + 1, height // 8 + 1, 36, 3), width, height, smooth=False) + 0.7, 0.08, 2.2
    )
    away = np.sqrt((x - board.centre[0]) ** 2 + (y - board.centre[1]) ** 2)
    core = np.exp(-away * 3.0)
    tint = pulses[0] + (pulses[1] - pulses[0]) * np.clip(away * 1.6, 0, 1)[..., None]
    live = board.traces * swell * (0.25 + core)
    scene = scene + tint * (live * 1.1 + board.pads * (0.3 + core * 1.6) * (1 - board.holes))[..., None]
    return bloom(scene.astype(np.float32), (3, 12, 46), look.get("glow", 1.1))
