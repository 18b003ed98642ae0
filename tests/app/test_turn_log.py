"""What is logged while a turn runs carries the turn's id, also where a second one runs beside it."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import structlog
from structlog.testing import capture_logs

from agent.events import TurnEnded, TurnEvent
from agent.ports.context import TurnContext
from agent.running.terms import Terms
from app.background import BackgroundLoop
from app.mailbox import Mailbox
from app.runs.hosted_turns import HostedTurns
from app.runs.store import RunStore
from app.runs.turn_runner import TurnRunner
from scene.scene import Scene


class Telling:
    """An agent that says in the log what it was asked, before and after others had their turn."""

    def warm_up(self) -> None:
        pass

    async def prepare(self) -> None:
        pass

    async def close(self) -> None:
        pass

    async def run(self, request: str, context: TurnContext, *, terms: Terms | None = None) -> AsyncIterator[TurnEvent]:
        for _ in range(2):
            structlog.get_logger().info(request)
            await asyncio.sleep(0.01)
        yield TurnEnded(context.turn_id, "answered")


def test_what_is_logged_during_a_turn_carries_its_id(tmp_path: Path) -> None:
    loop, mailbox, ready, runs = BackgroundLoop(), Mailbox(), asyncio.Event(), RunStore(tmp_path / "runs.sqlite")
    loop.start()
    loop.call(ready.set)
    hosted: HostedTurns = None  # type: ignore[assignment]  # nothing runs there
    runner = TurnRunner(loop, mailbox, ready, Telling, runs, hosted)
    with capture_logs(processors=[structlog.contextvars.merge_contextvars]) as logged:
        for turn_id, background in (("first", True), ("second", False)):
            context = TurnContext(scene=Scene(), turn_id=turn_id, correlation_id=f"id-{turn_id}")
            runner.start(turn_id, context, Terms(background=background))
        ended, until_s = 0, time.monotonic() + 30
        while ended < 2 and time.monotonic() < until_s:
            ended += sum(isinstance(message, TurnEnded) for message in mailbox.drain())
            time.sleep(0.005)
    loop.stop()
    runs.close()
    assert [line["correlation_id"] for line in logged] == [f"id-{line['event']}" for line in logged]
    assert len(logged) == 4
