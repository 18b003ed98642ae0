"""Parts on a board: chips with pins, notch, printed lines and a shadow, and small resistors and capacitors."""

from typing import Any

import numpy as np
from numpy.random import Generator

from resources.sample_collection.drawing import Sheet, over, shifted
from resources.sample_collection.genres.boards.routing import Board, Chip
from resources.sample_collection.glow import blurred
from resources.sample_collection.glyphs import glyph
from resources.sample_collection.palette import Floats, light


def chips_on(scene: Floats, board: Board, metal: Floats, look: dict[str, Any], rng: Generator) -> Floats:
    """The board with its packages set on it."""
    height, width = board.traces.shape
    bodies, pins, print_, marks = (Sheet(width, height) for _ in range(4))
    for number, chip in enumerate(board.chips):
        for left, top, right, bottom in chip.pins:
            pins.box(left, top, right, bottom)
        bodies.box(chip.left, chip.top, chip.right, chip.bottom)
        _marked(chip, print_, marks, number == 0, rng)
    body, pin = bodies.read(), pins.read()
    shadow = shifted(blurred(np.maximum(body, pin * 0.5), 7), 9, 7)
    scene = scene * (1 - np.float32(0.7) * shadow * (1 - body))[..., None]
    scene = over(scene, metal * np.float32(0.9), pin)
    x, y = np.meshgrid(np.linspace(0, 1, width, dtype=np.float32), np.linspace(0, 1, height, dtype=np.float32))
    package = light(look.get("package", "#17181b")) * (0.9 + 0.8 * np.exp(-((x - y * 0.8 - 0.1) ** 2) * 7))[..., None]
    soft = blurred(body, 1.2)
    edge = np.zeros_like(soft)
    edge[2:, 2:] = soft[2:, 2:] - soft[:-2, :-2]
    scene = over(
        scene,
        np.maximum(package * (1 + edge * 2.4)[..., None] + np.clip(edge, 0, 1)[..., None] * np.float32(0.05), 0),
        body,
    )
    scene = over(scene, light("#c9ccd0", 0.55), print_.read() * np.float32(0.8))
    return over(scene, light("#050506"), marks.read() * np.float32(0.7))


def _marked(chip: Chip, print_: Sheet, marks: Sheet, chief: bool, rng: Generator) -> None:
    wide, tall = chip.right - chip.left, chip.bottom - chip.top
    unit = min(wide, tall)
    marks.disc(chip.left + unit * 0.13, chip.bottom - unit * 0.13, unit * 0.045)
    if chief:
        inset = unit * 0.14
        corners = [
            (chip.left + inset, chip.top + inset),
            (chip.right - inset, chip.top + inset),
            (chip.right - inset, chip.bottom - inset),
        ]
        corners += [(chip.left + inset, chip.bottom - inset), corners[0]]
        marks.line(corners, 2.5, 190)
    rows = 3 if chief else 2
    letter = unit * (0.075 if chief else 0.13)
    for row in range(rows):
        count = int(rng.integers(4, 9))
        start = chip.left + wide / 2 - count * letter * 0.6
        y = chip.top + tall * (0.38 + 0.14 * row) if chief else chip.top + tall * (0.34 + 0.24 * row)
        for column in range(count):
            for stroke in glyph(rng):
                at = stroke * letter * 0.8 + np.array([start + column * letter * 1.25, y])
                print_.line(at, max(letter * 0.09, 0.8))
