"""W3C trace context: the caller's trace goes on through us, and one begins here where there is none."""

import re
import secrets
from dataclasses import dataclass

TRACEPARENT = re.compile(r"([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?")


@dataclass(frozen=True)
class Trace:
    """Where a request stands in a trace; `span_id` is ours, `parent_id` the caller's or nothing."""

    trace_id: str
    span_id: str
    parent_id: str = ""
    flags: str = "01"

    @property
    def header(self) -> str:
        """As it is sent on and answered."""
        return f"00-{self.trace_id}-{self.span_id}-{self.flags}"


def trace_of(traceparent: str) -> Trace:
    """The trace that a header names, or a new one when it names none."""
    found = TRACEPARENT.fullmatch(traceparent.strip())
    named = found is not None and found[1] != "ff" and int(found[2], 16) and int(found[3], 16)
    if found is None or not named or (found[1] == "00" and found[5]):
        return Trace(secrets.token_hex(16), secrets.token_hex(8))
    return Trace(found[2], secrets.token_hex(8), found[3], found[4])
