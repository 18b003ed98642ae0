"""Random SIGKILLs over plan, tools, proposal, approval and rollback: `python -m tests.load kills [--count 1000]`."""

import argparse
import sys
import tempfile
from pathlib import Path

from resources.sample_collection.generate import ensure_sample_collection
from tests.load.kills import kill_again_and_again


def main() -> int:
    """Kill and print; gives 1 when anything was lost, doubled or got stuck."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plant", default="", help='a bug to be caught: "late end", "no journal"')
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pictures = ensure_sample_collection(Path(folder) / "pictures", count=36)
        killed = kill_again_and_again(
            Path(folder) / "data", pictures, options.count, seed=options.seed, plant=options.plant
        )
    print(killed.told())
    for why in killed.why[:20]:
        print("  ", why)
    return 0 if killed.clean else 1


if __name__ == "__main__":
    sys.exit(main())
