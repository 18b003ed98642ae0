"""Many live sessions that save again and again over real sockets to a real service; how long until it is durable."""

import asyncio
import json
import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, unix_connect
from websockets.exceptions import WebSocketException

OPEN_TOGETHER = 20
COME_BACK_S = 0.05
OPEN_WITHIN_S = 60


@dataclass
class Measured:
    """What the sessions saw."""

    acknowledged: int = 0
    errors: list[str] = field(default_factory=list)
    waits_s: list[float] = field(default_factory=list)
    drops: int = 0
    lost: int = 0
    doubled: int = 0
    service_cpu_s: float = 0.0

    def share_s(self, share: float) -> float:
        """So long did that share of the saves wait at most."""
        ordered = sorted(self.waits_s)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0

    def told(self) -> str:
        """In one line."""
        p50, p99, worst = (self.share_s(share) * 1000 for share in (0.5, 0.99, 1.0))
        waits = f"p50 {p50:.0f} ms, p99 {p99:.0f} ms, worst {worst:.0f} ms"
        cpu = f"{1000 * self.service_cpu_s / max(1, self.acknowledged):.2f} ms of processor time each"
        ends = f"{len(self.errors)} errors, {self.lost} lost, {self.doubled} twice"
        return f"{self.acknowledged:,} saves acknowledged: {waits}; {cpu}; {ends}"

    def compare(self, stored: int, told: int) -> None:
        """Hold the versions and events in the database against what was acknowledged."""
        self.lost = max(0, self.acknowledged - stored)
        self.doubled = max(0, stored - self.acknowledged) + abs(told - stored)


def document(version: int) -> dict[str, Any]:
    """A small show of which one work changes each time."""
    works = [{"id": f"work-{number}", "kind": "placement", "title": f"Work {number}"} for number in range(12)]
    works[version % 12]["title"] = f"Named {version}"
    return {"format": "vernissage-scene", "schema": 1, "records": works}


@dataclass
class Session:
    """One creator with a scene; a save that got no answer goes out again under its key."""

    uds: Path
    token: str
    scene_id: str
    per_s: float
    measured: Measured
    comes_back: bool = False
    version: int = 0
    key: str = ""

    async def open(self) -> ClientConnection:
        """A line that follows the scene."""
        headers = {"Authorization": f"Bearer {self.token}", "X-Session-Id": uuid.uuid4().hex}
        options: dict[str, Any] = {"additional_headers": headers, "compression": None, "open_timeout": 30}
        line = await unix_connect(str(self.uds), "ws://localhost/v1/live", **options).__aenter__()
        await line.send(json.dumps({"type": "subscribe", "scene_id": self.scene_id}))
        return line

    async def run(self, line: ClientConnection, until_s: float) -> None:
        """Save at an even pace until then; come back when the line is cut, if that is wanted."""
        begun_s = time.monotonic() - self.version / self.per_s
        while time.monotonic() < until_s or self.key:
            try:
                await asyncio.sleep(max(0.0, begun_s + self.version / self.per_s - time.monotonic()))
                await self._save(line)
            except (OSError, WebSocketException):
                if not self.comes_back:
                    raise
                self.measured.drops += 1
                line = await self.back()
                begun_s = time.monotonic() - self.version / self.per_s
        await line.close()

    async def back(self) -> ClientConnection:
        """A line, as soon as the service gives one."""
        while True:
            try:
                return await self.open()
            except (OSError, WebSocketException):
                await asyncio.sleep(COME_BACK_S)

    async def _save(self, line: ClientConnection) -> None:
        body = {"based_on": self.version, "document": document(self.version), "steps": [{"n": self.version}]}
        self.key, sent_s = self.key or uuid.uuid4().hex, time.monotonic()
        saving = {"type": "save", "number": self.version, "key": self.key, "scene_id": self.scene_id, "version": body}
        await line.send(json.dumps(saving))
        told = {"type": ""}
        while told["type"] not in ("saved", "refused"):
            told = json.loads(await line.recv())
        if told["type"] == "refused":
            raise AssertionError(told["detail"])
        self.measured.waits_s.append(time.monotonic() - sent_s)
        self.measured.acknowledged += 1
        self.version, self.key = int(told["version"]), ""


async def sessions(
    uds: Path, token: str, scenes: list[str], per_s: float, seconds: float, *, come_back: bool = False
) -> Measured:
    """One session for each scene, all at once; each saves `per_s` times a second."""
    measured, opening = Measured(), asyncio.Semaphore(OPEN_TOGETHER)
    start = asyncio.Barrier(len(scenes))

    async def one(number: int, scene_id: str) -> None:
        session = Session(uds, token, scene_id, per_s, measured, come_back)
        try:
            async with opening, asyncio.timeout(OPEN_WITHIN_S):
                line = await (session.back() if come_back else session.open())
        except BaseException:
            await start.abort()  # or the others would wait for it
            raise
        await start.wait()
        await asyncio.sleep(number / len(scenes) / per_s)
        await session.run(line, time.monotonic() + seconds)

    tasks = [asyncio.create_task(one(number, scene_id)) for number, scene_id in enumerate(scenes)]
    for outcome in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(outcome, BaseException):
            measured.errors.append(repr(outcome))
    return measured


def processor_time_s(pid: int) -> float:
    """How long a process and its threads have computed."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def computing(measured: list[float], *pids: int) -> Iterator[None]:
    """Append how long these processes compute meanwhile."""
    before = sum(processor_time_s(pid) for pid in pids)
    yield
    measured.append(sum(processor_time_s(pid) for pid in pids) - before)
