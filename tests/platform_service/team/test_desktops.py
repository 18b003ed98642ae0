"""Two real desktops on one scene of a team's platform: they converge, clashes are shown, nothing is lost."""

import logging
import os
import subprocess
import sys
import threading

import pytest

from app.messages import ClashShown, LiveChanged, PeopleChanged, PeopleNamed
from tests.load.campaign_drop import dropped
from tests.platform_service.team.cut_line import CutLine
from tests.platform_service.team.desktops import TOKEN, Desktop, open_two, poll_until, same, serve


@pytest.fixture(scope="module")
def served(make_team):
    """A team's platform on a port, its address, and a code for each of seven people."""
    team = make_team(start=False)
    url, codes = serve(team, ("ada1", "ben1", "cem1", "dan1", "eve1", "fay1", "gus1"))
    yield team, url, codes
    team.service.close()


@pytest.fixture(scope="module")
def two(served, tmp_path_factory):
    """Two desktops that have the same scene open."""
    _, url, codes = served
    made = open_two([tmp_path_factory.mktemp(name) for name in ("ada", "ben")], url, codes)
    yield made
    for desktop in made:
        desktop.session.stop()


def test_what_one_hangs_the_other_sees(two):
    ada, ben = two
    ada.hang("of-ada", 5.0)
    poll_until(two, lambda: "of-ada" in ben.records)
    ben.hang("of-ben", 10.0)
    poll_until(two, lambda: same(two, "of-ada", "of-ben"))
    assert ben.session.undo()
    poll_until(two, lambda: same(two, "of-ada") and "of-ben" not in ada.records)


def test_both_work_at_once_and_converge(two):
    ada, ben = two
    for number in range(6):
        ada.hang(f"ada-{number}", 20.0 + number)
        ben.hang(f"ben-{number}", 40.0 + number)
    poll_until(two, lambda: same(two, *(f"{who}-{number}" for who in ("ada", "ben") for number in range(6))))


def test_a_clash_is_shown_as_a_ghost_and_either_side_can_be_taken(two):
    ada, ben = two
    for way, expected in (("theirs", 1), ("mine", 1), ("both", 2)):
        name = f"clash-{way}"
        ada.hang(name, 60.0)
        poll_until(two, lambda name=name: same(two, name))
        before = [len(desktop.told(ClashShown)) for desktop in two]
        ada.move(name, 62.0)
        ben.move(name, 64.0)
        poll_until(two, lambda before=before: [len(desktop.told(ClashShown)) for desktop in two] != before)
        chooser = ada if ada.session.proposal is not None else ben
        mine = chooser.records[name].position_m
        theirs = chooser.session.proposal.change.updated[name][1].position_m
        assert {mine[0], theirs[0]} == {62.0, 64.0}
        if way == "theirs":
            assert chooser.session.approve()
        elif way == "mine":
            chooser.session.reject()
        else:
            assert chooser.session.take_both()
        assert chooser.session.proposal is None
        poll_until(two, lambda name=name: same(two, name))
        places = sorted(record.position_m[0] for key, record in ada.records.items() if key.startswith(name))
        assert places == {"theirs": [theirs[0]], "mine": [mine[0]], "both": [62.0, 64.0]}[way]
        assert len(places) == expected


def test_they_see_each_other(two):
    ada, ben = two
    ada.session.stand_at((1.0, 1.6, 2.0), (0.0, 1.6, 0.0))
    poll_until(two, lambda: any(message.people for message in ben.told(PeopleChanged)))
    seen = next(message for message in ben.told(PeopleChanged) if message.people).people[0]
    assert (seen.user, seen.position_m) == ("ada1", (1.0, 1.6, 2.0))
    poll_until(two, lambda: ben.told(PeopleNamed))
    assert ben.told(PeopleNamed)[-1].names.keys() >= {"ada1", "dan1", "eve1"}, "also those who are not here just now"


def test_a_network_that_goes_away_for_some_seconds_costs_nothing(two, served, tmp_path):
    """The campaign `python -m tests.load drop`, in short."""
    _, url, codes = served
    line = CutLine(int(url.rpartition(":")[2]))
    through, beside = (
        Desktop(tmp_path / name, where, code)
        for name, where, code in (("fay", line.url, codes[5]), ("gus", url, codes[6]))
    )
    try:
        through.open("Of fay")
        through.open_shared()
        beside.open("Of gus")
        beside.open_shared()
        poll_until((through, beside), lambda: same((through, beside), "first") and through.told(LiveChanged))
        found = dropped(line, (through, beside), seconds=10.0, edits=60)
    finally:
        for desktop in (through, beside):
            desktop.session.stop()
        line.close()
    assert (found.lost, found.doubled) == (0, 0)
    assert found.banner_s < float("inf"), "it was told while the line was cut"


def test_what_is_done_while_the_platform_is_gone_arrives_once_when_it_is_back(two, served):
    ada, ben = two
    team, url, _ = served
    team.service.kill()
    for number in range(500):
        ada.hang(f"away-{number}", 1_000.0 + number)
        ben.hang(f"gone-{number}", 2_000.0 + number)
    team.service.start(where=("--port", url.rpartition(":")[2]))
    names = [f"{what}-{number}" for what in ("away", "gone") for number in range(500)]
    poll_until(two, lambda: same(two, *names), 60.0)
    assert len(ada.session.store.scene.placements) == len(ada.records)


def test_a_desktop_that_is_killed_loses_nothing_that_was_on_its_disk(two, served, tmp_path):
    _, url, codes = served
    arguments = [sys.executable, "-m", "tests.platform_service.team.desktops", url, str(tmp_path), "cem"]
    environment = {**os.environ, TOKEN: codes[2], "PYTHONUNBUFFERED": "1"}
    killed = subprocess.Popen(arguments, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert killed.stdout is not None
    lines = [killed.stdout.readline().strip() for _ in range(30)]
    killed.kill()
    rest, errors = killed.communicate()
    kept = [word for line in (*lines, *rest.splitlines()) for word in line.split() if word.startswith("cem-")]
    assert len(kept) > 20, errors
    again = Desktop(tmp_path, url, codes[2])
    again.open("")
    three = (*two, again)
    poll_until(three, lambda: same(two, *kept) and again.session.store.scene == two[0].session.store.scene)
    again.session.stop()


def test_no_log_holds_a_token_or_a_code_even_at_debug(served, tmp_path, caplog):
    _, url, codes = served
    caplog.set_level(logging.DEBUG)
    for chatty in ("httpx", "httpcore", "websockets"):  # as a program that logs everything would have them
        caplog.set_level(logging.DEBUG, chatty)
    asked = Desktop(tmp_path, url, codes[3])
    asked.open("Of dan")
    asked.hang("one", 1.0)
    poll_until([asked], lambda: asked.told(LiveChanged) and not asked.session.waiting_steps)
    token = asked.session._services._link._http.access.token
    kept = asked.session._services._link._team._kept.read()
    asked.session.stop()
    written = "\n".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert "/v1/identity/token" in written, "the exchange of the code was written about"
    for secret in (token, codes[3], kept):
        assert secret
        assert secret not in written


def test_a_command_waits_for_a_platform_that_is_away_for_a_moment(served, tmp_path):
    team, url, codes = served
    team.service.kill()
    back = threading.Timer(1.5, team.service.start, kwargs={"where": ("--port", url.rpartition(":")[2])})
    back.start()
    late = Desktop(tmp_path, url, codes[4])
    late.open("Late")
    back.join()
    assert late.session.project.name == "Late"
    late.session.stop()
