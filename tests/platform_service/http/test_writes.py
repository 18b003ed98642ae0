import asyncio
import uuid

import httpx
import pytest


def projects_named(service, name: str) -> int:
    return sum(project["name"] == name for project in service.http.get("/v1/projects").json())


def test_a_write_without_a_key_is_refused(running):
    answer = running.http.post("/v1/projects", json={"name": "Keyless"})
    assert answer.status_code == 422
    assert "Idempotency-Key" in answer.json()["detail"]
    assert projects_named(running, "Keyless") == 0


@pytest.mark.parametrize("key", ["short", "x" * 201, "with space in it"])
def test_a_key_has_to_be_a_real_one(running, key):
    assert running.write("POST", "/v1/projects", {"name": "Bad key"}, key).status_code == 422


def test_the_same_key_replays_the_first_answer(running):
    key = uuid.uuid4().hex
    first = running.write("POST", "/v1/projects", {"name": "Once"}, key)
    again = running.write("POST", "/v1/projects", {"name": "Once"}, key)
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["idempotency-replayed"] == "true"
    assert projects_named(running, "Once") == 1


def test_the_same_key_with_another_body_or_path_is_a_conflict(running):
    key = uuid.uuid4().hex
    project = running.write("POST", "/v1/projects", {"name": "Mine"}, key).json()
    other_body = running.write("POST", "/v1/projects", {"name": "Yours"}, key)
    other_path = running.write("PUT", f"/v1/projects/{project['id']}", {"name": "Mine"}, key)
    assert other_body.status_code == other_path.status_code == 409
    assert other_body.json()["type"].endswith("key-reused")
    assert projects_named(running, "Yours") == 0


def test_a_refused_write_leaves_its_key_free(running):
    key = uuid.uuid4().hex
    assert running.write("POST", "/v1/projects/none/scenes", {"name": "S"}, key).status_code == 404
    assert running.write("POST", "/v1/projects", {"name": "After a refusal"}, key).status_code == 201


async def test_twenty_at_once_with_one_key_have_one_effect(running):
    key = uuid.uuid4().hex
    transport = httpx.AsyncHTTPTransport(uds=str(running.uds), verify=False)
    headers = {**running.http.headers, "Idempotency-Key": key}
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost", headers=headers) as client:
        answers = await asyncio.gather(
            *(client.post("/v1/projects", json={"name": "Raced"}, timeout=30) for _ in range(20))
        )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert projects_named(running, "Raced") == 1


def test_a_receipt_outlives_the_process(service):
    service.start()
    key = uuid.uuid4().hex
    first = service.write("POST", "/v1/projects", {"name": "Durable"}, key)
    service.kill()
    service.start()
    assert service.write("POST", "/v1/projects", {"name": "Durable"}, key).content == first.content
    assert projects_named(service, "Durable") == 1
