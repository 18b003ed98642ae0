"""Timeline: dated works along an axis of labelled sections, on a path to walk or on one long wall."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from scene.layouts.clearing import beside
from scene.layouts.contract import Arranged, Unplaced, Wishes, Work
from scene.layouts.kept import what_stays
from scene.layouts.lettering import ENGLISH, Lettering
from scene.layouts.said import Counted, Said, Term, said
from scene.layouts.sequence import in_sequence, inapplicable, named
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
    lettering: Lettering = ENGLISH,
) -> Arranged:
    """Lay the dated works out in time order; works without a date are named as unplaced."""
    unmet: list[Said] = []
    stays = what_stays(scene, wishes, kept, unmet)
    plain = wishes.model_copy(update={"order": None, "relations": ()})
    sequence = stays.without(works, in_sequence(works, plain, unmet))
    unmet += _not_met(wishes, works)
    days = {i: day for i in sequence if (day := day_of(works[i])) is not None}
    no_date = said("left.no_date")
    undated = [Unplaced(asset_id=works[i].asset_id, why=no_date) for i in sequence if i not in days]
    if not days:
        if sequence:
            unmet.append(said("dates.none", works=Counted(len(sequence), "work")))
        nowhere = Viewpoint(
            id="entrance", name="Entrance", position_m=(0.0, 1.6, 4.0), target_m=(0.0, 1.5, -6.0), on_path=True
        )
        return Arranged(
            records=tuple(beside([nowhere], stays)),
            unmet=tuple(unmet),
            unplaced=tuple(undated),
            summary=said("timeline.empty"),
        )
    newest = wishes.order == "newest"
    order = sorted(days, key=lambda i: -days[i] if newest else days[i])
    ordinals = np.array([days[i] for i in order], dtype=np.int64)
    most = min(MOST_SECTIONS, max(LEAST_SECTIONS, round(len(order) * 0.6)))
    first_day, last_day = (date.fromordinal(int(end)) for end in (ordinals.min(), ordinals.max()))
    parts = sections(first_day, last_day, most, lettering)
    taken = {record.id for room in stays.rooms for record in (room.room, *room.openings)}
    start = 1 + max((p.order for p in stays.placements), default=-1)
    given = (works, order, ordinals, parts, newest, wishes, taken | {p.id for p in stays.placements}, start)
    records: list[AnyRecord] = along_wall(*given, lettering.hall) if wishes.axis == "wall" else along_path(*given)
    first, last = parts[0].label, parts[-1].label
    summary = said(
        "timeline.wall" if wishes.axis == "wall" else "timeline.path",
        works=Counted(len(order), "work"),
        span=first if first == last else said("span", first=first, last=last),
        order=Term("order", "newest" if newest else "oldest"),
        undated=said("timeline.undated", works=Counted(len(undated), "work")) if undated else "",
    )
    return Arranged(records=tuple(beside(records, stays)), unmet=tuple(unmet), unplaced=tuple(undated), summary=summary)


def day_of(work: Work) -> int | None:
    """The day the work belongs to, as an ordinal: its date, else the first day of the year it names."""
    if work.taken is not None:
        return work.taken.toordinal()
    year = work.values.get("year", "")
    return (
        date(int(year), 1, 1).toordinal() if year.isascii() and year.isdigit() and 1 <= int(year[:5]) <= 9999 else None
    )


def _not_met(wishes: Wishes, works: Sequence[Work]) -> list[Said]:
    unmet = inapplicable(wishes, "timeline")
    if wishes.order not in (None, "given", "newest", "oldest"):
        unmet.append(said("time.order", order=Term("order", str(wishes.order))))
    return unmet + [said("time.alone", work=named(works, relation.asset_id)) for relation in wishes.relations]
