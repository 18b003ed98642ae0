"""Act on works that hang: remove, size, move, turn, pin, swap, replace; the verbs are those of `scene.operations`."""

from agent.desk import Call, Desk, Outcome, TurnStops
from agent.intent import EditVerb
from agent.phrases import Phrases
from agent.ports.library import Hit
from agent.tools.tool import Arguments, Tool
from scene import operations
from scene.change import SceneChange
from scene.records import Placement, Provenance

_VISIBLE_M = 0.005


class EditArguments(Arguments):
    """A verb, the works by placement id, and by how much; `others` for swap, `hits` for replace."""

    verb: EditVerb
    ids: tuple[str, ...]
    amount: float | None = None
    others: tuple[str, ...] = ()
    hits: tuple[Hit, ...] = ()
    asked_for: str = ""
    """What a replacement was searched for."""


async def _edit(arguments: EditArguments, call: Call, desk: Desk) -> Outcome:
    works = [work for i in arguments.ids if isinstance(work := desk.scene.get(i), Placement)]
    pinned = [work for work in works if work.pinned and arguments.verb not in ("pin", "unpin")]
    try:
        change = _change(arguments, call, desk)
    except operations.OperationRefused as error:
        raise TurnStops(f"{error}.", refused=True, advice=desk.tell.say("edit.less.advice")) from error
    if change.is_empty:
        raise _nothing_done(arguments, pinned, works, desk.tell)
    others = [work for i in arguments.others if isinstance(work := desk.scene.get(i), Placement) and i in change.ids]
    desk.scene = change.apply_to(desk.scene)
    if pinned:
        desk.notes.append(desk.tell.counted("edit.pinned_stay", len(pinned)))
    touched = [work for work in works if work.id in change.ids]
    tell = desk.tell
    text = f"{tell.say(f'edit.{arguments.verb}', what=_named(touched, others, tell))}{_measured(touched, desk)}"
    desk.notes.append(text)
    desk.title = desk.title or text[:1].upper() + text[1:]
    return Outcome(text, {"ids": tuple(change.ids)})


def _named(touched: list[Placement], others: list[Placement], tell: Phrases) -> str:
    """The one work by its title, two that change places by both, more by their number."""
    named = touched + [work for work in others if work not in touched]
    if all(work.title for work in named) and (len(named) == 1 or others):
        return tell.listed(tell.quoted(work.title) for work in named)
    return tell.works(len(named))


def _measured(touched: list[Placement], desk: Desk) -> str:
    """How wide a single work was and is: ", 1.20 → 1.50 m wide"."""
    now = desk.scene.get(touched[0].id) if len(touched) == 1 else None
    if not isinstance(now, Placement) or abs(now.size_m[0] - touched[0].size_m[0]) < _VISIBLE_M:
        return ""
    return desk.tell.say("edit.wide", before=f"{touched[0].size_m[0]:.2f}", after=f"{now.size_m[0]:.2f}")


def _nothing_done(
    arguments: EditArguments, pinned: list[Placement], works: list[Placement], tell: Phrases
) -> TurnStops:
    if pinned:
        return TurnStops(tell.say("edit.is_pinned"), refused=True, advice=tell.say("edit.is_pinned.advice"))
    if arguments.verb == "swap" and len(works) + len(arguments.others) != 2:
        return TurnStops(tell.say("edit.two"), refused=True, advice=tell.say("edit.two.advice"))
    done = tell.say(f"edit.{arguments.verb}", what="").strip()
    return TurnStops(tell.say("edit.already", done=done), refused=True)


def _change(arguments: EditArguments, call: Call, desk: Desk) -> SceneChange:
    scene, ids, amount = desk.scene, arguments.ids, arguments.amount
    match arguments.verb:
        case "remove":
            return operations.remove(scene, ids)
        case "bigger":
            return operations.scale(scene, ids, amount or 1.25)
        case "smaller":
            return operations.scale(scene, ids, _shrinking(amount))
        case "move_left":
            return operations.slide(scene, ids, right_m=-(amount or 0.5))
        case "move_right":
            return operations.slide(scene, ids, right_m=amount or 0.5)
        case "raise":
            return operations.raise_(scene, ids, amount or 0.15)
        case "lower":
            return operations.lower(scene, ids, amount or 0.15)
        case "pin":
            return operations.pin(scene, ids)
        case "unpin":
            return operations.unpin(scene, ids)
        case "rotate":
            return operations.rotate(scene, ids, amount if amount is not None else 90.0)
        case "straighten":
            return operations.straighten(scene, ids)
        case "swap":
            both = tuple(dict.fromkeys((*ids, *arguments.others)))
            return operations.swap(scene, *both) if len(both) == 2 else SceneChange()
        case "replace":
            return _replaced(arguments, call, desk)


def _shrinking(amount: float | None) -> float:
    """ "Half as big" and "twice smaller" both shrink."""
    if amount is None:
        return 0.8
    return amount if amount < 1.0 else 1.0 / amount


def _replaced(arguments: EditArguments, call: Call, desk: Desk) -> SceneChange:
    """Each work gives its place to the best found asset that is not on show."""
    on_show = {work.asset_id for work in desk.scene.placements}
    asked = arguments.asked_for.casefold()
    coming = [hit for hit in arguments.hits if hit.fits and hit.asset.id not in on_show]
    coming.sort(key=lambda hit: not hit.asset.title or hit.asset.title.casefold() not in asked)  # called by its title
    if not coming:
        raise TurnStops(desk.tell.say("edit.nothing_else"), refused=True)
    change, scene = SceneChange(), desk.scene
    for work_id, hit in zip(arguments.ids, coming, strict=False):
        came_by = Provenance(author="agent", turn_id=call.context.turn_id, score=hit.score, reason=hit.reason,
                             query=arguments.asked_for[:400])  # fmt: skip
        aspect = hit.asset.width_px / hit.asset.height_px
        one = operations.exchange(scene, work_id, hit.asset.id, hit.asset.title, aspect)
        one = _signed(one, came_by)
        scene, change = one.apply_to(scene), change.then(one)
    return change


def _signed(change: SceneChange, came_by: Provenance) -> SceneChange:
    updated = {
        i: (before, after.but(provenance=came_by) if isinstance(after, Placement) else after)
        for i, (before, after) in change.updated.items()
    }
    return SceneChange(change.added, updated, change.removed)


EDIT = Tool("edit", "Change works", EditArguments, _edit)
