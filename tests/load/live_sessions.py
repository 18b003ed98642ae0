"""Many live sessions that save again and again over real sockets to a real service; how long until it is durable."""

import asyncio
import json
import sqlite3
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, unix_connect

OPEN_TOGETHER = 20


@dataclass
class Measured:
    """What the sessions saw."""

    acknowledged: int = 0
    errors: list[str] = field(default_factory=list)
    waits_s: list[float] = field(default_factory=list)
    lost: int = 0
    doubled: int = 0

    def share_s(self, share: float) -> float:
        """So long did that share of the saves wait at most."""
        ordered = sorted(self.waits_s)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0

    def told(self) -> str:
        """In one line."""
        p50, p99, worst = (self.share_s(share) * 1000 for share in (0.5, 0.99, 1.0))
        waits = f"p50 {p50:.0f} ms, p99 {p99:.0f} ms, worst {worst:.0f} ms"
        ends = f"{len(self.errors)} errors, {self.lost} lost, {self.doubled} twice"
        return f"{self.acknowledged:,} saves acknowledged: {waits}; {ends}"


def document(version: int) -> dict[str, Any]:
    """A small show of which one work changes each time."""
    works = [{"id": f"work-{number}", "kind": "placement", "title": f"Work {number}"} for number in range(12)]
    works[version % 12]["title"] = f"Named {version}"
    return {"format": "vernissage-scene", "schema": 1, "records": works}


async def sessions(uds: Path, token: str, scenes: list[str], per_s: float, seconds: float) -> Measured:
    """One session for each scene, all at once; each saves `per_s` times a second."""
    measured, opening = Measured(), asyncio.Semaphore(OPEN_TOGETHER)
    start = asyncio.Barrier(len(scenes))

    async def one(number: int, scene_id: str) -> None:
        async with opening, asyncio.timeout(60):
            headers = {"Authorization": f"Bearer {token}", "X-Session-Id": uuid.uuid4().hex}
            options: dict[str, Any] = {"additional_headers": headers, "compression": None, "open_timeout": 30}
            line = await unix_connect(str(uds), "ws://localhost/v1/live", **options).__aenter__()
        try:
            await line.send(json.dumps({"type": "subscribe", "scene_id": scene_id}))
            await start.wait()
            await asyncio.sleep(number / len(scenes) / per_s)
            await _save_again_and_again(line, scene_id, per_s, seconds, measured)
        finally:
            await line.close()

    tasks = [asyncio.create_task(one(number, scene_id)) for number, scene_id in enumerate(scenes)]
    for outcome in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(outcome, BaseException):
            measured.errors.append(repr(outcome))
    return measured


async def _save_again_and_again(
    line: ClientConnection, scene_id: str, per_s: float, seconds: float, measured: Measured
) -> None:
    begun, version = time.monotonic(), 0
    while time.monotonic() - begun < seconds:
        due_s = begun + version / per_s
        await asyncio.sleep(max(0.0, due_s - time.monotonic()))
        body = {"based_on": version, "document": document(version), "steps": [{"n": version}]}
        key, sent_s = uuid.uuid4().hex, time.monotonic()
        saving = {"type": "save", "number": version, "key": key, "scene_id": scene_id, "version": body}
        await line.send(json.dumps(saving))
        while True:
            told = json.loads(await line.recv())
            if told["type"] in ("saved", "refused"):
                break
        if told["type"] == "refused":
            measured.errors.append(str(told["detail"]))
            return
        measured.waits_s.append(time.monotonic() - sent_s)
        measured.acknowledged += 1
        version = int(told["version"])


def compare(database: Path, measured: Measured) -> None:
    """Count what is in the database against what was acknowledged."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        stored = connection.execute("SELECT count(*) FROM scene_versions").fetchone()[0]
        told = connection.execute("SELECT count(*) FROM events WHERE stream LIKE 'scene:%'").fetchone()[0]
    connection.close()
    measured.lost = max(0, measured.acknowledged - stored)
    measured.doubled = max(0, stored - measured.acknowledged) + abs(told - stored)
