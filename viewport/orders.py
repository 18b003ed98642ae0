"""Stages that are made ready on a thread of their own: the latest one wins, and it is shown when it is ready."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Generic, TypeVar

from viewport.stage import Stage

R = TypeVar("R")
Enter = Callable[[Stage], None]


@dataclass(frozen=True)
class _Order(Generic[R]):
    stage: Stage
    enter: Enter
    ready: "Future[R]"


class Orders(Generic[R]):
    """At most one is under way and one waits."""

    def __init__(self) -> None:
        self._threads: ThreadPoolExecutor | None = None
        self._latest: _Order[R] | None = None

    @property
    def busy(self) -> bool:
        """Whether a stage is still to come."""
        return self._latest is not None

    @property
    def stage(self) -> Stage | None:
        """The stage that is to come."""
        return self._latest.stage if self._latest is not None else None

    @property
    def ready(self) -> R | None:
        """What was made ready and not taken yet."""
        latest = self._latest
        return latest.ready.result() if latest is not None and latest.ready.done() else None

    def order(self, stage: Stage, enter: Enter, prepare: Callable[[Stage], R]) -> None:
        """Make a stage ready; whatever was ordered before is dropped."""
        if self._latest is not None:
            self._latest.ready.cancel()
        if self._threads is None:
            self._threads = ThreadPoolExecutor(1, thread_name_prefix="stage")
        self._latest = _Order(stage, enter, self._threads.submit(prepare, stage))

    def taken(self, wait: bool = False) -> tuple[Stage, Enter, R] | None:
        """The stage that was ordered last, how to enter it and what was made ready; None while it is not."""
        order = self._latest
        if order is None or not (wait or order.ready.done()):
            return None
        self._latest = None
        return order.stage, order.enter, order.ready.result()

    def stop(self) -> None:
        """End the thread after what it is doing."""
        self._latest = None
        if self._threads is not None:
            self._threads.shutdown(wait=True, cancel_futures=True)
            self._threads = None
