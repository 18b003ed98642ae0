import hashlib
import json
import sqlite3
import threading
import uuid

import httpx
import pytest


def test_a_scene_made_offline_keeps_its_id_its_project_and_its_versions(running):
    for project in ("offline-a", "offline-b"):
        running.made("PUT", f"/v1/projects/{project}", {"name": project})
    running.made("PUT", "/v1/scenes/offline-s", {"project_id": "offline-a", "name": "Hall"})
    save(running, "offline-s", 0, {"a": 1})
    again = running.made("PUT", "/v1/scenes/offline-s", {"project_id": "offline-a", "name": "Hall"})
    stolen = running.write("PUT", "/v1/scenes/offline-s", {"project_id": "offline-b", "name": "Hall"})
    assert again["version"] == 1
    assert stolen.status_code == 422


@pytest.fixture
def scene_id(running) -> str:
    project = running.made("POST", "/v1/projects", {"name": "P"})
    return str(running.made("POST", f"/v1/projects/{project['id']}/scenes", {"name": "Hall"})["scene_id"])


def save(service, scene_id: str, based_on: int, document: dict, **more) -> httpx.Response:
    return service.write(
        "POST", f"/v1/scenes/{scene_id}/versions", {"based_on": based_on, "document": document, **more}
    )


def digest(document: dict) -> str:
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def test_a_new_scene_is_empty_at_version_0(running, scene_id):
    found = running.http.get(f"/v1/scenes/{scene_id}").json()
    assert (found["version"], found["document"], found["steps"]) == (0, None, [])


def test_versions_are_immutable_and_carry_their_steps(running, scene_id):
    first, second = {"works": ["ä"], "z": 1}, {"works": [], "z": 2.5}
    assert save(running, scene_id, 0, first, steps=[{"name": "Hang"}]).json()["version"] == 1
    assert save(running, scene_id, 1, second, steps=[{"name": "Clear"}], digest=digest(second)).status_code == 201
    latest = running.http.get(f"/v1/scenes/{scene_id}").json()
    earlier = running.http.get(f"/v1/scenes/{scene_id}/versions/1").json()
    assert (latest["version"], latest["document"]) == (2, second)
    assert [step["name"] for step in latest["steps"]] == ["Hang", "Clear"]
    assert (earlier["document"], [step["name"] for step in earlier["steps"]]) == (first, ["Hang"])
    assert earlier["digest"] == digest(first)
    assert running.http.get(f"/v1/scenes/{scene_id}/versions/3").status_code == 404


def test_a_stale_save_is_a_conflict_that_names_the_current_version(running, scene_id):
    save(running, scene_id, 0, {"a": 1})
    stale = save(running, scene_id, 0, {"a": 2})
    ahead = save(running, scene_id, 7, {"a": 2})
    assert stale.status_code == ahead.status_code == 409
    assert stale.json()["current_version"] == 1
    assert running.http.get(f"/v1/scenes/{scene_id}").json()["document"] == {"a": 1}


def test_of_two_saves_at_once_one_wins(running, scene_id):
    answers: list[httpx.Response] = []

    def run(number: int) -> None:
        with running.client() as client:
            body = {"based_on": 0, "document": {"by": number}}
            headers = {"Idempotency-Key": uuid.uuid4().hex}
            answers.append(client.post(f"/v1/scenes/{scene_id}/versions", json=body, headers=headers))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7


def test_a_document_that_is_not_what_was_shown_is_refused(running, scene_id):
    answer = save(running, scene_id, 0, {"a": 1}, digest=digest({"a": 2}))
    assert answer.status_code == 422
    assert running.http.get(f"/v1/scenes/{scene_id}").json()["version"] == 0


@pytest.mark.parametrize("steps", [b'[{"x": NaN}]', b'[{"x": 1e999}]'])
def test_steps_with_numbers_that_are_no_numbers_are_refused(running, scene_id, steps):
    body = b'{"based_on": 0, "document": {}, "steps": %s}' % steps
    headers = {"Idempotency-Key": uuid.uuid4().hex, "Content-Type": "application/json"}
    answer = running.http.post(f"/v1/scenes/{scene_id}/versions", content=body, headers=headers)
    assert answer.status_code == 422
    assert answer.json()["advice"] == "Send plain JSON, whose numbers are finite."


def test_numbers_that_are_no_numbers_are_refused(running, scene_id):
    content = b'{"based_on": 0, "document": {"x": NaN}}'
    headers = {"Idempotency-Key": uuid.uuid4().hex, "Content-Type": "application/json"}
    answer = running.http.post(f"/v1/scenes/{scene_id}/versions", content=content, headers=headers)
    assert answer.status_code == 422


def test_a_lone_surrogate_does_not_break_the_service(running, scene_id):
    content = b'{"based_on": 0, "document": {"title": "\\ud800"}}'
    headers = {"Idempotency-Key": uuid.uuid4().hex, "Content-Type": "application/json"}
    answer = running.http.post(f"/v1/scenes/{scene_id}/versions", content=content, headers=headers)
    assert answer.status_code == 422
    assert "half of a character" in answer.json()["detail"]
    assert running.http.get(f"/v1/scenes/{scene_id}").status_code == 200


def test_a_changed_document_on_disk_is_noticed(running, scene_id):
    save(running, scene_id, 0, {"a": 1})
    save(running, scene_id, 1, {"a": 2})
    with sqlite3.connect(running.data / "vernissage.sqlite3") as connection:
        connection.execute("UPDATE scene_versions SET document = '{}' WHERE scene_id = ? AND version = 2", (scene_id,))
    connection.close()
    answer = running.http.get(f"/v1/scenes/{scene_id}")
    assert answer.status_code == 500
    assert answer.json()["type"].endswith("damaged")
    assert running.http.get(f"/v1/scenes/{scene_id}/versions/1").json()["document"] == {"a": 1}


def test_kill_9_in_the_middle_of_saves_loses_no_confirmed_version(service):
    service.start()
    project = service.made("POST", "/v1/projects", {"name": "P"})
    scene_id = service.made("POST", f"/v1/projects/{project['id']}/scenes", {"name": "S"})["scene_id"]
    for round_ in range(2):
        confirmed = service.http.get(f"/v1/scenes/{scene_id}").json()["version"]
        key, version = "", confirmed
        killer = threading.Timer(0.06 + 0.1 * round_, service.process.kill)
        killer.start()
        try:
            while True:
                key, version = uuid.uuid4().hex, confirmed
                body = {"based_on": confirmed, "document": {"n": confirmed + 1}, "steps": [{"n": confirmed + 1}]}
                service.write("POST", f"/v1/scenes/{scene_id}/versions", body, key).raise_for_status()
                confirmed += 1
        except httpx.TransportError:
            service.kill()
        service.start()
        body = {"based_on": version, "document": {"n": version + 1}, "steps": [{"n": version + 1}]}
        retried = service.write("POST", f"/v1/scenes/{scene_id}/versions", body, key)
        assert retried.json()["version"] == version + 1
        found = service.http.get(f"/v1/scenes/{scene_id}").json()
        assert (found["version"], found["document"]) == (version + 1, {"n": version + 1})
        assert [step["n"] for step in found["steps"]] == list(range(1, version + 2))
