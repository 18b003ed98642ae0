"""Live sessions with durable saves: `python -m tests.load live [--sessions 200] [--per-second 2] [--seconds 60]`.

`--team` runs a team's platform over PostgreSQL and Redis; `--kills N` ends the service so often in the middle of it.
"""

import argparse
import asyncio
import os
import random
import sys
import time

from tests.load.live_platforms import Platform, embedded, team
from tests.load.live_sessions import Measured, computing, sessions

GOAL_S = 0.1


async def _killed(platform: Platform, kills: int, seconds: float) -> None:
    rng = random.Random(kills)
    for _ in range(kills):
        await asyncio.sleep(rng.uniform(0.5, 1.5) * seconds / kills)
        platform.service.kill()
        await asyncio.to_thread(platform.service.start, cold=True)


async def _measured(platform: Platform, options: argparse.Namespace) -> Measured:
    asked = (platform.service.uds, platform.token, platform.scenes, options.per_second, options.seconds)
    if options.kills:
        killing = asyncio.create_task(_killed(platform, options.kills, options.seconds))
        measured = await sessions(*asked, come_back=True)
        await killing
        return measured
    assert platform.service.process is not None
    computed_s: list[float] = []
    with computing(computed_s, platform.service.process.pid):
        measured = await sessions(*asked)
    measured.service_cpu_s = computed_s[0]
    return measured


def main() -> int:
    """Run and print; gives 1 when anything was lost, doubled, refused, or the goal was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=200)
    parser.add_argument("--per-second", type=float, default=2.0)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--team", action="store_true")
    parser.add_argument("--kills", type=int, default=0)
    options = parser.parse_args()
    with (team if options.team else embedded)(options.sessions) as platform:
        begun = time.monotonic()
        measured = asyncio.run(_measured(platform, options))
        rate = measured.acknowledged / (time.monotonic() - begun)
        platform.compare(measured)
    kills = f", {options.kills} kills, {measured.drops:,} lines cut" if options.kills else ""
    print(f"{options.sessions} sessions, {rate:.0f} saves/s{kills}, load {os.getloadavg()[0]:.1f}; {measured.told()}")
    print(*measured.errors[:5], sep="\n")
    clean = not (measured.errors or measured.lost or measured.doubled)
    return 0 if clean and (options.kills or measured.share_s(0.99) <= GOAL_S) else 1


if __name__ == "__main__":
    sys.exit(main())
