"""A step that was taken before, taken again further, or back by a part of it."""

from agent.intent import Edit, EditVerb, Intent
from agent.offline.measures import gap_on_show_m, stored_wishes
from agent.ports.context import TurnContext
from scene.layouts.contract import Wishes
from scene.layouts.gallery_task import DEFAULT_CENTRE_M

INVERSE: dict[EditVerb, EditVerb] = {
    "bigger": "smaller", "smaller": "bigger", "raise": "lower", "lower": "raise", "move_left": "move_right",
    "move_right": "move_left", "rotate": "rotate",
}  # fmt: skip
"""What takes each back."""
_DEFAULT: dict[EditVerb, float] = {
    "bigger": 1.25, "smaller": 0.8, "raise": 0.15, "lower": 0.15, "move_left": 0.5, "move_right": 0.5, "rotate": 90.0,
}  # fmt: skip


def stepped(earlier: Intent, steps: float, context: TurnContext) -> Intent | None:
    """The same again, so many times as far; less than nothing goes back. None where that says nothing."""
    if earlier.then:
        return None
    if steps > 0 and earlier.kind == "refine" and (earlier.again or earlier.rehang):
        return earlier
    if earlier.kind == "edit" and earlier.edits and all(edit.verb in INVERSE for edit in earlier.edits):
        edits = tuple(_edit_stepped(edit, steps) for edit in earlier.edits)
        return earlier.model_copy(update={"edits": edits})
    if earlier.kind not in ("refine", "restyle"):
        return None
    wishes, light = _wishes_stepped(earlier.wishes, steps, context), None
    if earlier.light is not None:
        light = round(earlier.light**steps, 3)
    if wishes == Wishes() and light is None:
        return None
    return Intent(kind=earlier.kind if earlier.kind == "restyle" else "refine", wishes=wishes, light=light,
                  keep_works=wishes.count is None, language=earlier.language, confidence=0.9)  # fmt: skip


def _edit_stepped(edit: Edit, steps: float) -> Edit:
    amount = _DEFAULT[edit.verb] if edit.amount is None else edit.amount
    if edit.verb in ("bigger", "smaller"):
        return edit.model_copy(update={"verb": "bigger", "amount": round(amount**steps, 3)})
    verb = edit.verb if steps > 0 else INVERSE[edit.verb]
    far = amount * steps if edit.verb == "rotate" else amount * abs(steps)
    return edit.model_copy(update={"verb": verb, "amount": round(far, 4)})


def _wishes_stepped(asked: Wishes, steps: float, context: TurnContext) -> Wishes:
    """The scalar wishes, as far again as they would go now, or back by a part of it."""
    now, parts = stored_wishes(context.scene), dict[str, float | int]()
    if asked.gap_m is not None:
        gap = gap_on_show_m(context.scene)
        parts["gap_m"] = round(min(max(gap * (_ratio(asked.gap_m, gap) ** steps), 0.02), 10.0), 3)
    if asked.scale is not None:
        scale = now.scale or 1.0
        parts["scale"] = round(min(max(scale * (_ratio(asked.scale, scale) ** steps), 0.2), 5.0), 3)
    if asked.eye_height_m is not None:
        eye = now.eye_height_m or DEFAULT_CENTRE_M
        step = asked.eye_height_m - eye
        parts["eye_height_m"] = round(min(max(eye + (step if abs(step) > 0.01 else -0.15) * steps, 0.5), 3.0), 3)
    if asked.rooms is not None and context.scene.rooms:
        parts["rooms"] = max(len(context.scene.rooms) + (1 if steps > 0 else -1), 1)
    if asked.count is not None and not parts:
        shown = len(context.scene.placements)
        by = (asked.count - shown) or max(round(shown * 0.3), 1)
        parts["count"] = max(round(shown + by * steps), 1)
    return Wishes.model_validate(parts)


def _ratio(asked: float, now: float) -> float:
    """How far a step goes; one that said where to is taken for a usual one."""
    ratio = asked / max(now, 1e-6)
    return ratio if abs(ratio - 1.0) > 0.03 else 1.5
