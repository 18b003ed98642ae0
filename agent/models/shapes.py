"""The wanted shape of an answer: its JSON schema for the model, and what came checked against it."""

import json
import re
from typing import Any

from pydantic import BaseModel, ValidationError

from agent.ports.models import M

MOST_CHARACTERS = 200_000
_FENCE = re.compile(r"\A\s*```(?:json)?\s*\n(.*)\n\s*```\s*\Z", re.DOTALL)
_MOST_DEPTH = 32
_MOST_COMPLAINTS = 8


class Unshapely(ValueError):
    """What came is not of the wanted shape; the message says so in words that a model can act on."""


def json_schema(shape: type[BaseModel]) -> dict[str, Any]:
    """The schema, without titles, which tell a model nothing that the names do not."""
    bare = _bare(shape.model_json_schema())
    assert isinstance(bare, dict)
    return bare


def _bare(part: Any) -> Any:
    if isinstance(part, list):
        return [_bare(item) for item in part]
    if not isinstance(part, dict):
        return part
    return {
        name: {key: _bare(value) for key, value in inner.items()} if name in ("properties", "$defs") else _bare(inner)
        for name, inner in part.items()
        if not (name == "title" and isinstance(inner, str))
    }


def shaped(text: str, shape: type[M]) -> M:
    """The answer in its shape; raises Unshapely."""
    if len(text) > MOST_CHARACTERS:
        raise Unshapely(f"The answer is {len(text):,} characters long; that is far too long.")
    fenced = _FENCE.match(text)
    text = fenced[1] if fenced else text
    if _depth(text) > _MOST_DEPTH:
        raise Unshapely("The answer is nested too deeply.")
    try:
        value = json.loads(text, parse_constant=_no_such_number)
    except ValueError as error:
        raise Unshapely(f"The answer is not JSON: {error}.") from None
    try:
        return shape.model_validate(value)
    except ValidationError as error:
        raise Unshapely(_complaints(error)) from None


def _no_such_number(name: str) -> float:
    raise ValueError(f"{name} is not a number")


def _depth(text: str) -> int:
    """How deeply brackets are nested, at most; brackets inside of strings count too, which only errs to the safe."""
    deepest = depth = 0
    for mark in re.finditer(r"[\[{]|[\]}]", text):
        depth += 1 if mark[0] in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _complaints(error: ValidationError) -> str:
    told = [
        f"{'.'.join(str(part) for part in found['loc'])[:80] or 'answer'}: {found['msg'][:120]}"
        for found in error.errors(include_url=False, include_input=False, include_context=False)[:_MOST_COMPLAINTS]
    ]
    return "The answer does not have the wanted shape. " + "; ".join(told)
