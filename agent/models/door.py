"""A model's intent against the world: themes that exist, numbers within reason, the selection instead of an id."""

import math
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from agent.intent import Edit, Intent, Targets
from agent.models.heard import SELECTION
from agent.ports.context import TurnContext
from agent.ports.library import Query
from agent.vocabulary import Vocabulary
from scene.records import Placement

_MOST_WORKS = 10_000
_MOST_EDITS = 50
_LIGHT = (0.05, 10.0)
_AMOUNT = (-1_000.0, 1_000.0)


def at_the_door(intent: Intent, context: TurnContext, vocabulary: Vocabulary) -> tuple[Intent, tuple[str, ...]]:
    """The intent with everything in it real and bounded, and what was left out, in words."""
    left_out: list[str] = []
    fits = _intent(intent, context, vocabulary, left_out)
    return fits, tuple(dict.fromkeys(left_out))


def _intent(intent: Intent, context: TurnContext, vocabulary: Vocabulary, left_out: list[str]) -> Intent:
    changes: dict[str, Any] = {}
    if intent.theme is not None:
        changes["theme"] = _theme(intent.theme, vocabulary, left_out)
    if intent.wishes.count is not None and intent.wishes.count > _MOST_WORKS:
        left_out.append(f"a count of {intent.wishes.count:,}")
        changes["wishes"] = intent.wishes.model_copy(update={"count": None})
    changes["light"] = _bounded(intent.light, _LIGHT, "a light", left_out)
    if intent.budget_usd is not None and not (math.isfinite(intent.budget_usd) and intent.budget_usd >= 0):
        changes["budget_usd"] = None
    changes["edits"] = tuple(_edit(edit, context, left_out) for edit in intent.edits[:_MOST_EDITS])
    query, missing = _query(intent.query, context)
    changes |= {"query": query, "targets": _targets(intent.targets, context)}
    if missing or (not context.selection and _names_selection(intent)):
        changes["missing"] = "selection"
    changes["then"] = tuple(_intent(part, context, vocabulary, left_out) for part in intent.then[:4])
    return intent.model_copy(update=changes)


def _theme(said: str, vocabulary: Vocabulary, left_out: list[str]) -> str | None:
    """The id of the theme; a name of it will do."""
    if vocabulary.theme(said) is not None:
        return said
    found = vocabulary.theme_names.get(said.casefold())
    if found is None:
        left_out.append(f"the theme {said}")
    return found


def _edit(edit: Edit, context: TurnContext, left_out: list[str]) -> Edit:
    changes: dict[str, Any] = {"amount": _bounded(edit.amount, _AMOUNT, "an amount", left_out)}
    for name in ("targets", "other"):
        targets = getattr(edit, name)
        changes[name] = _targets(targets, context) if targets is not None else None
    return edit.model_copy(update=changes)


def _targets(targets: Targets, context: TurnContext) -> Targets:
    """Queries inside of targets speak of works on show; likeness there means the selection too."""
    if targets.query is None:
        return targets
    return targets.model_copy(update={"query": _query(targets.query, context)[0]})


def _query(query: Query, context: TurnContext) -> tuple[Query, bool]:
    """The query without ids of the model's; whether it needs a selection that is not there."""
    if query.like_asset_id is None and query.asset_ids is None:
        return query, False
    like = _selected_asset(context) if query.like_asset_id == SELECTION else None
    missing = query.like_asset_id == SELECTION and like is None
    return query.model_copy(update={"like_asset_id": like, "asset_ids": None}), missing


def _selected_asset(context: TurnContext) -> str | None:
    works = [context.scene.get(record_id) for record_id in sorted(context.selection)]
    return next((work.asset_id for work in works if isinstance(work, Placement)), None)


def _names_selection(part: BaseModel) -> bool:
    """Whether targets anywhere in it are the selected works."""
    if isinstance(part, Targets) and part.selection:
        return True
    values: Mapping[str, Any] = {name: getattr(part, name) for name in type(part).model_fields if name != "then"}
    inner = [v for value in values.values() for v in (value if isinstance(value, tuple) else (value,))]
    return any(_names_selection(value) for value in inner if isinstance(value, BaseModel))


def _bounded(number: float | None, bounds: tuple[float, float], what: str, left_out: list[str]) -> float | None:
    if number is None:
        return None
    if not math.isfinite(number) or not bounds[0] <= number <= bounds[1]:
        left_out.append(f"{what} of {number:g}")
        return None
    return number
