"""The live socket of a real service: order, resuming, presence, refusals, draining."""

import contextlib
import json
import uuid

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.platform_service.conftest import TOKEN
from tests.platform_service.live.line import Line, document


@pytest.fixture
def scene_id(running):
    made = running.made("POST", "/v1/projects", {"name": "Live"})
    return running.made("POST", f"/v1/projects/{made['id']}/scenes", {"name": "S"})["scene_id"]


@pytest.fixture
def line(running):
    lines = []

    def make(session=""):
        lines.append(Line(running.uds, TOKEN, session))
        return lines[-1]

    yield make
    for one in lines:
        one.close()


def test_what_one_saves_the_other_hears_in_the_servers_order(line, running, scene_id):
    one, other = line("one"), line("other")
    assert other.follow(scene_id) == {"type": "subscribed", "scene_id": scene_id, "position": 0, "version": 0}
    one.save(scene_id, 0, "a")
    assert one.wait("saved")["version"] == 1
    over_http = {"based_on": 1, "document": document("a", "b")}
    running.made("POST", f"/v1/scenes/{scene_id}/versions", over_http)
    one.save(scene_id, 2, "b")
    first, second, third = (other.wait("event") for _ in range(3))
    assert [event["position"] for event in (first, second, third)] == [1, 2, 3]
    assert first["what"]["session"] == "one"
    assert second["what"]["change"] == {"added": [{"id": "b"}], "updated": [], "removed": []}
    assert third["what"]["change"] == {"added": [], "updated": [], "removed": [{"id": "a"}]}


def test_who_was_away_hears_what_was_missed_from_the_last_seen_position(line, scene_id):
    one = line()
    for version in range(5):
        one.save(scene_id, version, *"abcde"[: version + 1])
        one.wait("saved")
    back = line()
    assert back.follow(scene_id, after=2)["position"] == 5
    assert [back.wait("event")["position"] for _ in range(3)] == [3, 4, 5]


def test_a_save_that_is_sent_again_has_one_effect_whichever_way_it_goes(line, running, scene_id):
    one, key = line(), uuid.uuid4().hex
    for _ in range(2):
        one.save(scene_id, 0, "a", key=key)
        assert one.wait("saved")["version"] == 1
    body = {"based_on": 0, "document": document("a"), "steps": []}
    sent = json.dumps(body).encode()
    path, headers = f"/v1/scenes/{scene_id}/versions", {"Idempotency-Key": key, "Content-Type": "application/json"}
    again = running.http.post(path, content=sent, headers=headers)
    assert (again.status_code, again.json()["version"], again.headers["idempotency-replayed"]) == (201, 1, "true")


def test_a_stale_save_and_a_reused_key_are_refused_and_others_beside_them_are_not(line, scene_id):
    one, key = line(), uuid.uuid4().hex
    one.save(scene_id, 0, "a", key=key, number=1)
    one.save(scene_id, 0, "b", number=2)
    one.save(scene_id, 1, "c", key=key, number=3)
    one.save("no-such-scene", 0, "d", number=4)
    one.save(scene_id, 1, "e", number=5)
    refused = {one.wait("refused")["number"]: None for _ in range(3)}
    assert set(refused) == {2, 3, 4}
    assert [one.wait("saved")["version"] for _ in range(2)] == [1, 2]


def test_people_see_each_other_until_they_leave(line, scene_id):
    one, other = line("one"), line("other")
    for each in (one, other):
        each.follow(scene_id)
    standing = {"name": "Ada", "position_m": [1.0, 1.6, 2.0], "target_m": [0.0, 1.6, 0.0], "holds": ["work-1"]}
    one.say(type="present", scene_id=scene_id, **standing)
    seen = other.wait("people", lambda told: told["people"] != [])["people"]
    assert seen == [{**standing, "user": "local", "session": "one"}]
    one.say(type="progress", scene_id=scene_id, run_id="r", text="Hanging", share=0.5)
    assert other.wait("progress")["text"] == "Hanging"
    one.close()
    assert other.wait("people", lambda told: told["people"] == [])


BAD = (
    b"\x00\xff", "nonsense", "[]", "{}", '{"type": "unknown"}', '{"type": "ping", "more": 1}', '{"type": "subscribe"}',
    '{"type": "subscribe", "scene_id": "../etc"}', '{"type": "subscribe", "scene_id": "no-such-scene"}',
    '{"type": "present", "scene_id": "x", "name": "A", "position_m": [0, 0, 0], "target_m": [0, 0, 0]}',
    '{"type": "subscribe", "scene_id": "x", "after": -1}', '{"type": "save", "number": 1}',
)  # fmt: skip


def test_bad_messages_are_told_and_the_line_goes_on(line):
    one = line()
    for message in BAD:
        one.socket.send(message)
        assert one.wait("refused")["detail"]
    one.say(type="ping")
    assert one.wait("pong") == {"type": "pong"}


def test_who_says_too_much_is_refused_then_closed(line):
    one = line()
    with contextlib.suppress(ConnectionClosed):
        for _ in range(1_000):
            one.say(type="ping")
    assert one.until_closed() == 1008


def test_a_giant_message_closes_the_line_and_nothing_else(line, running):
    one = line()
    with contextlib.suppress(ConnectionClosed):
        one.socket.send("x" * (9 * 1024 * 1024))
    assert one.until_closed() in (1009, 1006)
    assert running.http.get("/v1/health").is_success


@pytest.mark.parametrize("token", ["", "wrong", TOKEN + "x"])
def test_nobody_is_let_in_without_the_token(running, token):
    with pytest.raises(InvalidStatus) as refused:
        Line(running.uds, token)
    assert refused.value.response.status_code == 403


def test_a_service_that_ends_says_that_it_comes_back(service):
    service.start("--words-only")
    one = Line(service.uds, TOKEN)
    one.wait("welcome")
    assert service.stop() == 0
    assert one.until_closed() == 1012
