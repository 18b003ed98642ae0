"""A tenant that asks again and again, in a process of its own: what it computes is not on the clock of those beside it.

`python -m tests.load.noise PORT PER_S SECONDS`: the token, and for costly requests a scene, come by standard input.
"""

import asyncio
import json
import sys
import time
import uuid
from collections import Counter

SAVED_WORKS = 300
CONNECTIONS = 32
"""Requests beyond so many under way wait for a free connection, as behind a proxy."""


def plain(token: str) -> bytes:
    """An ordinary read."""
    return f"GET /v1/projects HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\r\n".encode()


def costly(token: str, scene_id: str) -> bytes:
    """A save of some hundred works, all but the first too late: each has to be read and looked at all the same."""
    works = [
        {"id": f"work-{n}", "kind": "placement", "title": f"Work {n}", "note": "x" * 300} for n in range(SAVED_WORKS)
    ]
    document = {"format": "vernissage-scene", "schema": 1, "records": works}
    body = json.dumps({"based_on": 0, "document": document, "steps": []}).encode()
    head = f"POST /v1/scenes/{scene_id}/versions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n"
    head += (
        f"Idempotency-Key: {uuid.uuid4().hex}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def line(port: int, due: "asyncio.Queue[None]", request: "Request", statuses: Counter[int]) -> None:
    """One connection that asks whenever something is due."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**22)
    while True:
        await due.get()
        writer.write(request())
        head = await reader.readuntil(b"\r\n\r\n")
        statuses[int(head[9:12])] += 1
        size = next((one for one in head.lower().split(b"\r\n") if one.startswith(b"content-length:")), b":0")
        await reader.readexactly(int(size.partition(b":")[2]))


class Request:
    """The next request as it goes over the line."""

    def __init__(self, token: str, scene_id: str) -> None:
        self._token, self._scene_id = token, scene_id

    def __call__(self) -> bytes:
        return costly(self._token, self._scene_id) if self._scene_id else plain(self._token)


async def noise(port: int, per_s: float, seconds: float, request: Request) -> Counter[int]:
    """Ask at that pace for so long; gives how often which status came."""
    statuses: Counter[int] = Counter()
    due: asyncio.Queue[None] = asyncio.Queue()
    lines = [asyncio.create_task(line(port, due, request, statuses)) for _ in range(CONNECTIONS)]
    began_s, sent = time.monotonic(), 0
    while (now_s := time.monotonic() - began_s) < seconds:
        for _ in range(int(now_s * per_s) - sent):
            due.put_nowait(None)
            sent += 1
        await asyncio.sleep(0.01)
    for one in lines:
        one.cancel()
    await asyncio.gather(*lines, return_exceptions=True)
    return statuses


if __name__ == "__main__":
    given = json.loads(sys.stdin.read())
    found = asyncio.run(noise(int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]), Request(**given)))
    print(json.dumps(found))
