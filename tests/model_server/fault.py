"""What a fault is: it may twist the answer before it is written, mar what was written, or send it badly."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.model_server.asked import Asked, Scripted
from tests.model_server.exchange import Exchange
from tests.model_server.reply import Reply


async def _well(asked: Asked, reply: Reply, exchange: Exchange) -> None:
    await exchange.send(reply)


@dataclass(frozen=True)
class Fault:
    """One way to go wrong. `refuses` means that nothing listens at all."""

    name: str
    twist: Callable[[Asked, Scripted], Scripted] = lambda asked, answer: answer
    mar: Callable[[Reply], Reply] = lambda reply: reply
    send: Callable[[Asked, Reply, Exchange], Awaitable[None]] = _well
    refuses: bool = False
