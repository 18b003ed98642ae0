"""What has been decided of the proposal in hand, read from how it shrinks: works kept, and works left out."""

import re
from collections.abc import Collection
from functools import lru_cache

from agent.phrases import languages, phrases
from scene.proposal import Proposal
from scene.records import Placement
from scene.scene import Scene
from ui.floating.proposal_bar import Decided

ONLY_PROPOSED = "Those works are only proposed."


class Verdicts:
    """Follows one proposal after the other by its id; what is left of a proposal keeps the id."""

    def __init__(self) -> None:
        self._id = ""
        self._waiting: frozenset[str] = frozenset()
        self._gone: set[str] = set()
        self._dropped: set[str] = set()

    def left_out(self, ids: Collection[str]) -> None:
        """These works of the proposal are not wanted."""
        self._dropped.update(ids)

    def of(self, proposal: Proposal, scene: Scene) -> Decided:
        """How things stand; a kept work that was undone since no longer counts."""
        waiting = frozenset(work.id for work in proposal.works)
        if proposal.id != self._id:
            self._id, self._waiting = proposal.id, waiting
            self._gone, self._dropped = set(), set()
        self._gone |= self._waiting - waiting
        self._waiting = waiting
        self._gone -= waiting  # an undone verdict waits again
        kept = {work_id for work_id in self._gone if scene.get(work_id) is not None}
        return Decided(len(kept), len((self._dropped & self._gone) - kept))


def proposed_works(proposal: Proposal | None, ids: Collection[str]) -> frozenset[str]:
    """Which of these ids are works that the proposal hangs or moves."""
    if proposal is None:
        return frozenset()
    change = proposal.change
    after = {i: change.added.get(i) or change.updated.get(i, (None, None))[1] for i in ids}
    return frozenset(i for i, record in after.items() if isinstance(record, Placement))


def approved_words(before: Proposal, rest: Proposal | None) -> str:
    """The line that an approval leaves in the conversation."""
    count, left = len(before.works), len(rest.works) if rest is not None else 0
    if left:
        return f"Approved {count - left:,} of {count:,} works: {_uncounted(before.title)}"
    if not count:
        return f"Approved: {before.title}"
    return f"Approved: {_uncounted(before.title)}, {count:,} {'work' if count == 1 else 'works'}"


def rejected_words(proposal: Proposal, reason: str) -> str:
    """The line that a rejection leaves in the conversation."""
    return f"Rejected: {proposal.title}" + (f" — {reason.strip()}" if reason.strip() else "")


def _uncounted(title: str) -> str:
    """A title without the number of works at its end, in whatever language, which may have changed since."""
    return _count_at_end().sub("", title) or title


@lru_cache(maxsize=1)
def _count_at_end() -> re.Pattern[str]:
    """ "24 works", "1 Werk", in every language that titles come in."""
    told = {phrases(language).messages.get(key, "") for language in languages() for key in ("work", "work.one")}
    counts = "|".join(re.escape(text).replace(re.escape("{n}"), r"[\d,]+") for text in sorted(told) if text)
    return re.compile(rf",? ?(?:{counts})$")
