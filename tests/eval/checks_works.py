"""Checks of which works hang: all, most or none of a kind, how many, the same or others."""

from agent.ports.library import Asset
from scene.scene import Scene
from tests.eval.checks_order import doubled
from tests.eval.facets import fits
from tests.eval.seen import NotThere, Seen


def shown_works(scene: Scene, seen: Seen) -> list[Asset]:
    return [seen.assets[work.asset_id] for work in scene.placements if work.asset_id in seen.assets]


def all_of(seen: Seen, facet: str) -> str:
    wrong = [asset.title for asset in shown_works(seen.after, seen) if not fits(asset, facet)]
    if not seen.after.placements:
        return "nothing is on show"
    return f"not {', '.join(wrong[:3])} ({len(wrong)} of {len(seen.after.placements)})" if wrong else ""


def _share(scene: Scene, seen: Seen, facet: str) -> float:
    works = shown_works(scene, seen)
    return sum(fits(asset, facet) for asset in works) / len(works) if works else 0.0


def most_of(seen: Seen, facet: str) -> str:
    share = _share(seen.after, seen, facet)
    return "" if share >= 0.6 else f"only {share:.0%}"


def some_of(seen: Seen, facet: str) -> str:
    return "" if _share(seen.after, seen, facet) > 0 else "none"


def none_of(seen: Seen, facet: str) -> str:
    wrong = [asset.title for asset in shown_works(seen.after, seen) if fits(asset, facet, barred=True)]
    return f"but {', '.join(wrong[:3])}" if wrong else ""


def more_of(seen: Seen, facet: str) -> str:
    before, after = _share(seen.before, seen, facet), _share(seen.after, seen, facet)
    return "" if after > before or after == 1.0 else f"{before:.0%} before, {after:.0%} after"


def less_of(seen: Seen, facet: str) -> str:
    before, after = _share(seen.before, seen, facet), _share(seen.after, seen, facet)
    return "" if after < before or after == 0.0 else f"{before:.0%} before, {after:.0%} after"


def counted(seen: Seen, wanted: str) -> str:
    now, then = len(seen.after.placements), len(seen.before.placements)
    low, _, high = wanted.partition("..")
    relative = {"more": now > then, "fewer": 0 < now < then, "same": now == then}
    if wanted in relative:
        return "" if relative[wanted] else f"{then} before, {now} after"
    inside = (not low or now >= int(low)) and (now <= int(high or 10**9) if ".." in wanted else now == int(low))
    return "" if inside else f"{now} hang"


def no_duplicates(seen: Seen, _: str) -> str:
    twins = doubled(shown_works(seen.after, seen))
    return f"{', '.join(twins[:3])} hang twice" if twins else ""


def same_works(seen: Seen, _: str) -> str:
    before, after = ({work.asset_id for work in scene.placements} for scene in (seen.before, seen.after))
    return "" if before == after else f"{len(before - after)} gone, {len(after - before)} new"


def other_works(seen: Seen, _: str) -> str:
    before, after = ({work.asset_id for work in scene.placements} for scene in (seen.before, seen.after))
    return "" if after - before else "no new work hangs"


def is_unchanged(seen: Seen, _: str) -> str:
    return "" if seen.before == seen.after else "the scene changed"


def as_after(seen: Seen, number: str) -> str:
    """As the scene was after that turn: 0 is the empty one at the start, -1 what it was a turn before the last."""
    index = int(number) if int(number) >= 0 else len(seen.earlier) + int(number) - 1
    if not 0 <= index < len(seen.earlier):
        raise NotThere(f"there was no turn {number}")
    return "" if seen.after == seen.earlier[index] else "the scene is another"
