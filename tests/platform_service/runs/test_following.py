"""A run is followed over the live socket, from any replica, from any position, by whoever may."""

import shutil

import pytest

from tests.platform_service.conftest import Service, until
from tests.platform_service.live.line import Line
from tests.platform_service.runs import kills
from tests.platform_service.runs.conftest import Hosted
from tests.platform_service.runs.test_hosted_runs import REQUEST


@pytest.fixture(scope="module")
def other(hosted: Hosted, short_folder):
    """A second replica over the same stores."""
    replica = Service(short_folder())
    replica.always = hosted.team.service.always
    replica.start()
    yield replica
    replica.close()


@pytest.fixture(scope="module", autouse=True)
def worker(hosted: Hosted):
    made = hosted.start_worker(kills.SLOW)
    yield made
    made.kill()


def line(service: Service, hosted: Hosted, tenant: str = "full") -> Line:
    return Line(service.uds, hosted.tokens[tenant])


def until_ended(followed: Line) -> list[dict]:
    heard = []
    while not heard or heard[-1]["kind"] != "ended":
        heard.append(followed.wait("run"))
    return heard


def test_a_follower_hears_each_step_as_it_happens_and_the_proposal(hosted):
    followed = line(hosted.team.service, hosted)
    run_id = hosted.post("full", hosted.project("full"), REQUEST)
    followed.say(type="follow_run", run_id=run_id)
    assert followed.wait("following_run")["state"] in ("queued", "running")
    heard = until_ended(followed)
    assert [message["position"] for message in heard] == list(range(1, len(heard) + 1))
    assert {"posted", "begun", "understood", "planned", "step"} <= {message["kind"] for message in heard}
    steps = [message["what"] for message in heard if message["kind"] == "step"]
    assert {"running", "done"} <= {step["state"] for step in steps}
    assert heard[-1]["what"]["proposal"]["change"]["added"]
    followed.close()


def test_whoever_comes_back_hears_what_was_missed_once_on_another_replica_too(hosted, other):
    run_id = hosted.post("full", hosted.project("full"), REQUEST)
    first = line(hosted.team.service, hosted)
    first.say(type="follow_run", run_id=run_id)
    seen = [first.wait("run")["position"] for _ in range(3)]
    first.close()
    second = line(other, hosted)
    second.say(type="follow_run", run_id=run_id, after=seen[-1])
    second.wait("following_run")
    rest = [message["position"] for message in until_ended(second)]
    assert seen + rest == list(range(1, rest[-1] + 1))
    second.say(type="follow_run", run_id=run_id, after=rest[-1])
    assert second.wait("following_run")["state"] == "ended"
    second.say(type="ping")
    second.wait("pong")
    assert not [message for message in second.heard if message["type"] == "run"]
    second.close()


def test_the_steps_of_a_worker_reach_all_replicas_at_once_through_redis(hosted, other):
    """Without the hint, a replica would look once a second; with it, what is told is there within that."""
    both = [line(service, hosted) for service in (hosted.team.service, other)]
    run_id = hosted.post("full", hosted.project("full"), REQUEST)
    for one in both:
        one.say(type="follow_run", run_id=run_id)
        one.wait("following_run")
    told = [until_ended(one) for one in both]
    assert [message["kind"] for message in told[0]] == [message["kind"] for message in told[1]]
    for one in both:
        one.close()


def test_nobody_follows_another_tenants_run_or_cancels_anothers(hosted):
    run_id = hosted.post("full", hosted.project("full"), REQUEST)
    foreign = line(hosted.team.service, hosted, "small")
    foreign.say(type="follow_run", run_id=run_id)
    assert foreign.wait("refused")["problem"].endswith(":not-found")
    foreign.say(type="leave_run", run_id=run_id)
    foreign.say(type="follow_run", run_id=run_id, after=-1)
    assert foreign.wait("refused")["status"] == 422
    foreign.close()
    token = hosted.member("full", "cleo", "creator")
    answer = hosted.team.write(token, "DELETE", f"/v1/runs/{run_id}")
    assert (answer.status_code, answer.json()["kept"]) == (403, "It goes on.")
    assert hosted.team.write(hosted.tokens["full"], "DELETE", f"/v1/runs/{run_id}").is_success


def test_a_run_that_the_client_named_is_there_once_and_of_its_tenant_alone(hosted):
    body = {"id": "named-by-us", "project_id": hosted.project("full"), "request": REQUEST}
    assert hosted.team.write(hosted.tokens["full"], "POST", "/v1/runs", body).status_code == 202
    again = hosted.team.write(hosted.tokens["full"], "POST", "/v1/runs", body)
    assert (again.status_code, again.json()["type"]) == (409, "urn:vernissage:problem:run-there")
    theirs = {"id": "named-by-us", "project_id": hosted.project("small"), "request": "which themes are there?"}
    assert hosted.team.write(hosted.tokens["small"], "POST", "/v1/runs", theirs).status_code == 202
    assert hosted.ended("small", "named-by-us")["request"] == "which themes are there?"
    assert hosted.ended("full", "named-by-us")["result"]["outcome"] == "proposed"


@pytest.mark.parametrize(
    "around",
    [{"staged": {"added": 1}}, {"intent": {"kind": "conquer"}}, {"workflow": [{"tool": 3}]}, {"unknown": 1}],
)
def test_surroundings_that_cannot_be_read_are_refused_and_nothing_starts(hosted, around):
    body = {"id": "never", "project_id": hosted.project("full"), "request": REQUEST, "around": around}
    answer = hosted.team.write(hosted.tokens["full"], "POST", "/v1/runs", body)
    assert answer.status_code == 422, answer.text
    assert hosted.team.get(hosted.tokens["full"], "/v1/runs/never").status_code == 404


def test_a_replica_that_dies_leaves_the_run_to_be_followed_elsewhere(hosted, other, short_folder):
    dying = Service(short_folder())
    dying.always = hosted.team.service.always
    dying.start()
    run_id = hosted.post("full", hosted.project("full"), REQUEST)
    first = line(dying, hosted)
    first.say(type="follow_run", run_id=run_id)
    seen = first.wait("run")["position"]
    dying.kill()
    first.close()
    second = line(other, hosted)
    second.say(type="follow_run", run_id=run_id, after=seen)
    assert until_ended(second)[0]["position"] == seen + 1
    second.close()
    dying.close()
    shutil.rmtree(dying.folder, ignore_errors=True)
    until(lambda: hosted.run("full", run_id)["state"] == "ended")


def test_what_a_request_does_not_say_comes_from_its_sessions_context(hosted):
    project, session = hosted.project("full"), "a-session-of-ours"
    first = hosted.post(
        "full", project, "show the neon works", session_id=session, selection=["w1", "w2"], viewpoint_m=[1, 1.6, 2]
    )
    kept = hosted.get("full", f"/v1/context/sessions/{session}")
    assert kept["working"]["selection"] == ["w1", "w2"]
    assert [turn["text"] for turn in kept["history"]["turns"]] == ["show the neon works"]
    second = hosted.post("full", project, "make these bigger", session_id=session)
    third = hosted.post("full", project, "elsewhere", session_id=session, selection=[], recent_requests=["mine"])
    asked = [hosted.get("full", f"/v1/runs/{run}/events?limit=1")[0]["document"]["asked"] for run in (second, third)]
    assert (asked[0]["selection"], asked[0]["viewpoint_m"]) == (["w1", "w2"], [1.0, 1.6, 2.0])
    assert asked[0]["recent_requests"] == ["show the neon works"]
    assert (asked[1]["selection"], asked[1]["recent_requests"]) == ([], ["mine"])
    for run in (first, second, third):
        hosted.team.write(hosted.tokens["full"], "DELETE", f"/v1/runs/{run}")
