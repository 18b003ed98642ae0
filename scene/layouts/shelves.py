"""Blocks of a grid on as many shelves as let the works come out largest on a screen."""

import math
from collections.abc import Mapping, Sequence

from scene.layouts.panels import Cell, Panel, Shelving

MOST_SHELVES = 10
MOST_TRIED = 16


def block(name: str, members: list[int], columns: int) -> Panel:
    """Row by row from the top left."""
    cells = [(k % columns, k // columns) for k in range(len(members))]
    return Panel(name, members, cells, columns, max(1, math.ceil(len(members) / columns)))


def on_shelves(groups: Mapping[str, list[int]], cell: Cell, most_rows: int) -> Shelving:
    """The groups in their order, each in a block, by rows a shelf and number of shelves."""
    largest = max((len(members) for members in groups.values()), default=1)
    best, least = (1, 1), math.inf
    for rows in some_numbers(min(largest, most_rows)):
        bare = [bare_block(name, len(members), rows) for name, members in groups.items()]
        for count in range(1, min(MOST_SHELVES, len(bare)) + 1):
            shelving = Shelving(_parted(bare, count, cell), cell)
            tall = shelving.height_m > most_rows * (cell.height_m + cell.gap_m) and count > 1
            if not tall and shelving.filled_m < least * 0.999:
                best, least = (rows, count), shelving.filled_m
    rows, count = best
    blocks = [block(name, members, max(1, math.ceil(len(members) / rows))) for name, members in groups.items()]
    return Shelving(_parted(blocks, count, cell), cell)


def bare_block(name: str, count: int, rows: int) -> Panel:
    """The measures of a block without its works."""
    columns = max(1, math.ceil(count / rows))
    return Panel(name, [], [], columns, max(1, math.ceil(count / columns)))


def some_numbers(most: int) -> list[int]:
    """Numbers from 1 to `most`; all of them when they are few."""
    if most <= MOST_TRIED:
        return list(range(1, most + 1))
    return sorted({round(most ** (k / MOST_TRIED)) for k in range(MOST_TRIED + 1)})


def _parted(blocks: Sequence[Panel], shelves: int, cell: Cell) -> list[list[Panel]]:
    """Consecutive blocks on shelves of about equal length."""
    lengths = [cell.span(one.columns) + cell.width_m for one in blocks]
    total, at = sum(lengths), 0.0
    found: list[list[Panel]] = [[] for _ in range(shelves)]
    for one, length in zip(blocks, lengths, strict=True):
        found[min(shelves - 1, int((at + length / 2) / total * shelves))].append(one)
        at += length
    return found
