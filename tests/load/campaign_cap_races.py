"""Races of 20 parallel calls at the cap: `python -m tests.load cap_races [--count 10000]`; the cap is never passed."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.load.cap_races import races


def main() -> int:
    """Race and print; gives 1 when a cap was passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        found = races(Path(folder), options.count, options.seed)
    passed = sum(raced.passed for raced in found)
    made, refused = sum(raced.made for raced in found), sum(raced.refused for raced in found)
    seconds = time.perf_counter() - begun
    print(f"{len(found):,} races, {made:,} calls made, {refused:,} refused, {passed} caps passed, {seconds:.0f} s")
    return 1 if passed else 0


if __name__ == "__main__":
    sys.exit(main())
