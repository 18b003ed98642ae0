"""Grid: equal cells in rows and columns, sorted or parted by any metadata column, with labels."""

import math
from collections.abc import Sequence

from scene.layouts.clearing import beside
from scene.layouts.columns import OTHERS, UNKNOWN, grouped
from scene.layouts.contract import Arranged, Column, Wishes, Work
from scene.layouts.kept import what_stays
from scene.layouts.lettering import ENGLISH, Lettering
from scene.layouts.panels import Cell, Panel, Shelving, panel_records
from scene.layouts.relations import wish_of
from scene.layouts.said import Counted, Quoted, Said, Term, said
from scene.layouts.sequence import in_sequence, inapplicable
from scene.layouts.shelves import block, on_shelves
from scene.records import Placement
from scene.scene import Scene

MOST_GROUPS = 60
HIGHEST_M = 30.0
GAP_SHARE = 0.2
ASPECT = 2.0
"""Width over height of a grid without groups."""


def arrange_grid(
    works: Sequence[Work],
    wishes: Wishes,
    *,
    column: Column | None = None,
    seed: int = 0,
    kept: Sequence[Placement] = (),
    scene: Scene | None = None,
    lettering: Lettering = ENGLISH,
) -> Arranged:
    """Lay the works out in cells; with a column, each of its values has its own rows or its own block on a shelf."""
    unmet: list[Said] = []
    stays = what_stays(scene, wishes, kept, unmet)
    sequence = stays.without(works, in_sequence(works, wishes, unmet))
    unmet += inapplicable(wishes, "grid")
    for relation in wishes.relations:
        if relation.how not in ("first", "last"):
            unmet.append(said("grid.walls", wish=wish_of(relation, works)))
    by = column or wishes.group_by
    cell = _cell(len(sequence), wishes)
    groups = _groups(works, sequence, by, unmet, lettering)
    if by is not None and wishes.columns is not None:
        shelving = Shelving([[_in_rows(groups, _columns(wishes.columns, len(sequence), cell, unmet))]], cell)
    elif by is not None:
        shelving = on_shelves(groups, cell, _most_rows(cell))
    else:
        count = len(sequence)
        wanted = wishes.columns or max(1, math.ceil(math.sqrt(count * ASPECT * cell.height_m / cell.width_m)))
        shelving = Shelving([[block("", sequence, min(max(1, count), _columns(wanted, count, cell, unmet)))]], cell)
    start = 1 + max((p.order for p in stays.placements), default=-1)
    taken = {p.id for p in stays.placements}
    centre = wishes.eye_height_m or 1.5
    records = panel_records(works, shelving, centre_m=centre, taken_ids=taken, start=start)
    columns = shelving.shelves[0][0].columns
    held = Counted(len(sequence), "work")
    if by is None:
        summary = said("grid", works=held, columns=Counted(columns, "column"))
    else:
        summary = said("grid.by", works=held, column=Term("column", by), groups=Counted(len(groups), "group"))
    return Arranged(
        records=tuple(beside(records, stays)),
        unmet=tuple(unmet),
        summary=summary,
    )


def _cell(count: int, wishes: Wishes) -> Cell:
    """A cell for each of so many works: the more there are, the smaller, so that the whole keeps a human scale."""
    side = min(1.2, max(0.35, 1.2 * (12 / max(1, count)) ** 0.25)) * (wishes.scale or 1.0)
    return Cell(side * 1.2, side, wishes.gap_m or GAP_SHARE * side)


def _groups(
    works: Sequence[Work], sequence: list[int], by: Column | None, unmet: list[Said], lettering: Lettering
) -> dict[str, list[int]]:
    if by is None or not sequence:
        return {"": sequence}
    groups = grouped(works, sequence, by)
    if UNKNOWN in groups:
        unknown, unheard = Quoted(lettering.unknown), len(groups[UNKNOWN])
        unmet.append(said("grid.unknown", n=unheard, column=Term("column", by), unknown=unknown))
    if len(groups) > MOST_GROUPS:
        names = list(groups)
        rest = [i for name in names[MOST_GROUPS - 1 :] for i in groups[name]]
        first = MOST_GROUPS - 1
        others = Quoted(lettering.others)
        unmet.append(said("grid.many", n=len(groups), column=Term("column", by), first=first, others=others))
        groups = {name: groups[name] for name in names[: MOST_GROUPS - 1]} | {OTHERS: rest}
    return lettering.renamed(groups, by)


def _most_rows(cell: Cell) -> int:
    return max(1, int(HIGHEST_M / (cell.height_m + cell.gap_m)))


def _columns(wanted: int, count: int, cell: Cell, unmet: list[Said]) -> int:
    """The columns asked for, or as many as keep the grid below the highest that still makes sense."""
    least = math.ceil(count / _most_rows(cell))
    if wanted >= least:
        return wanted
    high = math.ceil(count / wanted) * (cell.height_m + cell.gap_m)
    unmet.append(
        said("columns.high", columns=Counted(wanted, "column"), high=float(high), used=Counted(least, "column"))
    )
    return least


def _in_rows(groups: dict[str, list[int]], columns: int) -> Panel:
    """Each group begins a row of its own, with its label at the left."""
    works: list[int] = []
    cells: list[tuple[int, int]] = []
    labels: list[tuple[int, str]] = []
    row = 0
    for name, members in groups.items():
        if name:
            labels.append((row, name))
        cells += [(k % columns, row + k // columns) for k in range(len(members))]
        works += members
        row += math.ceil(len(members) / columns)
    widest = max((column + 1 for column, _ in cells), default=1)
    return Panel("", works, cells, widest, max(1, row), tuple(labels))
