"""Workflows while 5 % of all port calls fail: `python -m tests.load tool_faults [--count 500]`; 99 % must finish."""

import argparse
import asyncio
import logging
import sys
import tempfile
import time
from pathlib import Path

from app.environment import prepare_environment

prepare_environment()

from tests.load.tool_faults import conversations  # noqa: E402

_ENOUGH = 0.99


def main() -> int:
    """Run and print; gives 1 when too few finish, or an effect was doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500, help="conversations of ten requests")
    parser.add_argument("--share", type=float, default=0.05)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(conversations(Path(folder), options.count, share=options.share, seed=options.seed))
    seconds = time.perf_counter() - begun
    print(
        f"{found.workflows:,} workflows, {found.calls:,} port calls, {sum(found.faults.values()):,} faults, "
        f"{found.retries:,} retries: {found.finished:,} finished without help ({found.share:.2%}), "
        f"{len(found.doubled)} effects doubled; {seconds:.0f} s"
    )
    for line in (*found.failed[:10], *found.doubled[:10]):
        print("  ", line)
    return 0 if found.share >= _ENOUGH and not found.doubled else 1


if __name__ == "__main__":
    sys.exit(main())
