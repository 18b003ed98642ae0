"""Cluster: like works together in panels around the visitor, each panel named by what its works share."""

import math
from collections.abc import Sequence

import numpy as np

from scene.layouts.clearing import beside
from scene.layouts.columns import grouped
from scene.layouts.contract import Arranged, Features, Wishes, Work
from scene.layouts.earlier import taken_up
from scene.layouts.kept import what_stays
from scene.layouts.likeness import Floats, k_means, principal
from scene.layouts.naming import labels, terms_of
from scene.layouts.panels import Cell, Panel, panel_records
from scene.layouts.sequence import in_sequence, inapplicable, named, plural
from scene.records import Placement
from scene.scene import Scene

MOST_GROUPS = 40
DEFAULT_GAP_M = 0.18


def arrange_cluster(
    works: Sequence[Work],
    features: Features | None,
    wishes: Wishes,
    *,
    seed: int = 0,
    kept: Sequence[Placement] = (),
    scene: Scene | None = None,
) -> Arranged:
    """Group the works by likeness (or by a column when one is asked) and stand each group in a panel.

    A scene that is clustered already is the starting point: its groups and rows are taken up again.
    """
    unmet: list[str] = []
    stays = what_stays(scene, wishes, kept, unmet)
    plain = wishes.model_copy(update={"order": None})
    sequence = stays.without(works, in_sequence(works, plain, unmet))
    unmet += inapplicable(wishes, ("columns", "rooms", "axis", "windows"), "cluster layout")
    titles = {work.asset_id: named(work) for work in works}
    for relation in wishes.relations:
        unmet.append(f"{titles.get(relation.asset_id, relation.asset_id[:16])}: likeness alone places works here")
    points = _points(works, features, sequence, unmet)
    free = wishes.group_by is None and wishes.groups is None
    groups = taken_up(works, sequence, points, scene) if free else None
    if groups is None:
        groups = _in_a_row(_groups(works, sequence, points, wishes, seed, unmet), sequence, points)
    rows = _rows(len(sequence), max(1, len(groups)), scene)
    panels = [_panel(name, members, rows) for name, members in groups.items()]
    side = (0.95 if len(sequence) <= 200 else 0.7) * (wishes.scale or 1.0)
    cell = Cell(side * 1.15, side, wishes.gap_m or DEFAULT_GAP_M * (wishes.scale or 1.0))
    start = 1 + max((p.order for p in stays.placements), default=-1)
    taken = {p.id for p in stays.placements}
    records = panel_records(
        works, panels, cell, curved=True, centre_m=wishes.eye_height_m or 1.5, taken_ids=taken, start=start
    )
    shown = "; ".join(panel.name for panel in panels[:8])
    return Arranged(
        records=tuple(beside(records, stays)),
        unmet=tuple(unmet),
        summary=f"{plural(len(sequence), 'work')} in {plural(len(panels), 'group')}: {shown}"[:400],
    )


def _points(works: Sequence[Work], features: Features | None, sequence: Sequence[int], unmet: list[str]) -> Floats:
    """Rows of the chosen works in likeness space; from tags and values when no features fit the works."""
    if not sequence:
        return np.zeros((0, 1))
    if features is not None and features.ndim == 2 and len(features) == len(works) and features.shape[1] > 0:
        return principal(features[list(sequence)])
    unmet.append("no likeness is known for these works; they are grouped by their tags and words instead")
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
    works: Sequence[Work], sequence: list[int], points: Floats, wishes: Wishes, seed: int, unmet: list[str]
) -> dict[str, list[int]]:
    if not sequence:
        return {}
    if wishes.group_by is not None:
        found = grouped(works, sequence, wishes.group_by)
        if len(found) > MOST_GROUPS:
            unmet.append(f'{len(found):,} values of {wishes.group_by}: the rarest stand under "others"')
            keys = list(found)
            rest = [i for key in keys[MOST_GROUPS - 1 :] for i in found[key]]
            found = {key: found[key] for key in keys[: MOST_GROUPS - 1]} | {"others": rest}
        return found
    numbers = k_means(points, wishes.groups or default_count(len(sequence)), seed)
    groups = [[sequence[k] for k in np.flatnonzero(numbers == g).tolist()] for g in range(int(numbers.max()) + 1)]
    groups = [group for group in groups if group]
    if wishes.groups is not None and len(groups) < wishes.groups:
        unmet.append(f"{plural(wishes.groups, 'group')} asked, {len(groups)} made: the works do not differ more")
    return dict(zip(labels(works, groups), groups, strict=True))


def _in_a_row(groups: dict[str, list[int]], sequence: Sequence[int], points: Floats) -> dict[str, list[int]]:
    """Groups, and the works in each, along the direction in which the works differ most."""
    along = {work: float(points[k, 0]) for k, work in enumerate(sequence)}
    ordered = {name: sorted(members, key=lambda i: (along[i], i)) for name, members in groups.items()}
    return dict(sorted(ordered.items(), key=lambda item: sum(along[i] for i in item[1]) / len(item[1])))


def default_count(works: int) -> int:
    """How many groups suit so many works: 1 for a handful, 4 for two dozen, at most 9."""
    return max(1, min(9, round(math.sqrt(works * 0.75)))) if works >= 4 else 1


def _rows(works: int, groups: int, scene: Scene | None) -> int:
    """Rows of every panel: those of the scene when it is a cluster of about this size, else by the mean group."""
    wanted = max(1, min(round(math.sqrt(works / 2.6)), math.ceil(math.sqrt(works / groups * 1.3)), 14))
    if scene is None or scene.arrangement is None or scene.arrangement.layout != "cluster":
        return wanted
    before = len({round(placement.position_m[1], 2) for placement in scene.placements})
    return before if abs(before - wanted) <= 1 and before >= 1 else wanted


def _panel(name: str, members: list[int], rows: int) -> Panel:
    """Columns filled down and up in turn, so that one more work moves the others by one place at most."""
    cells = []
    for k in range(len(members)):
        column, place = divmod(k, rows)
        cells.append((column, place if column % 2 == 0 else rows - 1 - place))
    return Panel(name, members, cells, max(1, math.ceil(len(members) / rows)), rows)
