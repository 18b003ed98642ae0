"""What a model may say: the intent without any id, as a schema for it and as the reading of what it answered."""

import types
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationInfo, model_validator

from agent.intent import Intent
from agent.models.cleaning import cleaned
from agent.models.routed import FROM_OFFLINE
from agent.models.shapes import json_schema
from agent.ports.library import Query
from scene.layouts.contract import Wishes

SELECTION = "selection"
"""What stands for the selected work where an id would be."""
_MOST_CHARACTERS = 300
_MOST_NESTED = 3
_NOT_FOR_MODELS: Mapping[type[BaseModel], frozenset[str]] = {
    Query: frozenset({"asset_ids"}),
    Wishes: frozenset({"relations", "keep_pinned"}),
    Intent: frozenset(
        {
            "continues",
            "missing",
            "note",
            "quality",
            "budget_usd",
            "condition",
            "otherwise",
            "alternatives",
            "coming",
            "sequence",
            "reworded",
        }
    ),
}
"""Ids, money, and what our own code decides."""


class HeardIntent(BaseModel):
    """An intent as it was heard from a model, with the names of the parts that had no place."""

    model_config = ConfigDict(frozen=True)

    intent: Intent
    dropped: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _at_the_door(cls, value: Any, info: ValidationInfo) -> Any:
        if info.context and info.context.get(FROM_OFFLINE):
            return value
        if not isinstance(value, dict):
            raise ValueError("the answer is one JSON object")
        dropped: list[str] = []
        return {"intent": _tidied(value, Intent, dropped, 0), "dropped": tuple(dropped[:20])}

    @classmethod
    def model_json_schema(cls, *args: Any, **named: Any) -> dict[str, Any]:
        """What the model is told: the intent's schema without what is not for models."""
        return intent_schema()


@lru_cache(maxsize=1)
def intent_schema() -> dict[str, Any]:
    """The JSON schema that a model sees; its root is the intent itself."""
    schema = json_schema(Intent)
    definitions = schema["$defs"]
    for model, names in _NOT_FOR_MODELS.items():
        properties = definitions[model.__name__]["properties"]
        for name in names & properties.keys():
            del properties[name]
    definitions["Query"]["properties"]["like_asset_id"] = {"enum": [SELECTION, None]}
    del definitions["Relation"]
    _without_defaults(schema)
    root = {**definitions["Intent"], "required": ["kind", "confidence"]}
    return {**root, "$defs": {**definitions, "Intent": root}}


def _without_defaults(part: Any) -> None:
    """Defaults tell a model to fill everything in."""
    if isinstance(part, list):
        for item in part:
            _without_defaults(item)
    elif isinstance(part, dict):
        part.pop("default", None)
        for inner in part.values():
            _without_defaults(inner)


def _tidied(value: Any, model: type[BaseModel], dropped: list[str], depth: int) -> Any:
    """The value with only what the model may say, its texts cleaned; what is left out is named."""
    if not isinstance(value, dict):
        return value
    kept = {}
    for name, inner in value.items():
        field = model.model_fields.get(name)
        if field is None or name in _NOT_FOR_MODELS.get(model, frozenset()):
            dropped.append(cleaned(str(name), 40))
        elif (name == "like_asset_id" and inner not in (SELECTION, None)) or (name == "then" and depth >= _MOST_NESTED):
            dropped.append(name)
        elif inner is not None or _takes_none(field.annotation):
            kept[name] = _clean(inner, field.annotation, dropped, depth)
    return kept


def _clean(value: Any, annotation: Any, dropped: list[str], depth: int) -> Any:
    if isinstance(value, str):
        return cleaned(value, _MOST_CHARACTERS)
    model = _model_in(annotation)
    if isinstance(value, list):
        return [_clean(item, annotation, dropped, depth) for item in value]
    if isinstance(value, dict) and model is not None:
        return _tidied(value, model, dropped, depth + (model is Intent))
    return value


def _takes_none(annotation: Any) -> bool:
    return annotation is type(None) or any(_takes_none(part) for part in _parts(annotation))


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model that a field is made of, be it optional or in a list."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in get_args(annotation) if (model := _model_in(part)) is not None), None)


def _parts(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) in (Union, types.UnionType) else ()
