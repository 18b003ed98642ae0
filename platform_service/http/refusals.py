"""Who was refused a moment ago is refused again at once: asking too often must cost little, and others nothing."""

import math
import time
from collections import OrderedDict
from dataclasses import dataclass

from platform_service.errors import TooManyRequests

MOST_REMEMBERED = 2_000
LONGEST_S = 1.0
MINUTE_S = 60.0


@dataclass(frozen=True)
class _Refused:
    until_s: float
    reset_s: float
    error: TooManyRequests


class Refusals:
    """Remembers refusals for as long as it takes until one more request may be within the rate, a second at most."""

    def __init__(self) -> None:
        self._refused: OrderedDict[str, _Refused] = OrderedDict()

    def note(self, whose: str, error: TooManyRequests) -> None:
        """Somebody was refused: an address, or whoever bears a credential that was verified."""
        limit, wait_s = (int(error.headers.get(name, "0")) for name in ("RateLimit-Limit", "Retry-After"))
        now_s = time.monotonic()
        until_s = now_s + min(LONGEST_S, MINUTE_S / max(1, limit))
        self._refused.pop(whose, None)
        self._refused[whose] = _Refused(until_s, now_s + wait_s, error)
        if len(self._refused) > MOST_REMEMBERED:
            self._refused.popitem(last=False)

    def check(self, whose: str) -> None:
        """Raise TooManyRequests again when it is too soon to ask again."""
        found = self._refused.get(whose)
        if found is None:
            return
        now_s = time.monotonic()
        if now_s >= found.until_s:
            del self._refused[whose]
            return
        wait_s = max(1, math.ceil(found.reset_s - now_s))
        again = {**found.error.headers, "RateLimit-Reset": str(wait_s), "Retry-After": str(wait_s)}
        error = found.error
        raise TooManyRequests(
            error.what, error.kept, f"Wait {wait_s} s, then send the same request with the same key.", headers=again
        )
