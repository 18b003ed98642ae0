"""Checks of single works: gone, resized, moved, pinned, replaced, swapped, selected."""

import re
from collections.abc import Callable, Sequence

from scene.records import Placement
from scene.scene import Scene
from tests.eval.checks_hang import hung
from tests.eval.facets import fits
from tests.eval.seen import NotThere, Seen


def picked(scene: Scene, seen: Seen, which: str) -> list[Placement]:
    """Works of a scene: "third"-like numbers ("3", "-1"), "3,5", "largest", "all", or a facet ("colour red")."""
    works = hung(scene)
    if which == "all":
        return works
    if which in ("largest", "smallest"):
        area = sorted(works, key=lambda work: work.size_m[0] * work.size_m[1])
        return area[-1:] if which == "largest" else area[:1]
    if re.fullmatch(r"-?\d+(,-?\d+)*", which):
        return [_numbered(works, int(n)) for n in which.split(",")]
    return [work for work in works if work.asset_id in seen.assets and fits(seen.assets[work.asset_id], which)]


def _numbered(works: Sequence[Placement], number: int) -> Placement:
    if not 1 <= abs(number) <= len(works):
        raise NotThere(f"there is no work number {number}: {len(works)} hang")
    return works[number - 1 if number > 0 else number]


def _two(seen: Seen, which: str) -> tuple[Placement, Placement]:
    found = picked(seen.before, seen, which)
    if len(found) != 2:
        raise NotThere(f"{len(found)} works are meant, not two")
    return found[0], found[1]


def are_gone(seen: Seen, which: str) -> str:
    """These works are off the wall and all others are still there."""
    meant = {work.id for work in picked(seen.before, seen, which)}
    now = {work.id for work in seen.after.placements}
    others = {work.id for work in seen.before.placements} - meant
    if not meant:
        return "no work was meant"
    return f"{len(meant & now)} still hang, {len(others - now)} others went" if meant & now or others - now else ""


def _changed(seen: Seen, which: str, better: Callable[[Placement, Placement], bool]) -> str:
    meant = picked(seen.before, seen, which)
    after = {work.id: work for work in seen.after.placements}
    wrong = [work.title for work in meant if work.id not in after or not better(work, after[work.id])]
    ids = {work.id for work in meant}
    sizes = [w for w in seen.before.placements if w.id not in ids and w.id in after and after[w.id].size_m != w.size_m]
    if not meant:
        return "no work was meant"
    return f"not {', '.join(wrong[:3])}" if wrong else f"{len(sizes)} others too" if sizes else ""


def are_bigger(seen: Seen, which: str) -> str:
    return _changed(seen, which, lambda was, now: now.size_m[0] > was.size_m[0] * 1.02)


def are_smaller(seen: Seen, which: str) -> str:
    return _changed(seen, which, lambda was, now: now.size_m[0] < was.size_m[0] * 0.98)


def are_moved(seen: Seen, which: str) -> str:
    return _changed(seen, which, lambda was, now: now.position_m != was.position_m or now.rotation != was.rotation)


def are_pinned(seen: Seen, which: str) -> str:
    return _changed(seen, which, lambda was, now: now.pinned)


def are_unpinned(seen: Seen, which: str) -> str:
    return _changed(seen, which, lambda was, now: not now.pinned)


def are_replaced(seen: Seen, which: str) -> str:
    meant = picked(seen.before, seen, which)
    now = {work.asset_id for work in seen.after.placements}
    gone = [work for work in meant if work.asset_id not in now]
    same = len(seen.after.placements) == len(seen.before.placements)
    return "" if meant and len(gone) == len(meant) and same else "it still hangs" if same else "the number changed"


def are_swapped(seen: Seen, which: str) -> str:
    one, two = _two(seen, which)
    after = {work.asset_id: work for work in seen.after.placements}
    close = all(
        x.asset_id in after
        and sum((a - b) ** 2 for a, b in zip(after[x.asset_id].position_m, y.position_m, strict=True)) < 1.0
        for x, y in ((one, two), (two, one))
    )
    return "" if close else "they do not hang in each other's place"


def only_swapped(seen: Seen, which: str) -> str:
    """These two are in each other's place in the row, on each other's wall, and no other work moved."""
    one, two = _two(seen, which)
    if complaint := are_swapped(seen, which):
        return complaint
    before = [work.asset_id for work in hung(seen.before)]
    wanted = [{one.asset_id: two.asset_id, two.asset_id: one.asset_id}.get(i, i) for i in before]
    now = {work.asset_id: work for work in seen.after.placements}
    if (now[one.asset_id].wall_id, now[two.asset_id].wall_id) != (two.wall_id, one.wall_id):
        return "they hang on other walls"
    others = [w for w in seen.before.placements if w.asset_id not in (one.asset_id, two.asset_id)]
    moved = [w.title for w in others if w.asset_id not in now or now[w.asset_id].position_m != w.position_m]
    if moved:
        return f"{', '.join(moved[:3])} moved too"
    return "" if [work.asset_id for work in hung(seen.after)] == wanted else "the row has another order"


def are_selected(seen: Seen, which: str) -> str:
    meant = {work.id for work in picked(seen.after, seen, which)} if which != "nothing" else set()
    return "" if seen.selection == meant else f"{len(seen.selection)} selected, {len(meant)} meant"
