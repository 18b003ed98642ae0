"""A few long-lived decoder processes, each with a deadline for every file, replaced when they hang or die."""

import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO, cast

from platform_service.ingest.limits import MIB, Limits
from platform_service.ingest.protocol import Broken, receive, send
from platform_service.ingest.refusal import DecoderUnavailable, Refused

_START_DEADLINE_S = 60.0
_TRIES = 3
_MOST_ANSWER_BYTES = 64 * MIB
_PIPE_BYTES = MIB
_SOURCE = Path(__file__).resolve().parents[2]


class DecoderPool:
    """Thread-safe; decoders are started when they are first needed."""

    def __init__(self, size: int = 2, limits: Limits | None = None, command: Sequence[str] = ()) -> None:
        self.limits = limits or Limits()
        self.size = size
        self._watch = _Watch()
        command = tuple(command) or (sys.executable, "-P", "-m", "platform_service.ingest.worker")
        self._decoders = [_Decoder(command, self.limits, self._watch) for _ in range(size)]
        self._free: queue.LifoQueue[_Decoder] = queue.LifoQueue()
        for decoder in self._decoders:
            self._free.put(decoder)

    @property
    def process_ids(self) -> tuple[int, ...]:
        """The decoders that run now."""
        return tuple(pid for decoder in self._decoders if (pid := decoder.process_id) is not None)

    def decode(self, request: dict[str, Any], raw: bytes) -> tuple[dict[str, Any], bytes]:
        """Let a decoder answer. Raises `Refused` when the file is at fault, `DecoderUnavailable` when none starts."""
        decoder = self._free.get()
        try:
            header, body = self._persistently(decoder, request, raw)
        finally:
            self._free.put(decoder)
        if why := header.get("refused"):
            raise Refused(str(why)[:400])
        return header, body

    def _persistently(self, decoder: "_Decoder", request: dict[str, Any], raw: bytes) -> tuple[dict[str, Any], bytes]:
        """A decoder may die through no fault of the file, so a new one tries again; a hanging one settles it."""
        for _ in range(_TRIES - 1):
            with contextlib.suppress(Broken, DecoderUnavailable):
                return decoder.exchange(request, raw)
            if decoder.was_late:
                break
        else:
            with contextlib.suppress(Broken):
                return decoder.exchange(request, raw)
        if decoder.was_late:
            raise Refused(f"took longer than {self.limits.deadline_s:g} s to decode")
        raise Refused("makes the decoder crash")

    def close(self) -> None:
        """End the decoders; those at work too."""
        for decoder in self._decoders:
            decoder.end()
        self._watch.close()


class _Decoder:
    """One child process and the pipe to it."""

    def __init__(self, command: Sequence[str], limits: Limits, watch: "_Watch") -> None:
        self._command = command
        self._limits = limits
        self._watch = watch
        self._process: subprocess.Popen[bytes] | None = None
        self._ended = False
        self.was_late = False

    @property
    def process_id(self) -> int | None:
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def exchange(self, request: dict[str, Any], raw: bytes) -> tuple[dict[str, Any], bytes]:
        process = self._running()
        try:
            with self._deadline(process, self._limits.deadline_s):
                send(_asks(process), request, raw)
                return receive(_answers(process), _MOST_ANSWER_BYTES)
        except Broken:
            self._drop(process)
            raise

    def end(self) -> None:
        self._ended = True
        if self._process is not None:
            self._drop(self._process)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._ended:
            raise Refused("was not imported: the import was stopped")
        self.was_late = False
        if self._process is not None and self._process.poll() is not None:  # it died while it had nothing to do
            self._drop(self._process)
            self._process = None
        if self._process is None:
            self._process = self._start()
        return self._process

    def _start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=_environment(), start_new_session=True,
        )  # fmt: skip
        _widen(_asks(process))
        try:
            with self._deadline(process, _START_DEADLINE_S):
                send(_asks(process), asdict(self._limits))
                receive(_answers(process), 0)
        except Broken as broken:
            self._drop(process)
            self.was_late = False
            raise DecoderUnavailable("the picture decoder does not start") from broken
        return process

    @contextlib.contextmanager
    def _deadline(self, process: subprocess.Popen[bytes], seconds: float) -> Iterator[None]:
        def too_late() -> None:
            self.was_late = True
            process.kill()

        ticket = self._watch.after(seconds, too_late)
        try:
            yield
        finally:
            self._watch.forget(ticket)

    def _drop(self, process: subprocess.Popen[bytes]) -> None:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            try:
                cast(BinaryIO, stream).close()
            except OSError:  # what was not flushed has no reader any more
                continue


class _Watch:
    """One thread that acts on missed deadlines and sleeps until the next."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._due: dict[int, tuple[float, Any]] = {}
        self._next = 0
        self._sleeps_until = float("inf")
        self._thread: threading.Thread | None = None
        self._closed = False

    def after(self, seconds: float, act: Any) -> int:
        with self._changed:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="decoder deadlines", daemon=True)
                self._thread.start()
            self._next += 1
            due = time.monotonic() + seconds
            self._due[self._next] = (due, act)
            if due < self._sleeps_until:
                self._changed.notify()
            return self._next

    def forget(self, ticket: int) -> None:
        with self._changed:
            self._due.pop(ticket, None)

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        with self._changed:
            while not self._closed:
                now = time.monotonic()
                for ticket in [ticket for ticket, (due, _) in self._due.items() if due <= now]:
                    self._due.pop(ticket)[1]()
                self._sleeps_until = min((due for due, _ in self._due.values()), default=float("inf"))
                self._changed.wait(None if self._sleeps_until == float("inf") else self._sleeps_until - now)


def _widen(stream: BinaryIO) -> None:
    """Let most files go through the pipe in one go; where the system does not allow it, they go in pieces."""
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(stream.fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


def _asks(process: subprocess.Popen[bytes]) -> BinaryIO:
    return cast(BinaryIO, process.stdin)


def _answers(process: subprocess.Popen[bytes]) -> BinaryIO:
    return cast(BinaryIO, process.stdout)


def _environment() -> dict[str, str]:
    """Little of ours: the decoder needs no home, no token and one thread."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "LANG") if name in os.environ}
    return kept | {"PYTHONPATH": str(_SOURCE), "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
