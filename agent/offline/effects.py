"""Nothing that was understood is without effect: what a kind of request does not carry out becomes a step after it."""

from typing import Any

from agent.intent import Intent
from scene.layouts.contract import Wishes

_HANGING: dict[str, Any] = {"wishes": Wishes(), "relations": (), "layout": None, "sort": ""}


def with_effect(intent: Intent) -> Intent:
    """The intent with its wishes about the hang done, whatever kind of request they were said in."""
    if intent.condition is not None or intent.missing:
        return intent
    if intent.kind == "restyle" and _said(intent, _HANGING):
        return intent.model_copy(update={"kind": "refine", "keep_works": intent.wishes.count is None})
    if intent.kind != "edit" or not intent.edits or not (said := _said(intent, _HANGING)):
        return intent
    keeps = intent.wishes.count is None
    after = Intent(kind="refine", keep_works=keeps, language=intent.language, confidence=intent.confidence, **said)
    return intent.model_copy(update={**_HANGING, "then": (after, *intent.then)})


def _said(intent: Intent, fields: dict[str, Any]) -> dict[str, Any]:
    """Those of the fields that say something."""
    return {name: getattr(intent, name) for name, empty in fields.items() if getattr(intent, name) != empty}
