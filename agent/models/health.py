"""How a provider has done lately: a rolling window of its calls, and when to leave it in peace."""

import statistics
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from agent.models.trouble import Trouble
from agent.ports.models import ProviderHealth

State = Literal["ready", "cooling", "failing", "unused", "untested"]

Clock = Callable[[], float]
"""Seconds of a clock that never goes back."""

WINDOW_S = 300.0
_MOST_CALLS = 200
_IN_A_ROW = 3
_FIRST_REST_S = 15.0
_LONGEST_REST_S = 300.0
_AUTH_REST_S = 300.0
_LONGEST_TOLD_REST_S = 900.0


@dataclass(frozen=True)
class _Made:
    at_s: float
    well: bool
    seconds: float


class HealthWindow:
    """One provider's window. After `_IN_A_ROW` failures, or when told to wait, it rests; each rest is longer."""

    def __init__(self, name: str, clock: Clock) -> None:
        self._name = name
        self._clock = clock
        self._calls: deque[_Made] = deque(maxlen=_MOST_CALLS)
        self._in_a_row = 0
        self._rests = 0
        self._rest_until_s = float("-inf")
        self._key_refused = False
        self._last_error = ""

    def went_well(self, seconds: float) -> None:
        """A call was answered."""
        self._calls.append(_Made(self._clock(), True, seconds))
        self._in_a_row = self._rests = 0
        self._rest_until_s = float("-inf")
        self._key_refused = False

    def went_wrong(self, trouble: Trouble, seconds: float) -> None:
        """A call failed."""
        self._calls.append(_Made(self._clock(), False, seconds))
        self._last_error = trouble.why
        if trouble.kind == "auth":
            self._key_refused = True
            self._rest(_AUTH_REST_S)
        elif trouble.kind in ("transient", "limited", "deadline"):
            self._in_a_row += 1
            if trouble.retry_after_s is not None and trouble.retry_after_s > 0:
                self._rest(min(trouble.retry_after_s, _LONGEST_TOLD_REST_S))
            if self._in_a_row >= _IN_A_ROW:
                self._rest(min(_FIRST_REST_S * 2**self._rests, _LONGEST_REST_S))
                self._rests += 1
                self._in_a_row = _IN_A_ROW - 1  # after the rest, one failure is enough for the next

    def _rest(self, seconds: float) -> None:
        self._rest_until_s = max(self._rest_until_s, self._clock() + seconds)

    @property
    def rests_for_s(self) -> float:
        """Seconds until it may be asked again; 0 when it may be asked now."""
        return max(self._rest_until_s - self._clock(), 0.0)

    def now(self) -> ProviderHealth:
        """The health as it is shown."""
        calls = [made for made in self._calls if made.at_s >= self._clock() - WINDOW_S]
        failed = sum(not made.well for made in calls)
        rate = failed / len(calls) if calls else 0.0
        times = [made.seconds for made in calls if made.well]
        median_s = statistics.median(times) if times else 0.0
        return ProviderHealth(self._name, self._state(rate, len(calls)), rate, median_s, self.rests_for_s,
                              self._last_error)  # fmt: skip

    def _state(self, rate: float, count: int) -> State:
        if self.rests_for_s > 0:
            return "failing" if self._key_refused else "cooling"
        if self._rest_until_s > float("-inf"):
            return "untested"
        if not count:
            return "unused"
        if self._calls[-1].well:
            return "ready"
        return "failing" if rate > 0.5 and count >= _IN_A_ROW else "untested"
