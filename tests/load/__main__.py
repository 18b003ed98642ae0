"""All benchmarks, one after another: `python -m tests.load [--json] [NAME ...]`; each is a module `bench_NAME`."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    """Run the named benchmarks, or all; gives the worst exit status."""
    words = sys.argv[1:]
    options = [word for word in words if word.startswith("-")]
    known = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    chosen = [word for word in words if not word.startswith("-")] or known
    unknown = [name for name in chosen if name not in known]
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}; there are {', '.join(known)}.", file=sys.stderr)
        return 2
    worst = 0
    for name in chosen:
        print(f"\n== {name}", file=sys.stderr, flush=True)
        worst = max(worst, subprocess.call([sys.executable, "-m", f"tests.load.bench_{name}", *options]))
    return worst


if __name__ == "__main__":
    sys.exit(main())
