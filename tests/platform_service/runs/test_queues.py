"""DBOS itself, over a file: what it says of work whose row is erased while it goes on."""

import asyncio
import logging

from platform_service.runs.queues import HOSTED_RUN, Poster, Queues
from tests.platform_service.conftest import until


async def test_work_that_is_erased_while_it_goes_on_ends_with_one_plain_line(tmp_path, caplog):
    address = f"sqlite:///{tmp_path / 'queues.sqlite3'}"
    poster, begun, ended = Poster(address), asyncio.Event(), asyncio.Event()

    async def carry_out(tenant: str, run_id: str) -> None:
        begun.set()
        await asyncio.to_thread(poster.forget, tenant, [run_id])
        ended.set()

    queues = Queues(address, "worker", {HOSTED_RUN: carry_out})
    await queues.open()
    logging.getLogger("dbos").addHandler(caplog.handler)  # it does not pass on what it tells
    try:
        with caplog.at_level(logging.INFO, "dbos"):
            await asyncio.to_thread(poster.post, "north", "run", "interactive")
            async with asyncio.timeout(20):
                await begun.wait()
                await ended.wait()
            told_of = lambda: any("erased while it went on" in one.getMessage() for one in caplog.records)  # noqa: E731
            await asyncio.to_thread(until, told_of, 15.0)
    finally:
        logging.getLogger("dbos").removeHandler(caplog.handler)
        await queues.close(1.0)
        await asyncio.to_thread(poster.close)
    told = [record for record in caplog.records if record.name.startswith("dbos")]
    assert [record for record in told if record.exc_info] == []
    assert [record.getMessage() for record in told if record.levelno >= logging.ERROR] == []
