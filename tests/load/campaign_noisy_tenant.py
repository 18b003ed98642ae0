"""One tenant asks fifty times what it may: how far do the others' answers move? `python -m tests.load noisy_tenant`.

With `--within` it stays just below what it may, and each of its requests is a costly one: a save of a large scene.
"""

import argparse
import asyncio
import json
import os
import sys
import time
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable

import httpx
import numpy as np

from platform_service.sql.tenants import Quotas
from tests.load.live_sessions import computing
from tests.platform_service.api_contract import key_of
from tests.platform_service.probes import BELIEVED_S
from tests.platform_service.stores import address_of, own_team, set_quotas, stores

QUIET_PER_S = 20.0
NOISY_PER_MINUTE = 60
SAVED_WORKS = 300
WITHIN = Quotas(user_requests_per_minute=6_000)
WITHIN_PER_S = 90.0
"""A little less than the hundred a second that a tenant may ask unless its quotas say otherwise."""
GOAL = 1.20
Ask = Callable[[], Awaitable[int]]


async def quiet(url: str, token: str, seconds: float) -> list[float]:
    """One tenant's ordinary requests at an even pace; gives how long each took, from when it was due."""
    took: list[float] = []
    async with httpx.AsyncClient(
        base_url=url, headers={"Authorization": f"Bearer {token}"}, trust_env=False, timeout=30
    ) as client:

        async def one(due_s: float) -> None:
            await asyncio.sleep(max(0.0, due_s - time.perf_counter()))
            answer = await client.get("/v1/projects")
            assert answer.status_code == 200, answer.text
            took.append(time.perf_counter() - due_s)

        began_s = time.perf_counter() + 0.2
        await asyncio.gather(*(one(began_s + number / QUIET_PER_S) for number in range(int(seconds * QUIET_PER_S))))
    return took


async def costly(client: httpx.AsyncClient) -> Ask:
    """Saves of some hundred works, all but the first too late: each has to be read and looked at all the same."""

    async def made(path: str) -> dict[str, str]:
        answer = await client.post(path, json={"name": "N"}, headers={"Idempotency-Key": uuid.uuid4().hex})
        return dict(answer.json())

    project = (await made("/v1/projects"))["id"]
    scene_id = (await made(f"/v1/projects/{project}/scenes"))["scene_id"]
    works = [
        {"id": f"work-{n}", "kind": "placement", "title": f"Work {n}", "note": "x" * 300} for n in range(SAVED_WORKS)
    ]
    document = {"format": "vernissage-scene", "schema": 1, "records": works}
    body = json.dumps({"based_on": 0, "document": document, "steps": []}).encode()

    async def ask() -> int:
        headers = {"Idempotency-Key": uuid.uuid4().hex, "Content-Type": "application/json"}
        return (await client.post(f"/v1/scenes/{scene_id}/versions", content=body, headers=headers)).status_code

    return ask


async def noise(url: str, token: str, per_s: float, stop: asyncio.Event, *, is_costly: bool) -> Counter[int]:
    """A tenant that asks again and again, and does not wait for the answer."""
    statuses: Counter[int] = Counter()
    async with httpx.AsyncClient(
        base_url=url, headers={"Authorization": f"Bearer {token}"}, trust_env=False, timeout=30
    ) as client:

        async def plain() -> int:
            return (await client.get("/v1/projects")).status_code

        ask = await costly(client) if is_costly else plain

        async def one() -> None:
            statuses[await ask()] += 1

        waiting: set[asyncio.Task[None]] = set()
        began_s, sent = time.perf_counter(), 0
        while not stop.is_set():
            due = int((time.perf_counter() - began_s) * per_s)
            while sent < due:
                waiting.add(asyncio.create_task(one()))
                sent += 1
            waiting = {task for task in waiting if not task.done()}
            await asyncio.sleep(0.01)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
    return statuses


async def measured(url: str, keys: dict[str, str], pid: int, given: argparse.Namespace) -> dict[str, object]:
    """The quiet tenant alone and beside the noisy one, in turns, so that a busy machine hits both alike."""
    seconds, rounds = given.seconds, given.rounds
    per_s = WITHIN_PER_S if given.within else 50 * NOISY_PER_MINUTE / 60
    alone: list[float] = []
    beside: list[float] = []
    refused: Counter[int] = Counter()
    computed_s: tuple[list[float], list[float]] = ([], [])
    await quiet(url, keys["quiet"], 3)
    for _ in range(rounds):
        with computing(computed_s[0], pid):
            alone += await quiet(url, keys["quiet"], seconds)
        stop = asyncio.Event()
        noisy = asyncio.create_task(noise(url, keys["noisy"], per_s, stop, is_costly=given.within))
        await asyncio.sleep(1)
        with computing(computed_s[1], pid):
            beside += await quiet(url, keys["quiet"], seconds)
        stop.set()
        refused += await noisy
    p99 = [float(np.percentile(found, 99)) * 1_000 for found in (alone, beside)]
    p50 = [float(np.percentile(found, 50)) * 1_000 for found in (alone, beside)]
    return {
        "alone_p99_ms": round(p99[0], 1), "beside_p99_ms": round(p99[1], 1), "ratio_p99": round(p99[1] / p99[0], 2),
        "alone_p50_ms": round(p50[0], 1), "beside_p50_ms": round(p50[1], 1), "requests": len(alone) + len(beside),
        "noisy": dict(refused), "load": round(os.getloadavg()[0], 1),
        "processor_ms_a_quiet_request": round(1_000 * sum(computed_s[0]) / len(alone), 2),
        "processor_ms_a_noisy_request": round(
            1_000 * (sum(computed_s[1]) - sum(computed_s[0])) / (rounds * seconds * per_s), 2
        ),
    }  # fmt: skip


def main() -> int:
    """Measure on a platform of its own; gives 1 when the others' p99 moves by more than a fifth."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seconds", type=float, default=15.0)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--within", action="store_true", help="the noisy tenant keeps to its limit")
    given = parser.parse_args()
    with stores() as of, own_team(of, by_port=True) as team:
        url = address_of(team)
        keys = {tenant: key_of(url, team.add_tenant(tenant)) for tenant in ("quiet", "noisy")}
        bound = Quotas(requests_per_minute=NOISY_PER_MINUTE, user_requests_per_minute=NOISY_PER_MINUTE)
        set_quotas(team, WITHIN if given.within else bound, "noisy")
        time.sleep(BELIEVED_S)
        assert team.service.process is not None
        pid = team.service.process.pid
        found = asyncio.run(measured(url, keys, pid, given))
    print(json.dumps(found))
    return int(float(str(found["ratio_p99"])) > GOAL)


if __name__ == "__main__":
    sys.exit(main())
