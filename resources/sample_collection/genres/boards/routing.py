"""Routing on a grid: chips first, then traces that start at pins and free pads, keep to 45 degrees and never cross."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.random import Generator

from resources.sample_collection.drawing import Sheet
from resources.sample_collection.palette import Floats

_TURNS = ((1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1))


@dataclass
class Chip:
    """A package on the board: its box and pins in pixels."""

    left: float
    top: float
    right: float
    bottom: float
    pins: list[tuple[float, float, float, float]] = field(default_factory=list)


@dataclass
class Board:
    """Covers (H, W) of traces, pads and drilled holes, the chips, and the chief chip's centre from 0 to 1."""

    traces: Floats
    pads: Floats
    holes: Floats
    chips: list[Chip]
    centre: tuple[float, float]


def routed(size_px: tuple[int, int], look: dict[str, Any], rng: Generator) -> Board:
    """A board of that size with `look["pitch"]` pixels from trace to trace."""
    width, height = size_px
    pitch = look.get("pitch", 15)
    columns, rows = width // pitch + 2, height // pitch + 2
    taken = np.zeros((rows, columns), dtype=bool)
    traces, pads, holes = Sheet(width, height), Sheet(width, height), Sheet(width, height)
    chips, starts = _chips(columns, rows, pitch, taken, look, rng)
    for column, row, heading in starts:
        path = _walked(taken, column, row, heading, int(rng.integers(6, look.get("reach", 46))), 0.12, rng)
        _drawn(path, pitch, traces, pads, holes, True, rng)
    for _ in range(int(columns * rows * look.get("dense", 0.045))):
        column, row = int(rng.integers(columns)), int(rng.integers(rows))
        if not taken[row, column]:
            path = _walked(
                taken, column, row, int(rng.integers(8)), int(rng.integers(3, look.get("reach", 46))), 0.16, rng
            )
            if len(path) > 2:
                _drawn(path, pitch, traces, pads, holes, False, rng)
    chief = chips[0]
    centre = ((chief.left + chief.right) / 2 / width, (chief.top + chief.bottom) / 2 / height)
    return Board(traces.read(), pads.read(), holes.read(), chips, centre)


def _chips(
    columns: int, rows: int, pitch: int, taken: Any, look: dict[str, Any], rng: Generator
) -> tuple[list[Chip], list[tuple[int, int, int]]]:
    chips: list[Chip] = []
    starts: list[tuple[int, int, int]] = []
    wanted = look.get("chips", 6)
    for number in range(wanted * 6):
        if len(chips) >= wanted:
            break
        if number == 0:
            side = max(6, round(min(columns, rows) * look.get("chief", 0.26)))
            wide = tall = side
            left = round(columns * look.get("chief_x", 0.5) - side / 2)
            top = round(rows * look.get("chief_y", 0.5) - side / 2)
        else:
            wide, tall = int(rng.integers(3, 11)), int(rng.integers(3, 8))
            left, top = int(rng.integers(2, columns - wide - 2)), int(rng.integers(2, rows - tall - 2))
        zone = taken[max(top - 3, 0) : top + tall + 4, max(left - 3, 0) : left + wide + 4]
        if zone.any():
            continue
        taken[max(top, 0) : top + tall + 1, max(left, 0) : left + wide + 1] = True
        chip = Chip((left + 0.3) * pitch, (top + 0.3) * pitch, (left + wide + 0.7) * pitch, (top + tall + 0.7) * pitch)
        _pins(chip, left, top, wide, tall, pitch, number == 0, starts)
        chips.append(chip)
    order = rng.permutation(len(starts))
    return chips, [starts[i] for i in order]


def _pins(
    chip: Chip,
    left: int,
    top: int,
    wide: int,
    tall: int,
    pitch: int,
    all_sides: bool,
    starts: list[tuple[int, int, int]],
) -> None:
    half = pitch * 0.22
    for column in range(left, left + wide + 1):
        x = (column + 0.5) * pitch
        chip.pins += [
            (x - half, chip.top - pitch * 0.6, x + half, chip.top),
            (x - half, chip.bottom, x + half, chip.bottom + pitch * 0.6),
        ]
        starts += [(column, top - 1, 6), (column, top + tall + 1, 2)]
    if all_sides:
        for row in range(top + 1, top + tall):
            y = (row + 0.5) * pitch
            chip.pins += [
                (chip.left - pitch * 0.6, y - half, chip.left, y + half),
                (chip.right, y - half, chip.right + pitch * 0.6, y + half),
            ]
            starts += [(left - 1, row, 4), (left + wide + 1, row, 0)]


def _walked(
    taken: Any, column: int, row: int, heading: int, steps: int, bend: float, rng: Generator
) -> list[tuple[int, int]]:
    """Cells from a start along headings that turn by 45 degrees, until blocked or done."""
    rows, columns = taken.shape
    if not (0 <= column < columns and 0 <= row < rows) or taken[row, column]:
        return []
    path = [(column, row)]
    taken[row, column] = True
    home = heading
    for _ in range(steps):
        options = [heading, heading + 1, heading - 1]
        if rng.random() < bend:
            options = [home, heading + 1, heading - 1] if heading != home else [heading + 1, heading - 1, heading]
        for option in options:
            dx, dy = _TURNS[option % 8]
            x, y = path[-1][0] + dx, path[-1][1] + dy
            inside = 0 <= x < columns and 0 <= y < rows
            crossing = inside and dx and dy and taken[path[-1][1], x] and taken[y, path[-1][0]]
            if inside and not taken[y, x] and not crossing:
                heading = option % 8
                path.append((x, y))
                taken[y, x] = True
                break
        else:
            break
    return path


def _drawn(
    path: list[tuple[int, int]], pitch: int, traces: Sheet, pads: Sheet, holes: Sheet, from_pin: bool, rng: Generator
) -> None:
    if len(path) < 2:
        return
    points = [((x + 0.5) * pitch, (y + 0.5) * pitch) for x, y in path]
    wide = pitch * (0.5 if rng.random() < 0.1 else 0.3)
    traces.line(points, wide)
    ends = points[-1:] if from_pin else (points[0], points[-1])
    for x, y in ends:
        radius = pitch * float(rng.choice([0.36, 0.42, 0.5]))
        pads.disc(x, y, radius)
        holes.disc(x, y, radius * 0.48)
