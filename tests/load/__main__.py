"""All benchmarks, one after another: `python -m tests.load [NAME ...] [OPTION ...]`; each is a module `bench_NAME`.

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
    first_option = next((at for at, word in enumerate(words) if word.startswith("-")), len(words))
    chosen, options = words[:first_option], words[first_option:]
    unknown = [word for word in chosen if word not in modules]
    if unknown or (not chosen and {"-h", "--help"} & set(options)):
        said = f"There is no {', '.join(unknown)}; there are" if unknown else f"{__doc__}\nThere are"
        print(f"{said} {', '.join(sorted(modules))}.", file=sys.stderr)
        return 2 if unknown else 0
    chosen = chosen or benchmarks
    worst = 0
    for name in chosen:
        print(f"\n== {name}", file=sys.stderr, flush=True)
        worst = max(worst, subprocess.call([sys.executable, "-m", f"tests.load.{modules[name]}", *options]))
    return worst


def _of(kind: str) -> list[Path]:
    return sorted(HERE.glob(f"{kind}_*.py"))


if __name__ == "__main__":
    sys.exit(main())
