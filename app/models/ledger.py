"""Keeps the money: one SQLite transaction decides whether a call may be made, whoever else asks at the same time."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from agent.money import (
    BILLS_LOOKED_AT,
    LOST_AFTER_S,
    OPEN,
    Booked,
    Caps,
    Cost,
    Totals,
    billed,
    cap_passed,
    day_and_month,
    learned_factor,
    narrower,
    settled,
)
from agent.ports.errors import PortError
from agent.ports.money import Reservation

_SCHEMA_VERSION = 1
_SCHEMA = """
CREATE TABLE booking (
    id TEXT PRIMARY KEY,
    run_id TEXT NOT NULL,
    step_id TEXT NOT NULL,
    tenant TEXT NOT NULL,
    day TEXT NOT NULL,
    month TEXT NOT NULL,
    state TEXT NOT NULL,
    micro_usd INTEGER NOT NULL,
    made REAL NOT NULL
);
CREATE INDEX booking_held ON booking (made) WHERE state = 'held';
CREATE INDEX booking_run ON booking (run_id, micro_usd);
CREATE INDEX booking_day ON booking (tenant, day, micro_usd);
CREATE INDEX booking_month ON booking (tenant, month, micro_usd);
CREATE TABLE run_cap (run_id TEXT PRIMARY KEY, micro_usd INTEGER NOT NULL);
CREATE TABLE estimate (
    run_id TEXT NOT NULL,
    step_id TEXT NOT NULL,
    micro_usd INTEGER NOT NULL,
    PRIMARY KEY (run_id, step_id)
);
"""


class LedgerError(PortError):
    """The ledger cannot be read or written; no paid call is made then."""


class Ledger:
    """Fills `agent.ports.money.Accounts`. Callable from any thread and task; other processes share the file.

    A held amount counts as spent from the moment it is reserved. A program that dies with a call under way leaves it
    held, and after ten minutes it is booked as spent in full: a crash can cost a little, never pass a cap.
    """

    def __init__(
        self,
        path: Path,
        caps: Caps | None = None,
        *,
        tenant: str = "local",
        now: Callable[[], datetime] = lambda: datetime.now(UTC).astimezone(),
    ) -> None:
        self.caps = caps or Caps()
        self._tenant = tenant
        self._now = now
        self._lock = threading.RLock()
        try:
            self._db = sqlite3.connect(path, isolation_level=None, timeout=20.0, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=FULL")
            with self._transaction():
                if not int(self._db.execute("PRAGMA user_version").fetchone()[0]):
                    for statement in _SCHEMA.split(";"):
                        self._db.execute(statement)
                    self._db.execute(f"PRAGMA user_version={_SCHEMA_VERSION}")
        except sqlite3.Error as error:
            raise LedgerError(f"The ledger {path} cannot be opened ({error}).", "Nothing was spent.") from error

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    # -- the purse -------------------------------------------------------------------------------

    async def reserve(self, run_id: str, step_id: str, micro_usd: int) -> Reservation:
        """Hold back the most that a call can cost; raises CapReached where that would pass a cap."""
        return await asyncio.to_thread(self.reserve_now, run_id, step_id, micro_usd)

    async def settle(self, reservation: Reservation, micro_usd: int | None) -> None:
        """Book what the call did cost; None books all that was held. A second settling changes nothing."""
        await asyncio.to_thread(self._book, reservation, settled(micro_usd), micro_usd)

    async def release(self, reservation: Reservation) -> None:
        """The call was never made: give all of it back."""
        await asyncio.to_thread(self._book, reservation, "released", 0)

    async def limit_run(self, run_id: str, micro_usd: int | None) -> int | None:
        """Set what was said about this run's cap; gives the cap that holds."""
        return await asyncio.to_thread(self._limit_run, run_id, micro_usd)

    async def spent_by_run(self, run_id: str) -> int:
        """What the run has spent or holds back."""
        return await asyncio.to_thread(self._sum, "run_id = ?", run_id)

    async def factor(self, step_id: str) -> float:
        """By how much estimates for such a step were off lately."""
        return await asyncio.to_thread(self._factor, step_id)

    async def note_estimate(self, run_id: str, step_id: str, micro_usd: int) -> None:
        """Remember what was told before the run."""
        await asyncio.to_thread(self._note_estimate, run_id, step_id, micro_usd)

    def reserve_now(self, run_id: str, step_id: str, micro_usd: int) -> Reservation:
        """`reserve`, waiting for the disk."""
        moment = self._now()
        day, month = day_and_month(moment)
        with self._transaction():
            self._write_off(moment.timestamp())
            caps = replace(self.caps, run=narrower(self.caps.run, self._said_of(run_id)))
            refused = cap_passed(caps, self._totals(caps, run_id, day, month), micro_usd)
            if refused is not None:
                raise refused
            made = Reservation(uuid4().hex, run_id, micro_usd)
            self._db.execute(
                "INSERT INTO booking VALUES (?, ?, ?, ?, ?, ?, 'held', ?, ?)",
                (made.id, run_id, step_id, self._tenant, day, month, micro_usd, moment.timestamp()),
            )
        return made

    def _book(self, reservation: Reservation, state: Booked, micro_usd: int | None) -> None:
        amount = billed(reservation, micro_usd)
        with self._transaction():
            self._db.execute(
                "UPDATE booking SET state = ?, micro_usd = ? WHERE id = ? AND state IN (?, ?)",
                (state, amount, reservation.id, *OPEN),
            )

    def _limit_run(self, run_id: str, micro_usd: int | None) -> int | None:
        with self._transaction():
            if micro_usd is not None:
                self._db.execute("INSERT OR REPLACE INTO run_cap VALUES (?, ?)", (run_id, micro_usd))
            return narrower(self.caps.run, self._said_of(run_id))

    def _said_of(self, run_id: str) -> int | None:
        row = self._db.execute("SELECT micro_usd FROM run_cap WHERE run_id = ?", (run_id,)).fetchone()
        return None if row is None else int(row[0])

    def _totals(self, caps: Caps, run_id: str, day: str, month: str) -> Totals:
        """What counts against the caps there are."""
        return Totals(
            run=0 if caps.run is None else self._sum("run_id = ?", run_id),
            day=0 if caps.day is None else self._sum("tenant = ? AND day = ?", self._tenant, day),
            tenant=0 if caps.tenant is None else self._sum("tenant = ? AND month = ?", self._tenant, month),
        )

    def _sum(self, where: str, *values: str) -> int:
        with self._lock:
            return int(
                self._db.execute(f"SELECT coalesce(sum(micro_usd), 0) FROM booking WHERE {where}", values).fetchone()[0]
            )

    def _write_off(self, now_s: float) -> None:
        """Calls that nobody billed in time count as spent in full."""
        self._db.execute("UPDATE booking SET state = 'lost' WHERE state = 'held' AND made < ?", (now_s - LOST_AFTER_S,))

    # -- what it learns and tells ----------------------------------------------------------------

    def _note_estimate(self, run_id: str, step_id: str, micro_usd: int) -> None:
        with self._transaction():
            self._db.execute("INSERT OR REPLACE INTO estimate VALUES (?, ?, ?)", (run_id, step_id, micro_usd))

    def _factor(self, step_id: str) -> float:
        select = (
            "SELECT e.micro_usd, sum(b.micro_usd) FROM estimate e JOIN booking b USING (run_id, step_id) "
            "WHERE e.step_id = ? AND b.state = 'spent' GROUP BY e.run_id ORDER BY max(b.made) DESC LIMIT ?"
        )
        with self._lock:
            return learned_factor(self._db.execute(select, (step_id, BILLS_LOOKED_AT)).fetchall())

    def bills(self, step_id: str) -> list[tuple[int, int]]:
        """What was estimated and what was billed, run by run, oldest first, micro-dollars."""
        select = (
            "SELECT e.micro_usd, sum(b.micro_usd) FROM estimate e JOIN booking b USING (run_id, step_id) "
            "WHERE e.step_id = ? AND b.state = 'spent' GROUP BY e.run_id ORDER BY max(b.made)"
        )
        with self._lock:
            return [(int(told), int(billed)) for told, billed in self._db.execute(select, (step_id,))]

    def by_day(self, most: int = 31) -> list[Cost]:
        """What each day has cost, the latest first."""
        return self._costs("day", "tenant = ?", (self._tenant,), most)

    def by_run(self, most: int = 100) -> list[Cost]:
        """What each run has cost, the latest first."""
        return self._costs("run_id", "tenant = ?", (self._tenant,), most)

    def by_step(self, run_id: str) -> list[Cost]:
        """What each step of a run has cost."""
        return self._costs("step_id", "run_id = ?", (run_id,), 1_000)

    def _costs(self, column: str, where: str, values: tuple[str, ...], most: int) -> list[Cost]:
        select = (
            f"SELECT {column}, sum(micro_usd), sum(CASE WHEN state = 'held' THEN micro_usd ELSE 0 END), "
            f"sum(state != 'released') FROM booking WHERE {where} GROUP BY {column} ORDER BY max(made) DESC LIMIT ?"
        )
        with self._lock:
            return [Cost(str(n), int(m), int(h), int(c)) for n, m, h, c in self._db.execute(select, (*values, most))]

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._lock:
            try:
                self._db.execute("BEGIN IMMEDIATE")
            except sqlite3.Error as error:
                raise LedgerError(f"The ledger cannot be written ({error}).", "Nothing was spent.") from error
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException as error:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                if isinstance(error, sqlite3.Error):
                    raise LedgerError(f"The ledger cannot be written ({error}).", "Nothing was spent.") from error
                raise
