"""Documents: one canonical text for equal scenes, read back exactly, and clear refusals of everything else."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scene.change import SceneChange
from scene.document import (
    DocumentError,
    change_from_plain,
    change_to_plain,
    digest,
    read_document,
    read_steps,
    scene_from_plain,
    scene_to_plain,
    write_document,
    write_steps,
)
from scene.history import Step
from scene.records import Light, Placement, Room
from scene.scene import Scene
from tests.scene.scenes import scenes, words

WORK = Placement(id="p1", asset_id="a", title="Neon rain", position_m=(1.0, 1.5, 0.04), size_m=(1.2, 0.8))


def document(*records: dict[str, Any], schema: object = 1) -> str:
    return json.dumps({"format": "vernissage-scene", "schema": schema, "records": list(records)})


def plain(**fields: Any) -> dict[str, Any]:
    return WORK.model_dump(mode="json") | fields


@given(scenes())
def test_a_scene_is_read_back_as_it_was_and_written_byte_for_byte_the_same(scene: Scene) -> None:
    text = write_document(scene)
    assert read_document(text) == scene
    assert write_document(read_document(text)) == text
    assert scene_from_plain(json.loads(text)) == scene
    assert scene_from_plain(json.loads(json.dumps(scene_to_plain(scene)))) == scene


@given(scenes(), st.randoms())
def test_the_text_does_not_depend_on_the_order_of_the_records(scene: Scene, random: Any) -> None:
    records = list(scene)
    random.shuffle(records)
    assert write_document(Scene.of(records)) == write_document(scene)
    assert digest(Scene.of(records)) == digest(scene)


def test_equal_scenes_have_equal_texts_even_with_a_negative_zero_or_whole_numbers() -> None:
    one = Scene.of([WORK.but(position_m=(0.0, 1.0, 2.0))])
    other = Scene.of([WORK.model_copy(update={"position_m": (-0.0, 1, 2)})])
    assert one == other
    assert write_document(one) == write_document(other)


@given(scenes(), scenes(), words, st.sampled_from(["user", "agent", "remote"]))
def test_steps_and_changes_are_read_back_as_they_were(before: Scene, after: Scene, name: str, author: Any) -> None:
    change = SceneChange.between(before, after)
    assert change_from_plain(json.loads(json.dumps(change_to_plain(change)))) == change
    steps = (Step("s1", name, change, author, "turn-1", "2026-11-22T10:00:00.000+00:00", "turn-0"),) * 2
    assert read_steps(write_steps(steps)) == steps
    assert write_steps(read_steps(write_steps(steps))) == write_steps(steps)


def test_an_empty_scene_and_no_steps_are_documents_too() -> None:
    assert read_document(write_document(Scene())) == Scene()
    assert read_steps(write_steps(())) == ()


@pytest.mark.parametrize(
    ("text", "words_of_error"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[1, 2]", "not a vernissage-scene document"),
        ('"text"', "not a vernissage-scene document"),
        ("{}", "not a vernissage-scene document"),
        ('{"format": "vernissage-steps", "schema": 1, "steps": []}', "not a vernissage-scene document"),
        ('{"format": "vernissage-scene", "records": []}', "schema is None"),
        ('{"format": "vernissage-scene", "schema": 1}', "lacks records"),
        ('{"format": "vernissage-scene", "schema": 1, "records": {}}', "not a list"),
        ('{"format": "vernissage-scene", "schema": 1, "records": "p1"}', "not a list"),
        ('{"format": "vernissage-scene", "schema": 1, "records": [], "more": 1}', "unknown fields: more"),
        ('{"format": "vernissage-scene", "schema": 1, "schema": 1, "records": []}', "'schema' stands twice"),
        (document(schema=2), "reads up to 1"),
        (document(schema=0), "schema is 0"),
        (document(schema=-3), "schema is -3"),
        (document(schema="1"), "schema is '1'"),
        (document(schema=True), "schema is True"),
        (document(schema=1.0), "schema is 1.0"),
        (document(plain(), plain()), "two records with the id 'p1'"),
        (document(plain(kind="spaceship")), "'p1'.*spaceship"),
        (document({"id": "p1"}), "'p1'.*kind"),
        (document({}), "number 0"),
        ('{"format": "vernissage-scene", "schema": 1, "records": [null]}', "number 0"),
        (document(plain(colour="red")), "'p1': colour: Extra inputs"),
        (document(plain(position_m=[1.0, 2.0])), "'p1': position_m"),
        (document(plain(position_m=["1", "2", "3"])), "position_m.0"),
        (document(plain(position_m=[True, 1.0, 1.0])), "position_m.0"),
        (document(plain(position_m=[1e300, 1.0, 1.0])), "position_m.0: .*less than or equal to 1000000"),
        (document(plain(size_m=[0.0, 1.0])), "size_m.0: .*greater than 0"),
        (document(plain(size_m=[-1.0, 1.0])), "size_m.0: .*greater than 0"),
        (document(plain(size_m=[1.0, 5000.0])), "size_m.1: .*less than or equal to 1000"),
        (document(plain(id="")), "id"),
        (document(plain(id="../../etc/passwd")), "id: .*pattern"),
        (document(plain(id="p" * 200)), "id"),
        (document(plain(title="x" * 401)), "title"),
        (document(plain(order=10**12)), "order"),
    ],
)
def test_what_is_not_a_sound_document_is_refused_in_words(text: str, words_of_error: str) -> None:
    with pytest.raises(DocumentError, match=words_of_error):
        read_document(text)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_numbers_that_are_not_finite_are_refused(number: str) -> None:
    text = document(plain(position_m=[7.25, 1.0, 1.0])).replace("7.25", number)
    with pytest.raises(DocumentError, match=r"not finite|finite number"):
        read_document(text)


def test_a_document_nested_without_end_is_refused() -> None:
    with pytest.raises(DocumentError, match="not JSON that can be read"):
        read_document('{"format": "vernissage-scene", "schema": 1, "records": ' + "[" * 100_000)
    deep: list[Any] = []
    for _ in range(3_000):
        deep = [deep]
    with pytest.raises(DocumentError):
        scene_from_plain({"format": "vernissage-scene", "schema": 1, "records": [deep]})


def test_a_newer_document_is_left_as_it_is_and_says_what_to_do() -> None:
    with pytest.raises(DocumentError, match=r"schema 7.*left as it is.*newer version of Vernissage"):
        read_document(document(schema=7))


@pytest.mark.parametrize(
    "record",
    [
        WORK.model_copy(update={"position_m": (float("nan"), 0.0, 0.0)}),
        WORK.model_copy(update={"size_m": (float("inf"), 1.0)}),
        WORK.model_copy(update={"size_m": (-1.0, 1.0)}),
        WORK.model_copy(update={"provenance": WORK.provenance.model_copy(update={"score": float("nan")})}),
        Light(id="l", position_m=(0, 0, 0), target_m=(0, 0, 0)).model_copy(update={"intensity": float("nan")}),
        Room(id="r", min_corner_m=(0, 0), max_corner_m=(1, 1)).model_copy(update={"id": "no such id!"}),
    ],
)
def test_what_could_not_be_read_back_is_never_written(record: Any) -> None:
    with pytest.raises(DocumentError, match="can't be written"):
        write_document(Scene.of([record]))
    with pytest.raises(DocumentError, match="can't be written"):
        change_to_plain(SceneChange(added={record.id: record}))


@pytest.mark.parametrize(
    ("change", "words_of_error"),
    [
        ({}, "lacks added, removed, updated"),
        ([], "not a JSON object"),
        ({"added": [], "updated": [], "removed": [], "moved": []}, "unknown fields: moved"),
        ({"added": {}, "updated": [], "removed": []}, "“added” is not a list"),
        ({"added": [], "updated": [[plain()]], "removed": []}, "pairs"),
        ({"added": [], "updated": [[plain(), plain(id="p2")]], "removed": []}, "different ids"),
        ({"added": [plain()], "updated": [], "removed": [plain()]}, "p1 stands in two parts"),
        ({"added": [plain(), plain()], "updated": [], "removed": []}, "two records with the id 'p1'"),
        ({"added": [plain(size_m=[0, 1])], "updated": [], "removed": []}, "“added”, record 'p1': size_m.0"),
    ],
)
def test_a_change_that_is_none_is_refused_in_words(change: object, words_of_error: str) -> None:
    with pytest.raises(DocumentError, match=words_of_error):
        change_from_plain(change)


@pytest.mark.parametrize(
    ("fields", "words_of_error"),
    [
        ({"author": "robot"}, "author is 'robot'"),
        ({"name": 7}, "“name” is not text"),
        ({"change": None}, "change is not a JSON object"),
        ({"more": ""}, "unknown fields: more"),
    ],
)
def test_a_step_that_is_none_is_refused_in_words(fields: dict[str, Any], words_of_error: str) -> None:
    written = json.loads(write_steps([Step("s1", "Hang", SceneChange())]))
    written["steps"][0] |= fields
    with pytest.raises(DocumentError, match=words_of_error):
        read_steps(json.dumps(written))


@settings(max_examples=200)
@given(st.data())
def test_a_damaged_document_is_refused_or_still_a_scene(data: st.DataObject) -> None:
    """Whatever happens to the bytes: a DocumentError or a scene that can be written again, never anything else."""
    text = write_document(Scene.of([WORK, Room(id="r", min_corner_m=(0, 0), max_corner_m=(1, 1))]))
    at = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 12))
    damaged = text[:at] + data.draw(st.text(max_size=6)) + text[at + length :]
    try:
        scene = read_document(damaged)
    except DocumentError:
        return
    assert read_document(write_document(scene)) == scene
