"""Two real desktops on one scene of a team's platform: they converge, clashes are shown, nothing is lost."""

import json
import time
from datetime import date

import httpx
import pytest

from app.compose import compose_session
from app.headless import Headless
from app.messages import ClashShown, LiveChanged, PeopleChanged
from app.places import Places
from scene.change import SceneChange
from scene.records import Placement

PATIENCE_S = 20.0


class Desktop:
    """One desktop with what it was told."""

    def __init__(self, folder, url):
        self.heard = []
        self.studio = Headless(compose_session(Places.at(folder, url), date(2026, 1, 1)), self.heard.append)

    @property
    def session(self):
        return self.studio.session

    @property
    def records(self):
        return self.session.store.scene.records

    def poll(self):
        self.heard += self.session.poll()

    def hang(self, name, x_m):
        made = Placement(id=name, asset_id="a" * 64, title=name, position_m=(x_m, 1.5, 0.0), size_m=(1.0, 1.0))
        assert self.session.commit(f"Hang {name}", SceneChange(added={name: made}))

    def move(self, name, x_m):
        before = self.records[name]
        after = before.but(position_m=(x_m, 1.5, 0.0))
        assert self.session.commit(f"Move {name}", SceneChange(updated={name: (before, after)}))

    def told(self, kind):
        return [message for message in self.heard if isinstance(message, kind)]


def poll_until(desktops, holds):
    """How long it took."""
    begun = time.monotonic()
    while not holds():
        assert time.monotonic() - begun < PATIENCE_S, [sorted(desktop.records) for desktop in desktops]
        for desktop in desktops:
            desktop.poll()
        time.sleep(0.003)
    return time.monotonic() - begun


@pytest.fixture(scope="module")
def served(make_team):
    """A team's platform on a port, its address, and a code for each of two people."""
    team = make_team(start=False)
    team.service.start(where=("--port", "0"))
    url = f"http://127.0.0.1:{json.loads(team.service.ready.read_text())['port']}"
    with httpx.Client(base_url=url) as http:
        answer = http.post("/v1/identity/token", json={"refresh_code": team.add_tenant("north")})
        http.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        codes = []
        for number, name in enumerate(("ada", "ben")):
            keyed = {"Idempotency-Key": f"person-{number}-00"}
            person = {"name": name, "role": "creator"}
            assert http.put(f"/v1/identity/users/{name}1", json=person, headers=keyed).is_success
            keyed = {"Idempotency-Key": f"invited-{number}-00"}
            invited = http.post(f"/v1/identity/users/{name}1/invitations", headers=keyed)
            codes.append(invited.json()["refresh_code"])
    yield team, url, codes
    team.service.close()


@pytest.fixture(scope="module")
def two(served, tmp_path_factory):
    """Two desktops that have the same scene open."""
    _, url, codes = served
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("VERNISSAGE_PLATFORM_TOKEN", codes[0])
        ada = Desktop(tmp_path_factory.mktemp("ada"), url)
        ada.studio.open("Shared")
        ada.hang("first", 0.0)
        patched.setenv("VERNISSAGE_PLATFORM_TOKEN", codes[1])
        ben = Desktop(tmp_path_factory.mktemp("ben"), url)
        ben.studio.open("Own")
    desktops = (ada, ben)
    shared = None
    while shared is None:
        ada.poll()
        shared = next((project for project in ben.studio.projects() if project.name == "Shared"), None)
    ben.session.open_project(shared)
    poll_until(desktops, lambda: set(ben.records) == {"first"} and ben.told(LiveChanged) and ada.told(LiveChanged))
    yield desktops
    for desktop in desktops:
        desktop.session.stop()


def same(two, *names):
    ada, ben = two
    return ada.session.store.scene == ben.session.store.scene and set(names) <= set(ada.records)


def test_what_one_hangs_the_other_sees(two):
    ada, ben = two
    ada.hang("of-ada", 5.0)
    took_s = poll_until(two, lambda: "of-ada" in ben.records)
    ben.hang("of-ben", 10.0)
    poll_until(two, lambda: same(two, "of-ada", "of-ben"))
    assert took_s < 5.0
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


def test_what_is_done_while_the_platform_is_gone_arrives_once_when_it_is_back(two, served):
    ada, ben = two
    team, url, _ = served
    team.service.kill()
    for number in range(20):
        ada.hang(f"away-{number}", 100.0 + number)
        ben.hang(f"gone-{number}", 130.0 + number)
    team.service.start(where=("--port", url.rpartition(":")[2]))
    names = [f"{what}-{number}" for what in ("away", "gone") for number in range(20)]
    poll_until(two, lambda: same(two, *names))
    assert len(ada.session.store.scene.placements) == len(ada.records)
