"""What every relational store promises; SQLite and PostgreSQL both pass."""

import asyncio
import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from agent.ports.library import Asset
from agent.ports.projects import Canvas, Feedback, RunRecord
from platform_service.errors import KeyReused, NotFound, Refused, ServiceError, StaleVersion
from platform_service.sql import assets, events, imports, projects, receipts, runs, scenes
from platform_service.sql.assets import NewAsset
from platform_service.sql.imports import ImportProgress
from platform_service.sql.receipts import Receipt
from platform_service.sql.scenes import NewVersion

PRINT = "0" * 64


def picture(number: int, **more: object) -> NewAsset:
    asset = Asset(
        id=f"{number:064x}", title=f"Work {number}", file_name=f"{number}.jpg", width_px=10, height_px=10, bytes=1,
        format="JPEG", orientation="square", taken=date(1999, 1, 2), added="2026-01-01T00:00:00.000+00:00", **more,
    )  # fmt: skip
    return NewAsset(asset, Path(f"/pictures/\udcff{number}.jpg"), np.full(4, number, np.float32), "#102030")


async def test_assets_come_back_as_they_went_in(store):
    mine = store.of("ours")
    async with mine.writing() as transaction:
        first = await assets.add(transaction, [picture(1), picture(2)])
        again = await assets.add(transaction, [picture(2), picture(3)])
    async with mine.reading() as transaction:
        total, page = await assets.page(transaction, 1, 5)
        found = await assets.lookup(transaction, [picture(3).asset.id, "f" * 64, picture(1).asset.id])
        last, stored = await assets.stored_after(transaction, 0, 10)
        places = await assets.locations(transaction, picture(2).asset.id)
    assert [len(first), len(again), total] == [2, 1, 3]
    assert [one.title for one in page] == ["Work 2", "Work 3"]
    assert found == (picture(3).asset, picture(1).asset)
    assert [one.visual.tolist() for one in stored] == [[n] * 4 for n in (1, 2, 3)]
    assert places == (picture(2).path,)
    assert last >= 3


async def test_text_vectors_are_kept_for_their_model(store):
    mine = store.of("ours")
    async with mine.writing() as transaction:
        await assets.add(transaction, [picture(1), picture(2)])
        waiting = await assets.not_embedded(transaction, "m/1", 10)
        ids = [one.id for one in waiting]
        await assets.store_text_vectors(transaction, "m/1", ids, [np.ones(3, np.float32), None])
    async with mine.reading() as transaction:
        _, stored = await assets.stored_after(transaction, 0, 10)
        left = await assets.not_embedded(transaction, "m/1", 10)
        anew = await assets.not_embedded(transaction, "m/2", 10)
    assert [None if one.text is None else one.text.tolist() for one in stored] == [[1, 1, 1], None]
    assert (len(left), len(anew)) == (0, 2)


async def test_projects_scenes_and_versions(store):
    mine = store.of("ours")
    async with mine.writing() as transaction:
        project = await projects.create(transaction, "Räume — 夜 🌃")
        await projects.put(transaction, project.id, "Renamed")
        await scenes.create(transaction, project.id, "Hall", "s1")
        for number in range(3):
            step = {"n": number}
            await scenes.save(transaction, "s1", NewVersion(based_on=number, document={"d": number}, steps=[step]))
    async with mine.reading() as transaction:
        latest, second = await scenes.latest(transaction, "s1"), await scenes.at_version(transaction, "s1", 2)
        (listed,) = await scenes.scenes_of(transaction, project.id)
        (named,) = await projects.all_projects(transaction)
    assert (latest.version, latest.document, [step["n"] for step in latest.steps]) == (3, {"d": 2}, [0, 1, 2])
    assert (second.document, len(second.steps), listed.version, named.name) == ({"d": 1}, 2, 3, "Renamed")
    with pytest.raises(StaleVersion):
        async with mine.writing() as transaction:
            await scenes.save(transaction, "s1", NewVersion(based_on=1, document={}))


async def test_of_many_saves_at_once_one_wins(store):
    mine = store.of("ours")
    async with mine.writing() as transaction:
        await projects.put(transaction, "p", "P")
        await scenes.create(transaction, "p", "Hall", "s1")

    async def save(number: int) -> bool:
        try:
            async with mine.writing() as transaction:
                await scenes.save(transaction, "s1", NewVersion(based_on=0, document={"by": number}))
            return True
        except StaleVersion:
            return False

    assert sum(await asyncio.gather(*(save(number) for number in range(8)))) == 1


async def test_a_key_has_one_effect_however_many_come_at_once(store):
    mine = store.of("ours")

    async def once() -> bytes:
        async with mine.writing() as transaction:
            receipt = await receipts.find(transaction, "key-1", PRINT)
            if receipt is None:
                made = await projects.create(transaction, "Raced")
                receipt = Receipt(201, made.id.encode())
                await receipts.keep(transaction, "key-1", PRINT, receipt)
            return receipt.body

    answers = await asyncio.gather(*(once() for _ in range(12)))
    async with mine.writing() as transaction:
        found = await projects.all_projects(transaction)
        with pytest.raises(KeyReused):
            await receipts.find(transaction, "key-1", "1" * 64)
    assert len(set(answers)) == len(found) == 1


async def test_a_stream_counts_its_events_without_gaps_however_many_come_at_once(store):
    mine = store.of("ours")

    async def append(number: int) -> int:
        async with mine.writing() as transaction:
            return (await events.append(transaction, f"scene:{number % 2}", "moved", {"n": number})).position

    positions = await asyncio.gather(*(append(number) for number in range(12)))
    async with mine.reading() as transaction:
        missed = await events.after(transaction, "scene:1", 2, 3)
        assert await events.after(transaction, "scene:9", 0, 3) == ()
    assert sorted(positions) == sorted([*range(1, 7), *range(1, 7)])
    assert [(event.position, event.kind, event.document["n"] % 2) for event in missed] == [
        (3, "moved", 1), (4, "moved", 1), (5, "moved", 1),
    ]  # fmt: skip


async def test_canvases_runs_and_feedback(store):
    mine = store.of("ours")
    canvas = Canvas(id="c", project_id="p", name="Mood", asset_ids=("b", "a"))
    run = RunRecord(id="r", project_id="p", request="show", outcome="proposed")
    async with mine.writing() as transaction:
        await projects.put(transaction, "p", "P")
        await projects.put(transaction, "q", "Q")
        for asset_ids in (("x",), ("b", "a")):
            await projects.save_canvas(transaction, canvas.model_copy(update={"asset_ids": asset_ids}))
        await runs.save(transaction, run)
        await runs.save(transaction, run.model_copy(update={"outcome": "approved"}))
        await runs.give_feedback(transaction, Feedback(run_id="r", verdict="approved"))
        for elsewhere in (canvas.model_copy(update={"project_id": "q"}), run.model_copy(update={"project_id": "q"})):
            save: Any = projects.save_canvas if isinstance(elsewhere, Canvas) else runs.save
            with pytest.raises(Refused):
                await save(transaction, elsewhere)
        assert await projects.canvases_of(transaction, "p") == (canvas,)
        assert [one.outcome for one in await runs.runs_of(transaction, "p", 9)] == ["approved"]
        assert [one.verdict for one in await runs.feedback_of(transaction, "r")] == ["approved"]


async def test_an_import_is_left_off_until_it_ends_and_a_cancelled_one_takes_no_progress(store):
    mine = store.of("ours")
    begun = ImportProgress(import_id="i", folder="/x", state="queued")
    async with mine.writing() as transaction:
        await imports.create(transaction, begun, imports.Asked(paths=("/x",), by="ada"))
        running = begun.model_copy(update={"state": "running", "added": 7})
        assert await imports.note(transaction, running)
        assert await imports.left_off(transaction) == (running,)
        assert (await imports.asked_of(transaction, "i")).by == "ada"
        assert (await imports.cancel(transaction, "i")).state == "cancelling"
        assert not await imports.note(transaction, running.model_copy(update={"added": 9}))
        assert await imports.note(transaction, running.model_copy(update={"state": "cancelled"}))
        assert not await imports.note(transaction, running.model_copy(update={"state": "done"}))
        assert (await imports.cancel(transaction, "i")).state == "cancelled"
        assert await imports.left_off(transaction) == ()
    async with store.of("theirs").writing() as transaction:
        with pytest.raises(NotFound):
            await imports.cancel(transaction, "i")


async def test_an_error_in_the_middle_leaves_nothing(store):
    mine = store.of("ours")

    async def half() -> None:
        async with mine.writing() as transaction:
            await projects.create(transaction, "Half")
            raise LookupError

    with pytest.raises(LookupError):
        await half()
    async with mine.reading() as transaction:
        assert await projects.all_projects(transaction) == ()


async def test_a_reader_sees_one_moment(store):
    mine = store.of("ours")
    async with mine.reading() as reading:
        before = await projects.all_projects(reading)
        if reading.is_postgres:  # SQLite's readers begin anew with each statement
            async with mine.writing() as writing:
                await projects.create(writing, "Meanwhile")
            assert await projects.all_projects(reading) == before == ()


async def test_a_character_that_cannot_be_stored_is_refused_or_kept(store):
    mine = store.of("ours")
    status = 200
    try:
        async with mine.writing() as transaction:
            await projects.put(transaction, "p", "a\0b")
    except ServiceError as error:
        status = error.status
    async with mine.reading() as transaction:
        names = [project.name for project in await projects.all_projects(transaction)]
    assert (status, names) in ((200, ["a\0b"]), (422, []))


async def test_tenants_share_ids_and_see_nothing_of_each_other(store):
    for tenant in ("ours", "theirs"):
        async with store.of(tenant).writing() as transaction:
            await assets.add(transaction, [picture(1)])
            await projects.put(transaction, "p", f"of {tenant}")
            await scenes.create(transaction, "p", f"of {tenant}", "s")
            await scenes.save(transaction, "s", NewVersion(based_on=0, document={"of": tenant}, steps=[{}]))
            await projects.save_canvas(transaction, Canvas(id="c", project_id="p", name=tenant))
            await runs.save(transaction, RunRecord(id="r", project_id="p", request=tenant, outcome="failed"))
            await runs.give_feedback(transaction, Feedback(run_id="r", verdict="rejected", reason=tenant))
            await imports.create(transaction, ImportProgress(import_id="i", folder=tenant), imports.Asked())
            assert await receipts.find(transaction, "key-1", tenant) is None
            await receipts.keep(transaction, "key-1", tenant, Receipt(200, tenant.encode()))
    async with store.of("theirs").reading() as transaction:
        seen = [
            (await projects.all_projects(transaction)),
            (await scenes.latest(transaction, "s")).model_dump(),
            (await projects.canvases_of(transaction, "p")),
            (await runs.runs_of(transaction, "p", 9)),
            (await runs.feedback_of(transaction, "r")),
            (await imports.recent(transaction, 9)),
            (await assets.page(transaction, 0, 9))[0],
            len((await assets.stored_after(transaction, 0, 9))[1]),
        ]
    assert "ours" not in json.dumps(seen, default=str)
    assert seen[-2:] == [1, 1]
    async with store.of("nobody").reading() as transaction:
        assert await projects.all_projects(transaction) == ()
        with pytest.raises(NotFound):
            await scenes.latest(transaction, "s")


async def test_a_reader_sees_one_moment_whatever_is_written_meanwhile(store):
    async def names(transaction):
        return [one.name for one in await projects.all_projects(transaction)]

    async with store.reading("ours") as transaction:
        assert await names(transaction) == []
        assert (await store.write("ours", lambda one: projects.create(one, "New"))).name == "New"
        assert await names(transaction) == []
    assert await store.read("ours", names) == ["New"]


async def test_work_that_fails_in_one_go_leaves_nothing(store):
    async def half(transaction):
        await projects.create(transaction, "Half")
        raise LookupError

    with pytest.raises(LookupError):
        await store.write("ours", half)
    assert await store.read("ours", projects.all_projects) == ()
    assert await store.read("theirs", projects.all_projects) == ()
