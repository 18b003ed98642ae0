"""Workers killed at random moments under runs: `python -m tests.platform_service.runs.kills` does it 100 times."""

import argparse
import random
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.platform_service.conftest import picture
from tests.platform_service.runs.conftest import Hosted, Worker, new_hosted
from tests.platform_service.stores import Progress, stores

TENANT = "ours"
SETTLE_S = 5.0
"""After all runs: so long a worker that was wrongly taken for lost may still try to write."""
BELIEVES_LOST = (
    "from platform_service.runs import watch\n"
    "watch.Watch._got = lambda self, worker, once=[]: not once and not once.append(1)\n"
)
"""Planted: a worker takes a living one for lost, as after a broken line; the runs themselves have to notice."""
NOBODY_IN_CHARGE = "from platform_service.runs import journal; journal._in_charge = lambda marks, attempt: True\n"
"""Planted: an attempt does not look whether another one is in charge."""
SLOW = (
    "import asyncio\n"
    "from platform_service.runs.agents import HostedKeeper as K\n"
    "async def slow(self, *given, stepped=K.stepped):\n"
    "    await asyncio.sleep(0.4)\n"
    "    await stepped(self, *given)\n"
    "K.stepped = slow\n"
)
"""Planted: every step takes its time, so that a run is caught in the middle."""


def held_by(gate: Path) -> str:
    """Planted: no step ends while this file is there, so that a run is surely caught in the middle."""
    return (
        f"import asyncio, pathlib\n"
        f"from platform_service.runs.agents import HostedKeeper as H\n"
        f"async def held(self, *given, going_on=H.stepped):\n"
        f"    while pathlib.Path({str(gate)!r}).exists():\n"
        f"        await asyncio.sleep(0.02)\n"
        f"    await going_on(self, *given)\n"
        f"H.stepped = held\n"
    )


@dataclass
class Outcome:
    """What a campaign found."""

    runs: int = 0
    kills: int = 0
    resumed: int = 0
    ended: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    slowest_s: float = 0.0

    def told(self) -> str:
        """One line for a person."""
        return (
            f"{self.runs} runs, {self.kills} workers killed, {self.resumed} runs went on elsewhere, "
            f"{len(self.wrong)} wrong, the slowest took {self.slowest_s:.1f} s"
        )


def campaign(hosted: Hosted, tenant: str, kills: int, seed: int, planted: str = "") -> Outcome:
    """Post runs while one of two workers is killed and replaced; each has to end once, with its one effect."""
    rng, outcome = random.Random(seed), Outcome()
    workers = [hosted.start_worker(planted), hosted.start_worker(planted)]
    progress = Progress("kills", kills)
    for done in range(kills):
        progress.at(done, f"({len(outcome.wrong)} wrong)")
        project, name = hosted.project(tenant), "Show " + "".join(rng.choices("bcdfgklmnprst", k=8)).title()
        posted = time.monotonic()
        runs = [
            hosted.post(tenant, project, "hang 6 works of neon streets"),
            hosted.post(tenant, project, f"new project called {name}"),
        ]
        time.sleep(rng.uniform(0.0, 1.6))
        number = rng.randrange(len(workers))
        workers[number].kill()
        outcome.kills += 1
        workers[number] = _again(hosted, planted)
        for run_id in runs:
            _judge(hosted, tenant, run_id, outcome)
        named = [one for one in hosted.get(tenant, "/v1/projects") if one["name"] == name]
        if len(named) != 1:
            outcome.wrong.append(f"{len(named)} projects are called {name}")
        outcome.slowest_s = max(outcome.slowest_s, time.monotonic() - posted)
    time.sleep(SETTLE_S)
    for run_id in outcome.ended:
        kinds = [event["kind"] for event in hosted.get(tenant, f"/v1/runs/{run_id}/events?limit=1000")]
        if kinds.count("ended") != 1 or kinds[-1] != "ended":
            outcome.wrong.append(f"{run_id} ended {kinds.count('ended')} times: {kinds}")
    for worker in workers:
        worker.kill()
    return outcome


def _again(hosted: Hosted, planted: str) -> Worker:
    return hosted.start_worker(planted)


def _judge(hosted: Hosted, tenant: str, run_id: str, outcome: Outcome) -> None:
    """Look at a run after its end."""
    outcome.runs += 1
    try:
        run = hosted.ended(tenant, run_id)
    except AssertionError as error:
        outcome.wrong.append(f"{run_id} has not ended: {str(error)[-400:]}")
        return
    outcome.ended.append(run_id)
    if run["result"]["outcome"] not in ("proposed", "answered", "refused"):
        outcome.wrong.append(f"{run_id}: {run['result']['text']}")
    outcome.resumed += run["attempts"] > 1


def main() -> int:
    """Run a campaign on a platform of its own; gives 1 when anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--believed-lost", action="store_true", help="living workers are taken for lost, too")
    parser.add_argument("--unfenced", action="store_true", help="a planted mistake, which has to be noticed")
    given = parser.parse_args()
    planted = SLOW + BELIEVES_LOST * given.believed_lost + NOBODY_IN_CHARGE * given.unfenced
    with stores() as of, closing(new_hosted(of.folder, of.postgres, of.redis)) as hosted:
        hosted.join(TENANT)
        travel = of.folder / "Travel"
        for number in range(8):
            picture(travel / f"neon_street-{number}.jpg", ((255, 0, 200), (10, 5, 30)), number, (320, 200))
        hosted.fill(TENANT, travel)
        machine = hosted.team.write(
            hosted.tokens[TENANT], "POST", "/v1/identity/keys", {"name": "campaign", "role": "admin"}
        )
        hosted.tokens[TENANT] = str(machine.json()["key"])
        outcome = campaign(hosted, TENANT, given.kills, given.seed, planted)
    print(outcome.told(), *outcome.wrong[:5], sep="\n")
    return int(bool(outcome.wrong))


if __name__ == "__main__":
    sys.exit(main())
