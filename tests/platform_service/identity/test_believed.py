"""Who was looked up is believed until something is taken back, whatever happens at the same moment."""

import asyncio

from platform_service.identity.believed import ALONE_S, MOST, TOLD_S, Believed
from platform_service.identity.caller import Caller

ADA = Caller("north", "ada", "creator")


class Sql:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    async def caller(self) -> Caller:
        self.asked += 1
        return ADA


async def test_who_is_known_is_not_looked_up_again_until_something_is_taken_back():
    believed, sql = Believed(), Sql()
    for _ in range(3):
        assert await believed.caller("north", "token", sql.caller) == ADA
    believed.forget("south")
    assert await believed.caller("north", "token", sql.caller) == ADA
    assert sql.asked == 1
    believed.forget("north")
    await believed.caller("north", "token", sql.caller)
    assert sql.asked == 2


async def test_what_was_read_before_something_was_taken_back_is_not_kept_after_it():
    believed, sql, read, go_on = Believed(), Sql(), asyncio.Event(), asyncio.Event()

    async def slow() -> Caller:
        found = await sql.caller()
        read.set()
        await go_on.wait()
        return found

    asking = asyncio.create_task(believed.caller("north", "token", slow))
    await read.wait()
    believed.forget("north")
    go_on.set()
    assert await asking == ADA
    await believed.caller("north", "token", sql.caller)
    assert sql.asked == 2


async def test_a_replica_that_hears_nobody_believes_for_a_moment_only_and_begins_anew_when_it_hears():
    believed, sql, told = Believed(is_shared=True), Sql(), []
    assert believed.good_for_s == ALONE_S
    await believed.caller("north", "token", sql.caller)
    believed.watch("north", lambda: told.append("look again"))
    believed.hears(True)
    assert (believed.good_for_s, told) == (TOLD_S, ["look again"])
    await believed.caller("north", "token", sql.caller)
    assert sql.asked == 2
    believed.hears(False)
    assert believed.good_for_s == ALONE_S


async def test_sockets_that_are_gone_are_not_told_and_memory_has_an_end():
    believed, sql, told = Believed(), Sql(), []
    watcher = lambda: told.append("look again")  # noqa: E731
    believed.watch("north", watcher)
    believed.leave("north", watcher)
    believed.forget("north")
    assert told == []
    for number in range(MOST + 1):
        await believed.caller("north", f"token {number}", sql.caller)
    await believed.caller("north", "token 0", sql.caller)
    assert sql.asked == MOST + 2
