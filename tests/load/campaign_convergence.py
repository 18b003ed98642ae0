"""Four peers with random disconnects on one scene: `python -m tests.load convergence [--seeds 10000] [--plant BUG]`."""

import argparse
import sys
import time

from tests.load.convergence import many_seeds


def main() -> int:
    """Run and print; gives 1 when anybody saw something else in the end, or anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--peers", type=int, default=4)
    parser.add_argument("--plant", default="", choices=("", "overwrite", "drop", "deaf"))
    options = parser.parse_args()
    begun = time.monotonic()
    found = many_seeds(options.first, options.seeds, options.edits, options.peers, options.plant)
    seconds = time.monotonic() - begun
    told = f"{found.seeds:,} seeds, {found.edits:,} edits, {found.clashes:,} clashes named"
    print(f"{told}: {len(found.diverged)} diverged, {len(found.lost)} lost; {seconds:.0f} s")
    for why in (*(f"seed {seed} diverged" for seed in found.diverged[:5]), *found.lost[:10]):
        print("  ", why)
    return 0 if found.clean else 1


if __name__ == "__main__":
    sys.exit(main())
