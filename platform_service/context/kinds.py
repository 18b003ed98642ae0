"""The kinds of context and how long each is kept: the one table that code, tests and documentation share."""

from dataclasses import dataclass
from typing import Literal

KindName = Literal["history", "working", "preferences", "memory"]
DAY_S = 86_400
KIB = 1024


@dataclass(frozen=True)
class Kind:
    """One kind of context."""

    name: KindName
    what: str
    kept_s: int | None
    """So long after its last use it is kept; None is until somebody deletes it."""
    fast_s: int
    """So long after its last use the copy in Redis stays; it comes back from SQL."""
    most_bytes: int

    @property
    def expires(self) -> bool:
        """Whether it goes by itself."""
        return self.kept_s is not None


KINDS: dict[KindName, Kind] = {
    kind.name: kind
    for kind in (
        Kind("history", "the turns of a session, older ones as a summary", 90 * DAY_S, 3_600, 64 * KIB),
        Kind("working", "project, scene, selection, viewpoint, last intents of a session", 7 * DAY_S, 14_400, 64 * KIB),
        Kind("preferences", "what a person set for all sessions", None, 3_600, 32 * KIB),
        Kind("memory", "what a person wants remembered for good", 365 * DAY_S, 3_600, 64 * KIB),
    )
}
RENEW_AFTER_SHARE = 0.1
"""Use is noted in SQL once this share of the time has gone by: a read is not a write each time."""


def table() -> str:
    """The policy as the documentation shows it."""
    lines = ["| kind | what | kept after last use | copy in Redis | at most |", "| --- | --- | --- | --- | --- |"]
    for kind in KINDS.values():
        kept = "until deleted" if kind.kept_s is None else f"{kind.kept_s // DAY_S} days"
        fast = f"{kind.fast_s // 60} min"
        lines.append(f"| `{kind.name}` | {kind.what} | {kept} | {fast} | {kind.most_bytes // KIB} KiB |")
    return "\n".join(lines)
