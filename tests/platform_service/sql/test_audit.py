"""The audit log: nobody changes, removes, adds or moves an entry unnoticed, on either database."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from platform_service.identity.secrets import Secrets
from platform_service.sql import audit
from platform_service.sql.audit import AuditReport
from tests.platform_service.tampering import on_postgres, on_sqlite, whole_log

KEYS = Secrets((b"k" * 40,)).keys("audit")
TRIALS = 60


async def verified(store, known_head: str = "") -> AuditReport:
    async with store.reading("ours") as transaction:
        return await audit.verify(transaction, KEYS, known_head)


@pytest.fixture
async def log(store):
    await whole_log(store, KEYS[0], 12)
    return store


async def test_a_log_that_nobody_touched_is_whole(log):
    report = await verified(log)
    assert (report.is_whole, report.entries, report.broken) == (True, 12, ())
    async with log.reading("theirs") as transaction:
        assert (await audit.verify(transaction, KEYS)).entries == 0


@pytest.mark.parametrize("statement", ["UPDATE audit SET actor = 'x'", "DELETE FROM audit"])
async def test_the_database_itself_refuses_changes(log, statement):
    async with log.writing("ours") as transaction:
        with pytest.raises(DBAPIError, match=r"append-only|permission denied"):
            await transaction.execute(text(statement))
        await transaction.connection.rollback()


@pytest.mark.parametrize("campaign", [on_sqlite, on_postgres])
def test_every_random_edit_delete_and_reorder_is_noticed(campaign):
    assert campaign(TRIALS, seed=5) == []


def test_the_campaign_notices_a_verifier_that_looks_away(monkeypatch):
    monkeypatch.setattr(audit, "_seal", lambda key, row: row.get("seal") or "s")
    assert on_sqlite(TRIALS, seed=5) != []


async def test_a_log_put_back_to_an_earlier_state_is_noticed_by_a_head_noted_elsewhere(log):
    async with log.reading("ours") as transaction:
        earlier = await audit.latest(transaction, 2**31 - 1, 1)
    head = (await verified(log)).head
    assert earlier[0].number == 12
    assert (await verified(log, head)).is_whole
    assert not (await verified(log, "0" * 64)).is_whole


async def test_a_key_that_is_not_ours_proves_nothing(log):
    async with log.reading("ours") as transaction:
        report = await audit.verify(transaction, Secrets((b"x" * 40,)).keys("audit"))
    assert not report.is_whole


async def test_entries_go_on_under_a_new_secret(log):
    newer = Secrets((b"n" * 40, b"k" * 40)).keys("audit")
    async with log.writing("ours") as transaction:
        await audit.append(transaction, newer[0], "ada", "act", "target", "")
    async with log.reading("ours") as transaction:
        assert (await audit.verify(transaction, newer)).is_whole
        assert [one.number for one in await audit.latest(transaction, 14, 2)] == [13, 12]
