"""A sentence over a show, clause by clause: what it means where every clause of it is read, else nothing."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from agent.intent import Intent
from agent.offline.draft import Draft
from agent.offline.normalise import BOUNDARY, CREATOR, HARD_SPACE
from agent.offline.onshow.by_rules import ByRules, Rules
from agent.offline.onshow.ellipsis import as_just_done
from agent.offline.onshow.figures import figure_right, part_of_it
from agent.offline.onshow.forms import done_by
from agent.offline.onshow.grading import graded
from agent.offline.onshow.joining import Read, together
from agent.offline.onshow.keeping import is_kept, kept_work, only_tells
from agent.offline.onshow.lessening import less_of, look_wished
from agent.offline.onshow.naming import Named, Row
from agent.offline.onshow.neighbours import side_by_side
from agent.offline.onshow.overshooting import is_said_again, too_far
from agent.offline.onshow.properties import blamed, wished_greater
from agent.offline.onshow.putting import one_of_each, taking_the_place, to_rooms
from agent.offline.onshow.restoring import as_before, qualified, restored
from agent.offline.onshow.returning import is_as_before, is_regretted
from agent.offline.onshow.sequences import at_an_end, before_one_another, reversed_order
from agent.offline.onshow.telling import colour_told, is_beside, is_comment, tells_beforehand, work_told_of
from agent.offline.onshow.whole import of_the_whole
from agent.offline.onshow.works_back import last_act_undone, out_again

_MOST_WORDS, _MOST_PARTS = 40, 9
_PARTED = re.compile(r" ([,;.:!?]|and then|and|but|then) (?=\S)")
_OPENING = re.compile(
    r"(?:(?:please|and|but|so|now|then|ok|okay|well|oh|no(?= (?:,|it |that |not |i |we |make |back |wait |"
    r"sorry ))|yes|hey|also|actually|kindly|maybe|perhaps|just|next|"
    r"right|change of plans?|new plan|plan b|"
    r"could you|can you|would you|will you|you may|you can|let us|lets|i would like you to|i want you to|"
    r"would it be possible to|"
    r"is it possible to|would you mind|how about|what about|remind me|tell me|can you tell me|i think|i guess|"
    r"hm+|mm+h?|ooh|ah|sorry) [,:]? ?)+(?=\S)"
)
_CLOSING = re.compile(
    r"(?: ,? ?(?:please|pls|plz|thanks|thank you|cheers|though|instead|for me|if you can|if possible|will you|"
    r"would you|"
    r"now|right now|for now|ok|okay|as well|too|altogether|completely|entirely|for good|would not hurt|can not hurt|"
    r"could not hurt|would not go amiss|would be (?:nice|good|great|lovely|fine)))+$"
)
_SO_THAT = re.compile(
    r"(?P<wish>.+?) (?:so that|so|because|since|in order that) (?P<told>(?:it|they|we|i|there|one|people).+)"
)


READ_IN_FULL = 0.985
"""How sure a reading is that leaves no word; no other way of reading is asked then."""


def over_the_show(draft: Draft, by_rules: ByRules | None = None) -> Intent | None:
    """What a request means that does nothing but name works on show, or parts of the show, and say what of them.

    Beside such clauses, and beside what is only told, single wishes may be read by the other rules.
    """
    line = _plain(draft.said)
    if not draft.context.scene.placements or not line or len(line.split()) > _MOST_WORDS:
        return None
    if (is_as_before(_bare(line)) or is_regretted(_CLOSING.sub("", line))) and draft.context.earlier:
        return Intent(kind="undo", undo_what="step", language=draft.vocabulary.language, understood=(line[:400],))
    if (same := as_just_done(line, Row(draft))) is not None:
        return _told(same, line, draft)
    found = _covered(line, Read(Row(draft)), 0)
    intent = together(found) if found is not None else None
    if intent is None and by_rules is not None and _PARTED.search(line):
        intent = _with_the_rules(line, draft, Rules(by_rules, _bare(line)))
    if intent is None:
        return None
    return _told(intent, line, draft)


def _told(intent: Intent, line: str, draft: Draft) -> Intent:
    """The intent as one every word of which was read."""
    read: dict[str, Any] = {"understood": (draft.plain(line)[:400],), "confidence": READ_IN_FULL}
    return intent.model_copy(update={"language": draft.vocabulary.language, **read})


def _with_the_rules(line: str, draft: Draft, rules: Rules) -> Intent | None:
    """The sentence with single clauses as the other rules read them; nothing where these read all of it alone."""
    found = _covered(line, Read(Row(draft), by_rules=rules), 0)
    if found is None and (kept := _kept_anywhere(line, Row(draft))) is not None:
        found = _covered(line, Read(Row(draft, kept.targets), by_rules=rules), 0)
    if found is None or not (found.own or (found.acted and not rules.read_all(Row(draft)))):
        return None
    intent = together(found)
    unsure = tuple(told[:400] for told in found.told if " " in told and not is_beside(told, found.row))
    return intent.model_copy(update={"ignored": unsure}) if intent is not None and unsure else intent


def _kept_anywhere(line: str, row: Row) -> Named | None:
    """The works that a clause says shall stay, wherever it stands: "exchange all the others, number three stays"."""
    clauses = (_bare(clause) for clause in _PARTED.sub("\n", line).split("\n"))
    return next((named for clause in clauses if (named := kept_work(clause, row)) is not None), None)


def _plain(said: str) -> str:
    line = " ".join(said.replace(BOUNDARY, " ").split())
    line = re.sub(rf"[{CREATOR}{HARD_SPACE}]", " ", line)
    return re.sub(r"^[\s,.;:!?]+|[\s,.;:!?]+$", "", line)


def _bare(clause: str) -> str:
    clause = re.sub(r"^[\s,.;:!?]+|[\s,.;:!?]+$", "", clause)
    opened = _OPENING.match(clause)
    clause = clause[opened.end() :] if opened is not None else clause
    return _CLOSING.sub("", clause).strip(" ,.;:!?") or clause


def _covered(line: str, read: Read, depth: int) -> Read | None:
    """The longest first clause that is read, and the rest after it; None where a word would be left."""
    if depth > _MOST_PARTS:
        return None
    for cut in [len(line), *(found.start() for found in reversed(list(_PARTED.finditer(line))))]:
        rest = line[cut:]
        after = _next_in_row(line[:cut], read) or _clause(_bare(line[:cut]), read, more=bool(line[cut:].strip()))
        if after is None:
            continue
        if not rest.strip():
            return after
        rest = re.sub(r"^ (?:[,;.:!?]|and then|and|but|then) ", lambda cut: "then " if "then" in cut[0] else "", rest)
        if (whole := _covered(rest, after, depth + 1)) is not None:
            return whole
    return None


def _next_in_row(clause: str, read: Read) -> Read | None:
    """ "... then the temple gates": what follows an end that was named before."""
    clause = re.sub(r"^(?:[,;.:!?]|and|but|\s)+|[\s,.;:!?]+$", "", clause)
    end = at_an_end(clause, read.row) if read.ends else None
    if end is None or end[0] != "next":
        return None
    after = read.copy(read.row.having_named(end[1].targets))
    after.ends.append(end)
    return after


def _clause(clause: str, read: Read, *, more: bool = False) -> Read | None:
    """What was read with one more clause; None where it is not read. `more` says that others follow it."""
    if not clause:
        return None
    found = _wish(clause, read)
    if found is not None:
        return replace(found, acted=True)
    row, wished = read.row, bool(read.intents or read.ends)
    if more and not wished and is_kept(clause, row):
        kept = kept_work(clause, row)
        if kept is None:
            return read
        staying = (*read.staying, kept.targets)
        return replace(read.copy(row.having_named(kept.targets)), own=True, staying=staying)
    if more and (named := work_told_of(clause, row)) is not None:
        return replace(read.copy(row.having_named(named.targets)), own=True)
    if wished and only_tells(clause, row):
        return replace(read, own=True)
    if colour := colour_told(clause, row):
        return replace(read, told=(*read.told, colour), own=True)
    if read.by_rules is None:
        return None
    if clause != read.by_rules.whole and is_comment(clause, row):
        return replace(read, told=(*read.told, clause), own=True)
    pieces = [_bare(piece) for piece in _PARTED.sub("\n", clause).split("\n")]
    if len(pieces) > 1 and any(is_comment(piece, row) for piece in pieces):
        return None
    if (wish := read.by_rules.wish(clause, row)) is not None:
        after = read.copy(row)
        after.intents.append(wish)
        return after
    told = not wished and tells_beforehand(clause, row, read.by_rules.whole)
    return replace(read, told=(*read.told, clause), own=True) if told else None


def _wish(clause: str, read: Read) -> Read | None:
    """What was read with a clause that this grammar reads: a change of what is named, or what is to stay as it is."""
    row, after = read.row, read.copy(read.row)
    last = read.intents[-1] if read.intents else None
    if last is not None and read.by_rules is None and (changed := qualified(clause, last, row)) is not None:
        after.intents[-1] = changed
        return after
    if (read.intents or read.ends) and is_kept(clause, row):
        kept = kept_work(clause, row)
        return replace(read, staying=(*read.staying, kept.targets)) if kept is not None else read
    if last is not None and is_said_again(clause):
        return read
    end = at_an_end(clause, row)
    if end is not None and (end[0] != "next" or read.ends):
        after = read.copy(row.having_named(end[1].targets))
        after.ends.append(end)
        return after
    if (intent := next((found for way in _WAYS if (found := way(clause, row)) is not None), None)) is not None:
        after.intents.append(intent)
        return after
    reasoned = _SO_THAT.fullmatch(clause)
    if reasoned is not None and (wished := _wish(reasoned["wish"], read)) is not None:
        return wished
    return _done(clause, read)


_WAYS: tuple[Callable[[str, Row], Intent | None], ...] = (
    reversed_order, graded, part_of_it, figure_right, restored, as_before, one_of_each, to_rooms, before_one_another,
    side_by_side, of_the_whole, too_far, blamed, wished_greater, last_act_undone, out_again, look_wished, less_of,
)  # fmt: skip


def _done(clause: str, read: Read) -> Read | None:
    """What was read with something that is done to works."""
    made = done_by(clause, read.row)
    if made is None:
        return None
    after = read.copy(read.row.having_named(made[1]) if made[1] is not None else read.row)
    if not _goes_for_another(made[0], after, read.row) and not _comes_for_another(made[0], after, read.row):
        after.intents.append(made[0])
    return after


def _goes_for_another(made: Intent, after: Read, row: Row) -> bool:
    """Whether a work goes in whose place another was put just before: then it need not be taken down as well."""
    put = {edit.targets if edit.verb == "replace" else edit.other: edit for intent in after.intents
           for edit in intent.edits if edit.verb in ("replace", "swap")}  # fmt: skip
    going = [edit.targets for edit in made.edits if edit.verb == "remove"]
    edit = put.get(going[0]) if len(going) == len(made.edits) == 1 else None
    if edit is None:
        return False
    taken = taking_the_place(edit, row) if edit.verb == "swap" else None
    after.intents[-1:] = [taken] if taken is not None else after.intents[-1:]
    return True


def _comes_for_another(made: Intent, after: Read, row: Row) -> bool:
    """Whether a work comes in the place of one that was taken down just before: "... and put the bridge there"."""
    gone = [(edit.verb, edit.targets) for edit in after.intents[-1].edits] if after.intents else []
    edit = made.edits[0] if len(made.edits) == 1 else None
    if edit is None or edit.verb not in ("replace", "swap"):
        return False
    if gone != [("remove", edit.targets if edit.verb == "replace" else edit.other)]:
        return False
    after.intents[-1] = (taking_the_place(edit, row) if edit.verb == "swap" else None) or made
    return True
