"""The JSON schema of the scene document; `python -m scene.schema` prints it as it is committed in resources/schema."""

import json
import sys
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from scene.document import MAX_RECORDS
from scene.migrations import SCHEMA_VERSION
from scene.records import AnyRecord


class SceneDocument(BaseModel):
    """A scene of Vernissage: records in metres, right-handed, y up, the floor at y = 0, sorted by id."""

    model_config = ConfigDict(extra="forbid", title="Vernissage scene")

    format: Literal["vernissage-scene"]
    schema_version: Literal[SCHEMA_VERSION] = Field(alias="schema")  # type: ignore[valid-type]
    records: list[AnyRecord] = Field(max_length=MAX_RECORDS)


def document_schema() -> dict[str, Any]:
    """The schema (JSON Schema, draft 2020-12) as a plain value."""
    schema = SceneDocument.model_json_schema(by_alias=True)
    for definition in schema["$defs"].values():
        if "kind" in definition["properties"]:
            definition["required"] = ["kind", *definition["required"]] if "required" in definition else ["kind"]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def schema_text() -> str:
    """The schema as committed: indented, sorted, with a line end."""
    return json.dumps(document_schema(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_text())
