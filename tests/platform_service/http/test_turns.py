"""However much of one tenant waits, another's turn comes at once; nobody waits for a slow client."""

import asyncio

import pytest

from platform_service.errors import TooManyRequests
from platform_service.http.turns import AT_ONCE, MOST_WAITING, Turns


async def rounds(count: int = 5) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


class Requests:
    """Requests of tenants that go on until they are told to end."""

    def __init__(self) -> None:
        self.turns = Turns()
        self.begun: list[str] = []
        self.end = asyncio.Event()

    async def one(self, tenant: str) -> None:
        async with self.turns.request(tenant):
            self.begun.append(tenant)
            await self.end.wait()


async def test_a_tenant_waits_behind_its_own_and_another_does_not():
    asked = Requests()
    tasks = [asyncio.create_task(asked.one("noisy")) for _ in range(3 * AT_ONCE)]
    await rounds()
    assert asked.begun == ["noisy"] * AT_ONCE
    tasks.append(asyncio.create_task(asked.one("quiet")))
    await rounds()
    assert asked.begun[-1] == "quiet"
    asked.end.set()
    await asyncio.gather(*tasks)
    assert asked.begun.count("noisy") == 3 * AT_ONCE
    assert asked.turns._tenants == {}


async def test_who_sends_or_reads_slowly_keeps_no_turn():
    turns, client = Turns(), asyncio.Event()

    async def receive() -> dict[str, str]:
        await client.wait()
        return {"type": "http.request"}

    async def slow() -> str:
        async with turns.request("one") as turn:
            return str((await turn.receiving(receive)())["type"])

    waiting = [asyncio.create_task(slow()) for _ in range(2 * AT_ONCE)]
    await rounds()
    async with asyncio.timeout(5), turns.request("one") as turn:
        await turn.sending(lambda message: asyncio.sleep(0))({"type": "http.response.start"})
    client.set()
    assert await asyncio.gather(*waiting) == ["http.request"] * 2 * AT_ONCE
    assert turns._tenants == {}


async def test_too_many_are_refused_and_who_gives_up_leaves_nothing():
    asked = Requests()
    tasks = [asyncio.create_task(asked.one("noisy")) for _ in range(MOST_WAITING)]
    await rounds()
    with pytest.raises(TooManyRequests):
        await asked.one("noisy")
    tasks[-1].cancel()
    await asyncio.gather(tasks[-1], return_exceptions=True)
    asked.end.set()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert asked.begun.count("noisy") == MOST_WAITING - 1
    assert asked.turns._tenants == {}


async def test_messages_of_many_sockets_pass_one_by_one():
    turns, passed = Turns(), []

    async def message(tenant: str) -> None:
        await turns.message(tenant)
        passed.append(tenant)

    tasks = [asyncio.create_task(message("noisy")) for _ in range(50)]
    await rounds(2)
    await message("quiet")
    assert passed.index("quiet") < 5
    await asyncio.gather(*tasks)
    assert turns._tenants == {}


async def test_what_waits_behind_its_own_elsewhere_keeps_no_turn():
    turns = Turns()
    async with asyncio.timeout(5):
        for _ in range(2 * AT_ONCE):
            turn = await turns.request("one").__aenter__()
            turn.wait_elsewhere()
        async with turns.request("one"):
            pass
