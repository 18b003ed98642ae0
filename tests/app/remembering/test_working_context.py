"""The session's working context on the platform follows what the creator does, and a turn starts from the same."""

import asyncio
import sqlite3
import time
from collections.abc import Callable
from typing import Any

import httpx

from agent.intent import Intent
from app.commands.headless import Headless
from app.places import Places
from app.platform.http import Access, PlatformHttp
from app.platform.process import PlatformProcess
from app.remembering.working_context import Working, WorkingContext


def access_to(places: Places) -> Access:
    """How the platform that the session runs is reached; the session alone keeps it up."""
    process = PlatformProcess(places)
    access = process.ensure()
    process.release()
    return access


def kept_there(places: Places, session_id: str) -> Callable[[], dict[str, Any]]:
    """Reads the working context with a connection of its own."""
    access = access_to(places)
    transport = httpx.HTTPTransport(uds=access.socket)

    def read() -> dict[str, Any]:
        with httpx.Client(base_url=access.base, transport=transport) as http:
            path = f"/v1/context/sessions/{session_id}"
            found: dict[str, Any] = http.get(path, headers={"Authorization": f"Bearer {access.token}"}).json()[
                "working"
            ]
            return found

    return read


def until(asked: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not asked():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def test_the_platform_has_what_a_session_is_at(studio: Headless, talk_places: Places) -> None:
    session, there = studio.session, kept_there(talk_places, studio.session.session_id)
    studio.ask("create a gallery of 6 works from everything")
    studio.ask("approve")
    until(lambda: bool(there()["last_intents"]))
    assert session.project is not None
    assert there()["project_id"] == session.project.id
    assert there()["scene_id"]
    assert there()["last_intents"][0]["kind"] == "create"
    chosen = session.store.scene.placements[0].id
    session.select(frozenset({chosen}))
    session.stand_at((1.0, 1.6, 2.123))
    until(lambda: there()["selection"] == [chosen] and there()["viewpoint_m"] == [1.0, 1.6, 2.12])
    session.new_project("Somewhere else")
    session.poll()
    project_id = session.project.id
    until(lambda: there()["project_id"] == project_id)
    assert there()["selection"] == []


def test_a_turn_starts_from_the_same_as_the_platform_is_told(studio: Headless) -> None:
    studio.ask("create a gallery of 6 works from everything")
    conversation = studio.session._conversation
    working, context = conversation.working, conversation._now()
    assert working.last_intents
    assert working == Working(
        context.project_id,
        context.scene_ref.partition(":")[0],
        context.selection,
        context.viewpoint_m,
        context.last_intents,
    )


def test_what_is_long_is_cut_so_that_the_platform_takes_it() -> None:
    wordy = Intent.model_validate({"kind": "create", "query": {"words": "x" * 1_500}})
    plain = Working(
        selection=frozenset({"y" * 200, *map(str, range(500))}),
        last_intents=(wordy, *[Intent(kind="undo")] * 12),
    ).plain()
    assert len(plain["selection"]) == 100
    assert plain["last_intents"] == [{"kind": "undo"}] * 10


async def test_many_moves_are_one_write_and_what_found_nobody_is_written_once_they_are_back(
    library: Headless, talk_places: Places
) -> None:
    http, ready = PlatformHttp(), asyncio.Event()
    context = WorkingContext(http, ready)
    context.at(Working(project_id="before"))
    assert not await context.write(), "nobody is there"
    await http.connect(access_to(talk_places))
    ready.set()
    writing = asyncio.create_task(context.run())
    for step in range(200):
        context.at(Working(project_id="p", viewpoint_m=(float(step), 1.6, 0.0)), soon=step == 199)
        await asyncio.sleep(0.002)
    there = kept_there(talk_places, http.session_id)
    await asyncio.to_thread(until, lambda: there()["project_id"] == "p")
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
    assert there()["viewpoint_m"] == [199.0, 1.6, 0.0]
    assert await context.write(), "nothing is left"
    with sqlite3.connect(talk_places.platform / "vernissage.sqlite3") as database:
        target = f"/v1/context/sessions/{http.session_id}/working"
        assert database.execute("SELECT count(*) FROM audit WHERE target = ?", (target,)).fetchone() == (1,)
    await http.close()
