"""One tenant asks fifty times what it may: how far do the others' answers move? `python -m tests.load noisy_tenant`.

With `--within` it stays just below what it may, and each of its requests is a costly one: a save of a large scene.
"""

import argparse
import asyncio
import contextlib
import json
import os
import sys
import time
import uuid
from collections import Counter

import httpx
import numpy as np

from platform_service.sql.tenants import Quotas
from tests.load.live_sessions import computing
from tests.platform_service.api_contract import key_of
from tests.platform_service.probes import BELIEVED_S
from tests.platform_service.stores import address_of, own_team, set_quotas, stores

QUIET_PER_S = 20.0
NOISY_PER_MINUTE = 60
WITHIN = Quotas(user_requests_per_minute=6_000)
WITHIN_PER_S = 90.0
"""A little less than the hundred a second that a tenant may ask unless its quotas say otherwise."""
GOAL = 1.20


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


async def scene_of(url: str, token: str) -> str:
    """A scene of the noisy tenant that it may save to."""
    async with httpx.AsyncClient(
        base_url=url, headers={"Authorization": f"Bearer {token}"}, trust_env=False, timeout=30
    ) as client:

        async def made(path: str) -> dict[str, str]:
            answer = await client.post(path, json={"name": "N"}, headers={"Idempotency-Key": uuid.uuid4().hex})
            return dict(answer.json())

        project = (await made("/v1/projects"))["id"]
        return (await made(f"/v1/projects/{project}/scenes"))["scene_id"]


async def noise(url: str, token: str, scene_id: str, per_s: float, seconds: float) -> Counter[str]:
    """The noisy tenant, in a process of its own."""
    command = ["-m", "tests.load.noise", url.rpartition(":")[2], str(per_s), str(seconds)]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(sys.executable, *command, stdin=pipe, stdout=pipe)
    told, _ = await process.communicate(json.dumps({"token": token, "scene_id": scene_id}).encode())
    assert process.returncode == 0
    return Counter(json.loads(told))


async def elsewhere(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A server that refuses at once: what the noise costs the machine when the platform has nothing to do with it."""
    with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
        while head := await reader.readuntil(b"\r\n\r\n"):
            size = next((one for one in head.lower().split(b"\r\n") if one.startswith(b"content-length:")), b":0")
            await reader.readexactly(int(size.partition(b":")[2]))
            writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")


async def measured(url: str, keys: dict[str, str], pid: int, given: argparse.Namespace) -> dict[str, object]:
    """The quiet tenant alone, beside noise that another server refuses, and beside the noisy tenant, in turns.

    So a busy machine hits all alike, and what the noise itself computes on the same cores is told apart.
    """
    seconds, rounds = given.seconds, given.rounds
    per_s = WITHIN_PER_S if given.within else 50 * NOISY_PER_MINUTE / 60
    scene_id = await scene_of(url, keys["noisy"]) if given.within else ""
    server = await asyncio.start_server(elsewhere, "127.0.0.1", 0, limit=2**22)
    other = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    took: dict[str, list[float]] = {"alone": [], "elsewhere": [], "beside": []}
    computed_s: dict[str, list[float]] = {way: [] for way in took}
    statuses: Counter[str] = Counter()
    await quiet(url, keys["quiet"], 3)
    for _ in range(rounds):
        for way, asked in (("alone", ""), ("elsewhere", other), ("beside", url)):
            noisy = asyncio.create_task(noise(asked, keys["noisy"], scene_id, per_s, seconds + 2)) if asked else None
            await asyncio.sleep(1)
            with computing(computed_s[way], pid):
                took[way] += await quiet(url, keys["quiet"], seconds)
            if noisy is not None:
                statuses += await noisy if way == "beside" else Counter()
                await noisy
    server.close()
    shares = {
        f"{way}_p{share}_ms": round(float(np.percentile(found, share)) * 1_000, 1)
        for way, found in took.items()
        for share in (50, 95, 99)
    }
    spent_s = sum(computed_s["beside"]) - sum(computed_s["alone"])
    return {
        **shares,
        "ratio_p99": round(shares["beside_p99_ms"] / shares["alone_p99_ms"], 2),
        "ratio_p99_to_elsewhere": round(shares["beside_p99_ms"] / shares["elsewhere_p99_ms"], 2),
        "requests": sum(map(len, took.values())), "noisy": dict(statuses), "load": round(os.getloadavg()[0], 1),
        "processor_ms_a_quiet_request": round(1_000 * sum(computed_s["alone"]) / len(took["alone"]), 2),
        "processor_ms_a_noisy_request": round(1_000 * spent_s / (rounds * seconds * per_s), 2),
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
