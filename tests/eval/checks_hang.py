"""Checks of how works hang: theme, layout, rooms, order, gaps, height, walls."""

from collections.abc import Callable
from itertools import pairwise
from statistics import median

from agent.ports.library import Asset
from scene.records import Opening, Placement, Wall
from scene.scene import Scene
from tests.eval.checks_order import mixed_groups, sorted_by
from tests.eval.facets import fits
from tests.eval.seen import Check, Seen
from tests.load.hanging_rules import broken


def themed(seen: Seen, theme: str) -> str:
    return "" if seen.after.theme.theme in theme.split("|") else seen.after.theme.theme


def laid_out(seen: Seen, layout: str) -> str:
    found = seen.after.arrangement.layout if seen.after.arrangement else "none"
    return "" if found in layout.split("|") else found


def rooms_are(seen: Seen, number: str) -> str:
    return "" if str(len(seen.after.rooms)) == number else f"{len(seen.after.rooms)} rooms"


def has_windows(seen: Seen, _: str) -> str:
    return "" if any(o.use == "window" for o in seen.after.all(Opening)) else "there are none"


def has_no_windows(seen: Seen, _: str) -> str:
    return "there are some" if any(o.use == "window" for o in seen.after.all(Opening)) else ""


def is_sound(seen: Seen, _: str) -> str:
    return "; ".join(broken(list(seen.after))[:2])


def hung(scene: Scene) -> list[Placement]:
    return sorted(scene.placements, key=lambda work: work.order)


def ordered(seen: Seen, how: str) -> str:
    """ "order newest", or "order newest in groups": each group by itself, whatever comes first."""
    kind, _, where = how.partition(" in ")
    works = [(work, seen.assets[work.asset_id]) for work in hung(seen.after) if work.asset_id in seen.assets]
    groups = dict.fromkeys(work.group for work, _ in works) if where == "groups" else {"": None}
    rows = [[asset for work, asset in works if where != "groups" or work.group == group] for group in groups]
    return "" if works and all(sorted_by(row, kind) for row in rows) else "out of order"


def grouped_by(seen: Seen, column: str) -> str:
    """Which property the groups follow: each group has one value of it, and no value is in two."""
    rows: dict[str, list[Asset]] = {}
    for work in seen.after.placements:
        if work.asset_id in seen.assets:
            rows.setdefault(work.group, []).append(seen.assets[work.asset_id])
    return mixed_groups(rows, column)


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


def compared(name: str, measure: Callable[[Scene], float], up: str, down: str, tolerance: float) -> Check:
    def check(seen: Seen, wanted: str) -> str:
        before, after = measure(seen.before), measure(seen.after)
        if wanted == up:
            return "" if after > before * 1.02 else f"{name} {before:.3f} before, {after:.3f} after"
        if wanted == down:
            return "" if after < before * 0.98 else f"{name} {before:.3f} before, {after:.3f} after"
        return "" if abs(after - float(wanted)) <= tolerance else f"{name} {after:.3f}"

    return check


def eye_m(scene: Scene) -> float:
    return median([work.position_m[1] for work in scene.placements] or [0.0])


def width_m(scene: Scene) -> float:
    return median([work.size_m[0] * work.size_m[1] for work in scene.placements] or [0.0])


def hero_is(seen: Seen, facet: str) -> str:
    largest = max(seen.after.placements, key=lambda work: work.size_m[0] * work.size_m[1], default=None)
    if largest is None:
        return "nothing hangs"
    asset = seen.assets[largest.asset_id]
    return "" if fits(asset, facet) else f"the largest is {asset.title}"


def first_is(seen: Seen, facet: str) -> str:
    works = hung(seen.after)
    return "" if works and fits(seen.assets[works[0].asset_id], facet) else "another one is first"


def last_is(seen: Seen, facet: str) -> str:
    works = hung(seen.after)
    return "" if works and fits(seen.assets[works[-1].asset_id], facet) else "another one is last"


def hangs_on(seen: Seen, words: str) -> str:
    """ "on wall back words storm": a work of the facet hangs on that side."""
    side, _, facet = words.partition(" ")
    walls = {w.id for w in seen.after.all(Wall) if w.name.casefold().startswith(side) or w.id.endswith(f"-{side}")}
    there = [seen.assets[work.asset_id] for work in seen.after.placements if work.wall_id in walls]
    return "" if any(fits(asset, facet) for asset in there) else "none of them hangs there"


def kept_wall(seen: Seen, side: str) -> str:
    def there(scene: Scene) -> set[tuple[str, float, float]]:
        walls = {w.id for w in scene.all(Wall) if w.name.casefold().startswith(side) or w.id.endswith(f"-{side}")}
        return {(w.asset_id, *w.size_m) for w in scene.placements if w.wall_id in walls}

    before, after = there(seen.before), there(seen.after)
    return "" if before and before <= after else f"{len(before - after)} of {len(before)} left it"


def groups_are(seen: Seen, number: str) -> str:
    groups = {work.group for work in seen.after.placements if work.group}
    return "" if (str(len(groups)) == number if number else len(groups) > 1) else f"{len(groups)} groups"
