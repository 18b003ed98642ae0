"""Collects garbage only between events of the UI thread.

Python's collector runs wherever an allocation crosses its threshold: on the background thread, or in the middle of a
call from Qt into Python. Collecting widgets there destroys them on the wrong thread or under Qt's feet, and crashes.
"""

import gc
from time import monotonic

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 200
OLDEST_EVERY_S = 60.0


class GarbageCollection(QObject):
    """While it is started, automatic collection is off and a timer collects instead."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        self._oldest_at_s = monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.collect_some)

    def start(self) -> None:
        """Take over."""
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Give back what was."""
        self._timer.stop()
        if self._was_on:
            gc.enable()

    def settle(self) -> None:
        """Start-up is over: what is alive now mostly stays, so later collections pass it by."""
        gc.collect()
        gc.freeze()
        self._oldest_at_s = monotonic()

    def collect_some(self) -> int:
        """Collect the youngest generations that are due; gives the oldest one that was, or -1."""
        due = -1
        for generation, (count, limit) in enumerate(zip(gc.get_count()[:2], gc.get_threshold(), strict=False)):
            due = generation if count > limit else due
        if monotonic() - self._oldest_at_s > OLDEST_EVERY_S:
            self._oldest_at_s, due = monotonic(), 2
        if due >= 0:
            gc.collect(due)
        return due
