"""A sentence over a show, clause by clause: what it means where every clause of it is read, else nothing."""

import re
from dataclasses import dataclass, field
from typing import Any

from agent.intent import Intent
from agent.offline.draft import Draft
from agent.offline.normalise import BOUNDARY, CREATOR, HARD_SPACE
from agent.offline.onshow.forms import done_by
from agent.offline.onshow.keeping import is_kept, only_tells
from agent.offline.onshow.naming import Named, Row
from agent.offline.onshow.neighbours import as_they_hang, side_by_side
from agent.offline.onshow.overshooting import is_said_again, too_far
from agent.offline.onshow.restoring import as_before, is_as_before, qualified, restored
from agent.offline.onshow.sequences import at_an_end, before_one_another, ends_of, reversed_order
from agent.offline.onshow.whole import of_the_whole
from scene.layouts.contract import Wishes

_MOST_WORDS, _MOST_PARTS = 40, 9
_PARTED = re.compile(r" ([,;.:!?]|and then|and|but|then) (?=\S)")
_OPENING = re.compile(
    r"(?:(?:please|and|but|so|now|then|ok|okay|well|oh|no|yes|hey|also|actually|kindly|maybe|perhaps|just|next|"
    r"right|change of plans?|new plan|plan b|"
    r"could you|can you|would you|will you|you may|you can|let us|lets|i would like you to|i want you to|"
    r"would it be possible to|"
    r"is it possible to|would you mind|how about|what about|i think|i guess|hm+|mm+h?|ooh|ah|sorry) [,:]? ?)+(?=\S)"
)
_CLOSING = re.compile(
    r"(?: ,? ?(?:please|pls|plz|thanks|thank you|cheers|though|instead|for me|if you can|if possible|will you|"
    r"would you|"
    r"now|right now|for now|ok|okay|as well|too))+$"
)
_SO_THAT = re.compile(
    r"(?P<wish>.+?) (?:so that|so|because|since|in order that) (?P<told>(?:it|they|we|i|there|one|people).+)"
)


READ_IN_FULL = 0.985
"""How sure a reading is that leaves no word; no other way of reading is asked then."""


@dataclass
class _Read:
    """What the clauses of a sentence amounted to so far."""

    intents: list[Intent] = field(default_factory=list)
    ends: list[tuple[str, Named]] = field(default_factory=list)
    row: Row | None = None

    def copy(self, row: Row) -> "_Read":
        return _Read(list(self.intents), list(self.ends), row)


def over_the_show(draft: Draft) -> Intent | None:
    """What a request means that does nothing but name works on show, or parts of the show, and say what of them."""
    line = _plain(draft.said)
    if not draft.context.scene.placements or not line or len(line.split()) > _MOST_WORDS:
        return None
    if is_as_before(_bare(line)) and draft.context.earlier:
        return Intent(kind="undo", undo_what="step", language=draft.vocabulary.language, understood=(line[:400],))
    found = _covered(line, _Read(row=Row(draft)), 0)
    intent = _together(found) if found is not None else None
    if intent is None:
        return None
    told = {"understood": (draft.plain(line)[:400],), "confidence": READ_IN_FULL}
    return intent.model_copy(update={"language": draft.vocabulary.language, **told})


def _plain(said: str) -> str:
    line = " ".join(said.replace(BOUNDARY, " ").split())
    line = re.sub(rf"[{CREATOR}{HARD_SPACE}]", " ", line)
    return re.sub(r"^[\s,.;:!?]+|[\s,.;:!?]+$", "", line)


def _bare(clause: str) -> str:
    clause = re.sub(r"^[\s,.;:!?]+|[\s,.;:!?]+$", "", clause)
    opened = _OPENING.match(clause)
    clause = clause[opened.end() :] if opened is not None else clause
    return _CLOSING.sub("", clause).strip(" ,.;:!?") or clause


def _covered(line: str, read: _Read, depth: int) -> _Read | None:
    """The longest first clause that is read, and the rest after it; None where a word would be left."""
    if depth > _MOST_PARTS:
        return None
    for cut in [len(line), *(found.start() for found in reversed(list(_PARTED.finditer(line))))]:
        rest = line[cut:]
        after = _next_in_row(line[:cut], read) or _clause(_bare(line[:cut]), read)
        if after is None:
            continue
        if not rest.strip():
            return after
        rest = re.sub(r"^ (?:[,;.:!?]|and then|and|but|then) ", lambda cut: "then " if "then" in cut[0] else "", rest)
        if (whole := _covered(rest, after, depth + 1)) is not None:
            return whole
    return None


def _next_in_row(clause: str, read: _Read) -> _Read | None:
    """ "... then the temple gates": what follows an end that was named before."""
    clause = re.sub(r"^(?:[,;.:!?]|and|but|\s)+|[\s,.;:!?]+$", "", clause)
    end = at_an_end(clause, read.row) if read.ends and read.row is not None else None
    if end is None or end[0] != "next" or read.row is None:
        return None
    after = read.copy(read.row.having_named(end[1].targets))
    after.ends.append(end)
    return after


def _clause(clause: str, read: _Read) -> _Read | None:
    row = read.row
    assert row is not None
    if not clause:
        return None
    last = read.intents[-1] if read.intents else None
    if last is not None and (changed := qualified(clause, last, row)) is not None:
        after = read.copy(row)
        after.intents[-1] = changed
        return after
    if (read.intents or read.ends) and (is_kept(clause, row) or (last is not None and is_said_again(clause))):
        return read
    end = at_an_end(clause, row)
    if end is not None and (end[0] != "next" or read.ends):
        after = read.copy(row.having_named(end[1].targets))
        after.ends.append(end)
        return after
    for way in (reversed_order, restored, as_before, before_one_another, side_by_side, of_the_whole, too_far):
        if (intent := way(clause, row)) is not None:
            after = read.copy(row)
            after.intents.append(intent)
            return after
    reasoned = _SO_THAT.fullmatch(clause)
    if reasoned is not None and (wished := _clause(reasoned["wish"], read)) is not None:
        return wished
    made = done_by(clause, row)
    if made is not None:
        after = read.copy(row.having_named(made[1]) if made[1] is not None else row)
        after.intents.append(made[0])
        return after
    if _opens_the_topic(clause, read, row):
        return read.copy(row.having_named(_named(clause, row).targets))
    return read if (read.intents or read.ends) and only_tells(clause, row) else None


def _opens_the_topic(clause: str, read: _Read, row: Row) -> bool:
    """ "Number four does not convince me" names the work that the next clause is about."""
    if read.intents or read.ends or row.before is not None:
        return False
    return _NOT_LIKED.fullmatch(clause) is not None and _named_in(clause, row) is not None


_NOT_LIKED = re.compile(
    r"(?P<what>.+?) (?:(?:does|do|did|is|are) not|never|fails to) (?:really |quite |yet )?"
    r"(?:convinced?|please|grab|work|fit|appeal|do it|speak|impress|persuade|right|good)(?: (?:to |for )?(?:me|"
    r"us))?(?: here| there)?"
)


def _named_in(clause: str, row: Row) -> Named | None:
    found = _NOT_LIKED.fullmatch(clause)
    named = row.named(found["what"]) if found is not None else None
    return None if named is None or named.plural else named


def _named(clause: str, row: Row) -> Named:
    named = _named_in(clause, row)
    assert named is not None
    return named


def _together(read: _Read) -> Intent | None:
    """One intent of all that was read."""
    intents = list(read.intents)
    if read.ends:
        ordered = ends_of(read.ends)
        if ordered is None:
            return None
        changed = any(intent.kind == "edit" for intent in intents)
        intents.append(as_they_hang(ordered, read.row) if changed and read.row is not None else ordered)
    whole: Intent | None = None
    for intent in dict.fromkeys(intents):
        whole = intent if whole is None else _joined(whole, intent)
    return whole


def _joined(one: Intent, two: Intent) -> Intent:
    if one.then:
        return one.model_copy(update={"then": (*one.then, two)})
    if one.kind == two.kind == "edit":
        return one.model_copy(update={"edits": tuple(dict.fromkeys((*one.edits, *two.edits)))})
    hung = {"refine", "restyle"}
    before, after = (intent.model_dump(exclude_defaults=True) for intent in (one, two))
    free = {"kind", "confidence", "wishes", "keep_works"}
    if one.kind in hung and two.kind in hung and not before.keys() & after.keys() - free:
        parts: dict[str, Any] = {**before, **after}
        wishes = Wishes.model_validate({**before.get("wishes", {}), **after.get("wishes", {})})
        kind = "refine" if "refine" in (one.kind, two.kind) else "restyle"
        keeps = all(intent.keep_works or intent.kind == "restyle" for intent in (one, two))
        return Intent.model_validate(parts | {"wishes": wishes, "kind": kind, "keep_works": keeps})
    return one.model_copy(update={"then": (two,)})
