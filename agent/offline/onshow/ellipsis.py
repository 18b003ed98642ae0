"""The act of the latest request on other works: "and the trams too", "and the one after that"."""

import re

from agent.intent import Edit, EditVerb, Intent, Targets
from agent.offline.onshow.naming import Named, Row

_AND = re.compile(
    r"(?:(?:and|also|plus|now|then|next|ok|okay|yes|good|fine|right|hm+|,) )+(?P<what>.+?)"
    r"(?: ,?(?:too|as well|also|likewise|please|then|next|now))*"
)
_TOO = re.compile(r"(?P<what>.+?)(?: ,)?(?: (?:too|as well|also|likewise|please))*")
_ALONE: frozenset[EditVerb] = frozenset({"remove", "bigger", "smaller", "pin", "unpin", "raise", "lower", "straighten"})


_STEP = re.compile(
    r"(?:(?:and|now|ok|okay|then|please|go|take me|,) )*(?:(?:one|1) (?:further|on|more|forward|along|back|"
    r"before that|after that|to the "
    r"(?:left|right))|back (?:one|1)|(?:and )?(?:its|the|his|her) (?:(?:left|right)(?: hand)? "
    r")?neighbou?r(?: (?:on|to) (?:the|its) "
    r"(?:left|right))?)(?: please| now| again)*"
)
_BACK = frozenset({"back", "left", "before"})


def _one_on(last: Intent, step: int, row: Row) -> Intent | None:
    """The work beside the one that was looked at."""
    at = row.place_of(last.targets)
    if at is None or not 1 <= at + step <= row.hanging:
        return None
    return Intent(kind="navigate", targets=Targets(ordinal=at + step), confidence=0.9)


def as_just_done(line: str, row: Row) -> Intent | None:
    """What was done or looked at last, with the works that are named now; None where more than works is said."""
    last = row.draft.context.last_intents[-1:]
    if not last or last[0].then or row.draft.context.pending_question:
        return None
    going = last[0].kind == "navigate" and not (last[0].place or last[0].panel or last[0].view)
    said = _AND.fullmatch(line) or (_TOO.fullmatch(line) if going or re.search(r" (?:too|as well)$", line) else None)
    if going and (step := _STEP.fullmatch(line)) is not None:
        return _one_on(last[0], -1 if {*step[0].split()} & _BACK else 1, row)
    named = row.named(said["what"]) if said is not None else None
    if named is None or named.pointed or named.targets.everything:
        return None
    if going:
        return Intent(kind="navigate", targets=named.targets, confidence=0.9) if not named.plural else None
    if last[0].kind == "select":
        return Intent(kind="select", targets=named.targets, confidence=0.9)
    return _done_too(last[0], named) if last[0].kind == "edit" and last[0].edits else None


def _done_too(last: Intent, named: Named) -> Intent | None:
    verbs = {edit.verb for edit in last.edits}
    first = last.edits[0]
    if len(verbs) > 1 or first.verb not in _ALONE or first.other is not None:
        return None
    each = [named.targets.model_copy(update={"also": ()}), *named.targets.also]
    edits = tuple(Edit(verb=first.verb, amount=first.amount, targets=one) for one in each)
    return Intent(kind="edit", targets=each[0], edits=edits, confidence=0.9)
