"""Which workers live: each holds an advisory lock of PostgreSQL that the server itself frees when the worker is gone.

DBOS knows which worker took a run but not whether that worker lives. Whoever gets the lock of a worker that has runs
under way knows that it is gone, and holds the lock while its runs are queued again. A worker that only lost its
connection is taken for gone, too; its runs notice that another attempt is in charge and write nothing any more.
"""

import asyncio
import contextlib
import logging

import psycopg

from platform_service.runs.queues import Queues

log = logging.getLogger(__name__)
LOOK_EVERY_S = 1.0
CONNECT_S = 5
TAKE = "SELECT pg_try_advisory_lock(hashtextextended('vernissage worker ' || %s, 0))"
FREE = "SELECT pg_advisory_unlock(hashtextextended('vernissage worker ' || %s, 0))"


class Watch:
    """One worker's own lock, and its look at the others'."""

    def __init__(self, address: str, queues: Queues) -> None:
        self._address = address
        self._queues = queues
        self._connection: psycopg.Connection | None = None

    def hold(self) -> None:
        """Take our own lock; has to be held before the first run is taken. Blocks; raises psycopg.Error."""
        connection = psycopg.connect(self._address, autocommit=True, connect_timeout=CONNECT_S)
        connection.execute(TAKE, (self._queues.worker,))
        self._connection = connection

    async def go_on(self) -> None:
        """Look after the others until cancelled."""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            try:
                await asyncio.to_thread(self._look)
            except psycopg.Error as error:
                log.warning("workers cannot be looked after just now: %s", type(error).__name__)
                self._let_go()
            except Exception:
                log.exception("looking after other workers failed")

    def close(self) -> None:
        """Free our lock: what is left of our runs goes on elsewhere."""
        self._let_go()

    def _look(self) -> None:
        if self._connection is None:
            self.hold()
        assert self._connection is not None
        self._connection.execute("SELECT 1")
        for worker in self._queues.owners() - {self._queues.worker}:
            if not self._got(worker):
                continue
            try:
                runs = self._queues.take_over(worker)
                log.warning("worker %s is gone; %s of its runs go on elsewhere", worker, len(runs))
            finally:
                self._connection.execute(FREE, (worker,))

    def _got(self, worker: str) -> bool:
        assert self._connection is not None
        row = self._connection.execute(TAKE, (worker,)).fetchone()
        return bool(row and row[0])

    def _let_go(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(psycopg.Error):
                connection.close()
