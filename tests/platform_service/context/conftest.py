"""Every store of context on every database."""

import secrets
from collections.abc import AsyncIterator

import pytest

from platform_service.context.redis_store import RedisContext
from platform_service.context.service import PersonContext
from platform_service.context.store import ContextStore, SqlContext
from platform_service.identity.secrets import Secrets
from platform_service.sql.database import Database

SECRETS = Secrets((b"s" * 40,))


class Kept:
    """The context of one tenant in one store; `written` does a change as a request does."""

    def __init__(self, database: Database, store: ContextStore, tenant: str = "ours") -> None:
        self.database = database.of(tenant)
        self.store = store

    def person(self, owner: str = "ada") -> PersonContext:
        """One person's context."""
        return PersonContext(self.database, self.store, owner)

    async def turn(self, text: str, session_id: str = "s", owner: str = "ada") -> None:
        """Something that the creator said."""
        from platform_service.context.values import Turn

        person = self.person(owner)
        async with self.database.writing() as transaction:
            await person.add_turn(transaction, session_id, Turn(by="creator", text=text))
        await person.settled("history", session_id)


@pytest.fixture(params=["sql", "redis"])
async def kept(request: pytest.FixtureRequest, store: Database) -> AsyncIterator[Kept]:
    """Both stores of context, on both databases."""
    if request.param == "sql":
        yield Kept(store, SqlContext(store.of("ours")))
        return
    server = request.getfixturevalue("redis_server")
    made = RedisContext(store.of("ours"), server.url, secrets.token_hex(8), SECRETS)
    yield Kept(store, made)
    await made.close()
