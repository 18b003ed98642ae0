"""All benchmarks, one after another: `python -m tests.load [--json] [NAME ...]`; each is a module `bench_NAME`.

Campaigns (modules `campaign_NAME`: thousands of kills, faults, races) run only when they are named.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    """Run the named benchmarks, or all; gives the worst exit status."""
    words = sys.argv[1:]
    modules = {path.stem.partition("_")[2]: path.stem for kind in ("campaign", "bench") for path in _of(kind)}
    benchmarks = sorted(name for name, module in modules.items() if module.startswith("bench_"))
    chosen = [word for word in words if word in modules] or benchmarks
    unknown = [word for word in words if word not in modules and not word.startswith("-") and not word.isdigit()]
    if unknown:
        print(f"There is no {', '.join(unknown)}; there are {', '.join(sorted(modules))}.", file=sys.stderr)
        return 2
    options = [word for word in words if word not in modules]
    worst = 0
    for name in chosen:
        print(f"\n== {name}", file=sys.stderr, flush=True)
        worst = max(worst, subprocess.call([sys.executable, "-m", f"tests.load.{modules[name]}", *options]))
    return worst


def _of(kind: str) -> list[Path]:
    return sorted(HERE.glob(f"{kind}_*.py"))


if __name__ == "__main__":
    sys.exit(main())
