"""Stores killed at random moments under writers: `python -m tests.platform_service.kills redis` or `postgres`."""

import argparse
import asyncio
import json
import random
import sys
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field

from platform_service.context.redis_store import ASK_AGAIN_S, RedisContext
from platform_service.context.service import PersonContext
from platform_service.context.values import Turn
from platform_service.errors import ServiceError
from platform_service.identity.secrets import Secrets
from platform_service.sql import projects, receipts, scenes
from platform_service.sql.postgres import PostgresDatabase
from platform_service.sql.receipts import Receipt
from platform_service.sql.scenes import NewVersion
from tests.platform_service.servers import RedisServer
from tests.platform_service.stores import Progress, stores

WRITERS = 4
PRINT = "0" * 64


@dataclass
class Outcome:
    """What a campaign found."""

    moments: int
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    back_s: list[float] = field(default_factory=list)

    def told(self, what: str) -> str:
        """One line for a person."""
        slowest = max(self.back_s, default=0.0)
        return (
            f"{what} killed at {self.moments} moments: {self.acknowledged} writes acknowledged, {len(self.lost)} lost, "
            f"{len(self.doubled)} twice, usable again within {slowest:.2f} s"
        )


async def redis_killed(moments: int, seed: int) -> Outcome:
    """Context and approvals while Redis is killed, restarted or flushed: nothing acknowledged may be missing."""
    outcome, rng, progress = Outcome(moments), random.Random(seed), Progress("moments", moments)
    with stores() as of:
        redis, database = of.redis, PostgresDatabase(of.postgres.url(of.migrated()))
        store = RedisContext(database.of("ours"), redis.url, "0123abcd", Secrets((b"s" * 40,)))
        people = [PersonContext(database.of("ours"), store, f"person-{number}") for number in range(WRITERS)]
        await _scenes(database)
        said: list[list[str]] = [[] for _ in people]
        going = True

        async def write(number: int) -> None:
            person, version = people[number], 0
            while going:
                text = uuid.uuid4().hex
                async with database.writing("ours") as transaction:
                    await person.add_turn(transaction, "s", Turn(by="creator", text=text))
                    new = NewVersion(based_on=version, document={"approved": text})
                    version = (await scenes.save(transaction, f"scene-{number}", new)).version
                await person.settled("history", "s")
                said[number].append(text)
                outcome.acknowledged += 1
                turns = (await person.of_session("s")).history.turns
                if not turns or turns[-1].text != text:
                    outcome.lost.append(f"an old copy was read after {text}")

        writers = [asyncio.create_task(write(number)) for number in range(WRITERS)]
        for number in range(moments):
            progress.at(number, f"({len(outcome.lost)} lost)")
            await asyncio.sleep(_pause_s(rng, number))
            await asyncio.to_thread(_strike_redis, redis, rng)
            outcome.back_s.append(await _until_used(people[0]))
        going = False
        await asyncio.gather(*writers)
        for number, texts in enumerate(said):
            async with database.reading("ours") as transaction:
                latest = await scenes.latest(transaction, f"scene-{number}")
            if latest.version != len(texts) or (texts and latest.document != {"approved": texts[-1]}):
                outcome.lost.append(f"scene-{number} is at {latest.version}, {len(texts)} were approved")
        await store.close()
        await database.close()
    return outcome


async def postgres_killed(kills: int, seed: int) -> Outcome:
    """Writers with keys while the whole cluster is killed: acknowledged rows stay, retries have one effect."""
    outcome, rng, progress = Outcome(kills), random.Random(seed), Progress("kills", kills)
    with stores() as of:
        postgres, database = of.postgres, PostgresDatabase(of.postgres.url(of.migrated()))
        acknowledged: set[str] = set()
        going = True

        async def write() -> None:
            while going:
                key = uuid.uuid4().hex
                while True:
                    try:
                        await _once(database, key)
                        break
                    except ServiceError:
                        await asyncio.sleep(0.01)
                acknowledged.add(key)
                outcome.acknowledged += 1

        writers = [asyncio.create_task(write()) for _ in range(WRITERS)]
        for number in range(kills):
            progress.at(number, f"({outcome.acknowledged:,} writes)")
            await asyncio.sleep(rng.uniform(0.0, 0.15))
            await asyncio.to_thread(postgres.kill)
            await asyncio.to_thread(postgres.start)
            started, before = time.monotonic(), outcome.acknowledged
            while outcome.acknowledged == before:  # noqa: ASYNC110
                await asyncio.sleep(0.005)
            outcome.back_s.append(time.monotonic() - started)
        going = False
        await asyncio.gather(*writers)
        async with database.reading("ours") as transaction:
            names = [project.name for project in await projects.all_projects(transaction)]
        outcome.lost = sorted(acknowledged - set(names))
        outcome.doubled = sorted(name for name, count in Counter(names).items() if count > 1)
        await database.close()
    return outcome


async def _once(database: PostgresDatabase, key: str) -> None:
    async with database.writing("ours") as transaction:
        if await receipts.find(transaction, key, PRINT) is None:
            made = await projects.create(transaction, key)
            await receipts.keep(transaction, key, PRINT, Receipt(201, json.dumps(made.id).encode()))


async def _scenes(database: PostgresDatabase) -> None:
    async with database.writing("ours") as transaction:
        await projects.put(transaction, "p", "P")
        for number in range(WRITERS):
            await scenes.create(transaction, "p", "S", f"scene-{number}")


async def _until_used(person: PersonContext) -> float:
    started = time.monotonic()
    await person.of_session("s")
    return time.monotonic() - started


def _pause_s(rng: random.Random, number: int) -> float:
    """Mostly blow upon blow; now and then long enough for Redis to be used again, as it is at the beginning."""
    return rng.uniform(ASK_AGAIN_S, 1.3) if number % 4 == 0 else rng.uniform(0.0, 0.03)


def _strike_redis(redis: RedisServer, rng: random.Random) -> None:
    if rng.random() < 0.5:
        redis.flush()
    else:
        redis.kill()
        redis.start()


def main() -> int:
    """Run a campaign; gives 1 when anything acknowledged is missing or twice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", choices=("redis", "postgres"))
    parser.add_argument("--moments", type=int, default=0, help="1,000 for Redis and 500 for PostgreSQL unless told")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    campaign, usual = (redis_killed, 1_000) if given.store == "redis" else (postgres_killed, 500)
    outcome = asyncio.run(campaign(given.moments or usual, given.seed))
    print(outcome.told(given.store), *outcome.lost[:5], *outcome.doubled[:5], sep="\n")
    return int(bool(outcome.lost or outcome.doubled))


if __name__ == "__main__":
    sys.exit(main())
