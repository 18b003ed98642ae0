"""How long until a second desktop of this machine shows what the first did: `python -m tests.load second_window`."""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from app.environment import prepare_environment

prepare_environment()

from platform_service.sql.tenants import NO_QUOTAS  # noqa: E402
from tests.platform_service.stores import own_team, set_quotas, stores  # noqa: E402
from tests.platform_service.team.desktops import Desktop, open_two, poll_until, same, serve  # noqa: E402

GOAL_S = 0.2


def taken(two: tuple[Desktop, Desktop], edits: int) -> list[float]:
    """Each hangs works in turn; how long until both see the same."""
    found = []
    for number in range(edits):
        name, hanging = f"turn-{number}", two[number % 2]
        begun_s = time.monotonic()
        hanging.hang(name, 10.0 + number)
        poll_until(two, lambda name=name: same(two, name))
        found.append(time.monotonic() - begun_s)
        time.sleep(0.05)
    return found


def main() -> int:
    """Run and print; gives 1 when one in twenty took longer than the goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=200)
    options = parser.parse_args()
    with stores() as of, own_team(of, by_port=True) as team, tempfile.TemporaryDirectory(prefix="vw-") as folder:
        team.service.stop()
        url, codes = serve(team, ("ada1", "ben1"))
        set_quotas(team, NO_QUOTAS)
        two = open_two([Path(folder) / "ada", Path(folder) / "ben"], url, codes)
        try:
            found = taken(two, options.edits)
        finally:
            for desktop in two:
                desktop.session.stop()
    p50, p95, p99 = (1_000 * float(np.percentile(found, share)) for share in (50, 95, 99))
    load = os.getloadavg()[0]
    print(
        f"{options.edits} edits, load {load:.1f}: both alike after p50 {p50:.0f} ms, p95 {p95:.0f} ms, p99 {p99:.0f} ms"
    )
    return 0 if p95 <= 1_000 * GOAL_S else 1


if __name__ == "__main__":
    sys.exit(main())
