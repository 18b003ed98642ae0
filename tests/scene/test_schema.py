"""The committed JSON schema is what the code reads and writes."""

import json

from hypothesis import given, settings
from jsonschema import Draft202012Validator

from resources import folder
from scene.document import scene_to_plain
from scene.records import Placement
from scene.scene import Scene
from scene.schema import schema_text
from tests.scene.scenes import scenes

COMMITTED = folder("schema") / "scene.schema.json"


def test_the_committed_schema_is_current() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == schema_text(), "run: python -m scene.schema"


@settings(max_examples=15)
@given(scenes())
def test_every_written_document_satisfies_the_committed_schema(scene: Scene) -> None:
    validator().validate(json.loads(json.dumps(scene_to_plain(scene))))


def test_the_schema_refuses_what_the_code_refuses() -> None:
    work = Placement(id="p1", asset_id="a", position_m=(0.0, 0.0, 0.0), size_m=(1.0, 1.0))
    sound = json.loads(json.dumps(scene_to_plain(Scene.of([work]))))
    assert validator().is_valid(sound)
    for field, value in {"size_m": [0.0, 1.0], "position_m": [1e9, 0.0, 0.0], "kind": "ship", "more": 1}.items():
        broken = {**sound, "records": [{**sound["records"][0], field: value}]}
        assert not validator().is_valid(broken), field
    assert not validator().is_valid({**sound, "schema": 2})


def validator() -> Draft202012Validator:
    schema = json.loads(COMMITTED.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)
