"""Random SIGKILLs over plan, tools, proposal, approval and rollback: `python -m tests.load kills [--count 1000]`.

With `--folder DIR` everything is kept there, and the same command goes on where it was stopped.
"""

import argparse
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from resources.sample_collection.generate import ensure_sample_collection
from tests.load.kills import Killed, Moments, kill_again_and_again

_EVERY = 25


def main() -> int:
    """Kill and print; gives 1 when anything was lost, doubled or got stuck."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plant", default="", help='a bug to be caught: "late end", "no journal"')
    parser.add_argument("--after", default="", help='kill right after this act, such as "undo"; else at any moment')
    parser.add_argument("--folder", type=Path, help="keep everything here, and go on with what is there")
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = options.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        pictures = ensure_sample_collection(folder / "pictures", count=36)
        killed = kill_again_and_again(
            folder / "data", pictures, options.count, seed=options.seed, plant=options.plant,
            moments=Moments(options.after), told=_tell,
        )  # fmt: skip
    print(killed.told())
    for why in killed.why[:20]:
        print("  ", why)
    return 0 if killed.clean else 1


def _tell(killed: Killed) -> None:
    if killed.kills % _EVERY == 0 or not killed.clean:
        print(killed.told(), flush=True)


if __name__ == "__main__":
    sys.exit(main())
