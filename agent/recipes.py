"""An approved run made reusable: its intent over another library or project, without the works that it had chosen."""

import json
import re
from collections.abc import Sequence
from typing import Any

from agent.intent import Intent, Targets, WishedRelation
from agent.ports.library import Query
from agent.templates import Parameter, Template
from scene.layouts.contract import Wishes
from scene.records import Arrangement
from scene.scene import Scene

_ONCE = ("asset_ids", "without_asset_ids", "like_asset_id", "limit")
"""Parts of a query that mean certain works, or how many were looked at."""
_MOST_NAME = 120


class NotARecipe(ValueError):
    """Nothing of a run can be done again elsewhere; the message says why."""


def recipe_from(
    name: str, scene: Scene, intents: Sequence[Intent], request: str, at: str, taken: Sequence[str] = ()
) -> Template:
    """The recipe of a show as it was approved, after the turns with these intents. Raises NotARecipe.

    What makes the show again is kept: query, wishes, layout, theme, light, order and number of works. What meant
    certain works is not: their ids, "like this one", the selection.
    """
    arrangement = scene.arrangement
    if arrangement is None or not scene.placements:
        raise NotARecipe("Only a show that was made by asking can be saved as a recipe.")
    name = " ".join(name.split())[:_MOST_NAME]
    if not name:
        raise NotARecipe("A recipe needs a name.")
    query = _general(_query(arrangement))
    wishes = _wishes(arrangement)
    intent: dict[str, Any] = {
        "kind": "create",
        "subject": "$subject",
        "layout": arrangement.layout,
        "theme": "$theme",
        "query": query | {"words": "$subject"},
        "wishes": wishes | {"count": "$count"},
        "accept_fewer": True,
    }
    if scene.theme.light != 1.0:
        intent["light"] = scene.theme.light
    intent |= _from_intents(intents)
    words = _query(arrangement).words
    parameters = (
        Parameter(name="subject", label="Subject", default=words[:400] or None),
        Parameter(name="theme", label="Theme", kind="theme", default=scene.theme.theme),
        Parameter(name="count", label="Works", kind="number", default=len(scene.placements), most=100_000),
    )
    what = f"{arrangement.layout.capitalize()} of {len(scene.placements):,} works"
    return Template(
        id=_id(name, taken),
        name=name,
        description=f"{what}, saved from “{request[:200]}”",
        parameters=parameters,
        intent=intent,
        saved_at=at,
        saved_from=request[:400],
    )


def replayed(recipe: Template, scene: Scene, values: dict[str, str | int | float | bool | None]) -> Intent:
    """The recipe's intent for the scene that is open: the light that it wants is told relative to the light there."""
    intent = recipe.filled(values)
    if intent.light is not None and intent.kind == "create":
        return intent.model_copy(update={"light": intent.light / scene.theme.light})
    if intent.kind == "create" and scene.theme.light != 1.0:
        return intent.model_copy(update={"light": 1.0 / scene.theme.light})
    return intent


def _query(arrangement: Arrangement) -> Query:
    try:
        return Query.model_validate(json.loads(arrangement.query_json))
    except ValueError:
        return Query()


def _general(query: Query) -> dict[str, Any]:
    plain = query.model_dump(mode="json", exclude_defaults=True)
    return {name: value for name, value in plain.items() if name not in (*_ONCE, "words")}


def _wishes(arrangement: Arrangement) -> dict[str, Any]:
    """The wishes without those about certain works, or about walls that were kept."""
    try:
        wishes = Wishes.model_validate(json.loads(arrangement.wishes_json))
    except ValueError:
        return {}
    plain = wishes.model_dump(mode="json", exclude_defaults=True)
    return {name: value for name, value in plain.items() if name not in ("count", "relations", "keep_walls")}


def _from_intents(intents: Sequence[Intent]) -> dict[str, Any]:
    """What the scene does not tell: by what works were picked and sorted, and relations that were said in words."""
    found: dict[str, Any] = {}
    relations: list[WishedRelation] = []
    for intent in intents:
        if intent.kind == "create":
            relations = []
        if intent.kind in ("create", "refine"):
            found |= {"pick": intent.pick} if intent.pick else {}
            found |= {"sort": intent.sort} if intent.sort else {}
            relations += [
                r for r in intent.relations if _in_words(r.targets) and (r.other is None or _in_words(r.other))
            ]
    if relations:
        found["relations"] = [r.model_dump(mode="json", exclude_defaults=True) for r in relations]
    return found


def _in_words(targets: Targets) -> bool:
    return not targets.selection and targets.ordinal is None


def _id(name: str, taken: Sequence[str]) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:60] or "recipe"
    number, made = 2, f"recipe-{stem}"
    while made in taken:
        made, number = f"recipe-{stem}-{number}", number + 1
    return made
