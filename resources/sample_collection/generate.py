"""The collection as files: makes what is missing in worker processes, first pieces first."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Lock

from resources.sample_collection.catalogue import Piece, catalogue
from resources.sample_collection.files import is_made, make, sweep

__all__ = ["Piece", "SampleCollectionError", "catalogue", "ensure_sample_collection"]

Progress = Callable[[int, int], None]
_ROOT = Path(__file__).resolve().parents[2]
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class SampleCollectionError(Exception):
    """The collection could not be completed; the pieces made so far are whole and stay."""


class _Queue:
    """The missing pieces, handed out in order, and the count of those done."""

    def __init__(
        self, pieces: list[Piece], done: int, progress: Progress | None, cancelled: Callable[[], bool]
    ) -> None:
        self._waiting: Iterator[Piece] = iter(pieces)
        self._done, self._total = done, done + len(pieces)
        self._progress, self._cancelled = progress, cancelled
        self._lock, self._stopped = Lock(), Event()
        self._report()

    def next(self) -> Piece | None:
        with self._lock:
            return None if self._stopped.is_set() or self._cancelled() else next(self._waiting, None)

    def finished(self) -> None:
        with self._lock:
            self._done += 1
            self._report()

    def stop(self) -> None:
        self._stopped.set()

    def _report(self) -> None:
        if self._progress is not None:
            self._progress(self._done, self._total)


def ensure_sample_collection(
    folder: Path,
    progress: Progress | None = None,
    workers: int = 2,
    cancelled: Callable[[], bool] = lambda: False,
    count: int | None = None,
) -> Path:
    """Make the pieces (or the first `count`) that `folder` lacks; `progress` hears (done, total) from worker threads.

    Returns the folder, also when `cancelled` stopped it early. Raises SampleCollectionError when files cannot be
    written. May be called by several programs at once and again after a kill.
    """
    folder = Path(folder).absolute()
    pieces = catalogue()[:count]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        sweep(folder)
    except OSError as error:
        raise _failure(folder, error.strerror or str(error)) from error
    missing = [piece for piece in pieces if not is_made(piece, folder)]
    queue = _Queue(missing, len(pieces) - len(missing), progress, cancelled)
    hands = max(1, min(workers, len(missing)))
    work = _work_here if getattr(sys, "frozen", False) else _work_in_a_process
    with ThreadPoolExecutor(hands, thread_name_prefix="sample-collection") as pool:
        for ended in [pool.submit(work, folder, queue) for _ in range(hands if missing else 0)]:
            ended.result()
    return folder


def _work_in_a_process(folder: Path, queue: _Queue) -> None:
    """Feed one worker process piece by piece; closing its input ends it."""
    command = [sys.executable, "-m", "resources.sample_collection.one", str(folder)]
    with subprocess.Popen(
        command,
        cwd=_ROOT,
        env={**os.environ, **_ONE_THREAD},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        try:
            while (piece := queue.next()) is not None:
                worker.stdin.write(piece.path + "\n")
                worker.stdin.flush()
                answer = json.loads(worker.stdout.readline() or '{"reason": "a worker process ended early"}')
                if "made" not in answer:
                    raise _failure(folder, answer["reason"])
                queue.finished()
        except BrokenPipeError as error:
            raise _failure(folder, "a worker process ended early") from error
        finally:
            queue.stop()
            worker.stdout.close()


def _work_here(folder: Path, queue: _Queue) -> None:
    """The same work in this process, for packaged programs that have no interpreter to start."""
    try:
        while (piece := queue.next()) is not None:
            make(piece, folder)
            queue.finished()
    except OSError as error:
        raise _failure(folder, error.strerror or str(error)) from error
    finally:
        queue.stop()


def _failure(folder: Path, reason: str) -> SampleCollectionError:
    return SampleCollectionError(
        f"The sample collection could not be completed in {folder}: {reason}. The pictures made so far are kept. "
        "Free some space or choose a folder that can be written, then start again; only the missing ones are made."
    )
