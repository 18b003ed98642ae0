"""Faults of model servers: `python -m tests.load.bench_model_faults [--deadline-s 20] [--only FAULT ...] [--json]`."""

import argparse
import asyncio
import json
import sys
from collections import Counter, defaultdict

from app.environment import prepare_environment

prepare_environment()

from tests.load.model_faults import STEPS, Ended, cases, run_cases, warm_up, wrong  # noqa: E402
from tests.model_server.faults import FAULTS, TRANSPORT_FAULTS  # noqa: E402

_LETTERS = {"success": "S", "fallback": "F", "clean stop": "C", "WRONG": "!"}


def main() -> int:
    """Run all cases and print a table; 1 when any ended wrongly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deadline-s", type=float, default=20.0)
    parser.add_argument("--side-by-side", type=int, default=4)
    parser.add_argument("--only", nargs="*", default=None)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    chosen = list(cases(options.only or FAULTS))
    asyncio.run(warm_up())
    ended = asyncio.run(run_cases(chosen, options.deadline_s, options.side_by_side))
    summary = _summary(ended)
    if options.json:
        print(json.dumps(summary))
    else:
        _print_table(ended)
        for name, value in summary.items():
            print(f"{name:32} {value}")
        for one in wrong(ended):
            print(f"WRONG  {one.case}  {one.seconds:.1f} s  {one.why}")
    return 1 if wrong(ended) else 0


def _summary(ended: list[Ended]) -> dict[str, object]:
    helped = [one for one in ended if one.case.helped]
    alone = [one for one in ended if not one.case.helped]
    well = sum(one.end in ("success", "fallback") for one in helped)
    return {
        "faults": f"{len({one.case.fault for one in ended})} ({len(TRANSPORT_FAULTS)} of line and status)",
        "cases": len(ended),
        "ended as they should": f"{100 * (1 - len(wrong(ended)) / len(ended)):.2f} %",
        "with a healthy one: answered": f"{100 * well / max(len(helped), 1):.2f} % of {len(helped)}",
        "alone": dict(Counter(one.end for one in alone)),
        "slowest_s": round(max(one.seconds for one in ended), 2),
    }


def _print_table(ended: list[Ended]) -> None:
    rows: dict[str, dict[tuple[str, str, bool], Ended]] = defaultdict(dict)
    for one in ended:
        rows[one.case.fault][(one.case.provider, one.case.step, one.case.helped)] = one
    columns = [
        (provider, step, helped) for provider, steps in STEPS.items() for step in steps for helped in (True, False)
    ]
    print("S success, F fallback to another or to the offline planner, C clean stop, ! wrong")
    print("each pair: with a healthy provider behind it, alone")
    heads = [f"{provider} {step}" for provider, steps in STEPS.items() for step in steps]
    print(f"{'fault':26}" + "".join(f"{head:>18}" for head in heads) + f"{'slowest s':>12}")
    for fault, found in rows.items():
        letters = [_LETTERS[found[column].end] for column in columns]
        pairs = ["".join(letters[i : i + 2]) for i in range(0, len(letters), 2)]
        slowest = max(one.seconds for one in found.values())
        print(f"{fault:26}" + "".join(f"{pair:>18}" for pair in pairs) + f"{slowest:12.2f}")


if __name__ == "__main__":
    sys.exit(main())
