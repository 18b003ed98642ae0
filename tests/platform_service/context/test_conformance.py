"""What every store of context promises; SQL alone and Redis before SQL both pass, on SQLite and on PostgreSQL."""

import asyncio
import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from platform_service.context import kinds
from platform_service.context.store import Place, forget_expired
from platform_service.context.values import Memory, Turn, Working
from platform_service.errors import NotFound, Refused
from platform_service.sql.team_tables import context

WORKING = Place("ada", "working", "s")


async def test_everything_of_a_session_comes_back(kept):
    ada = kept.person()
    await kept.turn("create a cyberpunk gallery")
    async with kept.database.writing() as transaction:
        await ada.put_working(transaction, "s", Working(project_id="p", selection=("w1", "w2")))
        await ada.put_preference(transaction, "theme", {"dark": True})
        await ada.put_memory(transaction, "eye-level", Memory(text="hang at 1.5 m", source="s"))
    for kind, name in (("working", "s"), ("preferences", ""), ("memory", "")):
        await ada.settled(kind, name)
    for _ in range(2):
        found = await ada.of_session("s")
        assert [turn.text for turn in found.history.turns] == ["create a cyberpunk gallery"]
        assert found.working.selection == ("w1", "w2")
        assert found.preferences == {"theme": {"dark": True}}
        assert found.memory["eye-level"].text == "hang at 1.5 m"
    assert [one.session_id for one in await ada.sessions()] == ["s"]


async def test_changes_are_seen_at_once(kept):
    ada = kept.person()
    for number in range(4):
        await kept.turn(f"turn {number}")
        assert len((await ada.of_session("s")).history.turns) == number + 1
    async with kept.database.writing() as transaction:
        await ada.put_memory(transaction, "a", Memory(text="x"))
        await ada.put_memory(transaction, "a", None)
    await ada.settled("memory")
    assert await ada.memory() == {}


async def test_a_forgotten_session_is_gone_and_may_begin_anew(kept):
    ada = kept.person()
    await kept.turn("one")
    await ada.of_session("s")
    async with kept.database.writing() as transaction:
        await ada.end_session(transaction, "s")
    await ada.settled("history", "s")
    assert (await ada.of_session("s")).history.turns == ()
    with pytest.raises(NotFound):
        async with kept.database.writing() as transaction:
            await ada.end_session(transaction, "s")
    await kept.turn("anew")
    assert [turn.text for turn in (await ada.of_session("s")).history.turns] == ["anew"]


async def test_many_turns_at_once_lose_none(kept):
    await asyncio.gather(*(kept.turn(f"turn {number}") for number in range(10)))
    turns = (await kept.person().of_session("s")).history.turns
    assert {turn.text for turn in turns} == {f"turn {number}" for number in range(10)}


async def test_a_write_that_is_taken_back_leaves_what_was(kept):
    await kept.turn("kept")

    async def half() -> None:
        async with kept.database.writing() as transaction:
            await kept.person().add_turn(transaction, "s", Turn(by="agent", text="lost"))
            raise LookupError

    with pytest.raises(LookupError):
        await half()
    assert [turn.text for turn in (await kept.person().of_session("s")).history.turns] == ["kept"]


async def test_people_and_sessions_are_kept_apart(kept):
    await kept.turn("ada's", "s", "ada")
    await kept.turn("ben's", "s", "ben")
    await kept.turn("other", "t", "ada")
    assert [turn.text for turn in (await kept.person("ben").of_session("s")).history.turns] == ["ben's"]
    assert {one.session_id for one in await kept.person("ada").sessions()} == {"s", "t"}


async def test_what_is_too_large_is_refused_and_the_old_stands(kept):
    async with kept.database.writing() as transaction:
        await kept.store.write(transaction, WORKING, '"small"')
    await kept.store.settled(WORKING)
    with pytest.raises(Refused, match="64 KiB"):
        async with kept.database.writing() as transaction:
            await kept.store.write(transaction, WORKING, '"' + "x" * 65_536 + '"')
    assert (await kept.store.read(WORKING)).document == '"small"'


async def test_use_renews_the_time_and_disuse_ends_it(kept, monkeypatch):
    async def expires() -> datetime:
        async with kept.database.reading() as transaction:
            text = (await transaction.execute(select(context.c.expires))).scalar_one()
        return datetime.fromisoformat(text)

    async def move(seconds: float) -> None:
        async with kept.database.writing() as transaction:
            moment = (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat(timespec="milliseconds")
            await transaction.execute(update(context).where(transaction.mine(context)).values(expires=moment))

    async with kept.database.writing() as transaction:
        await kept.store.write(transaction, WORKING, "1")
    await move(3_600)
    await kept.store.read(WORKING)
    assert await expires() > datetime.now(UTC) + timedelta(days=6)
    before = await expires()
    await kept.store.read(WORKING)
    assert await expires() == before
    await move(-1)
    monkeypatch.setitem(kinds.KINDS, "working", dataclasses.replace(kinds.KINDS["working"]))
    async with kept.database.writing() as transaction:
        assert await forget_expired(transaction) == 1
        assert await forget_expired(transaction) == 0


async def test_what_has_expired_is_not_read(kept):
    past = "2001-01-01T00:00:00.000+00:00"
    async with kept.database.writing() as transaction:
        await kept.store.write(transaction, WORKING, "1")
        await transaction.execute(update(context).where(transaction.mine(context)).values(expires=past))
    await kept.store.settled(WORKING)
    assert await kept.store.read(WORKING) is None
