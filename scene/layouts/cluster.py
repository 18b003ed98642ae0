"""Cluster: like works together in panels around the visitor, each panel named by what its works share."""

import math
from collections.abc import Sequence

import numpy as np

from scene.layouts.clearing import beside
from scene.layouts.columns import OTHERS, grouped
from scene.layouts.contract import Arranged, Features, Wishes, Work
from scene.layouts.earlier import taken_up
from scene.layouts.kept import what_stays
from scene.layouts.lettering import ENGLISH, Lettering
from scene.layouts.likeness import Floats, k_means, principal
from scene.layouts.naming import labels, terms_of
from scene.layouts.panels import Cell, Panel, Shelving, panel_records
from scene.layouts.said import Counted, Quoted, Said, Term, said
from scene.layouts.sequence import in_sequence, inapplicable, named
from scene.layouts.shelves import some_numbers
from scene.records import Placement
from scene.scene import Scene

MOST_GROUPS = 40
GAP_SHARE = 0.17


def arrange_cluster(
    works: Sequence[Work],
    features: Features | None,
    wishes: Wishes,
    *,
    seed: int = 0,
    kept: Sequence[Placement] = (),
    scene: Scene | None = None,
    lettering: Lettering = ENGLISH,
) -> Arranged:
    """Group the works by likeness (or by a column when one is asked) and stand each group in a panel.

    A scene that is clustered already is the starting point: its groups and rows are taken up again.
    """
    unmet: list[Said] = []
    stays = what_stays(scene, wishes, kept, unmet)
    plain = wishes.model_copy(update={"order": None})
    sequence = stays.without(works, in_sequence(works, plain, unmet))
    unmet += inapplicable(wishes, "cluster")
    unmet += [said("likeness.alone", work=named(works, relation.asset_id)) for relation in wishes.relations]
    points = _points(works, features, sequence, unmet)
    free = wishes.group_by is None and wishes.groups is None
    groups = taken_up(works, sequence, points, scene) if free else None
    if groups is None:
        found = _groups(works, sequence, points, wishes, seed, unmet, lettering)
        groups = _in_a_row(found, sequence, points)
    cell = _cell(len(sequence), wishes)
    shelving = _shelving(groups, cell, scene)
    start = 1 + max((p.order for p in stays.placements), default=-1)
    taken = {p.id for p in stays.placements}
    centre = wishes.eye_height_m or 1.5
    records = panel_records(works, shelving, centre_m=centre, taken_ids=taken, start=start)
    shown = "; ".join(list(groups)[:8])
    return Arranged(
        records=tuple(beside(records, stays)),
        unmet=tuple(unmet),
        summary=said(
            "cluster", works=Counted(len(sequence), "work"), groups=Counted(len(groups), "group"), names=shown[:300]
        ),
    )


def _points(works: Sequence[Work], features: Features | None, sequence: Sequence[int], unmet: list[Said]) -> Floats:
    """Rows of the chosen works in likeness space; from tags and values when no features fit the works."""
    if not sequence:
        return np.zeros((0, 1))
    if features is not None and features.ndim == 2 and len(features) == len(works) and features.shape[1] > 0:
        return principal(features[list(sequence)])
    unmet.append(said("likeness.none"))
    terms = [terms_of(works[i]) for i in sequence]
    vocabulary: dict[str, int] = {}
    for found in terms:
        for term in sorted(found):
            vocabulary.setdefault(term, len(vocabulary) % 256)
    rows = np.zeros((len(sequence), max(1, min(256, len(vocabulary)))), dtype=np.float32)
    for k, found in enumerate(terms):
        rows[k, [vocabulary[term] for term in found]] = 1.0
    return principal(rows)


def _groups(
    works: Sequence[Work],
    sequence: list[int],
    points: Floats,
    wishes: Wishes,
    seed: int,
    unmet: list[Said],
    lettering: Lettering,
) -> dict[str, list[int]]:
    if not sequence:
        return {}
    if wishes.group_by is not None:
        found = grouped(works, sequence, wishes.group_by)
        if len(found) > MOST_GROUPS:
            column, others = Term("column", wishes.group_by), Quoted(lettering.others)
            unmet.append(said("groups.many", n=len(found), column=column, others=others))
            keys = list(found)
            rest = [i for key in keys[MOST_GROUPS - 1 :] for i in found[key]]
            found = {key: found[key] for key in keys[: MOST_GROUPS - 1]} | {OTHERS: rest}
        return lettering.renamed(found, wishes.group_by)
    numbers = k_means(points, wishes.groups or default_count(len(sequence)), seed)
    groups = [[sequence[k] for k in np.flatnonzero(numbers == g).tolist()] for g in range(int(numbers.max()) + 1)]
    groups = [group for group in groups if group]
    if wishes.groups is not None and len(groups) < wishes.groups:
        unmet.append(said("groups.alike", groups=Counted(wishes.groups, "group"), n=len(groups)))
    return dict(zip(labels(works, groups, lettering), groups, strict=True))


def _in_a_row(groups: dict[str, list[int]], sequence: Sequence[int], points: Floats) -> dict[str, list[int]]:
    """Groups, and the works in each, along the direction in which the works differ most."""
    along = {work: float(points[k, 0]) for k, work in enumerate(sequence)}
    ordered = {name: sorted(members, key=lambda i: (along[i], i)) for name, members in groups.items()}
    return dict(sorted(ordered.items(), key=lambda item: sum(along[i] for i in item[1]) / len(item[1])))


def default_count(works: int) -> int:
    """How many groups suit so many works: 1 for a handful, 4 for two dozen, at most 9."""
    return max(1, min(9, round(math.sqrt(works * 0.75)))) if works >= 4 else 1


def _cell(count: int, wishes: Wishes) -> Cell:
    """A cell for each of so many works: the more there are, the smaller, so that the whole keeps a human scale."""
    side = min(1.1, max(0.35, 1.1 * (16 / max(1, count)) ** 0.25)) * (wishes.scale or 1.0)
    return Cell(side * 1.15, side, wishes.gap_m or GAP_SHARE * side)


def _shelving(groups: dict[str, list[int]], cell: Cell, scene: Scene | None) -> Shelving:
    """Panels of so many rows that the works come out largest; of the scene's rows when these are about as many."""
    most = max((len(members) for members in groups.values()), default=1)
    bare = {
        rows: Shelving(
            [[Panel(name, [], [], -(-len(m) // rows), rows) for name, m in groups.items()]], cell, True
        ).filled_m
        for rows in some_numbers(most)
    }
    rows = min(bare, key=lambda rows: bare[rows])
    if scene is not None and scene.arrangement is not None and scene.arrangement.layout == "cluster":
        before = len({round(placement.position_m[1], 2) for placement in scene.placements})
        rows = before if 1 <= before <= most and abs(before - rows) <= max(2, rows // 4) else rows
    return Shelving([[_panel(name, members, rows) for name, members in groups.items()]], cell, True)


def _panel(name: str, members: list[int], rows: int) -> Panel:
    """Columns filled down and up in turn, so that one more work moves the others by one place at most.

    A last column that is not full hangs from the top.
    """
    cells = []
    last, rest = divmod(len(members), rows)
    for k in range(len(members)):
        column, place = divmod(k, rows)
        high = rest if column == last else rows
        cells.append((column, place if column % 2 == 0 else high - 1 - place))
    return Panel(name, members, cells, max(1, math.ceil(len(members) / rows)), rows)
