"""How well the agent understands and does: `python -m tests.eval [--planner offline] [--json] [--only WORDS]`."""

import argparse
import json
import statistics
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from app.environment import prepare_environment
from tests.eval.cases import SETS, Case, cases
from tests.eval.planners import PLANNERS
from tests.eval.studio import Judged, opened, run

GOALS = {"understood": 0.95, "done": 0.92, "asked rightly": 0.92, "refused rightly": 0.92}


def main(arguments: Sequence[str]) -> int:
    """Run, print, and give 1 when a goal is missed."""
    options = _parser().parse_args(arguments)
    prepare_environment()
    chosen = [case for case in cases(options.sets) if options.only in f"{case.group} {case.id}"]
    found = list(evaluated(chosen, options.build, options.planner))
    table = scored(found)
    if options.json:
        print(
            json.dumps(
                {"planner": options.planner, "scores": table, "faults": [_plain(one) for one in found if _bad(one)]},
                ensure_ascii=False,
                indent=1,
            )
        )
    else:
        _print(found, table, options.planner)
    return 0 if found and reached(table) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.eval", description=__doc__)
    parser.add_argument("--planner", choices=PLANNERS, default="offline")
    parser.add_argument("--only", default="", help="only cases whose group or id has these words")
    parser.add_argument("--sets", type=Path, default=SETS, help="another folder of cases")
    parser.add_argument("--build", type=Path, default=Path("build/eval"))
    parser.add_argument("--json", action="store_true")
    return parser


def evaluated(chosen: Sequence[Case], build: Path, planner: str = "offline") -> Iterable[Judged]:
    """Every turn that counts of these cases, library by library."""
    for library in dict.fromkeys(case.library for case in chosen):
        with opened(build, library, planner) as studio:
            for case in chosen:
                if case.library == library:
                    yield from run(case, studio)


def scored(found: Sequence[Judged]) -> dict[str, dict[str, float]]:
    """Scores by group and of all."""
    groups = {
        group: [one for one in found if one.case.group == group] for group in sorted({o.case.group for o in found})
    }
    return {name: _scores(judged) for name, judged in {**groups, "all": list(found)}.items()}


def _scores(judged: Sequence[Judged]) -> dict[str, float]:
    scores: dict[str, float] = {"requests": len(judged)}
    read = [one for one in judged if one.turn.means]
    scores |= {"understood": _share(not one.misread for one in read)} if read else {}
    for name in ("done", "asked", "refused"):
        part = [one for one in judged if one.wanted == name]
        scores |= (
            {name if name == "done" else f"{name} rightly": _share(not one.undone for one in part)} if part else {}
        )
    seconds = sorted(one.seconds for one in judged)
    if seconds:
        scores["median_s"] = round(statistics.median(seconds), 4)
        scores["p95_s"] = round(seconds[round(0.95 * (len(seconds) - 1))], 4)
    return scores | {"cost_usd": round(sum(one.cost_usd for one in judged), 6)}


def _share(good: Iterable[bool]) -> float:
    every = list(good)
    return round(sum(every) / len(every), 4)


def reached(table: dict[str, dict[str, float]]) -> bool:
    """Whether all goals are met over the whole set."""
    return all(table["all"].get(name, 1.0) >= goal for name, goal in GOALS.items())


def _bad(one: Judged) -> bool:
    return bool(one.misread or one.undone)


def _plain(one: Judged) -> dict[str, object]:
    return {
        "case": one.case.id,
        "turn": one.number,
        "say": one.turn.say,
        "outcome": one.outcome,
        "text": one.text,
        "misread": one.misread,
        "undone": one.undone,
    }


def _print(found: Sequence[Judged], table: dict[str, dict[str, float]], planner: str) -> None:
    for one in found:
        if _bad(one):
            print(f"✗ {one.case.group}/{one.case.id} {one.number}: {one.turn.say!r}")
            for line in (*(f"misread {line}" for line in one.misread), *(f"undone {line}" for line in one.undone)):
                print(f"    {line}")
    columns = ("requests", "understood", "done", "asked rightly", "refused rightly", "median_s", "p95_s", "cost_usd")
    print(f"\n{planner:<16}" + "".join(f"{column:>17}" for column in columns))
    for group, scores in table.items():
        print(f"{group:<16}" + "".join(f"{_cell(column, scores.get(column)):>17}" for column in columns))


def _cell(column: str, value: float | None) -> str:
    if value is None:
        return "-"
    if column == "requests":
        return f"{value:.0f}"
    return f"{value:.3f}" if column in ("median_s", "p95_s", "cost_usd") else f"{value:.1%}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
