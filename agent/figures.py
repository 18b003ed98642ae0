"""What a change did, in figures measured on the scene before and after it: "gaps 0.65 → 0.97 m"."""

from statistics import median

from agent.hanging import gap_between_works_m
from agent.intent import Intent
from agent.phrases import ENGLISH, Phrases, phrases
from agent.wording import query_in_words
from scene.layouts.contract import Wishes
from scene.scene import Scene


def figures(before: Scene, after: Scene, intent: Intent) -> list[str]:
    """One phrase for each thing that was asked for and can be measured; nothing for what stayed as it was."""
    wishes, found, tell = intent.wishes, list[str](), phrases(intent.language)
    if wishes.gap_m is not None:
        found += _change(tell.say("figure.gaps"), gap_between_works_m(before), gap_between_works_m(after))
    if wishes.eye_height_m is not None:
        found += _change(tell.say("figure.centre"), _centre_m(before), _centre_m(after))
    if wishes.scale is not None:
        found += _change(tell.say("figure.width"), _width_m(before), _width_m(after))
    if wishes.rooms is not None and before.rooms and after.rooms:
        found.append(f"{len(before.rooms)} → {tell.say('room', n=len(after.rooms))}")
    if intent.rehang:
        found.append(_moved(before, after, tell))
    layouts = [scene.arrangement.layout if scene.arrangement else "" for scene in (before, after)]
    if intent.layout and all(layouts) and layouts[0] != layouts[1]:
        found.append(" → ".join(tell.word("layout", layout) for layout in layouts))
    if intent.light is not None:
        light = f"{before.theme.light:.0%} → {after.theme.light:.0%}".replace("%", " %")
        found.append(f"{tell.say('figure.light')} {light}")
    return found


def _moved(before: Scene, after: Scene, tell: Phrases) -> str:
    """ "18 works hang elsewhere, 6 stayed"."""
    places = {work.asset_id: work.position_m for work in before.placements}
    stayed = sum(places.get(work.asset_id) == work.position_m for work in after.placements)
    return tell.say("figure.moved", works=tell.works(len(after.placements) - stayed), n=stayed)


def _change(what: str, before_m: float | None, after_m: float | None) -> list[str]:
    if before_m is None or after_m is None:
        return []
    return [f"{what} {_rounded(before_m)} → {_rounded(after_m)} m"]


def _rounded(length_m: float) -> str:
    """Two digits of whole millimetres, halves up."""
    return f"{round(length_m, 3) + 1e-6:.2f}"


def _centre_m(scene: Scene) -> float | None:
    heights = [work.position_m[1] for work in scene.placements]
    return median(heights) if heights else None


def _width_m(scene: Scene) -> float | None:
    widths = [work.size_m[0] for work in scene.placements]
    return median(widths) if widths else None


def change_in_words(intent: Intent) -> str:
    """What a refinement asks for, without its verbs and its subject: "less purple, 2 rooms"."""
    tell = phrases(intent.language)
    asked = query_in_words(intent.query.model_copy(update={"words": ""}), tell)
    parts = [tell.say("change.only", what=asked) if intent.only_shown and asked else asked]
    parts += wishes_in_words(intent.wishes, tell)
    parts += [tell.word("order", intent.sort)] if intent.sort else []
    parts += [tell.say("change.wished")] if intent.relations else []
    parts += [tell.say("change.again")] if intent.again else []
    return ", ".join(part for part in parts if part)


def wishes_in_words(wishes: Wishes, tell: Phrases | None = None) -> list[str]:
    """Wishes for the hanging as short phrases; the number of works is told elsewhere."""
    tell = tell or phrases(ENGLISH)
    order = "" if wishes.order in (None, "", "given") else tell.word("order", str(wishes.order))
    windows = "" if wishes.windows is None else "wish.windows" if wishes.windows else "wish.no_windows"
    said = (
        tell.say("wish.gap", length=_rounded(wishes.gap_m)) if wishes.gap_m else "",
        tell.say("wish.centre", length=_rounded(wishes.eye_height_m)) if wishes.eye_height_m else "",
        tell.say("wish.scale", percent=f"{wishes.scale * 100:.0f}") if wishes.scale else "",
        tell.counted("room", wishes.rooms) if wishes.rooms else "",
        tell.say("wish.columns", n=wishes.columns) if wishes.columns else "",
        tell.say("wish.groups", n=wishes.groups) if wishes.groups else "",
        order,
        tell.say("wish.by", column=tell.word("column", wishes.group_by)) if wishes.group_by else "",
        tell.say("wish.axis", axis=tell.word("axis", wishes.axis)) if wishes.axis else "",
        tell.say(windows) if windows else "",
        tell.say("wish.walls", sides=tell.listed(tell.word("side", side) for side in wishes.keep_walls))
        if wishes.keep_walls
        else "",
    )
    return [part for part in said if part]
