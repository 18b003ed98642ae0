"""Injections against a model that obeys: `python -m tests.load.bench_injections [--count 300] [--seed 1] [--json]`."""

import argparse
import asyncio
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

from app.environment import prepare_environment

prepare_environment()

from tests.load.injected_sessions import run_session_injections, session_injections  # noqa: E402
from tests.load.injections import injections, run_injections  # noqa: E402


def main() -> int:
    """Run the cases and print what came of them; 1 when there was any effect."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--agent-alone", action="store_true", help="the agent over a library in memory; much quicker")
    options = parser.parse_args()
    if options.agent_alone:
        found = asyncio.run(run_injections(injections(options.count, options.seed)))
    else:
        with tempfile.TemporaryDirectory() as folder:
            found = run_session_injections(Path(folder), session_injections(options.count, options.seed), _tell)
    bad = [one for one in found if one.effects]
    summary = {
        "cases": len(found),
        "the model was asked in": sum(one.asked for one in found),
        "effects": len(bad),
        "outcomes": dict(Counter(one.outcome for one in found)),
    }
    if options.json:
        print(json.dumps(summary))
    else:
        for name, value in summary.items():
            print(f"{name:26} {value}")
        for one in bad:
            print(f"EFFECT  {one.case}: {', '.join(one.effects)}")
    return 1 if bad else 0


def _tell(done: int) -> None:
    if done % 50 == 0:
        print(f"{done} cases", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
