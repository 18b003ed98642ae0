"""Approved steps reach the platform, also past a version that somebody else saved meanwhile."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from agent.ports.projects import Feedback, RunRecord
from app.commands.headless import Headless
from app.compose import compose_session
from app.keeping.journal import KeptScene
from app.keeping.seats import Seats
from app.messages import Message, Noticed, RemoteSaved, SaveChanged
from app.places import Places
from app.platform.http import Access, PlatformHttp
from app.platform.projects import PlatformProjects
from scene.change import SceneChange
from scene.document import scene_from_plain, scene_to_plain, write_document, write_steps
from scene.records import Placement
from scene.scene import Scene
from tests.platform_service.warm import warm


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places.at(tmp_path / "data")


@pytest.fixture
def studio(places: Places) -> Iterator[Headless]:
    made = Headless(compose_session(places, date(2026, 1, 1), warm()))
    made.open("Show")
    yield made
    made.session.stop()


def work(name: str, x_m: float) -> Placement:
    return Placement(id=name, asset_id="a" * 64, title=name, position_m=(x_m, 1.5, 0.0), size_m=(1.0, 1.0))


def hang(studio: Headless, record: Placement) -> None:
    assert studio.session.commit(f"Hang {record.id}", SceneChange(added={record.id: record}))


def wait_until_saved(studio: Headless) -> None:
    studio._wait(SaveChanged, 20.0, lambda save: save.state == "saved")


def on_the_platform(places: Places, scene_id: str) -> tuple[int, Scene]:
    saved = elsewhere(places, lambda projects: projects.scene(scene_id))
    return saved.version, scene_from_plain(saved.document) if saved.document else Scene()


def elsewhere(places: Places, call: Callable[[PlatformProjects], Awaitable[Any]]):  # type: ignore[no-untyped-def]
    """What another client of the same platform does."""
    access = json.loads(places.access_file.read_text())

    async def run() -> Any:
        http = PlatformHttp()
        await http.connect(Access(**access))
        try:
            return await call(PlatformProjects(http))
        finally:
            await http.close()

    return asyncio.run(run())


def open_scene_id(studio: Headless) -> str:
    kept = studio.session._scene._keeper.kept
    assert kept is not None
    return kept.scene_id


def test_a_step_is_saved_as_a_version(studio: Headless, places: Places) -> None:
    hang(studio, work("one", 0.0))
    wait_until_saved(studio)
    version, scene = on_the_platform(places, open_scene_id(studio))
    assert version == 1
    assert scene == studio.session.store.scene


def test_what_somebody_else_saved_and_what_i_did_since_are_both_kept(studio: Headless, places: Places) -> None:
    hang(studio, work("one", 0.0))
    wait_until_saved(studio)
    scene_id = open_scene_id(studio)
    _, seen = on_the_platform(places, scene_id)
    theirs = SceneChange(added={"theirs": work("theirs", 5.0)}).apply_to(seen)
    elsewhere(places, lambda projects: projects.save_scene(scene_id, 1, scene_to_plain(theirs), [], "their-key"))
    hang(studio, work("mine", 10.0))
    deadline = time.monotonic() + 20
    version = 0
    while version < 3 and time.monotonic() < deadline:
        studio.session.poll()
        version, scene = on_the_platform(places, scene_id)
        time.sleep(0.05)
    assert set(scene.records) == {"one", "theirs", "mine"}
    assert studio.session.store.scene == scene
    assert studio.session.undo()
    assert set(studio.session.store.scene.records) == {"one", "theirs"}, "undo takes back mine, not theirs"


def test_what_was_reported_over_a_version_that_is_no_more_is_reported_again(studio: Headless, places: Places) -> None:
    hang(studio, work("one", 0.0))
    wait_until_saved(studio)
    scene_id = open_scene_id(studio)
    theirs = SceneChange(added={"theirs": work("theirs", 5.0)}).apply_to(studio.session.store.scene)
    elsewhere(places, lambda projects: projects.save_scene(scene_id, 1, scene_to_plain(theirs), [], "their-key"))
    mailbox, reported = studio.session._mailbox, list[Message]()
    deadline = time.monotonic() + 20
    while not reported and time.monotonic() < deadline:
        reported = [message for message in mailbox.drain() if isinstance(message, RemoteSaved)]
        time.sleep(0.01)
    (newer,) = reported
    assert isinstance(newer, RemoteSaved)
    mailbox.post(replace(newer, over=newer.over - 1))  # as when a merge was on its way meanwhile
    while "theirs" not in studio.session.store.scene.records and time.monotonic() < deadline:
        studio.session.poll()
        time.sleep(0.02)
    assert set(studio.session.store.scene.records) == {"one", "theirs"}


def test_steps_taken_while_the_platform_is_away_arrive_when_it_is_back(studio: Headless, places: Places) -> None:
    import os
    import signal

    hang(studio, work("one", 0.0))
    wait_until_saved(studio)
    os.kill(int(json.loads(places.ready_file.read_text())["pid"]), signal.SIGKILL)
    hang(studio, work("two", 5.0))
    wait_until_saved(studio)
    _, scene = on_the_platform(places, open_scene_id(studio))
    assert set(scene.records) == {"one", "two"}


def test_a_scene_that_somebody_saved_with_a_newer_program_is_named_and_left_alone(
    studio: Headless, places: Places
) -> None:
    hang(studio, work("one", 0.0))
    wait_until_saved(studio)
    scene_id = open_scene_id(studio)
    newer = {**scene_to_plain(studio.session.store.scene), "schema": 9_999}
    elsewhere(places, lambda projects: projects.save_scene(scene_id, 1, newer, [], "their-key"))
    hang(studio, work("mine", 10.0))
    told = ""
    deadline = time.monotonic() + 20
    while "cannot read" not in told and time.monotonic() < deadline:
        told = " ".join(m.what for m in studio.session.poll() if isinstance(m, Noticed)) or told
        time.sleep(0.02)
    assert "newer version" in told
    assert set(studio.session.store.scene.records) == {"one", "mine"}
    assert studio.session.waiting_steps == 1, "mine waits on this computer"
    found = elsewhere(places, lambda projects: projects.scene(scene_id))
    assert (found.version, found.document["schema"]) == (2, 9_999)


def test_a_run_of_a_project_that_another_window_has_yet_to_save_waits_and_arrives(
    studio: Headless, places: Places
) -> None:
    """The journal is shared: the run's project is known to the platform only once that window has saved it."""
    journal = studio.session._journal
    theirs = KeptScene("their-scene", "their-project", "Theirs", False, 0, write_document(Scene()), write_steps(()))
    other_window = Seats(places.run)
    assert other_window.take("their-scene", ()) == 1
    journal.open_scene(theirs)
    run = RunRecord(id="their-run", project_id="their-project", request="x", outcome="proposed")
    journal.post_letter("run", run.model_dump_json())
    journal.post_letter("feedback", Feedback(run_id="their-run", verdict="approved").model_dump_json())
    hang(studio, work("one", 0.0))
    wait_until_saved(studio)
    assert [letter.kind for letter in journal.letters()] == ["run", "feedback"], "neither was refused and dropped"
    other_window.release_all()
    hang(studio, work("two", 3.0))
    deadline = time.monotonic() + 20
    while journal.letters() and time.monotonic() < deadline:
        studio.session.poll()
        time.sleep(0.02)
    found = elsewhere(places, lambda projects: projects._http.get("/v1/projects/their-project/runs"))
    assert [run["id"] for run in found.json()] == ["their-run"]


def test_a_scene_is_followed_from_when_the_platform_has_it_and_not_before(
    studio: Headless, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    live = studio.session._services._live
    monkeypatch.setattr(live, "_refused", lambda message: told.append(str(message["detail"])))
    studio.session.new_project("Another")
    scene_id = open_scene_id(studio)
    assert live._followed != scene_id
    hang(studio, work("one", 0.0))
    deadline = time.monotonic() + 20
    while live._position is None and time.monotonic() < deadline:
        studio.session.poll()
        time.sleep(0.01)
    assert live._followed == scene_id
    assert told == [], "nothing was asked of the platform that it could not know yet"
