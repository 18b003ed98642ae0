"""Faults of the line: refused, reset, hanging, dripping, cut, not HTTP at all, redirected, badly packed."""

import gzip
import zlib
from dataclasses import replace
from functools import lru_cache

from tests.model_server.asked import Asked
from tests.model_server.exchange import Exchange
from tests.model_server.fault import Fault
from tests.model_server.reply import Reply

DRIP_S = 0.25
"""Between two bytes of a slow drip."""
_BOMB_MIB = 256


async def _reset(asked: Asked, reply: Reply, exchange: Exchange) -> None:
    exchange.reset()


async def _close(asked: Asked, reply: Reply, exchange: Exchange) -> None:
    await exchange.close()


async def _hang(asked: Asked, reply: Reply, exchange: Exchange) -> None:
    await exchange.hang()


async def _hang_after_headers(asked: Asked, reply: Reply, exchange: Exchange) -> None:
    await exchange.head(reply, length=max(len(reply.whole()), 100))
    await exchange.hang()


async def _hang_in_body(asked: Asked, reply: Reply, exchange: Exchange) -> None:
    await _half(reply, exchange)
    await exchange.hang()


async def _cut_in_body(asked: Asked, reply: Reply, exchange: Exchange) -> None:
    await _half(reply, exchange)
    await exchange.close()


async def _reset_in_body(asked: Asked, reply: Reply, exchange: Exchange) -> None:
    await _half(reply, exchange)
    await exchange.pause(0.05)
    exchange.reset()


async def _half(reply: Reply, exchange: Exchange) -> None:
    """Half of the body, or of the events."""
    if reply.events:
        await exchange.head(reply, chunked=True)
        for event in reply.events[: max(len(reply.events) // 2, 1)]:
            await exchange.chunk(event)
    else:
        await exchange.head(reply, length=len(reply.body))
        await exchange.raw(reply.body[: len(reply.body) // 2])


async def _drip_body(asked: Asked, reply: Reply, exchange: Exchange) -> None:
    body = reply.whole()
    await exchange.head(reply, length=len(body))
    await exchange.drip((body[i : i + 1] for i in range(len(body))), DRIP_S)


async def _drip_headers(asked: Asked, reply: Reply, exchange: Exchange) -> None:
    head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-slow: " + b"z" * 4_000
    await exchange.drip((head[i : i + 1] for i in range(len(head))), DRIP_S)


async def _cut_in_headers(asked: Asked, reply: Reply, exchange: Exchange) -> None:
    await exchange.raw(b"HTTP/1.1 200 OK\r\ncontent-ty")
    await exchange.close()


async def _cut_in_chunk(asked: Asked, reply: Reply, exchange: Exchange) -> None:
    await exchange.head(reply, chunked=True)
    await exchange.raw(b"1000\r\n" + reply.whole()[:40])
    await exchange.close()


async def _cut_after_first_event(asked: Asked, reply: Reply, exchange: Exchange) -> None:
    await exchange.head(reply, chunked=True)
    for event in reply.events[:3] or (reply.body[:20],):
        await exchange.chunk(event)
    await exchange.close()


async def _cut_in_event(asked: Asked, reply: Reply, exchange: Exchange) -> None:
    await exchange.head(reply, chunked=True)
    body = reply.whole()
    await exchange.chunk(body[: len(body) * 2 // 3])
    await exchange.close()


async def _no_end_of_stream(asked: Asked, reply: Reply, exchange: Exchange) -> None:
    await exchange.head(reply, chunked=True)
    for event in reply.events[:-1] or (reply.body[:-1],):
        await exchange.chunk(event)
    await exchange.raw(b"0\r\n\r\n")


async def _endless_stream(asked: Asked, reply: Reply, exchange: Exchange) -> None:
    await exchange.head(reply, chunked=True)
    parts = reply.events[:-3] or (b" " * 1_000,)
    for event in parts:
        await exchange.chunk(event)
    while not await exchange.pause(0.002):
        await exchange.chunk(parts[-1])


async def _garbage(asked: Asked, reply: Reply, exchange: Exchange) -> None:
    await exchange.raw(bytes(range(1, 256)) * 8)
    await exchange.close()


async def _garbage_status(asked: Asked, reply: Reply, exchange: Exchange) -> None:
    await exchange.raw(b"HTTP/1.1 twohundred OK\r\n\r\n{}")
    await exchange.close()


async def _short_length(asked: Asked, reply: Reply, exchange: Exchange) -> None:
    body = reply.whole()
    await exchange.head(reply, length=max(len(body) // 2, 1))
    await exchange.raw(body)


async def _huge_headers(asked: Asked, reply: Reply, exchange: Exchange) -> None:
    await exchange.raw(b"HTTP/1.1 200 OK\r\n" + b"".join(b"x-%d: %s\r\n" % (n, b"y" * 900) for n in range(2_000)))
    await exchange.raw(b"\r\n")
    await exchange.close()


@lru_cache(maxsize=1)
def _packed_blanks() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b" " * 2**20
    return b"".join(packer.compress(block) for _ in range(_BOMB_MIB)) + packer.flush()


def _bomb(reply: Reply) -> Reply:
    packed = _packed_blanks()
    return Reply(200, {**reply.headers, "content-encoding": "gzip"}, packed)


def _broken_gzip(reply: Reply) -> Reply:
    packed = bytearray(gzip.compress(reply.whole()))
    packed[12:40] = b"\xff" * 28
    return Reply(200, {**reply.headers, "content-encoding": "gzip"}, bytes(packed))


def _redirect(status: int, to: str) -> Fault:
    def mar(reply: Reply) -> Reply:
        return Reply(status, {"location": to})

    return Fault(f"redirect_{status}", mar=mar)


def _enormous_body(reply: Reply) -> Reply:
    filler = b" " * 2**20
    if reply.events:
        return replace(reply, events=(*(b": " + filler + b"\n\n" for _ in range(48)), *reply.events))
    return replace(reply, body=filler * 48 + reply.body)


LINE_FAULTS = (
    Fault("refused", refuses=True, send=_reset),
    Fault("reset_before_answer", send=_reset),
    Fault("closed_without_answer", send=_close),
    Fault("hang_before_headers", send=_hang),
    Fault("hang_after_headers", send=_hang_after_headers),
    Fault("hang_in_body", send=_hang_in_body),
    Fault("slow_drip", send=_drip_body),
    Fault("slow_headers", send=_drip_headers),
    Fault("cut_in_headers", send=_cut_in_headers),
    Fault("cut_in_body", send=_cut_in_body),
    Fault("reset_in_body", send=_reset_in_body),
    Fault("cut_in_chunk", send=_cut_in_chunk),
    Fault("cut_after_first_event", send=_cut_after_first_event),
    Fault("cut_in_event", send=_cut_in_event),
    Fault("no_end_of_stream", send=_no_end_of_stream),
    Fault("endless_stream", send=_endless_stream),
    Fault("garbage_bytes", send=_garbage),
    Fault("garbage_status", send=_garbage_status),
    Fault("short_length", send=_short_length),
    Fault("huge_headers", send=_huge_headers),
    Fault("enormous_body", mar=_enormous_body),
    Fault("gzip_bomb", mar=_bomb),
    Fault("broken_gzip", mar=_broken_gzip),
    _redirect(302, "http://127.0.0.1:9/elsewhere"),
    _redirect(307, "http://127.0.0.1:9/elsewhere"),
    _redirect(308, "/same/again"),
)
