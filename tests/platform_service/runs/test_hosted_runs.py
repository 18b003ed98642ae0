"""A request that is posted comes back as a proposal, whoever of the workers carries it out."""

import json

import pytest

from app.runs.plain import proposal_from_text
from scene.scene import Scene
from tests.platform_service.conftest import until
from tests.platform_service.runs import kills
from tests.platform_service.runs.conftest import Hosted

REQUEST = "hang 6 works of neon streets"


@pytest.fixture(scope="module")
def worker(hosted: Hosted):
    """A worker whose steps take their time, so that runs can be met on their way."""
    return hosted.start_worker(kills.SLOW)


def kinds(hosted: Hosted, tenant: str, run_id: str, since: int = 0) -> list[str]:
    return [event["kind"] for event in hosted.get(tenant, f"/v1/runs/{run_id}/events?since={since}")]


def test_a_run_that_nobody_has_begun_is_cancelled_at_once(hosted):
    project = hosted.project("full")
    run_id = hosted.post("full", project, REQUEST)
    assert hosted.run("full", run_id)["state"] == "queued"
    cancelled = hosted.team.write(hosted.tokens["full"], "DELETE", f"/v1/runs/{run_id}").json()
    assert (cancelled["state"], cancelled["result"]["outcome"]) == ("ended", "cancelled")
    assert hosted.get("full", f"/v1/projects/{project}/runs")[0]["outcome"] == "cancelled"


def test_a_request_becomes_a_proposal_that_a_desktop_can_stage(hosted, worker):
    project = hosted.project("full")
    run_id = hosted.post("full", project, REQUEST)
    ended = hosted.ended("full", run_id)
    assert ended["result"]["outcome"] == "proposed", ended
    proposal = proposal_from_text(json.dumps(ended["result"]["proposal"]), Scene())
    assert proposal is not None
    assert len(proposal.works) == 6
    assert (proposal.turn_id, ended["attempts"]) == (run_id, 1)
    record = hosted.get("full", f"/v1/projects/{project}/runs")[0]
    assert (record["id"], record["outcome"]) == (run_id, "proposed")
    told = kinds(hosted, "full", run_id)
    assert [told[0], told[1], told[-1]] == ["posted", "begun", "ended"]
    assert {"understood", "planned", "step"} <= set(told)
    assert kinds(hosted, "full", run_id, ended["position"] - 1) == ["ended"]


def test_a_second_request_of_a_session_starts_from_what_the_first_was_understood_as(hosted, worker):
    """Nothing but the session's name is sent: what was meant before is the platform's own working context."""
    project, session = hosted.project("full"), "by-words-alone"
    corrected = {"kind": "create", "confidence": 1.0, "theme": "noir", "layout": "timeline", "query": {"words": "neon"}}
    around = {"intent": corrected}
    hosted.ended("full", hosted.post("full", project, "something nice", session_id=session, around=around))
    (kept,) = hosted.get("full", f"/v1/context/sessions/{session}")["working"]["last_intents"]
    assert kept == corrected
    second = hosted.ended("full", hosted.post("full", project, "the same of boats", session_id=session))["result"]
    assert (second["intent"]["theme"], second["intent"]["layout"]) == ("noir", "timeline")
    after = until(lambda: hosted.get("full", f"/v1/context/sessions/{session}")["working"]["last_intents"][1:])
    assert after == [second["intent"]]
    alone = hosted.ended("full", hosted.post("full", project, "the same of boats", session_id="another"))["result"]
    assert (alone["intent"] or {}).get("theme") != "noir"


def test_each_tool_call_of_a_run_is_told_with_where_its_session_is(hosted, worker):
    project = hosted.project("full")
    run_id = hosted.post("full", project, REQUEST, session_id="told")
    hosted.ended("full", run_id)
    lines = [json.loads(line) for line in (worker.folder / "log").read_text().splitlines() if line.startswith("{")]
    calls = [line for line in lines if line["event"] == "tool call" and line["run"] == run_id]
    assert {"search", "arrange"} <= {call["tool"] for call in calls}
    posted = hosted.get("full", f"/v1/runs/{run_id}/events")[0]["document"]
    about = ("full", "ada", project, "told", posted["correlation_id"], "done")
    names = ("tenant", "user", "project", "session", "correlation_id", "state")
    assert {tuple(call[name] for name in names) for call in calls} == {about}
    assert "neon" not in str(calls), "no words"


def test_a_run_stays_inside_the_folders_it_is_given_and_the_next_does_not(hosted, worker):
    project = hosted.project("full")

    def works_from(request: str, **around: object) -> set[str]:
        run_id = hosted.post("full", project, request, around=around)
        works = proposal_from_text(json.dumps(hosted.ended("full", run_id)["result"]["proposal"]), Scene()).works
        body = {"ids": [work.asset_id for work in works]}
        found = hosted.team.write(hosted.tokens["full"], "POST", "/v1/assets/lookup", body).json()
        return {asset["folder"].rpartition("/")[2] for asset in found}

    assert works_from("hang 6 works", folders=["Sylt"]) == {"Sylt"}
    assert works_from("hang 6 works", folders=["Harz"]) == {"Harz"}
    assert works_from("hang 6 works of neon streets") == {"Tokyo"}


def test_a_run_on_its_way_is_cancelled_and_changes_nothing(hosted, worker):
    run_id = hosted.post("full", hosted.project("full"), REQUEST)
    until(lambda: "planned" in kinds(hosted, "full", run_id))
    asked = hosted.team.write(hosted.tokens["full"], "DELETE", f"/v1/runs/{run_id}").json()
    assert asked["state"] == "cancelling"
    result = hosted.ended("full", run_id)["result"]
    assert (result["outcome"], result["proposal"]) == ("cancelled", None)


def test_a_tenant_with_many_runs_leaves_room_for_anothers_first_one(hosted, worker):
    noisy = hosted.project("full")
    many = [hosted.post("full", noisy, REQUEST) for _ in range(7)]
    until(lambda: any(hosted.run("full", run_id)["state"] == "running" for run_id in many))
    quiet = hosted.post("small", hosted.project("small"), "which themes are there?")
    until(lambda: hosted.run("small", quiet)["state"] in ("running", "ended"))
    waiting = [run_id for run_id in many if hosted.run("full", run_id)["state"] == "queued"]
    assert len(waiting) >= 2, "the quiet tenant had to wait for the noisy one"
    for run_id in waiting:
        hosted.team.write(hosted.tokens["full"], "DELETE", f"/v1/runs/{run_id}")
    assert hosted.ended("small", quiet)["result"]["outcome"] in ("answered", "refused", "asked")
    for run_id in many:
        hosted.ended("full", run_id)


def test_what_waits_in_the_background_takes_no_interactive_place(hosted, worker):
    project = hosted.project("full")
    behind = [hosted.post("full", project, REQUEST, priority="background") for _ in range(3)]
    until(lambda: any(hosted.run("full", run_id)["state"] == "running" for run_id in behind))
    run_id = hosted.post("full", project, REQUEST)
    hosted.ended("full", run_id)
    assert any(hosted.run("full", one)["state"] == "queued" for one in behind)
    for one in behind:
        hosted.team.write(hosted.tokens["full"], "DELETE", f"/v1/runs/{one}")


def test_a_worker_that_is_killed_loses_nothing(hosted, worker):
    run_id = hosted.post("full", hosted.project("full"), REQUEST)
    until(lambda: "planned" in kinds(hosted, "full", run_id))
    worker.kill()
    hosted.start_worker()
    ended = hosted.ended("full", run_id)
    assert (ended["result"]["outcome"], ended["attempts"]) == ("proposed", 2)
    told = kinds(hosted, "full", run_id)
    assert (told.count("begun"), told.count("resumed"), told.count("ended")) == (2, 1, 1)


def test_a_worker_that_is_told_to_end_finishes_what_it_has(hosted):
    run_id = hosted.post("full", hosted.project("full"), REQUEST)
    last = hosted.workers[-1]
    until(lambda: hosted.run("full", run_id)["state"] != "queued")
    assert last.stop() == 0
    assert hosted.run("full", run_id)["state"] == "ended"


@pytest.mark.parametrize(
    ("body", "status"),
    [({"project_id": "none"}, 404), ({"scene_id": "none"}, 404), ({"request": ""}, 422), ({"approve": True}, 422)],
)
def test_what_cannot_be_run_is_refused(hosted, body, status):
    given = {"project_id": hosted.project("full"), "request": REQUEST, **body}
    answer = hosted.team.write(hosted.tokens["full"], "POST", "/v1/runs", given)
    assert answer.status_code == status
    assert answer.json()["type"].startswith("urn:vernissage:problem:")


def test_a_post_that_is_sent_again_starts_one_run_and_nobody_else_sees_it(hosted):
    body = {"project_id": hosted.project("full"), "request": REQUEST}
    first = hosted.team.write(hosted.tokens["full"], "POST", "/v1/runs", body, "the-same-post")
    again = hosted.team.write(hosted.tokens["full"], "POST", "/v1/runs", body, "the-same-post")
    assert first.json()["id"] == again.json()["id"]
    path = f"/v1/runs/{first.json()['id']}"
    for method, at in (("GET", path), ("GET", f"{path}/events"), ("DELETE", path)):
        assert hosted.team.write(hosted.tokens["small"], method, at).status_code == 404
    hosted.team.write(hosted.tokens["full"], "DELETE", path)
