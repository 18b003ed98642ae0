"""Two windows over one data folder, killed in turn: `python -m tests.load windows_killed [--kills 40] [--seed 1]`."""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.load.windows_killed import kill_in_turn


def main() -> int:
    """Run and print; gives 1 when anything was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vw-") as folder:
        found = kill_in_turn(Path(folder) / "data", options.kills, options.seed)
    print(found.told())
    for wrong in found.wrong:
        print("  ", wrong)
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
