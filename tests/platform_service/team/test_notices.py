"""Who is concerned is told, once, also after a break; who is there can be asked for; nobody hears of another team."""

import asyncio

import pytest

from platform_service.live.present_sessions import SessionsInMemory
from platform_service.live.present_sessions_redis import SessionsInRedis
from tests.platform_service.conftest import until
from tests.platform_service.live.line import Line


def line(team, token) -> Line:
    return Line(team.service.uds, token)


def test_others_are_told_of_a_project_and_an_approval_and_oneself_is_not(team, admin, person):
    ada, ben = line(team, admin["north"]), line(team, person("creator"))
    south = line(team, admin["south"])
    for one in (ada, ben, south):
        one.say(type="follow_notices")
        one.wait("following_notices")
    project = team.write(admin["north"], "POST", "/v1/projects", {"name": "Shared"}).json()["id"]
    told = ben.wait("notice")
    assert (told["kind"], told["what"]["project_id"], told["what"]["user"]) == ("project_shared", project, "ada")
    run = {"id": "approved-by-ada", "project_id": project, "request": "x", "outcome": "proposed"}
    assert team.write(admin["north"], "PUT", "/v1/runs/approved-by-ada", run).is_success
    team.write(admin["north"], "POST", "/v1/feedback", {"run_id": "approved-by-ada", "verdict": "approved"})
    again = ben.wait("notice")
    assert (again["kind"], again["what"]["run_id"]) == ("approved", "approved-by-ada")
    ben.close()
    team.write(admin["north"], "POST", "/v1/projects", {"name": "Another"})
    back = line(team, person("viewer"))
    back.say(type="follow_notices", after=again["position"])
    back.wait("following_notices")
    missed = back.wait("notice")
    assert missed["position"] == again["position"] + 1
    for one in (ada, south):
        one.say(type="ping")
        one.wait("pong")
        assert not [message for message in one.heard if message["type"] == "notice"]
    for one in (ada, south, back):
        one.close()


def test_the_sessions_of_the_team_are_listed_while_they_are_open(team, admin, person):
    ada, ben, south = line(team, admin["north"]), line(team, person("creator")), line(team, admin["south"])

    def users(asker: Line) -> list[str]:
        asker.say(type="list_sessions")
        return sorted(one["user"] for one in asker.wait("sessions")["sessions"])

    until(lambda: len(users(ada)) == 2)
    assert users(south) == ["ada"]
    ben.close()
    until(lambda: users(ada) == ["ada"])
    for one in (ada, south):
        one.close()


@pytest.fixture(params=["memory", "redis"])
async def sessions(request):
    made: SessionsInMemory | SessionsInRedis = SessionsInMemory(0.4)
    if request.param == "redis":
        made = SessionsInRedis(request.getfixturevalue("redis_server").url, 0.4)
    yield made
    await made.close()


async def test_every_list_of_sessions_forgets_the_silent_and_keeps_tenants_apart(sessions):
    await sessions.put("one", "b", {"user": "ben"})
    await sessions.put("one", "a", {"user": "ada"})
    await sessions.put("two", "c", {"user": "cem"})
    assert await sessions.of("one") == [{"user": "ada"}, {"user": "ben"}]
    await sessions.drop("one", "a")
    await sessions.drop("one", "never")
    assert await sessions.of("one") == [{"user": "ben"}]
    await asyncio.sleep(0.3)
    await sessions.put("two", "c", {"user": "cem"})
    await asyncio.sleep(0.2)
    assert await sessions.of("one") == []
    assert await sessions.of("two") == [{"user": "cem"}]


async def test_without_redis_nobody_is_known_and_nothing_breaks():
    away = SessionsInRedis("redis://127.0.0.1:1")
    await away.put("one", "a", {"user": "ada"})
    await away.drop("one", "a")
    assert await away.of("one") == []
    await away.close()
