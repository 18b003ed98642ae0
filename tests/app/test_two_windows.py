"""Two programs over one data folder have the same scene open, and stay in step like two desktops of a team."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import TypeVar

import pytest

from agent.events import TurnEnded
from app.commands.headless import Headless
from app.compose import compose_session
from app.keeping.journal import Journal
from app.keeping.replay import as_texts, replay
from app.messages import ClashShown, LiveChanged, Message, OthersChanged, PeopleChanged, RunInterrupted
from app.places import Places
from scene.change import SceneChange
from scene.proposal import Proposal, Receipt
from scene.records import Placement
from scene.store import SceneStore
from tests.app.test_saving import work
from tests.platform_service.warm import warm

M = TypeVar("M")

TODAY = date(2026, 11, 22)


class Window:
    """One program, with all that it was told."""

    def __init__(self, places: Places) -> None:
        self.heard: list[Message] = []
        self.studio = Headless(compose_session(places, TODAY, warm()), self.heard.append)
        self.session = self.studio.session

    def open(self) -> "Window":
        self.studio.open("Show")
        until([self], lambda: self.told(LiveChanged))
        return self

    def told(self, kind: type[M]) -> list[M]:
        return [message for message in self.heard if isinstance(message, kind)]

    def hang(self, name: str, x_m: float = 0.0) -> None:
        record = work(name, x_m)
        assert self.session.commit(f"Hang {name}", SceneChange(added={name: record}))

    def move(self, name: str, x_m: float) -> None:
        before = self.session.store.scene.records[name]
        assert isinstance(before, Placement)
        after = before.but(position_m=(x_m, 1.5, 0.0))
        assert self.session.commit(f"Move {name}", SceneChange(updated={name: (before, after)}))

    @property
    def works(self) -> dict[str, float]:
        return {one.id: one.position_m[0] for one in self.session.store.scene.placements}


def until(windows: list[Window], holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + 20.0
    while not holds():
        assert time.monotonic() < deadline, [window.works for window in windows]
        for window in windows:
            window.heard += window.session.poll()
        time.sleep(0.003)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    return Places.at(tmp_path_factory.mktemp("two windows") / "data")


@pytest.fixture(scope="module")
def two(places: Places) -> Iterator[list[Window]]:
    opened = [Window(places).open(), Window(places).open()]
    yield opened
    for window in opened:
        window.session.stop()


def alike(two: list[Window], *names: str) -> bool:
    one, other = two
    return one.session.store.scene == other.session.store.scene and set(names) <= set(one.works)


def test_each_sees_what_the_other_does_and_undoes_its_own(two: list[Window]) -> None:
    one, other = two
    one.hang("a")
    until(two, lambda: alike(two, "a"))
    other.hang("b", 5.0)
    one.hang("c", 10.0)
    until(two, lambda: alike(two, "a", "b", "c"))
    assert one.session.undo()
    until(two, lambda: alike(two) and set(one.works) == {"a", "b"})
    assert other.session.undo()
    until(two, lambda: alike(two) and set(one.works) == {"a"})
    assert not other.session.can_undo
    assert one.session.undo()
    assert one.session.redo()
    until(two, lambda: alike(two, "a"))
    told = [change.text for change in other.told(OthersChanged)]
    assert "You, in another window, hung “a”" in told


def test_a_clash_is_named_and_shown_to_the_one_who_saved_later(two: list[Window]) -> None:
    one, other = two
    one.hang("d", 20.0)
    until(two, lambda: alike(two, "d"))
    for window in two:
        window.heard.clear()
    one.move("d", 21.0)
    other.move("d", 22.0)
    until(two, lambda: alike(two) and (one.session.has_clash or other.session.has_clash))
    loser, winner = (one, other) if one.session.has_clash else (other, one)
    assert loser.told(ClashShown)
    assert not winner.session.has_clash
    theirs = 21.0 if loser is other else 22.0
    assert loser.session.approve()
    until(two, lambda: alike(two) and one.works["d"] == theirs)


@pytest.mark.parametrize("chosen", ["theirs", "mine", "both"])
def test_a_clash_that_an_ended_window_left_is_drawn_for_one_to_choose(
    two: list[Window], places: Places, chosen: str
) -> None:
    name, journal = f"left-{chosen}", Journal(places.journal)
    two[0].hang(name, 30.0)
    until(two, lambda: alike(two, name))
    scene_id, scene = two[0].session._scene.place[0], two[0].session.store.scene
    until(two, lambda: any(replay(one, ()).scene == scene for one in [journal.newest(scene_id)] if one))
    for window in two:
        window.heard.clear()
    newest = journal.newest(scene_id)
    assert newest is not None
    ended = replace(newest, seat=50 + len(name))  # one that had this version, too
    journal.open_scene(ended)
    two[0].move(name, 31.0)
    until(two, lambda: alike(two) and two[1].works[name] == 31.0 and not two[0].session.waiting_steps)
    dead = SceneStore(scene)
    step = dead.commit("Move it", SceneChange(updated={name: (scene.records[name], work(name, 32.0))}))
    journal.append(ended, "commit", *as_texts("commit", step.change, step))
    two[0].session._services.wake_saver("")
    until(two, lambda: alike(two) and any(window.session.has_clash for window in two))
    (asked,) = [window for window in two if window.session.has_clash]
    assert asked.works[name] == 32.0, "what was left behind is kept until somebody chooses"
    until(two, lambda: asked.told(ClashShown))
    assert asked.told(ClashShown)[0].text.startswith("Since another window of this computer ended")
    if chosen == "mine":
        asked.session.reject()
    else:
        assert asked.session.approve() if chosen == "theirs" else asked.session.take_both()
    until(two, lambda: alike(two) and not two[0].session.waiting_steps and not two[1].session.waiting_steps)
    copies = sorted(x_m for one, x_m in asked.works.items() if one.startswith(name))
    assert copies == {"theirs": [31.0], "mine": [32.0], "both": [31.0, 32.0]}[chosen]
    assert not any(window.session.has_clash for window in two)
    journal.close()


def ghost(window: Window, run_id: str, name: str) -> Proposal:
    """A run of this window has ended with a proposal, as the conversation takes it in."""
    session = window.session
    change = SceneChange(added={name: work(name, 40.0)})
    made = Proposal(f"p-{run_id}", run_id, "Gallery", change, session.store.scene, Receipt("One more."))
    context = session._conversation._now(run_id)
    session.runs._store.begin("one more", context)
    session.stage(made)
    session.runs.ended(TurnEnded(run_id, "proposed", text="Gallery.", proposal=made), "one more")
    return made


def test_a_ghost_and_a_run_belong_to_the_window_that_asked(two: list[Window], places: Places) -> None:
    one, other = two
    ghost(one, "run-1", "e")
    one.session.runs._store.begin("still running", one.session._conversation._now("run-2"))
    third = Window(places).open()
    assert other.session.proposal is None
    assert third.session.proposal is None
    assert not third.session.runs.interrupted
    third.session.stop()
    other.hang("f", 50.0)
    until(two, lambda: "f" in one.works)
    assert one.session.proposal is not None, "what comes from elsewhere leaves the ghost where it is"
    assert one.session.approve()
    until(two, lambda: alike(two, "e", "f"))
    assert one.session.undo()
    assert other.session.undo()
    until(two, lambda: alike(two) and not {"e", "f"} & set(one.works))


def test_what_a_closed_window_left_is_taken_over_by_one_alone(two: list[Window], places: Places) -> None:
    closing = Window(places).open()
    ghost(closing, "run-3", "g")
    closing.session.runs._store.begin("broken off", closing.session._conversation._now("run-4"))
    closing.session.stop()
    later = [Window(places).open(), Window(places).open()]
    with_ghost = [window for window in later if window.session.proposal is not None]
    offered = [window for window in later if window.told(RunInterrupted)]
    assert len(with_ghost) == 1
    assert offered == with_ghost
    assert [run.run_id for run in offered[0].session.runs.interrupted] == ["run-4"]
    for window in later:
        window.session.stop()


def test_the_other_window_is_named_as_oneself(two: list[Window]) -> None:
    other = two[1]
    for window in two:
        window.session.stand_at((0.0, 1.6, 4.0))
    until(two, lambda: any(changed.people for changed in other.told(PeopleChanged)))
    seen = next(changed for changed in reversed(other.told(PeopleChanged)) if changed.people)
    assert {person.name for person in seen.people} == {"your other window"}


def test_a_full_journal_of_one_does_not_hold_up_the_other(two: list[Window], monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = two

    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(one.session._journal, "batch", full)
    one.hang("h", 60.0)
    other.hang("i", 65.0)
    until(two, lambda: not other.session.waiting_steps)
    assert (one.session.waiting_steps, "h" in other.works) == (1, False)
    monkeypatch.undo()
    one.hang("j", 70.0)
    until(two, lambda: alike(two, "h", "i", "j"))


def test_a_command_beside_a_window_misses_nothing_that_comes_in_one_go(
    two: list[Window], places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The platform runs already: that it is there and what it has come within one look."""
    monkeypatch.setattr("app.commands.headless._TICK_S", 0.7)
    command = Headless(compose_session(places, TODAY, warm()))
    try:
        command.open("Show", timeout_s=10.0)
    finally:
        command.session.stop()
