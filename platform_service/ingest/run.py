"""One import under way: outcomes as they come, how far it is, and a way to stop it."""

import asyncio
import queue
import threading
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Literal

from platform_service.ingest.refusal import DecoderUnavailable
from platform_service.ingest.results import AlreadyThere, BadFile, IngestedAsset, Outcome, Progress
from platform_service.ingest.walk import Candidate, Found, Skipped

_WAITING_OUTCOMES = 64
_RATE_OVER = 200
"""The rate is that of so many last files."""
State = Literal["scanning", "running", "done", "cancelled", "failed"]


class IngestRun:
    """Outcomes come in the order in which they are ready. Whoever takes them slowly slows the import down."""

    def __init__(
        self, find: Callable[[Callable[[], bool]], Found], ingest: Callable[[Candidate], Outcome], *, threads: int
    ) -> None:
        """`find` gives the files, and stops early once what it is given says so."""
        self.skipped: tuple[Skipped, ...] = ()
        self._find, self._ingest = find, ingest
        self._outcomes: queue.SimpleQueue[Outcome | None] = queue.SimpleQueue()
        self._room = threading.Semaphore(_WAITING_OUTCOMES)
        self._cancelled = threading.Event()
        self._lock = threading.Lock()
        self._waiting: deque[Candidate] = deque()
        self._times: deque[float] = deque(maxlen=_RATE_OVER)
        self._counts = {IngestedAsset: 0, AlreadyThere: 0, BadFile: 0}
        self._total = 0
        self._state: State = "scanning"
        self._failure: DecoderUnavailable | None = None
        self._thread = threading.Thread(target=self._run, args=(threads,), name="ingest", daemon=True)
        self._thread.start()

    @property
    def state(self) -> State:
        """Where it stands; the last three once `take` said that there are no more outcomes."""
        return self._state

    @property
    def progress(self) -> Progress:
        """How far it is, counted over the outcomes that were taken."""
        with self._lock:
            times = list(self._times)
            added, there, bad = self._counts.values()
            total = self._total
        done = added + there + bad
        span = times[-1] - times[0] if len(times) > 1 else 0.0
        rate = (len(times) - 1) / span if span > 0 else 0.0
        return Progress(done, total, added, there, bad, rate, (total - done) / rate if rate > 0 else None)

    def cancel(self) -> None:
        """Stop after the files that are being read now, even if nobody takes their outcomes any more."""
        self._cancelled.set()
        self._room.release(_WAITING_OUTCOMES)

    def take(self, most: int = 50) -> list[Outcome]:
        """The outcomes that are ready, at least one; waits for it. Empty when there are no more.

        Raises `DecoderUnavailable`, after all outcomes, when the import had to end early for it.
        """
        taken: list[Outcome] = []
        while len(taken) < most:
            try:
                outcome = self._outcomes.get(block=not taken)
            except queue.Empty:
                break
            if outcome is None:
                self._outcomes.put(None)
                if not taken:
                    self._end()
                break
            taken.append(outcome)
            self._room.release()
            self._count(outcome)
        return taken

    def _end(self) -> None:
        if self._failure is not None:
            self._state = "failed"
            raise self._failure
        self._state = "cancelled" if self._cancelled.is_set() else "done"

    def __iter__(self) -> Iterator[Outcome]:
        while batch := self.take(1):
            yield from batch

    async def __aiter__(self) -> AsyncIterator[Outcome]:
        while batch := await asyncio.to_thread(self.take):
            for outcome in batch:
                yield outcome

    def _count(self, outcome: Outcome) -> None:
        with self._lock:
            self._counts[type(outcome)] += 1
            self._times.append(time.monotonic())

    def _run(self, threads: int) -> None:
        try:
            self._scan()
            hands = [threading.Thread(target=self._work, name=f"ingest {n}", daemon=True) for n in range(threads)]
            for hand in hands:
                hand.start()
            for hand in hands:
                hand.join()
        except Exception as error:  # whoever waits for outcomes must come to an end
            self._outcomes.put(BadFile(Path("all files"), f"could not be searched: {error}"[:400]))
        finally:
            self._outcomes.put(None)

    def _scan(self) -> None:
        found = self._find(self._cancelled.is_set)
        with self._lock:
            self.skipped = found.skipped
            self._waiting.extend(found.files)
            self._total = len(found.files)
            self._state = "running"

    def _work(self) -> None:
        while self._room.acquire() and not self._cancelled.is_set():
            with self._lock:
                if not self._waiting:
                    return
                candidate = self._waiting.popleft()
            try:
                self._outcomes.put(self._outcome(candidate))
            except DecoderUnavailable as error:
                self._failure = error
                self.cancel()

    def _outcome(self, candidate: Candidate) -> Outcome:
        try:
            return self._ingest(candidate)
        except DecoderUnavailable:
            raise
        except Exception as error:  # one file never stops the rest, whatever goes wrong with it
            return BadFile(candidate.path, f"could not be imported: {error}"[:400])
