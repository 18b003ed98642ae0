"""What became of the runs: lists, one run as a timeline, and how each tool has done, for an inspector to show."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from agent.events import StepState
from app.runs.store import RunStore


@dataclass(frozen=True)
class RunSummary:
    """One run in a list. `state` is running or ended; `decided` is what the creator thought of its proposal."""

    run_id: str
    request: str
    state: str
    outcome: str
    decided: str
    begun: datetime
    seconds: float
    cost_usd: float
    correlation_id: str
    steps: int
    failed_steps: int
    retries: int
    resumes: int
    background: bool


@dataclass(frozen=True)
class RunDetail:
    """One run with its steps in order; `started_s` of each is since the run began, as in a trace."""

    summary: RunSummary
    intent: dict[str, Any]
    workflow: tuple[dict[str, Any], ...]
    steps: tuple[StepState, ...]
    cap_usd: float | None
    text: str
    kept: str
    advice: str


@dataclass(frozen=True)
class ToolFigures:
    """How a tool has done: counts, and latencies of the calls that were made (not of results taken over)."""

    tool: str
    calls: int
    failures: int
    retries: int
    taken_over: int
    median_s: float
    p95_s: float
    p99_s: float

    @property
    def failure_rate(self) -> float:
        """Failed calls of all calls, 0 to 1."""
        return self.failures / self.calls if self.calls else 0.0


_SUMMARY = (
    "run.run_id, run.request, run.state, run.outcome, run.decided, run.begun, run.seconds, run.cost_usd, "
    "run.correlation_id, count(step.step_id), coalesce(sum(step.state = 'failed'), 0), "
    "coalesce(sum(max(step.attempts - 1, 0)), 0), run.resumes, run.background"
)


class RunHistory:
    """Reads the run store; callable from any thread."""

    def __init__(self, store: RunStore) -> None:
        self._store = store

    def runs(self, *, project_id: str = "", outcome: str = "", most: int = 100) -> list[RunSummary]:
        """The latest runs, newest first; of one project or with one outcome, when named."""
        rows = self._store.read(
            f"SELECT {_SUMMARY} FROM run LEFT JOIN step USING (run_id) "
            "WHERE (? = '' OR run.project_id = ?) AND (? = '' OR run.outcome = ?) "
            "GROUP BY run.run_id ORDER BY run.begun DESC LIMIT ?",
            (project_id, project_id, outcome, outcome, most),
        )
        return [_summary(row) for row in rows]

    def run(self, run_id: str) -> RunDetail | None:
        """One run with its timeline; None when it is not kept any more."""
        rows = self._store.read(
            f"SELECT {_SUMMARY}, run.intent, run.workflow, run.cap_usd, run.text, run.kept, run.advice "
            "FROM run LEFT JOIN step USING (run_id) WHERE run.run_id = ? GROUP BY run.run_id",
            (run_id,),
        )
        if not rows:
            return None
        intent, workflow, cap_usd, text, kept, advice = rows[0][14:]
        return RunDetail(
            _summary(rows[0][:14]), _read(intent, {}), tuple(_read(workflow, [])), self._steps(run_id), cap_usd, text,
            kept, advice,
        )  # fmt: skip

    def _steps(self, run_id: str) -> tuple[StepState, ...]:
        rows = self._store.read(
            "SELECT step_id, tool, title, state, seconds, result, needs, started_s, attempts, cached, estimate_usd, "
            "cost_usd FROM step WHERE run_id = ? ORDER BY place < 0, place, rowid",
            (run_id,),
        )
        return tuple(
            StepState(
                id=row[0], tool=row[1], title=row[2], state=row[3], seconds=row[4], result=row[5],
                needs=tuple(_read(row[6], [])), started_s=row[7], attempts=row[8], cached=bool(row[9]),
                estimate_usd=row[10], cost_usd=row[11],
            )
            for row in rows
        )  # fmt: skip

    def tools(self, *, most_runs: int = 1_000) -> list[ToolFigures]:
        """How each tool has done over the latest runs, the most used first."""
        rows = self._store.read(
            "SELECT tool, state, seconds, attempts, cached FROM step JOIN "
            "(SELECT run_id FROM run ORDER BY begun DESC LIMIT ?) USING (run_id) "
            "WHERE step.state IN ('done', 'failed')",
            (most_runs,),
        )
        by_tool: dict[str, list[tuple[Any, ...]]] = {}
        for row in rows:
            by_tool.setdefault(row[0], []).append(row)
        return sorted((_figures(tool, calls) for tool, calls in by_tool.items()), key=lambda found: -found.calls)


def _figures(tool: str, rows: Sequence[tuple[Any, ...]]) -> ToolFigures:
    made = [row for row in rows if not row[4]]
    seconds = sorted(float(row[2]) for row in made)
    return ToolFigures(
        tool=tool,
        calls=len(made),
        failures=sum(row[1] == "failed" for row in made),
        retries=sum(max(row[3] - 1, 0) for row in made),
        taken_over=len(rows) - len(made),
        median_s=percentile(seconds, 0.5),
        p95_s=percentile(seconds, 0.95),
        p99_s=percentile(seconds, 0.99),
    )


def percentile(ordered: Sequence[float], share: float) -> float:
    """The nearest-rank percentile of ascending values; 0 when there are none."""
    return ordered[max(math.ceil(share * len(ordered)) - 1, 0)] if ordered else 0.0


def _summary(row: tuple[Any, ...]) -> RunSummary:
    (
        run_id,
        request,
        state,
        outcome,
        decided,
        begun,
        seconds,
        cost_usd,
        correlation_id,
        steps,
        failed,
        retries,
        *rest,
    ) = row
    return RunSummary(
        run_id, request, state, outcome, decided, datetime.fromtimestamp(begun, UTC), seconds, cost_usd,
        correlation_id, steps, failed, retries, resumes=rest[0], background=bool(rest[1]),
    )  # fmt: skip


def _read(text: str, otherwise: Any) -> Any:
    try:
        return json.loads(text) if text else otherwise
    except ValueError:
        return otherwise
