"""Many saves in one transaction hold to the same rules as one alone, on both databases."""

import asyncio

import pytest

from platform_service.audit_log import AuditLog
from platform_service.context.service import PersonContext
from platform_service.context.store import SqlContext
from platform_service.context.values import Working
from platform_service.errors import KeyReused, NotFound, ServiceError, StaleVersion
from platform_service.identity.caller import Caller
from platform_service.identity.secrets import Secrets
from platform_service.live.saves import Saves
from platform_service.sql import audit, events, projects, scenes
from platform_service.sql.scenes import By, NewVersion

ADA = Caller("ours", "ada", "creator")


@pytest.fixture
async def saves(store):
    """Where saves are committed, and what its audit log is sealed with."""
    async with store.writing("ours") as transaction:
        await projects.put(transaction, "p", "P")
        for number in range(4):
            await scenes.create(transaction, "p", "S", f"s{number}")
    log = AuditLog(Secrets((b"x" * 40,)))
    return Saves(store.of("ours"), log), log


def version(based_on, *ids):
    return NewVersion(based_on=based_on, document={"records": [{"id": one} for one in ids]}, steps=[{"n": based_on}])


async def save(saves, scene_id, new, key, body=b""):
    try:
        return (await saves.save(ADA, key, scene_id, new, body or repr(new).encode(), By("ada", "session"))).saved
    except ServiceError as error:
        return error


async def test_each_is_saved_or_told_why_not(saves, store):
    committed, log = saves
    asked = [
        ("s0", version(0, "a"), "key-00000"),
        ("s1", version(0, "b"), "key-00001"),
        ("s1", version(0, "late"), "key-00002"),
        ("s2", version(3, "c"), "key-00003"),
        ("none", version(0, "d"), "key-00004"),
        ("s0", version(0, "a"), "key-00000"),
        ("s3", version(0, "other"), "key-00000"),
        ("s0", version(1, "a", "e"), "key-00005"),
        ("s2", NewVersion(based_on=0, document={"records": [], "name": "\ud800"}), "key-00006"),
    ]
    answers = await asyncio.gather(*(save(committed, *one) for one in asked))
    assert [getattr(answer, "version", type(answer)) for answer in answers[:4]] == [1, 1, StaleVersion, StaleVersion]
    assert type(answers[4]) is NotFound
    assert answers[5] == answers[0]
    assert type(answers[6]) is KeyReused
    assert answers[7].version == 2
    assert isinstance(answers[8], ServiceError)
    async with store.reading("ours") as transaction:
        found = [(await scenes.latest(transaction, f"s{number}")) for number in range(4)]
        told = await events.after(transaction, "scene:s0", 0, 10)
        report = await audit.verify(transaction, log.keys)
    assert [one.version for one in found] == [2, 1, 0, 0]
    assert [(event.position, event.document["version"]) for event in told] == [(1, 1), (2, 2)]
    assert (report.is_whole, report.entries) == (True, 3)


async def test_the_chain_is_the_same_as_of_single_saves(saves, store):
    committed, _ = saves
    await save(committed, "s0", version(0, "a"), "key-00000")
    together = await save(committed, "s0", version(1, "b"), "key-00001")
    async with store.writing("ours") as transaction:
        await scenes.save(transaction, "s1", version(0, "a"))
        alone = await scenes.save(transaction, "s1", version(1, "b"))
    assert (together.digest, together.chain) == (alone.digest, alone.chain)


async def test_the_audit_line_of_a_save_says_where_its_session_is(saves, store):
    committed, _ = saves
    ada, other = (PersonContext(store.of("ours"), SqlContext(store.of("ours")), who) for who in ("ada", "bob"))
    async with store.writing("ours") as transaction:
        await ada.put_working(transaction, "session", Working(project_id="p", scene_id="s1"))
        await other.put_working(transaction, "session", Working(project_id="elsewhere"))
    await save(committed, "s0", version(0, "a"), "key-00000")
    async with store.writing("ours") as transaction:
        await ada.put_working(transaction, "session", Working(project_id="p", scene_id="s0"))
    await save(committed, "s0", version(1, "b"), "key-00001")
    async with store.writing("ours") as transaction:
        await ada.end_session(transaction, "session")
    await save(committed, "s0", version(2, "c"), "key-00002")
    async with store.reading("ours") as transaction:
        told = [entry.detail for entry in await audit.latest(transaction, 2**31 - 1, 10)][::-1]
    assert [(one["session"], one.get("project"), one.get("scene")) for one in told] == [
        ("session", "p", "s1"), ("session", "p", "s0"), ("session", None, None),
    ]  # fmt: skip
