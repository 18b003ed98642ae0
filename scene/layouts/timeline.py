"""Timeline: dated works along an axis of labelled sections, on a path to walk or on one long wall."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from scene.layouts.clearing import beside
from scene.layouts.contract import Arranged, Unplaced, Wishes, Work
from scene.layouts.kept import what_stays
from scene.layouts.sequence import in_sequence, inapplicable, named, plural
from scene.layouts.ticks import MOST_SECTIONS, sections
from scene.layouts.timeline_floor import along_path
from scene.layouts.timeline_wall import along_wall
from scene.records import AnyRecord, Placement, Viewpoint
from scene.scene import Scene

LEAST_SECTIONS = 4
"""So many sections a handful of works may be parted into; more works into more."""


def arrange_timeline(
    works: Sequence[Work],
    wishes: Wishes,
    *,
    seed: int = 0,
    kept: Sequence[Placement] = (),
    scene: Scene | None = None,
) -> Arranged:
    """Lay the dated works out in time order; works without a date are named as unplaced."""
    unmet: list[str] = []
    stays = what_stays(scene, wishes, kept, unmet)
    plain = wishes.model_copy(update={"order": None, "relations": ()})
    sequence = stays.without(works, in_sequence(works, plain, unmet))
    unmet += _not_met(wishes, works)
    days = {i: day for i in sequence if (day := day_of(works[i])) is not None}
    undated = [Unplaced(asset_id=works[i].asset_id, why="it has no date") for i in sequence if i not in days]
    if not days:
        if sequence:
            unmet.append(f"no date is known for any of {plural(len(sequence), 'work')}")
        nowhere = Viewpoint(
            id="entrance", name="Entrance", position_m=(0.0, 1.6, 4.0), target_m=(0.0, 1.5, -6.0), on_path=True
        )
        return Arranged(
            records=tuple(beside([nowhere], stays)),
            unmet=tuple(unmet),
            unplaced=tuple(undated),
            summary="no dated works to lay out",
        )
    newest = wishes.order == "newest"
    order = sorted(days, key=lambda i: -days[i] if newest else days[i])
    ordinals = np.array([days[i] for i in order], dtype=np.int64)
    most = min(MOST_SECTIONS, max(LEAST_SECTIONS, round(len(order) * 0.6)))
    parts = sections(date.fromordinal(int(ordinals.min())), date.fromordinal(int(ordinals.max())), most)
    lay = along_wall if wishes.axis == "wall" else along_path
    taken = {record.id for room in stays.rooms for record in (room.room, *room.openings)}
    start = 1 + max((p.order for p in stays.placements), default=-1)
    records: list[AnyRecord] = lay(
        works, order, ordinals, parts, newest, wishes, taken | {p.id for p in stays.placements}, start
    )
    span = parts[0].label if len(parts) == 1 else f"{parts[0].label} to {parts[-1].label}"
    where = "along one wall" if wishes.axis == "wall" else "along a path"
    summary = f"{plural(len(order), 'work')} {where}, {span}, {'newest' if newest else 'oldest'} first"
    if undated:
        summary += f"; {plural(len(undated), 'work')} without a date left out"
    return Arranged(
        records=tuple(beside(records, stays)), unmet=tuple(unmet), unplaced=tuple(undated), summary=summary[:400]
    )


def day_of(work: Work) -> int | None:
    """The day the work belongs to, as an ordinal: its date, else the first day of the year it names."""
    if work.taken is not None:
        return work.taken.toordinal()
    year = work.values.get("year", "")
    return (
        date(int(year), 1, 1).toordinal() if year.isascii() and year.isdigit() and 1 <= int(year[:5]) <= 9999 else None
    )


def _not_met(wishes: Wishes, works: Sequence[Work]) -> list[str]:
    unmet = inapplicable(wishes, "timeline")
    if wishes.order not in (None, "given", "newest", "oldest"):
        unmet.append(f"order by {wishes.order}: a timeline runs by date")
    titles = {work.asset_id: named(work) for work in works}
    for relation in wishes.relations:
        unmet.append(f"{titles.get(relation.asset_id, relation.asset_id[:16])}: a timeline places works by date alone")
    return unmet
