"""Requests that leave out what was just said: "and the last two" after something was removed, "now the left one"."""

from collections.abc import Callable

from agent.intent import Intent, Targets
from agent.offline.draft import Draft
from agent.offline.normalise import BOUNDARY
from agent.offline.targets import targets_in

_CONTINUED = frozenset({"edit", "navigate", "select"})


def completed(draft: Draft, meant: Callable[[str], Intent], *, named: bool = False) -> Intent | None:
    """The earlier request on the works that are named now; None when that makes no sense.

    Words in titles are trusted where it is `named` that the same shall be done.
    """
    words = draft.line.strip(f" {BOUNDARY},.!?")
    targets = targets_in(draft, words) if words else None
    if targets is None or targets.selection or targets.everything:
        return None
    earlier = meant(draft.context.recent_requests[-1])
    side = _side(words, draft) if earlier.targets.wall else ""
    targets = Targets(wall=side) if side else targets
    if targets.words and not named:
        return None
    if earlier.kind not in _CONTINUED or earlier.then:
        return None
    if earlier.kind == "edit" and (len(earlier.edits) != 1 or earlier.edits[0].other is not None):
        return None
    edits = tuple(edit.model_copy(update={"targets": targets}) for edit in earlier.edits)
    return earlier.model_copy(update={"targets": targets, "place": "", "edits": edits, "understood": (words,)})


def pointed(intent: Intent, draft: Draft, meant: Callable[[str], Intent]) -> Intent:
    """ "It" with nothing selected is the work that was acted on or visited just before."""
    pointer = Targets(selection=True)
    meant_here = intent.kind == "edit" and any(edit.targets == pointer for edit in intent.edits)
    if draft.context.selection or not (meant_here or (intent.kind == "navigate" and intent.targets == pointer)):
        return intent
    earlier = meant(draft.context.recent_requests[-1])
    removed = any(edit.verb == "remove" for edit in earlier.edits)
    found = earlier.edits[0].targets if earlier.edits else earlier.targets
    if earlier.kind not in _CONTINUED or removed or found in (None, Targets(), pointer):
        return intent
    edits = tuple(
        edit.model_copy(update={"targets": found}) if edit.targets == pointer else edit for edit in intent.edits
    )
    return intent.model_copy(update={"edits": edits, "targets": found})


def unpointed(intent: Intent, draft: Draft, meant: Callable[[str], Intent] | None) -> Intent:
    """A wish about where "this" shall hang: what was acted on before, else it is asked which one is meant."""
    pointer, selected = Targets(selection=True), draft.context.selection
    pointing = [wish for wish in intent.relations if pointer in (wish.targets, wish.other)]
    if intent.kind != "refine" or not pointing:
        return intent
    both = any(wish.targets == wish.other == pointer for wish in pointing)
    if selected and (not both or len(selected) > 1):
        return intent
    if meant is not None and not both and not selected:
        earlier = meant(draft.context.recent_requests[-1])
        found = earlier.edits[0].targets if earlier.edits else earlier.targets
        removed = any(edit.verb == "remove" for edit in earlier.edits)
        if earlier.kind in _CONTINUED and not removed and found not in (None, Targets(), pointer):
            put = {"targets": found}
            relations = tuple(w.model_copy(update=put) if w.targets == pointer else w for w in intent.relations)
            return intent.model_copy(update={"relations": relations})
    return intent.model_copy(update={"missing": "selection"})


def visited(draft: Draft) -> Intent | None:
    """Nothing but the name of a work on show: "picture 4", "the last one"; one goes there."""
    words, lists = draft.line.strip(f" {BOUNDARY},.!?"), draft.vocabulary.lists
    first = words.split()[0] if words else ""
    if first not in {*lists.get("this", ()), *lists.get("works", ()), *lists.get("numbered", ())}:
        return None
    targets = targets_in(draft, words) if draft.context.scene.placements else None
    if targets is None or targets.words or targets.query is not None or not (targets.ordinal or targets.extreme):
        return None
    return Intent(kind="navigate", targets=targets, confidence=0.9, understood=(words,))


def _side(words: str, draft: Draft) -> str:
    """ "The left one", said after one has been to another wall."""
    sides, ones = draft.vocabulary.table("sides"), set(draft.vocabulary.lists.get("ones", ()))
    said = [word for word in words.split() if word not in draft.stop_words() and word not in ones]
    return str(sides.get(" ".join(said), ""))
