"""What happens when something was not foreseen: it is logged, shown once as a notice, and the window stays."""

import faulthandler
import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO
from uuid import uuid4

from PySide6.QtCore import QObject, Signal

from app.unforeseen import not_foreseen

log = logging.getLogger("vernissage")


class CrashReports(QObject):
    """Takes over the excepthooks. Emits `happened` with a notice of it, also from other threads."""

    happened = Signal(object)

    def __init__(self, logs: Path) -> None:
        super().__init__()
        self._logs = logs
        self._faults: IO[str] | None = None
        self._others_watch = False
        self._before: tuple[Callable[..., object], Callable[..., object]] | None = None

    def start(self) -> None:
        """Log crashes of the interpreter to a file, and exceptions that nobody caught to the log."""
        self._others_watch = faulthandler.is_enabled()
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._caught
        threading.excepthook = lambda args: self._caught(args.exc_type, args.exc_value, args.exc_traceback)
        try:
            self._faults = (self._logs / "crash.log").open("a", encoding="utf-8")
        except OSError:
            faulthandler.enable()
            return
        faulthandler.enable(self._faults)

    def stop(self) -> None:
        """Give the hooks back."""
        if self._before is not None:
            sys.excepthook, threading.excepthook = self._before
        faulthandler.disable()
        if self._others_watch:
            faulthandler.enable()
        if self._faults is not None:
            self._faults.close()

    def _caught(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        error, reference = error or kind(), uuid4().hex[:12]
        log.error("not foreseen [%s]", reference, exc_info=(kind, error, trace))
        self.happened.emit(not_foreseen(error, reference))
