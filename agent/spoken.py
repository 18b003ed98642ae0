"""Requests that name a workflow, a panel or a view by its words, before the grammar reads the rest."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import resources
from agent.intent import Intent
from agent.templates import Template, shipped_templates

Read = Callable[[str], Intent]
_POLITE = re.compile(
    r"^(?:please|could you|can you|would you|now|hey|ok(?:ay)?|and|then)\s+|\s+(?:please|now|for me|thanks)$"
)
_FROM_TEMPLATE = ("gap_m", "eye_height_m", "scale", "columns", "groups", "order", "count")


@dataclass(frozen=True)
class _Interface:
    opening: tuple[str, ...]
    panels: Mapping[str, tuple[str, ...]]
    views: Mapping[str, tuple[str, ...]]
    sayings: Mapping[str, Mapping[str, Any]]


def as_spoken(request: str, language: str, read: Read, templates: Iterable[Template] | None = None) -> Intent:
    """What the request means; `read` understands what names no workflow, panel or view."""
    line = plain(request)
    direct = _interface_intent(line, language)
    if direct is not None:
        return direct.model_copy(update={"understood": (line,), "language": language})
    for template in shipped_templates() if templates is None else templates:
        for phrase in sorted(template.words.get(language, ()), key=len, reverse=True):
            found = _named(template, phrase, line, request, language, read)
            if found is not None:
                return found
    return read(request)


def plain(request: str) -> str:
    """The request in small letters without politeness and the stop at its end."""
    line = " ".join(request.casefold().split()).strip(" .!?")
    while (shorter := _POLITE.sub("", line).strip(" ,.!?")) != line and shorter:
        line = shorter
    return line


def _named(template: Template, phrase: str, line: str, request: str, language: str, read: Read) -> Intent | None:
    """The template's intent where the request names it; said within more words, those words fill it."""
    reads_as = template.reads_as.get(language)
    if line in (phrase, f"a {phrase}", f"the {phrase}"):
        alone = template.filled({})
        if reads_as is None:
            return alone.model_copy(update={"understood": (line,), "language": language})
    if reads_as is None or not re.search(rf"\b{re.escape(phrase)}\b", line):
        return None
    if template.id == "best_of" and not re.search(rf"\b(?:a|an|the|as|into)?\s*{re.escape(phrase)}\b", line):
        return None
    words = re.sub(rf"\b{re.escape(phrase)}\b", reads_as, request, count=1, flags=re.IGNORECASE)
    said = words if line != phrase else f"create a {reads_as}"
    return _merged(template.filled({}), read(said), phrase)


def _merged(template: Intent, said: Intent, phrase: str) -> Intent:
    """What was said, with the template's own wishes where nothing was said."""
    if said.kind not in ("create", "refine") or said.confidence < 0.5 or said.condition is not None:
        return said
    names = [n for n in _FROM_TEMPLATE if getattr(said.wishes, n) is None and getattr(template.wishes, n) is not None]
    if said.kind == "refine" or said.query.limit >= 10_000:
        names = [name for name in names if name != "count"]
    wishes = said.wishes.model_copy(update={name: getattr(template.wishes, name) for name in names})
    parts: dict[str, Any] = {"wishes": wishes, "layout": template.layout or said.layout}
    if said.kind == "create":
        # a count that was said is asked about when too few fit; the template's own is only the most
        parts["accept_fewer"] = said.accept_fewer or said.wishes.count is None
        parts["pick"] = said.pick or template.pick
    parts["understood"] = tuple(dict.fromkeys((phrase, *said.understood)))[:40]
    return said.model_copy(update=parts)


def _interface_intent(line: str, language: str) -> Intent | None:
    known = _interface(language)
    if known is None:
        return None
    if line in known.sayings:
        return Intent.model_validate(known.sayings[line])
    opened = next((line.removeprefix(f"{verb} ") for verb in known.opening if line.startswith(f"{verb} ")), "")
    name = re.sub(r"^(?:the|my|a)\s+", "", opened)
    for panel, names in known.panels.items():
        if name and name in names:
            return Intent.model_validate({"kind": "navigate", "panel": panel})
    for view, names in known.views.items():
        if line in names or (name and name in names):
            return Intent.model_validate({"kind": "navigate", "view": view})
    return None


@lru_cache(maxsize=16)
def _interface(language: str) -> _Interface | None:
    path = resources.folder("interface") / f"{language}.json"
    if not path.is_file():
        return None
    words = json.loads(path.read_text(encoding="utf-8"))
    return _Interface(
        tuple(sorted(words["opening"], key=len, reverse=True)),
        {name: tuple(said) for name, said in words["panels"].items()},
        {name: tuple(said) for name, said in words["views"].items()},
        {said: one["intent"] for one in words["intents"] for said in one["say"]},
    )
