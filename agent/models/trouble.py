"""What went wrong with one call of a model, in kinds that decide what happens next: pure, from what was seen."""

import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Literal

TroubleKind = Literal["transient", "limited", "auth", "permanent", "refusal", "invalid", "deadline"]
"""transient: may pass, tried again. limited: told to wait. auth: key or credit. permanent: this request will not do.
refusal: the model will not answer. invalid: what came is not what was asked for. deadline: no time is left."""

_AUTH = frozenset({401, 402, 403})
_PERMANENT = frozenset({400, 404, 405, 413, 415, 418, 422})
_NO_CREDIT = re.compile(r"insufficient_quota|exceeded your current quota|credit balance", re.IGNORECASE)
_LONGEST_WAIT_S = 86_400.0
_WORDS = {
    400: "did not accept the request", 401: "did not accept the key", 402: "has no credit left",
    403: "does not allow this model", 404: "does not know the model", 408: "took too long", 409: "was busy",
    413: "found the request too large", 422: "did not accept the request", 429: "has too many requests",
    500: "had an error", 502: "could not be reached", 503: "is overloaded", 504: "took too long", 529: "is overloaded",
}  # fmt: skip


@dataclass
class Seen:
    """What was seen of one HTTP call, filled in by the transport as it goes."""

    sent: bool = False
    """Whether the request may have reached the provider."""
    status: int | None = None
    retry_after: str = ""
    unfit: str = ""
    """Why the transport did not take the answer."""


class Trouble(Exception):
    """One call did not give what was asked for. `billed` says that it may have cost something all the same."""

    def __init__(
        self, kind: TroubleKind, why: str, *, retry_after_s: float | None = None, billed: bool = False
    ) -> None:
        super().__init__(why)
        self.kind, self.why, self.retry_after_s, self.billed = kind, why, retry_after_s, billed

    @property
    def may_pass(self) -> bool:
        """Whether the same call may do better in a moment."""
        return self.kind in ("transient", "limited")


def trouble_of(error_name: str, message: str, seen: Seen, now_s: float) -> Trouble:
    """The trouble that an error amounts to. `now_s` is UTC seconds, for a Retry-After that is a date."""
    status = seen.status
    if seen.unfit:
        return Trouble("invalid", seen.unfit, billed=True)
    if status is None:
        if error_name in ("Timeout", "TimeoutError", "APITimeoutError"):
            return Trouble("transient", "took too long", billed=seen.sent)
        why = "cut the line" if seen.sent else "could not be reached"
        return Trouble("transient", why, billed=seen.sent)
    if 200 <= status < 300:
        return _after_success(error_name)
    why = f"{status}, it {_WORDS.get(status, 'failed' if status >= 500 else 'did not accept the request')}"
    if status in _AUTH or (status in (400, 429) and _NO_CREDIT.search(message)):
        return Trouble("auth", why if status != 429 else "429, it has no credit left")
    if status == 429:
        return Trouble("limited", why, retry_after_s=retry_after_s(seen.retry_after, now_s))
    if status in _PERMANENT:
        return Trouble("permanent", why)
    if status in (408, 409, 425) or status >= 500:
        return Trouble("transient", why, retry_after_s=retry_after_s(seen.retry_after, now_s))
    return Trouble("permanent", why)


def _after_success(error_name: str) -> Trouble:
    if error_name in ("Timeout", "TimeoutError", "APITimeoutError"):
        return Trouble("transient", "stopped in the middle of its answer", billed=True)
    if error_name in ("ContentPolicyViolationError",):
        return Trouble("refusal", "would not answer", billed=True)
    return Trouble("transient", "sent an answer that could not be read", billed=True)


def retry_after_s(header: str, now_s: float) -> float | None:
    """Seconds to wait, from a Retry-After in either form; None for none and for nonsense."""
    text = header.strip()
    if re.fullmatch(r"\d{1,7}(\.\d{1,3})?", text):
        return min(float(text), _LONGEST_WAIT_S)
    if not text:
        return None
    try:
        then_s = parsedate_to_datetime(text).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(then_s - now_s, 0.0), _LONGEST_WAIT_S)
