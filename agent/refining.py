"""What a refinement adds to the query and the wishes that the scene came from: pure functions."""

import json
from typing import Any

from agent.ports.context import TurnContext
from agent.ports.library import Query
from scene.layouts.contract import LayoutName, Wishes

_OPPOSITES = {
    "more_words": ("less_words", "without_words"),
    "less_words": ("more_words",),
    "without_words": ("more_words", "less_words"),
    "more_colours": ("less_colours", "without_colours"),
    "less_colours": ("more_colours",),
    "without_colours": ("more_colours", "less_colours", "colours"),
    "without_tags": ("tags",),
    "without_creators": ("creators",),
    "creators": ("without_creators",),
}
"""What a later wish takes back of an earlier one."""
_REPLACING = (
    "words",
    "colours",
    "dates",
    "undated",
    "orientation",
    "tone",
    "like_asset_id",
    "tags",
    "folders",
    "creators",
)
_ABOUT_HANGING = (
    "gap_m",
    "eye_height_m",
    "scale",
    "columns",
    "rooms",
    "groups",
    "axis",
    "windows",
    "group_by",
    "relations",
)
HARD = ("words", "colours", "dates", "undated", "orientation", "tone", "tags", "folders", "creators",
        "without_words", "without_colours", "without_tags", "without_creators", "without_dates")  # fmt: skip
"""Parts of a query that a work either meets or not."""


def base_query(context: TurnContext) -> Query:
    """The query that the works on show came from; empty when they were hung by hand."""
    arrangement = context.scene.arrangement
    if arrangement is None:
        return context.last_query or Query()
    try:
        return Query.model_validate(json.loads(arrangement.query_json))
    except ValueError:
        return Query()


def refined(base: Query, delta: Query) -> Query:
    """The earlier query with what was just said: filters replace, less and more add up, opposites cancel."""
    parts: dict[str, Any] = base.model_dump(exclude_defaults=True)
    new = delta.model_dump(exclude_defaults=True)
    for name, value in new.items():
        for opposite in _OPPOSITES.get(name, ()):
            parts[opposite] = tuple(v for v in parts.get(opposite, ()) if v not in value)
        if name in _REPLACING or not isinstance(value, tuple):
            parts[name] = value
        else:
            parts[name] = tuple(dict.fromkeys((*parts.get(name, ()), *value)))
    for name in ("without_colours", "less_colours"):
        parts[name] = tuple(v for v in parts.get(name, ()) if v not in new.get("colours", ()))
    return Query.model_validate(parts)


def lasting(delta: Query) -> Query:
    """What of a refinement stays with the scene; "more like this" is said once."""
    return delta.model_copy(update={"like_asset_id": None})


def is_hard(delta: Query) -> bool:
    """Whether the refinement forbids or demands something, so that works on show may have to go."""
    said = delta.model_dump(exclude_defaults=True)
    return any(name in said for name in HARD)


def base_wishes(context: TurnContext) -> Wishes:
    """The wishes that the scene was laid out with."""
    arrangement = context.scene.arrangement
    try:
        return Wishes.model_validate(json.loads(arrangement.wishes_json)) if arrangement else Wishes()
    except ValueError:
        return Wishes()


def refined_wishes(context: TurnContext, new: Wishes, layout: LayoutName) -> Wishes:
    """Earlier wishes with the new ones over them; wishes about hanging do not outlive their layout."""
    parts = base_wishes(context).model_dump(exclude_defaults=True)
    arrangement = context.scene.arrangement
    if arrangement is not None and arrangement.layout != layout:
        parts = {name: value for name, value in parts.items() if name not in _ABOUT_HANGING}
    return Wishes.model_validate(parts | new.model_dump(exclude_defaults=True))
