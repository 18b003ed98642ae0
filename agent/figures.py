"""What a change did, in figures measured on the scene before and after it: "gaps 0.65 → 0.97 m"."""

from statistics import median

from agent.hanging import gap_between_works_m
from agent.intent import Intent
from agent.wording import counted, listed, query_in_words
from scene.layouts.contract import Wishes
from scene.scene import Scene

_ORDERS = {"newest": "newest first", "oldest": "oldest first", "given": "", "score": "best match first"}
_SORTS = {"best": "best match first", "worst": "weakest match first", "colourful": "most colourful first"}


def figures(before: Scene, after: Scene, intent: Intent) -> list[str]:
    """One phrase for each thing that was asked for and can be measured; nothing for what stayed as it was."""
    wishes, found = intent.wishes, list[str]()
    if wishes.gap_m is not None:
        found += _change("gaps", gap_between_works_m(before), gap_between_works_m(after))
    if wishes.eye_height_m is not None:
        found += _change("centre line", _centre_m(before), _centre_m(after))
    if wishes.scale is not None:
        found += _change("middle width of the works", _width_m(before), _width_m(after))
    if wishes.rooms is not None and before.rooms and after.rooms:
        found.append(f"{len(before.rooms)} → {len(after.rooms)} rooms")
    if intent.rehang:
        found.append(_moved(before, after))
    layouts = [scene.arrangement.layout if scene.arrangement else "" for scene in (before, after)]
    if intent.layout and all(layouts) and layouts[0] != layouts[1]:
        found.append(f"{layouts[0]} → {layouts[1]}")
    if intent.light is not None:
        found.append(f"light {before.theme.light:.0%} → {after.theme.light:.0%}".replace("%", " %"))
    return found


def _moved(before: Scene, after: Scene) -> str:
    """ "18 works hang elsewhere, 6 stayed"."""
    places = {work.asset_id: work.position_m for work in before.placements}
    stayed = sum(places.get(work.asset_id) == work.position_m for work in after.placements)
    return f"{counted(len(after.placements) - stayed, 'work')} hung anew, {stayed} as before"


def _change(what: str, before_m: float | None, after_m: float | None) -> list[str]:
    if before_m is None or after_m is None:
        return []
    return [f"{what} {_rounded(before_m)} → {_rounded(after_m)} m"]


def _rounded(length_m: float) -> str:
    """Two digits, halves up."""
    return f"{length_m + 1e-6:.2f}"


def _centre_m(scene: Scene) -> float | None:
    heights = [work.position_m[1] for work in scene.placements]
    return median(heights) if heights else None


def _width_m(scene: Scene) -> float | None:
    widths = [work.size_m[0] for work in scene.placements]
    return median(widths) if widths else None


def change_in_words(intent: Intent) -> str:
    """What a refinement asks for, without its verbs and its subject: "less purple, 2 rooms"."""
    asked = query_in_words(intent.query.model_copy(update={"words": ""}))
    parts = [f"only {asked}" if intent.only_shown and asked else asked]
    parts += wishes_in_words(intent.wishes)
    parts += [_SORTS.get(intent.sort, f"{intent.sort} first")] if intent.sort else []
    parts += ["hung as wished"] if intent.relations else []
    parts += ["another take"] if intent.again else []
    return ", ".join(part for part in parts if part)


def wishes_in_words(wishes: Wishes) -> list[str]:
    """Wishes for the hanging as short phrases; the number of works is told elsewhere."""
    order = _ORDERS.get(wishes.order, f"by {wishes.order}") if wishes.order else ""
    said = (
        f"gaps of {_rounded(wishes.gap_m)} m" if wishes.gap_m else "",
        f"centre line at {_rounded(wishes.eye_height_m)} m" if wishes.eye_height_m else "",
        f"works at {wishes.scale * 100:.0f} %" if wishes.scale else "",
        f"{wishes.rooms} room{'' if wishes.rooms == 1 else 's'}" if wishes.rooms else "",
        f"{wishes.columns} columns" if wishes.columns else "",
        f"{wishes.groups} groups" if wishes.groups else "",
        order,
        f"by {wishes.group_by}" if wishes.group_by else "",
        f"along the {wishes.axis}" if wishes.axis else "",
        "" if wishes.windows is None else "with windows" if wishes.windows else "without windows",
        f"{listed(wishes.keep_walls)} wall kept" if wishes.keep_walls else "",
    )
    return [part for part in said if part]
