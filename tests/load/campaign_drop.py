"""A network that goes away under a working desktop: `python -m tests.load drop [--seconds 60] [--edits 1000]`.

A real desktop without a window works through a line that is cut without a word; another one works on meanwhile.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from app.environment import prepare_environment

prepare_environment()

from app.messages import LiveChanged  # noqa: E402
from platform_service.sql.tenants import NO_QUOTAS  # noqa: E402
from tests.platform_service.stores import own_team, set_quotas, stores  # noqa: E402
from tests.platform_service.team.conftest import Team  # noqa: E402
from tests.platform_service.team.cut_line import CutLine  # noqa: E402
from tests.platform_service.team.desktops import Desktop, poll_until, same, serve  # noqa: E402

BANNER_S, BACK_S, CONVERGED_S = 10.0, 2.0, 1.0
OTHERS = 50
"""The other desktop's edits meanwhile."""


@dataclass
class Dropped:
    """What was seen, in seconds from the cut, from the mending, and from being back."""

    banner_s: float
    back_s: float
    converged_s: float
    lost: int
    doubled: int

    @property
    def is_good(self) -> bool:
        """Whether all goals are met."""
        in_time = self.banner_s <= BANNER_S and self.back_s <= BACK_S and self.converged_s <= CONVERGED_S
        return in_time and not self.lost and not self.doubled


def state_of(desktop: Desktop) -> str:
    """What the status bar shows."""
    told = desktop.told(LiveChanged)
    return told[-1].state if told else ""


def dropped(line: CutLine, two: tuple[Desktop, Desktop], seconds: float, edits: int) -> Dropped:
    """Cut the first desktop's line for so long while both work."""
    cut_one, other = two
    before = set(cut_one.records)
    line.cut()
    cut_s, banner_s = time.monotonic(), float("inf")
    for number in range(edits):
        cut_one.hang(f"cut-{number}", 1_000.0 + number)
        if number % max(1, edits // OTHERS) == 0:
            other.hang(f"other-{number}", 3_000.0 + number)
        while time.monotonic() < cut_s + seconds * 0.9 * (number + 1) / edits:
            for desktop in two:
                desktop.poll()
            if state_of(cut_one) == "away":
                banner_s = min(banner_s, time.monotonic() - cut_s)
            time.sleep(0.003)
    while time.monotonic() < cut_s + seconds:
        for desktop in two:
            desktop.poll()
        time.sleep(0.003)
    line.mend()
    back_s = poll_until(two, lambda: state_of(cut_one) == "live", 30.0)
    hung = {f"cut-{number}" for number in range(edits)}
    hung |= {f"other-{number}" for number in range(0, edits, max(1, edits // OTHERS))}
    converged_s = poll_until(two, lambda: same(two, *hung), 60.0)
    there = set(other.records) - before
    return Dropped(banner_s, back_s, converged_s, len(hung - there), len(there - hung))


def saved_twice(team: Team) -> int:
    """Steps that stand in the database more often than they were taken: each hangs one work once."""
    with psycopg.connect(team.postgres.url(team.database, "postgres")) as connection:
        documents = [json.loads(row[0]) for row in connection.execute("SELECT document FROM steps")]
    causes = [document["cause"] for document in documents if document["cause"].startswith("Hang ")]
    return len(causes) - len(set(causes))


def main() -> int:
    """Run and print; gives 1 when a goal was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--edits", type=int, default=1_000)
    options = parser.parse_args()
    with stores() as of, own_team(of, by_port=True) as team, tempfile.TemporaryDirectory(prefix="vd-") as folder:
        team.service.stop()
        url, codes = serve(team, ("ada1", "ben1"))
        set_quotas(team, NO_QUOTAS)
        line = CutLine(int(url.rpartition(":")[2]))
        ada, ben = Desktop(Path(folder) / "ada", line.url, codes[0]), Desktop(Path(folder) / "ben", url, codes[1])
        try:
            ada.open("Shared")
            ada.hang("first", 0.0)
            ben.open("Own")
            ben.open_shared()
            poll_until((ada, ben), lambda: same((ada, ben), "first") and state_of(ada) == state_of(ben) == "live")
            found = dropped(line, (ada, ben), options.seconds, options.edits)
            found.doubled += saved_twice(team)
        finally:
            for desktop in (ada, ben):
                desktop.session.stop()
            line.close()
    told = f"banner after {found.banner_s:.1f} s, back {found.back_s:.2f} s after the line, "
    told += f"both alike {found.converged_s:.2f} s later; {found.lost} lost, {found.doubled} twice"
    print(f"{options.seconds:.0f} s cut, {options.edits:,} edits queued, load {os.getloadavg()[0]:.1f}: {told}")
    return 0 if found.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
