"""Workflows for frequent work as data: a named intent with parameters, run by name, by words or as a saved recipe."""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

import resources
from agent.intent import Intent
from agent.ports.library import Text

Value = str | int | float | bool | None
_MOST_BYTES = 200_000


class BadTemplate(ValueError):
    """A template, or a value for it, does not hold together; the message says where."""


class Parameter(BaseModel):
    """One thing that can be chosen before a template runs."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,30}$")]
    label: Text
    kind: Literal["words", "number", "theme", "choice"] = "words"
    default: Value = None
    """None leaves what it stands for out."""
    least: float = 1
    most: float = 10_000
    choices: tuple[Text, ...] = ()

    def checked(self, value: Value) -> Value:
        """The value as the intent takes it; raises BadTemplate."""
        if value is None or value == "":
            return None
        if self.kind == "number":
            return self._number(value)
        text = str(value)[:400]
        if self.kind == "choice" and text not in self.choices:
            raise BadTemplate(f"{self.label}: “{text}” is not one of {', '.join(self.choices)}.")
        return text

    def _number(self, value: Value) -> Value:
        try:
            number = float(value)  # type: ignore[arg-type]
        except (TypeError, ValueError) as error:
            raise BadTemplate(f"{self.label}: “{value}” is not a number.") from error
        if not self.least <= number <= self.most:
            raise BadTemplate(f"{self.label}: {number:g} is not between {self.least:g} and {self.most:g}.")
        return int(number) if number.is_integer() else number


class Template(BaseModel):
    """A workflow that can be run again. In `intent`, a text "$name" stands for the value of that parameter."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,79}$")]
    name: Annotated[str, Field(min_length=1, max_length=120)]
    description: Text = ""
    words: Mapping[str, tuple[Text, ...]] = {}
    """How it is called in a language; such words in a request mean it."""
    reads_as: Mapping[str, Text] = {}
    """What its name is read as within a longer request ("contact sheet" as "grid"); without, it stands alone."""
    parameters: tuple[Parameter, ...] = ()
    intent: Mapping[str, Any]
    saved_at: Text = ""
    """For a recipe: when it was saved, UTC, ISO 8601."""
    saved_from: Text = ""
    """For a recipe: the request that its run began with."""

    @model_validator(mode="after")
    def _holds_together(self) -> "Template":
        names = [parameter.name for parameter in self.parameters]
        if len(set(names)) < len(names):
            raise ValueError("two parameters have the same name")
        unknown = _names_in(self.intent) - set(names)
        if unknown:
            raise ValueError(f"the intent uses {', '.join(sorted(unknown))}, which is no parameter")
        self.filled({})
        return self

    def filled(self, values: Mapping[str, Value]) -> Intent:
        """The intent with these values, and the defaults for the rest. Raises BadTemplate."""
        known = {parameter.name: parameter for parameter in self.parameters}
        strange = values.keys() - known.keys()
        if strange:
            raise BadTemplate(f"“{self.name}” has no parameter {', '.join(sorted(strange))}.")
        filled = {name: p.checked(values.get(name, p.default)) for name, p in known.items()}
        try:
            return Intent.model_validate(_with(self.intent, filled))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise BadTemplate(f"“{self.name}”: {where}: {first['msg']}.") from error


def _names_in(value: Any) -> set[str]:
    if isinstance(value, str):
        return {value[1:]} if value.startswith("$") else set()
    if isinstance(value, Mapping):
        return set().union(*(_names_in(part) for part in value.values())) if value else set()
    if isinstance(value, list | tuple):
        return set().union(*(_names_in(part) for part in value)) if value else set()
    return set()


def _with(value: Any, values: Mapping[str, Value]) -> Any:
    """The plain value with every "$name" replaced; what stands for nothing is left out."""
    if isinstance(value, str):
        return values[value[1:]] if value.startswith("$") else value
    if isinstance(value, Mapping):
        pairs = ((name, _with(part, values)) for name, part in value.items())
        return {name: part for name, part in pairs if part is not None}
    if isinstance(value, list | tuple):
        return [part for one in value if (part := _with(one, values)) is not None]
    return value


def read_template(path: Path) -> Template:
    """One template file; raises BadTemplate."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise BadTemplate(f"{path.name} is too large for a workflow.")
        return Template.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        raise BadTemplate(f"{path.name}: {'.'.join(map(str, first['loc']))}: {first['msg']}.") from error
    except (OSError, ValueError, RecursionError) as error:
        raise BadTemplate(f"{path.name}: {error}") from error


def templates_in(folder: Path) -> tuple[Template, ...]:
    """All templates of a folder, by file name. Raises BadTemplate, also for two of the same id."""
    found = [read_template(path) for path in sorted(folder.glob("*.json"))]
    if len({template.id for template in found}) < len(found):
        raise BadTemplate(f"two workflows in {folder.name} have the same id")
    return tuple(found)


@lru_cache(maxsize=1)
def shipped_templates() -> tuple[Template, ...]:
    """The templates that come with the studio."""
    return templates_in(resources.folder("workflows"))


def template_named(templates: Iterable[Template], name: str) -> Template | None:
    """The template of that id or name."""
    wanted = name.strip().casefold()
    return next((t for t in templates if wanted in (t.id.casefold(), t.name.casefold())), None)
