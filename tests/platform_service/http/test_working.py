"""A call that names its session is answered in its working context, and its audit line says where that was."""

import json
import sqlite3
import uuid

import pytest

from agent.ports.library import Query
from platform_service.context.here import says_here


@pytest.mark.parametrize(
    "words",
    [
        "here", "neon here?", "sea in this show", "what is hanging here!  ", "IN THIS SCENE",
        "Meer hier", "Neon in dieser Ausstellung", "la mer ici", "la mer dans cette exposition", "el mar aquí",
        "retratos en esta galería", "il mare qui", "ritratti in questa mostra", "o mar aqui",
        "retratos nesta exposição", "de zee in deze tentoonstelling", "海 ここ", "ここにある海", "この展示の海",
        "这里的海", "海在这里", "大海 这个展览里",
    ],
)  # fmt: skip
def test_words_that_mean_the_show(words):
    assert says_here(Query(words=words))


@pytest.mark.parametrize(
    "words",
    [
        "",
        "where",
        "here comes the sun",
        "in this room",
        "adhere",
        "les photos d'hier",
        "quique",
        "ここち",
        "here" + " " * 1_900 + "x",
    ],
)
def test_words_that_mean_something_else(words):
    assert not says_here(Query(words=words))


def test_a_search_among_named_works_stays_as_it_is():
    assert not says_here(Query(words="neon here", asset_ids=("a",)))


def audit_lines(service) -> list[dict]:
    with sqlite3.connect(service.data / "vernissage.sqlite3") as database:
        return [json.loads(row[0]) for row in database.execute("SELECT detail FROM audit ORDER BY number")]


def test_here_is_what_hangs_in_the_scene_of_the_session(filled):
    session = uuid.uuid4().hex
    sea, forest = (filled.search(words=words, limit=1)["hits"][0]["asset"]["id"] for words in ("sea", "forest"))
    project = filled.made("POST", "/v1/projects", {"name": session})["id"]
    filled.made("PUT", f"/v1/scenes/{session}", {"project_id": project, "name": "x"})
    placements = [{"kind": "placement", "id": one, "asset_id": one} for one in (sea, forest)]
    document = {"records": [*placements, {"kind": "wall", "id": "w"}, "odd"]}
    filled.made("POST", f"/v1/scenes/{session}/versions", {"based_on": 0, "document": document})

    def found(words: str, named: str) -> set[str]:
        answer = filled.http.post("/v1/search", json={"words": words}, headers={"X-Session-Id": named})
        return {hit["asset"]["id"] for hit in answer.json()["hits"]}

    everything = len(found("here", session))
    assert everything > 2, "the session is nowhere yet"
    working = {"project_id": project, "scene_id": session}
    filled.made("PUT", f"/v1/context/sessions/{session}/working", working)
    assert found("here", session) == {sea, forest}
    assert found("sea in this show", session) >= {sea}
    assert len(found("here", "another")) == everything
    filled.made("PUT", f"/v1/context/sessions/{session}/working", {"scene_id": "gone"})
    assert len(found("here", session)) == everything


def test_a_write_of_a_session_is_noted_with_its_project_and_scene(running):
    session = uuid.uuid4().hex
    working = {"project_id": "p1", "scene_id": "s1"}
    headers = {"X-Session-Id": session, "Idempotency-Key": uuid.uuid4().hex}
    path = f"/v1/context/sessions/{session}/working"
    assert running.http.put(path, json=working, headers=headers).is_success
    assert running.http.put(path, json=working, headers=headers).headers["idempotency-replayed"] == "true"
    headers["Idempotency-Key"] = uuid.uuid4().hex
    assert running.http.put("/v1/context/preferences/units", json={"value": "cm"}, headers=headers).is_success
    noted = [line for line in audit_lines(running) if line.get("session") == session]
    assert [(line["project"], line["scene"]) for line in noted] == [("p1", "s1")] * 2
