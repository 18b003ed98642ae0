"""A scene, its steps and changes as JSON text: one canonical form, a schema version, and clear refusals."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any, get_args

from scene.history import Author, Step
from scene.migrations import SCHEMA_VERSION, migrated
from scene.plain import (
    DocumentError,
    Plain,
    canonical,
    change_from_plain,
    change_to_plain,
    expect_fields,
    parsed,
    records_from_plain,
    records_to_plain,
)
from scene.scene import Scene

__all__ = [
    "DocumentError",
    "change_from_plain",
    "change_to_plain",
    "digest",
    "read_document",
    "read_steps",
    "scene_from_plain",
    "scene_to_plain",
    "write_document",
    "write_steps",
]

FORMAT = "vernissage-scene"
STEPS_FORMAT = "vernissage-steps"
MAX_CHARACTERS = 500_000_000
MAX_RECORDS = 1_000_000
_STEP_FIELDS = {"id", "name", "change", "author", "turn_id", "at", "takes_back"}


def write_document(scene: Scene) -> str:
    """The canonical text, one record a line, sorted by id: equal scenes give equal texts. Raises DocumentError."""
    return _lines(FORMAT, "records", scene_to_plain(scene)["records"])


def read_document(text: str) -> Scene:
    """The scene of a document of this or an older schema; raises DocumentError."""
    return scene_from_plain(_checked(text))


def scene_to_plain(scene: Scene) -> Plain:
    """The document as a JSON object, for transports that carry objects."""
    return {"format": FORMAT, "schema": SCHEMA_VERSION, "records": records_to_plain(scene)}


def scene_from_plain(plain: object) -> Scene:
    """The scene of a document given as a JSON object; raises DocumentError."""
    records = _body(plain, FORMAT, "records")
    if isinstance(records, list) and len(records) > MAX_RECORDS:
        raise DocumentError(f"the document has {len(records):,} records; at most {MAX_RECORDS:,} can be opened")
    return Scene.of(records_from_plain(records))


def digest(scene: Scene) -> str:
    """SHA-256 of the canonical text, in hex."""
    return hashlib.sha256(write_document(scene).encode()).hexdigest()


def write_steps(steps: Iterable[Step]) -> str:
    """Steps as canonical text, one a line, oldest first; a journal may also store them one by one."""
    return _lines(STEPS_FORMAT, "steps", [_step_to_plain(step) for step in steps])


def read_steps(text: str) -> tuple[Step, ...]:
    """The steps of `write_steps`; raises DocumentError."""
    steps = _body(_checked(text), STEPS_FORMAT, "steps")
    if not isinstance(steps, list):
        raise DocumentError("“steps” is not a list")
    return tuple(_step_from_plain(step) for step in steps)


def _step_to_plain(step: Step) -> Plain:
    return {**step.__dict__, "change": change_to_plain(step.change)}


def _step_from_plain(plain: object) -> Step:
    fields = expect_fields(plain, _STEP_FIELDS, "step")
    for name in _STEP_FIELDS - {"change"}:
        if not isinstance(fields[name], str):
            raise DocumentError(f"a step's “{name}” is not text")
    if fields["author"] not in get_args(Author):
        raise DocumentError(f"a step's author is {fields['author']!r}, not one of {', '.join(get_args(Author))}")
    return Step(**{**fields, "change": change_from_plain(fields["change"])})


def _lines(format_name: str, name: str, items: list[Plain]) -> str:
    head = f'{{"format":{json.dumps(format_name)},"schema":{SCHEMA_VERSION},"{name}":['
    body = ",\n".join(canonical(item) for item in items)
    return f"{head}\n{body}\n]}}\n" if items else f"{head}]}}\n"


def _checked(text: str) -> Any:
    if len(text) > MAX_CHARACTERS:
        raise DocumentError(f"the document has {len(text):,} characters; at most {MAX_CHARACTERS:,} can be opened")
    return parsed(text)


def _body(plain: object, format_name: str, name: str) -> object:
    if not isinstance(plain, dict) or plain.get("format") != format_name:
        raise DocumentError(f"this is not a {format_name} document")
    return expect_fields(migrated(plain), {"format", "schema", name}, "document")[name]
