"""Context over HTTP: on an embedded platform without Redis, across a restart; on a team's, apart by tenant."""

import pytest


def turn(service, text: str, by: str = "creator") -> dict:
    return service.made("POST", "/v1/context/sessions/s1/turns", {"by": by, "text": text})


def test_a_session_outlives_the_service(service):
    service.start("--words-only")
    turn(service, "create a gallery")
    service.made("PUT", "/v1/context/sessions/s1/working", {"project_id": "p", "viewpoint_m": [1, 2, 3]})
    service.made("PUT", "/v1/context/preferences/theme", {"value": "dark"})
    service.made("PUT", "/v1/context/memory/height", {"text": "hang at 1.5 m"})
    service.kill()
    service.start("--words-only")
    found = service.http.get("/v1/context/sessions/s1").json()
    assert [one["text"] for one in found["history"]["turns"]] == ["create a gallery"]
    assert found["working"]["viewpoint_m"] == [1, 2, 3]
    assert (found["preferences"], found["memory"]["height"]["text"]) == ({"theme": "dark"}, "hang at 1.5 m")


def test_what_is_set_can_be_taken_back(running):
    running.made("PUT", "/v1/context/preferences/units", {"value": "cm"})
    running.made("PUT", "/v1/context/preferences/units", {"value": None})
    assert "units" not in running.http.get("/v1/context/preferences").json()
    running.made("PUT", "/v1/context/memory/note", {"text": "x"})
    assert running.write("DELETE", "/v1/context/memory/note").status_code == 200
    assert running.write("DELETE", "/v1/context/memory/note").status_code == 404
    turn(running, "hello")
    assert running.http.get("/v1/context/sessions").json()[0]["session_id"] == "s1"
    assert running.write("DELETE", "/v1/context/sessions/s1").status_code == 204
    assert running.http.get("/v1/context/sessions/s1").json()["history"]["turns"] == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("sessions/s1/turns", {"by": "creator", "text": ""}),
        ("sessions/s1/turns", {"by": "creator", "text": "x" * 4_001}),
        ("sessions/s1/turns", {"by": "ben", "text": "x"}),
        ("sessions/a b/turns", {"by": "creator", "text": "x"}),
        ("sessions/s1/turns", {"by": "creator", "text": "x", "tenant": "other"}),
    ],
)
def test_what_makes_no_sense_is_refused(running, path, body):
    assert running.write("POST", f"/v1/context/{path}", body).status_code == 422


def test_too_much_to_remember_is_refused_and_the_rest_stands(running):
    answers = [
        running.write("PUT", f"/v1/context/memory/much-{number}", {"text": "x" * 400, "source": "y" * 120})
        for number in range(130)
    ]
    codes = [answer.status_code for answer in answers]
    assert set(codes) == {200, 422}
    assert codes == sorted(codes)
    assert "64 KiB" in answers[-1].json()["detail"]
    for number in range(130):
        running.write("DELETE", f"/v1/context/memory/much-{number}")
