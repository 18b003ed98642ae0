"""Keeps every run on this disk while it goes on and afterwards: what was asked, each step, and that it has ended."""

import asyncio
import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from agent.events import StepState, TurnEnded
from agent.ports.context import TurnContext
from agent.ports.errors import PortError
from agent.ports.runs import KeptStep
from app.runs.plain import surroundings_to_text

_SCHEMA_VERSION = 2
_SCHEMA = """
CREATE TABLE run (
    run_id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    scene_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    correlation_id TEXT NOT NULL,
    request TEXT NOT NULL,
    surroundings TEXT NOT NULL,
    background INTEGER NOT NULL,
    begun REAL NOT NULL,
    resumes INTEGER NOT NULL DEFAULT 0,
    intent TEXT NOT NULL DEFAULT '',
    workflow TEXT NOT NULL DEFAULT '',
    cap_usd REAL,
    state TEXT NOT NULL DEFAULT 'running',
    outcome TEXT NOT NULL DEFAULT '',
    ended REAL,
    seconds REAL NOT NULL DEFAULT 0,
    cost_usd REAL NOT NULL DEFAULT 0,
    text TEXT NOT NULL DEFAULT '',
    kept TEXT NOT NULL DEFAULT '',
    advice TEXT NOT NULL DEFAULT '',
    proposal TEXT,
    decided TEXT NOT NULL DEFAULT ''
);
CREATE INDEX run_scene ON run (scene_id, state, begun);
CREATE TABLE step (
    run_id TEXT NOT NULL REFERENCES run(run_id) ON DELETE CASCADE,
    step_id TEXT NOT NULL,
    place INTEGER NOT NULL,
    tool TEXT NOT NULL,
    title TEXT NOT NULL,
    state TEXT NOT NULL,
    needs TEXT NOT NULL,
    started_s REAL NOT NULL,
    seconds REAL NOT NULL,
    attempts INTEGER NOT NULL,
    cached INTEGER NOT NULL,
    result TEXT NOT NULL,
    estimate_usd REAL NOT NULL,
    cost_usd REAL NOT NULL,
    key TEXT NOT NULL DEFAULT '',
    body BLOB,
    PRIMARY KEY (run_id, step_id)
);
CREATE INDEX step_tool ON step (tool);
"""
_OLDER_PROPOSALS = """
UPDATE run SET proposal = NULL WHERE proposal IS NOT NULL AND decided = '' AND EXISTS (
    SELECT 1 FROM run AS later
    WHERE later.scene_id = run.scene_id AND later.outcome = 'proposed' AND later.begun > run.begun)
"""
"""A version-1 file has them of all times; only a scene's latest was ever put back on show."""
_MOST_RUNS = 1_000
_MOST_TEXT = 20_000

_SUPERSEDED = """
UPDATE run SET proposal = NULL FROM (SELECT scene_id, session_id, begun FROM run WHERE run_id = ?) AS this
WHERE run.scene_id = this.scene_id AND run.session_id = this.session_id AND run.begun < this.begun
"""
"""A newer proposal of a program over the same scene stands for those before it."""

Decided = Literal["approved", "rejected", "left", "taken_back"]


class RunStoreError(PortError):
    """Runs cannot be read or written."""


@dataclass(frozen=True)
class UnfinishedRun:
    """A run whose end was never taken in: the program stopped or was killed while it went on."""

    run_id: str
    correlation_id: str
    request: str
    surroundings: str
    background: bool
    intent: str
    workflow: str
    steps_done: int
    steps: int
    session_id: str = ""
    """The program that it is one of."""


@dataclass(frozen=True)
class OpenProposal:
    """A proposal that nobody has decided about yet."""

    run_id: str
    request: str
    text: str
    proposal: str


class RunStore:
    """SQLite; callable from any thread. Fills `agent.ports.runs.RunKeeper`.

    Beginnings and ends survive a power cut. A step's row survives any kill of the program; should a power cut take
    one, its step runs again with the same idempotency key.
    """

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        self._path = path
        try:
            self._db = self._opened(path)
        except sqlite3.DatabaseError:
            path.replace(path.with_suffix(".damaged"))
            self._db = self._opened(path)

    def _opened(self, path: Path) -> sqlite3.Connection:
        db = sqlite3.connect(path, isolation_level=None, timeout=10.0, check_same_thread=False)
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=NORMAL")
        db.execute("PRAGMA foreign_keys=ON")
        db.execute("BEGIN IMMEDIATE")
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
        if version < _SCHEMA_VERSION:
            for statement in _SCHEMA.split(";") if version == 0 else (_OLDER_PROPOSALS,):
                db.execute(statement)
            db.execute(f"PRAGMA user_version={_SCHEMA_VERSION}")
        db.execute("COMMIT")
        return db

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    # -- while a run goes on ---------------------------------------------------------------------

    def begin(
        self,
        request: str,
        context: TurnContext,
        *,
        background: bool = False,
        resumed: bool = False,
        on_platform: bool = False,
    ) -> None:
        """A run starts, or goes on after an interruption."""
        scene_id = context.scene_ref.partition(":")[0]
        with self._transaction(durable=True):
            if resumed:
                self._db.execute("UPDATE run SET resumes = resumes + 1 WHERE run_id = ?", (context.turn_id,))
                return
            self._db.execute(
                "INSERT OR IGNORE INTO run (run_id, project_id, scene_id, session_id, correlation_id, request, "
                "surroundings, background, begun) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    context.turn_id, context.project_id, scene_id, context.session_id, context.correlation_id,
                    request[:_MOST_TEXT], surroundings_to_text(context, on_platform=on_platform), int(background),
                    time.time(),
                ),
            )  # fmt: skip
            self._db.execute(
                "DELETE FROM run WHERE state = 'ended' AND run_id NOT IN "
                "(SELECT run_id FROM run ORDER BY begun DESC LIMIT ?)",
                (_MOST_RUNS,),
            )

    async def planned(self, run_id: str, intent_json: str, workflow_json: str, cap_usd: float | None) -> None:
        """The request is understood and the steps are known."""
        await asyncio.to_thread(self._planned, run_id, intent_json, workflow_json, cap_usd)

    def _planned(self, run_id: str, intent_json: str, workflow_json: str, cap_usd: float | None) -> None:
        with self._transaction():
            self._db.execute(
                "UPDATE run SET intent = ?, workflow = ?, cap_usd = ? WHERE run_id = ?",
                (intent_json, workflow_json, cap_usd, run_id),
            )

    async def stepped(self, run_id: str, state: StepState, kept: KeptStep | None) -> None:
        """A step has ended, with what it gave."""
        await asyncio.to_thread(self._stepped, run_id, state, kept)

    def _stepped(self, run_id: str, state: StepState, kept: KeptStep | None) -> None:
        with self._transaction():
            if self._db.execute("SELECT 1 FROM run WHERE run_id = ?", (run_id,)).fetchone():
                self._put_step(run_id, state, kept)

    def _put_step(self, run_id: str, state: StepState, kept: KeptStep | None, place: int = -1) -> None:
        values = _columns(state) | {"run_id": run_id, "place": place}
        if kept is not None:
            values |= {"key": kept.key, "body": kept.body}
        names = ", ".join(values)
        updates = ", ".join(f"{name} = excluded.{name}" for name in values if name != "place" or place >= 0)
        self._db.execute(
            f"INSERT INTO step ({names}) VALUES ({', '.join('?' * len(values))}) "
            f"ON CONFLICT (run_id, step_id) DO UPDATE SET {updates}",
            tuple(values.values()),
        )

    async def kept_steps(self, run_id: str) -> tuple[KeptStep, ...]:
        """What the finished steps of a run gave."""
        return await asyncio.to_thread(self._kept_steps, run_id)

    def _kept_steps(self, run_id: str) -> tuple[KeptStep, ...]:
        select = "SELECT step_id, key, body FROM step WHERE run_id = ? AND state = 'done' AND body IS NOT NULL"
        with self._lock:
            return tuple(KeptStep(*row) for row in self._db.execute(select, (run_id,)))

    # -- when it has ended -----------------------------------------------------------------------

    def end(self, ended: TurnEnded, proposal: str | None = None) -> None:
        """The session has taken in the run's end: this row, and nothing else, says that it is finished."""
        with self._transaction(durable=True):
            self._db.execute(
                "UPDATE run SET state = 'ended', outcome = ?, ended = ?, seconds = ?, cost_usd = ?, text = ?, "
                "kept = ?, advice = ?, proposal = ? WHERE run_id = ?",
                (
                    ended.outcome, time.time(), ended.seconds, ended.cost_usd, ended.text[:_MOST_TEXT], ended.kept,
                    ended.advice, proposal, ended.turn_id,
                ),
            )  # fmt: skip
            if ended.outcome == "proposed":
                self._db.execute(_SUPERSEDED, (ended.turn_id,))
            if self._db.execute("SELECT 1 FROM run WHERE run_id = ?", (ended.turn_id,)).fetchone():
                for place, state in enumerate(ended.steps):
                    self._put_step(ended.turn_id, state, None, place)
            self._db.execute("UPDATE step SET body = NULL WHERE run_id = ?", (ended.turn_id,))

    def decide(self, run_id: str, decided: Decided) -> None:
        """The creator has decided about the run's proposal, or about the run itself."""
        with self._transaction(durable=True):
            self._db.execute("UPDATE run SET decided = ?, proposal = NULL WHERE run_id = ?", (decided, run_id))

    def leave(self, run_id: str) -> None:
        """An unfinished run shall not go on; what it had done is forgotten."""
        with self._transaction(durable=True):
            self._db.execute(
                "UPDATE run SET state = 'ended', outcome = 'cancelled', decided = 'left', ended = ? "
                "WHERE run_id = ? AND state = 'running'",
                (time.time(), run_id),
            )
            self._db.execute("UPDATE step SET body = NULL WHERE run_id = ?", (run_id,))

    def unfinished(self, scene_id: str) -> list[UnfinishedRun]:
        """The runs of a scene whose end was never taken in, the latest first."""
        select = (
            "SELECT run_id, correlation_id, request, surroundings, background, intent, workflow, "
            "(SELECT count(*) FROM step WHERE step.run_id = run.run_id AND step.state = 'done'), session_id "
            "FROM run WHERE scene_id = ? AND state = 'running' ORDER BY begun DESC"
        )
        with self._lock:
            rows = self._db.execute(select, (scene_id,)).fetchall()
        return [
            UnfinishedRun(
                run_id, correlation_id, request, told, bool(background), intent, workflow, done, _count(workflow), whose
            )
            for run_id, correlation_id, request, told, background, intent, workflow, done, whose in rows
        ]

    def open_proposal(self, scene_id: str, session_id: str) -> OpenProposal | None:
        """The latest proposal of a program over a scene that nobody has decided about."""
        select = (
            "SELECT run_id, request, text, proposal FROM run WHERE scene_id = ? AND session_id = ? "
            "AND outcome = 'proposed' AND decided = '' AND proposal IS NOT NULL ORDER BY begun DESC LIMIT 1"
        )
        with self._lock:
            row = self._db.execute(select, (scene_id, session_id)).fetchone()
        return OpenProposal(*row) if row is not None else None

    def whose(self, scene_id: str) -> list[str]:
        """The programs, by session, that have an unfinished run or an undecided proposal of a scene."""
        select = (
            "SELECT DISTINCT session_id FROM run WHERE scene_id = ? AND "
            "(state = 'running' OR (outcome = 'proposed' AND decided = '' AND proposal IS NOT NULL))"
        )
        with self._lock:
            return [str(row[0]) for row in self._db.execute(select, (scene_id,))]

    def take_over(self, scene_id: str, from_session: str, session_id: str) -> None:
        """What a program that has ended left of a scene belongs to another from now on; the first who asks gets it."""
        with self._transaction(durable=True):
            self._db.execute(
                "UPDATE run SET session_id = ? WHERE scene_id = ? AND session_id = ?",
                (session_id, scene_id, from_session),
            )

    def read(self, select: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """Rows of a query; for the history of runs."""
        with self._lock:
            return self._db.execute(select, values).fetchall()

    @contextmanager
    def _transaction(self, *, durable: bool = False) -> Iterator[None]:
        with self._lock:
            try:
                self._db.execute(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
                self._db.execute("BEGIN IMMEDIATE")
                yield
                self._db.execute("COMMIT")
            except BaseException as error:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                if isinstance(error, sqlite3.Error):
                    raise RunStoreError(
                        f"The record of this run could not be written to {self._path.name} ({error}).",
                        "The scene is as it was before.",
                        "Free some disk space and try again.",
                    ) from error
                raise


def _columns(state: StepState) -> dict[str, Any]:
    return {
        "step_id": state.id, "tool": state.tool, "title": state.title, "state": state.state,
        "needs": json.dumps(state.needs), "started_s": state.started_s, "seconds": state.seconds,
        "attempts": state.attempts, "cached": int(state.cached), "result": state.result,
        "estimate_usd": state.estimate_usd, "cost_usd": state.cost_usd,
    }  # fmt: skip


def _count(workflow: str) -> int:
    try:
        return len(json.loads(workflow)) if workflow else 0
    except ValueError:
        return 0
