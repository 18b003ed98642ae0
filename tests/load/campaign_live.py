"""Live sessions with durable saves: `python -m tests.load live [--sessions 200] [--per-second 2] [--seconds 60]`."""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from tests.load.live_sessions import compare, sessions
from tests.platform_service.conftest import TOKEN, Service

GOAL_S = 0.1


def main() -> int:
    """Run and print; gives 1 when anything was lost, doubled, refused, or the goal was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=200)
    parser.add_argument("--per-second", type=float, default=2.0)
    parser.add_argument("--seconds", type=float, default=60.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vl-") as folder:
        service = Service(Path(folder)).start("--words-only")
        try:
            project = service.made("POST", "/v1/projects", {"name": "Load"})["id"]
            path = f"/v1/projects/{project}/scenes"
            scenes = [service.made("POST", path, {"name": "S"})["scene_id"] for _ in range(options.sessions)]
            begun = time.monotonic()
            measured = asyncio.run(sessions(service.uds, TOKEN, scenes, options.per_second, options.seconds))
            rate = measured.acknowledged / (time.monotonic() - begun)
        finally:
            service.stop()
        compare(service.data / "vernissage.sqlite3", measured)
    print(f"{options.sessions} sessions, {rate:.0f} saves/s; {measured.told()}")
    print(*measured.errors[:5], sep="\n")
    clean = not (measured.errors or measured.lost or measured.doubled)
    return 0 if clean and measured.share_s(0.99) <= GOAL_S else 1


if __name__ == "__main__":
    sys.exit(main())
