"""Does what may have to wait (a key store, a call over the network) aside, and hands the outcome to the UI thread."""

import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")


class Aside(QObject):
    """Outcomes that come after its owner is gone are dropped."""

    _came = Signal(object)

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self._came.connect(lambda tell: tell(), Qt.ConnectionType.QueuedConnection)

    def do(
        self, work: Callable[[], T], then: Callable[[T], object], failed: Callable[[Exception], object] | None = None
    ) -> None:
        """Call `work` in a thread of its own, then one of the others here."""

        def run() -> None:
            try:
                tell: Callable[[], object] = partial(then, work())
            except Exception as error:
                tell = partial(failed or _raise, error)
            self._hand_over(tell)

        threading.Thread(target=run, name="aside", daemon=True).start()

    def follow(
        self, future: "Future[T]", then: Callable[[T], object], failed: Callable[[Exception], object] | None = None
    ) -> None:
        """Wait for a future without blocking, then call one of the others here."""

        def ended(done: "Future[T]") -> None:
            error = None if done.cancelled() else done.exception()
            if isinstance(error, Exception):
                self._hand_over(partial(failed or _raise, error))
            elif not done.cancelled():
                self._hand_over(partial(then, done.result()))

        future.add_done_callback(ended)

    def _hand_over(self, tell: Callable[[], object]) -> None:
        with contextlib.suppress(RuntimeError):  # the owner was closed meanwhile
            self._came.emit(tell)


def _raise(error: Exception) -> None:
    raise error
