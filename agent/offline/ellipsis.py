"""Requests that leave out what was just said: "and the last two" after something was removed, "now the left one"."""

from collections.abc import Callable

from agent.intent import Intent
from agent.offline.draft import Draft
from agent.offline.normalise import BOUNDARY
from agent.offline.targets import targets_in

_CONTINUED = frozenset({"edit", "navigate", "select"})


def completed(draft: Draft, meant: Callable[[str], Intent]) -> Intent | None:
    """The earlier request on the works that are named now; None when that makes no sense."""
    words = draft.line.strip(f" {BOUNDARY},.!?")
    targets = targets_in(draft, words) if words else None
    if targets is None or targets.words or targets.selection or targets.everything:
        return None
    earlier = meant(draft.context.recent_requests[-1])
    if earlier.kind not in _CONTINUED or earlier.then:
        return None
    if earlier.kind == "edit" and (len(earlier.edits) != 1 or earlier.edits[0].other is not None):
        return None
    edits = tuple(edit.model_copy(update={"targets": targets}) for edit in earlier.edits)
    return earlier.model_copy(update={"targets": targets, "place": "", "edits": edits, "understood": (words,)})
