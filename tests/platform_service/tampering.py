"""Random edits, deletes and reorders of an audit log: `python -m tests.platform_service.tampering` tries 1,000."""

import argparse
import asyncio
import random
import sys
import tempfile
from pathlib import Path

from sqlalchemy import delete, insert, select, text, update

from platform_service.identity.secrets import DerivedKey, Secrets
from platform_service.sql import audit
from platform_service.sql.database import Database
from platform_service.sql.migrate import bring_up_to_date
from platform_service.sql.sqlite import SqliteDatabase
from platform_service.sql.team_tables import audit as entries
from platform_service.sql.team_tables import audit_heads as heads
from platform_service.sql.transaction import Transaction

TENANT = "ours"
GUARDS = ("DROP TRIGGER IF EXISTS audit_no_update", "DROP TRIGGER IF EXISTS audit_no_delete")
TEXTS = ("moment", "actor", "action", "target", "detail", "correlation_id", "key_id", "previous", "seal")


async def whole_log(store: Database, key: DerivedKey, count: int) -> None:
    """A log of so many entries."""
    for number in range(count):
        async with store.writing(TENANT) as transaction:
            await audit.append(transaction, key, f"user-{number % 3}", "PUT /v1/x", f"/v1/x/{number}", "c", status=200)


async def tamper(transaction: Transaction, rng: random.Random) -> str:
    """Do one thing to the log that its owner could do; says what."""
    for guard in GUARDS if not transaction.is_postgres else ("ALTER TABLE audit DISABLE TRIGGER USER",):
        await transaction.execute(text(guard))
    numbers = sorted((await transaction.execute(select(entries.c.number))).scalars())
    act = rng.choice((_edit, _edit, _delete, _cut_end, _swap, _move, _copy, _forge_head, _renumber))
    return await act(transaction, rng, numbers)


async def _edit(transaction: Transaction, rng: random.Random, numbers: list[int]) -> str:
    number, name = rng.choice(numbers), rng.choice(TEXTS)
    before = (await transaction.execute(select(entries.c[name]).where(entries.c.number == number))).scalar_one()
    place = rng.randrange(max(1, len(before)))
    other = chr((ord(before[place]) if place < len(before) else 64) + 1)
    after = before[:place] + other + before[place + 1 :]
    await transaction.execute(update(entries).where(entries.c.number == number).values({name: after}))
    return f"edit {name} of {number}"


async def _delete(transaction: Transaction, rng: random.Random, numbers: list[int]) -> str:
    gone = rng.sample(numbers, rng.randint(1, 3))
    await transaction.execute(delete(entries).where(entries.c.number.in_(gone)))
    return f"delete {gone}"


async def _cut_end(transaction: Transaction, rng: random.Random, numbers: list[int]) -> str:
    """Cut the end off and make the head fit, as far as that goes without the key."""
    last = rng.choice(numbers[:-1])
    await transaction.execute(delete(entries).where(entries.c.number > last))
    seal = (await transaction.execute(select(entries.c.seal).where(entries.c.number == last))).scalar_one()
    await transaction.execute(update(heads).values(number=last, seal=seal))
    return f"cut after {last}"


async def _swap(transaction: Transaction, rng: random.Random, numbers: list[int]) -> str:
    one, other = rng.sample(numbers, 2)
    for old, new in ((one, -1), (other, one), (-1, other)):
        await transaction.execute(update(entries).where(entries.c.number == old).values(number=new))
    return f"swap {one} and {other}"


async def _move(transaction: Transaction, rng: random.Random, numbers: list[int]) -> str:
    number, to = rng.choice(numbers), rng.choice((0, -5, numbers[-1] + 1, numbers[-1] + 9))
    await transaction.execute(update(entries).where(entries.c.number == number).values(number=to))
    return f"move {number} to {to}"


async def _copy(transaction: Transaction, rng: random.Random, numbers: list[int]) -> str:
    number = rng.choice(numbers)
    row = (await transaction.execute(select(entries).where(entries.c.number == number))).mappings().one()
    await transaction.execute(insert(entries).values({**row, "number": numbers[-1] + 1}))
    return f"copy {number} to the end"


async def _forge_head(transaction: Transaction, rng: random.Random, numbers: list[int]) -> str:
    if rng.random() < 0.3:
        await transaction.execute(delete(heads))
        return "delete the head"
    name = rng.choice(("seal", "proof", "key_id"))
    await transaction.execute(update(heads).values({name: f"{rng.getrandbits(64):016x}"}))
    return f"forge the head's {name}"


async def _renumber(transaction: Transaction, rng: random.Random, numbers: list[int]) -> str:
    """Take one out and close the gap."""
    gone = rng.choice(numbers[:-1])
    await transaction.execute(delete(entries).where(entries.c.number == gone))
    for number in numbers[numbers.index(gone) + 1 :]:
        await transaction.execute(update(entries).where(entries.c.number == number).values(number=number - 1))
    await transaction.execute(update(heads).values(number=numbers[-1] - 1))
    return f"take {gone} out"


async def _campaign(store: Database, trials: int, seed: int) -> list[str]:
    keys = Secrets((b"k" * 40,)).keys("audit")
    await whole_log(store, keys[0], 30)
    rng, missed = random.Random(seed), []
    for _ in range(trials):
        try:
            async with store.writing(TENANT) as transaction:
                done = await tamper(transaction, rng)
                if (await audit.verify(transaction, keys)).is_whole:
                    missed.append(done)
                raise _UndoneError
        except _UndoneError:
            pass
    async with store.reading(TENANT) as transaction:
        assert (await audit.verify(transaction, keys)).is_whole, "the log was not put back between trials"
    await store.close()
    return missed


class _UndoneError(Exception):
    """Takes a trial back."""


def on_sqlite(trials: int, seed: int) -> list[str]:
    """What went unnoticed on SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "library.sqlite3"
        bring_up_to_date(file)
        return asyncio.run(_campaign(SqliteDatabase(file), trials, seed))


def on_postgres(trials: int, seed: int) -> list[str]:
    """What went unnoticed on a PostgreSQL of its own."""
    from platform_service.sql.migrate_postgres import bring_up_to_date as migrated
    from platform_service.sql.postgres import PostgresDatabase
    from tests.platform_service.servers import OWNER, PostgresServer

    server = PostgresServer()
    try:
        name = server.new_database()
        migrated(server.url(name, OWNER))
        return asyncio.run(_campaign(PostgresDatabase(server.url(name, OWNER)), trials, seed))
    finally:
        server.stop()


def main() -> int:
    """Try on both databases; gives 1 when anything went unnoticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    code = 0
    for name, campaign in (("SQLite", on_sqlite), ("PostgreSQL", on_postgres)):
        missed = campaign(given.trials, given.seed)
        print(f"{name}: {given.trials - len(missed)} of {given.trials} noticed {missed[:5] or ''}")
        code = code or bool(missed)
    return code


if __name__ == "__main__":
    sys.exit(main())
