"""Judges what is there after a turn against the wish: pure functions from what was seen to a complaint, or nothing.

They share no code with the agent's tools: words, colours, orders and gaps are read from assets and records anew.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from agent.events import TurnEnded
from agent.ports.library import Asset
from scene.records import Opening, Placement, Wall
from scene.scene import Scene
from tests.eval.checks_order import doubled, mixed_groups, sorted_by
from tests.eval.facets import fits
from tests.load.hanging_rules import broken


@dataclass(frozen=True)
class Seen:
    """What was there before a turn and is there after it."""

    before: Scene
    after: Scene
    ended: TurnEnded
    assets: Mapping[str, Asset]
    """The library, by asset id."""
    selection: frozenset[str] = frozenset()
    """What is selected afterwards."""
    earlier: Sequence[Scene] = field(default_factory=tuple)
    """The scene after each turn so far, the empty one first."""


class NotThere(IndexError):
    """A check is about a work that does not hang."""


Check = Callable[[Seen, str], str]
"""Takes what was seen and the words after the check's name; gives a complaint, empty when all is well."""


def failed(seen: Seen, checks: Sequence[str]) -> list[str]:
    """The complaints of all checks."""
    found = []
    for line in checks:
        name = max((name for name in CHECKS if line == name or line.startswith(f"{name} ")), key=len, default="")
        if not name:
            raise ValueError(f"there is no check for {line!r}")
        try:
            complaint = CHECKS[name](seen, line[len(name) :].strip())
        except NotThere as missing:
            complaint = str(missing)
        found += [f"{line}: {complaint}"] if complaint else []
    return found


# -- which works ------------------------------------------------------------------------------------


def _shown(scene: Scene, seen: Seen) -> list[Asset]:
    return [seen.assets[work.asset_id] for work in scene.placements if work.asset_id in seen.assets]


def _all(seen: Seen, facet: str) -> str:
    wrong = [asset.title for asset in _shown(seen.after, seen) if not fits(asset, facet)]
    if not seen.after.placements:
        return "nothing is on show"
    return f"not {', '.join(wrong[:3])} ({len(wrong)} of {len(seen.after.placements)})" if wrong else ""


def _share(scene: Scene, seen: Seen, facet: str) -> float:
    works = _shown(scene, seen)
    return sum(fits(asset, facet) for asset in works) / len(works) if works else 0.0


def _most(seen: Seen, facet: str) -> str:
    share = _share(seen.after, seen, facet)
    return "" if share >= 0.6 else f"only {share:.0%}"


def _some(seen: Seen, facet: str) -> str:
    return "" if _share(seen.after, seen, facet) > 0 else "none"


def _none(seen: Seen, facet: str) -> str:
    wrong = [asset.title for asset in _shown(seen.after, seen) if fits(asset, facet, barred=True)]
    return f"but {', '.join(wrong[:3])}" if wrong else ""


def _more(seen: Seen, facet: str) -> str:
    before, after = _share(seen.before, seen, facet), _share(seen.after, seen, facet)
    return "" if after > before or after == 1.0 else f"{before:.0%} before, {after:.0%} after"


def _less(seen: Seen, facet: str) -> str:
    before, after = _share(seen.before, seen, facet), _share(seen.after, seen, facet)
    return "" if after < before or after == 0.0 else f"{before:.0%} before, {after:.0%} after"


def _count(seen: Seen, wanted: str) -> str:
    now, then = len(seen.after.placements), len(seen.before.placements)
    low, _, high = wanted.partition("..")
    relative = {"more": now > then, "fewer": 0 < now < then, "same": now == then}
    if wanted in relative:
        return "" if relative[wanted] else f"{then} before, {now} after"
    inside = (not low or now >= int(low)) and (now <= int(high or 10**9) if ".." in wanted else now == int(low))
    return "" if inside else f"{now} hang"


# -- how they hang ----------------------------------------------------------------------------------


def _theme(seen: Seen, theme: str) -> str:
    return "" if seen.after.theme.theme in theme.split("|") else seen.after.theme.theme


def _layout(seen: Seen, layout: str) -> str:
    found = seen.after.arrangement.layout if seen.after.arrangement else "none"
    return "" if found in layout.split("|") else found


def _rooms(seen: Seen, number: str) -> str:
    return "" if str(len(seen.after.rooms)) == number else f"{len(seen.after.rooms)} rooms"


def _windows(seen: Seen, _: str) -> str:
    return "" if any(o.use == "window" for o in seen.after.all(Opening)) else "there are none"


def _no_windows(seen: Seen, _: str) -> str:
    return "there are some" if any(o.use == "window" for o in seen.after.all(Opening)) else ""


def _sound(seen: Seen, _: str) -> str:
    return "; ".join(broken(list(seen.after))[:2])


def _hung(scene: Scene) -> list[Placement]:
    return sorted(scene.placements, key=lambda work: work.order)


def _order(seen: Seen, how: str) -> str:
    """ "order newest", or "order newest in groups": each group by itself, whatever comes first."""
    kind, _, where = how.partition(" in ")
    works = [(work, seen.assets[work.asset_id]) for work in _hung(seen.after) if work.asset_id in seen.assets]
    groups = dict.fromkeys(work.group for work, _ in works) if where == "groups" else {"": None}
    rows = [[asset for work, asset in works if where != "groups" or work.group == group] for group in groups]
    return "" if works and all(sorted_by(row, kind) for row in rows) else "out of order"


def _grouped_by(seen: Seen, column: str) -> str:
    """Which property the groups follow: each group has one value of it, and no value is in two."""
    rows: dict[str, list[Asset]] = {}
    for work in seen.after.placements:
        if work.asset_id in seen.assets:
            rows.setdefault(work.group, []).append(seen.assets[work.asset_id])
    return mixed_groups(rows, column)


def _no_duplicates(seen: Seen, _: str) -> str:
    twins = doubled(_shown(seen.after, seen))
    return f"{', '.join(twins[:3])} hang twice" if twins else ""


def gap_m(scene: Scene) -> float:
    """The middle distance between the edges of neighbours on a wall."""
    gaps: list[float] = []
    for wall in scene.all(Wall):
        (ax, az), (bx, bz) = wall.start_m, wall.end_m
        length = ((bx - ax) ** 2 + (bz - az) ** 2) ** 0.5
        along = ((bx - ax) / length, (bz - az) / length)
        spans = sorted(
            (at - work.size_m[0] / 2, at + work.size_m[0] / 2)
            for work in scene.placements
            if work.wall_id == wall.id
            for at in [(work.position_m[0] - ax) * along[0] + (work.position_m[2] - az) * along[1]]
        )
        gaps += [b[0] - a[1] for a, b in pairwise(spans)]
    return median(gaps) if gaps else 0.0


def _compared(name: str, measure: Callable[[Scene], float], up: str, down: str, tolerance: float) -> Check:
    def check(seen: Seen, wanted: str) -> str:
        before, after = measure(seen.before), measure(seen.after)
        if wanted == up:
            return "" if after > before * 1.02 else f"{name} {before:.3f} before, {after:.3f} after"
        if wanted == down:
            return "" if after < before * 0.98 else f"{name} {before:.3f} before, {after:.3f} after"
        return "" if abs(after - float(wanted)) <= tolerance else f"{name} {after:.3f}"

    return check


def _eye_m(scene: Scene) -> float:
    return median([work.position_m[1] for work in scene.placements] or [0.0])


def _width_m(scene: Scene) -> float:
    return median([work.size_m[0] * work.size_m[1] for work in scene.placements] or [0.0])


def _same_works(seen: Seen, _: str) -> str:
    before, after = ({work.asset_id for work in scene.placements} for scene in (seen.before, seen.after))
    return "" if before == after else f"{len(before - after)} gone, {len(after - before)} new"


def _other_works(seen: Seen, _: str) -> str:
    before, after = ({work.asset_id for work in scene.placements} for scene in (seen.before, seen.after))
    return "" if after - before else "no new work hangs"


def _unchanged(seen: Seen, _: str) -> str:
    return "" if seen.before == seen.after else "the scene changed"


def _as_after(seen: Seen, number: str) -> str:
    """As the scene was after that turn: 0 is the empty one at the start, -1 what it was a turn before the last."""
    index = int(number) if int(number) >= 0 else len(seen.earlier) + int(number) - 1
    if not 0 <= index < len(seen.earlier):
        raise NotThere(f"there was no turn {number}")
    return "" if seen.after == seen.earlier[index] else "the scene is another"


def _hero(seen: Seen, facet: str) -> str:
    largest = max(seen.after.placements, key=lambda work: work.size_m[0] * work.size_m[1], default=None)
    if largest is None:
        return "nothing hangs"
    asset = seen.assets[largest.asset_id]
    return "" if fits(asset, facet) else f"the largest is {asset.title}"


def _first(seen: Seen, facet: str) -> str:
    works = _hung(seen.after)
    return "" if works and fits(seen.assets[works[0].asset_id], facet) else "another one is first"


def _last(seen: Seen, facet: str) -> str:
    works = _hung(seen.after)
    return "" if works and fits(seen.assets[works[-1].asset_id], facet) else "another one is last"


def _on_wall(seen: Seen, words: str) -> str:
    """ "on wall back words storm": a work of the facet hangs on that side."""
    side, _, facet = words.partition(" ")
    walls = {w.id for w in seen.after.all(Wall) if w.name.casefold().startswith(side) or w.id.endswith(f"-{side}")}
    there = [seen.assets[work.asset_id] for work in seen.after.placements if work.wall_id in walls]
    return "" if any(fits(asset, facet) for asset in there) else "none of them hangs there"


def _kept_wall(seen: Seen, side: str) -> str:
    def there(scene: Scene) -> set[tuple[str, float, float]]:
        walls = {w.id for w in scene.all(Wall) if w.name.casefold().startswith(side) or w.id.endswith(f"-{side}")}
        return {(w.asset_id, *w.size_m) for w in scene.placements if w.wall_id in walls}

    before, after = there(seen.before), there(seen.after)
    return "" if before and before <= after else f"{len(before - after)} of {len(before)} left it"


def _groups(seen: Seen, number: str) -> str:
    groups = {work.group for work in seen.after.placements if work.group}
    return "" if (str(len(groups)) == number if number else len(groups) > 1) else f"{len(groups)} groups"


# -- single works -----------------------------------------------------------------------------------


def picked(scene: Scene, seen: Seen, which: str) -> list[Placement]:
    """Works of a scene: "third"-like numbers ("3", "-1"), "3,5", "largest", "all", or a facet ("colour red")."""
    works = _hung(scene)
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


def _gone(seen: Seen, which: str) -> str:
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


def _bigger(seen: Seen, which: str) -> str:
    return _changed(seen, which, lambda was, now: now.size_m[0] > was.size_m[0] * 1.02)


def _smaller(seen: Seen, which: str) -> str:
    return _changed(seen, which, lambda was, now: now.size_m[0] < was.size_m[0] * 0.98)


def _moved(seen: Seen, which: str) -> str:
    return _changed(seen, which, lambda was, now: now.position_m != was.position_m or now.rotation != was.rotation)


def _pinned(seen: Seen, which: str) -> str:
    return _changed(seen, which, lambda was, now: now.pinned)


def _unpinned(seen: Seen, which: str) -> str:
    return _changed(seen, which, lambda was, now: not now.pinned)


def _replaced(seen: Seen, which: str) -> str:
    meant = picked(seen.before, seen, which)
    now = {work.asset_id for work in seen.after.placements}
    gone = [work for work in meant if work.asset_id not in now]
    same = len(seen.after.placements) == len(seen.before.placements)
    return "" if meant and len(gone) == len(meant) and same else "it still hangs" if same else "the number changed"


def _swapped(seen: Seen, which: str) -> str:
    one, two = _two(seen, which)
    after = {work.asset_id: work for work in seen.after.placements}
    close = all(
        x.asset_id in after
        and sum((a - b) ** 2 for a, b in zip(after[x.asset_id].position_m, y.position_m, strict=True)) < 1.0
        for x, y in ((one, two), (two, one))
    )
    return "" if close else "they do not hang in each other's place"


def _swapped_only(seen: Seen, which: str) -> str:
    """These two are in each other's place in the row, on each other's wall, and no other work moved."""
    one, two = _two(seen, which)
    if complaint := _swapped(seen, which):
        return complaint
    before = [work.asset_id for work in _hung(seen.before)]
    wanted = [{one.asset_id: two.asset_id, two.asset_id: one.asset_id}.get(i, i) for i in before]
    now = {work.asset_id: work for work in seen.after.placements}
    if (now[one.asset_id].wall_id, now[two.asset_id].wall_id) != (two.wall_id, one.wall_id):
        return "they hang on other walls"
    others = [w for w in seen.before.placements if w.asset_id not in (one.asset_id, two.asset_id)]
    moved = [w.title for w in others if w.asset_id not in now or now[w.asset_id].position_m != w.position_m]
    if moved:
        return f"{', '.join(moved[:3])} moved too"
    return "" if [work.asset_id for work in _hung(seen.after)] == wanted else "the row has another order"


def _selected(seen: Seen, which: str) -> str:
    meant = {work.id for work in picked(seen.after, seen, which)} if which != "nothing" else set()
    return "" if seen.selection == meant else f"{len(seen.selection)} selected, {len(meant)} meant"


# -- what was said and where one looks --------------------------------------------------------------


def _says(seen: Seen, words: str) -> str:
    text = seen.ended.text.casefold()
    return "" if any(option.strip() in text for option in words.casefold().split("|")) else repr(seen.ended.text[:120])


def _tells_count(seen: Seen, facet: str) -> str:
    """The answer has the number of assets of the library (after "shown", of the works on show) with the facet."""
    where, _, rest = facet.partition(" ")
    among = _shown(seen.after, seen) if where == "shown" else list(seen.assets.values())
    asked = rest if where == "shown" else facet
    parts = [part.strip() for part in asked.split(" & ")] if asked else []
    number = sum(all(fits(asset, part) for part in parts) for asset in among)
    return (
        ""
        if re.search(rf"(?<![\d,.]){number:,}(?![\d])", seen.ended.text)
        else f"{number}, not {seen.ended.text[:100]!r}"
    )


def _looks_at(seen: Seen, which: str) -> str:
    """The camera looks at that work, or stands before the wall or in the room that is named."""
    camera = seen.ended.camera
    if camera is None:
        return "the camera stayed"
    kind, _, name = which.partition(" ")
    x, _, z = camera.target_m
    if kind == "wall":
        walls = [w for w in seen.after.all(Wall) if w.name.casefold().startswith(name) or w.id.endswith(f"-{name}")]
        middles = [((w.start_m[0] + w.end_m[0]) / 2, (w.start_m[1] + w.end_m[1]) / 2) for w in walls]
        return "" if any(abs(x - a) + abs(z - b) < 0.5 for a, b in middles) else "it looks elsewhere"
    if kind == "room":
        room = seen.after.rooms[int(name) - 1]
        (x0, z0), (x1, z1) = room.min_corner_m, room.max_corner_m
        px, _, pz = camera.position_m
        return "" if x0 <= px <= x1 and z0 <= pz <= z1 else "it is elsewhere"
    if kind == "above":
        return "" if camera.position_m[1] > 3 else "it is not above"
    works = picked(seen.after, seen, which)
    near = any(sum((a - b) ** 2 for a, b in zip(w.position_m, camera.target_m, strict=True)) < 0.3 for w in works)
    return "" if near else "it looks elsewhere"


def _touring(seen: Seen, _: str) -> str:
    """A tour runs, or a path to be walked was proposed."""
    planned = any(viewpoint.on_path for viewpoint in seen.after.viewpoints) and seen.ended.outcome == "proposed"
    return "" if seen.ended.action == "tour" or planned else f"no tour: {seen.ended.outcome} {seen.ended.action}"


def _action(seen: Seen, name: str) -> str:
    return "" if seen.ended.action in name.split("|") else repr(seen.ended.action)


def _outcome(seen: Seen, name: str) -> str:
    return "" if seen.ended.outcome in name.split("|") else seen.ended.outcome


def _choices(seen: Seen, number: str) -> str:
    return "" if len(seen.ended.choices) >= int(number) else f"{len(seen.ended.choices)} choices"


CHECKS: Mapping[str, Check] = {
    "all": _all,
    "most": _most,
    "some": _some,
    "none": _none,
    "more": _more,
    "less": _less,
    "count": _count,
    "theme": _theme,
    "layout": _layout,
    "rooms": _rooms,
    "windows": _windows,
    "no windows": _no_windows,
    "sound": _sound,
    "order": _order,
    "grouped by": _grouped_by,
    "no duplicates": _no_duplicates,
    "gap": _compared("gap", gap_m, "wider", "tighter", 0.12),
    "eye": _compared("centre line", _eye_m, "higher", "lower", 0.12),
    "size": _compared("size", _width_m, "bigger", "smaller", 0.05),
    "light": _compared("light", lambda scene: scene.theme.light, "brighter", "darker", 0.05),
    "same works": _same_works,
    "other works": _other_works,
    "unchanged": _unchanged,
    "as after": _as_after,
    "hero": _hero,
    "first": _first,
    "last": _last,
    "on wall": _on_wall,
    "kept wall": _kept_wall,
    "groups": _groups,
    "gone": _gone,
    "bigger": _bigger,
    "smaller": _smaller,
    "moved": _moved,
    "pinned": _pinned,
    "unpinned": _unpinned,
    "replaced": _replaced,
    "swapped": _swapped,
    "swapped only": _swapped_only,
    "selected": _selected,
    "says": _says,
    "tells count": _tells_count,
    "looks at": _looks_at,
    "touring": _touring,
    "action": _action,
    "outcome": _outcome,
    "choices": _choices,
}
