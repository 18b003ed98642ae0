"""In which order works hang, said by what they show: who opens and who closes, what comes before what."""

import re
from collections.abc import Sequence

from agent.intent import Intent, Targets, WishedRelation
from agent.offline.measures import stored_wishes
from agent.offline.onshow.naming import Named, Row
from agent.offline.onshow.neighbours import right_before, subject
from scene.layouts.contract import Wishes

_REST = Targets(everything=True)
_OF = (
    r"(?: (?:of|in|on) (?:the |this |my |our )?(?:row|line|show|exhibition|gallery|wall|room|sequence|queue|hang|"
    r"list|it|all|"
    r"everything|them all|parade|display))?"
)
_FRONT = (
    rf"(?:(?:right |all |all together |together |up )*(?:first(?: of all)?|in front|(?:at|to|by|on|near|nearest|"
    rf"nearest to|"
    rf"closest to|next to|right by|beside) "
    rf"(?:the )?(?:very )?(?:front|start|beginning|head|opening|top|door|entrance|entry|doorway)){_OF})"
)
_BACK = (
    rf"(?:(?:right |all |all together |together |up )*(?:last(?: of all)?|(?:at|to|by|on|near|"
    rf"nearest) (?:the )?(?:very |far )?"
    rf"(?:end|back|close|rear|finish|tail|exit|bottom)){_OF})"
)
_NEXT = (
    r"(?:(?:all |together )*(?:after (?:that|those|them|it|which)|then|next|behind (?:that|them|those)|afterwards|"
    r"following)(?: on)?)"
)
_BE = (
    r"(?:(?:(?:should|must|shall|could|can|may|ought to|has to|have to|needs? to) )?(?:be|come|comes|go|goes|hang|"
    r"hangs|stand|stands|belong|belongs|is|are|gets?|move|moves)(?: up)? )?"
)
_PUT = (
    r"(?:(?:could|can|should|may|might|put|hang|move|place|bring|have|let|want|set|i want|we want|i would like|with|"
    r"show|get|take|push|"
    r"pull)(?: me)? )?"
)
_SHOW = (
    r"(?: (?:it|things|us|(?:the |this |our |my )?(?:show|exhibition|gallery|row|hang|line|display|sequence|whole|"
    r"parade)))?(?: off)?"
)
_OPEN = r"(?:opens?|starts?|begins?|leads?|heads?|kicks? off|to open|to start|to lead)"
_CLOSE = r"(?:close|closes|ends?|finish|finishes|concludes?|rounds? off|to close|to end|to finish)"
_MAY = r"(?:(?:should|must|shall|could|can|may|might|would|will|ought to|has to|have to|gets? to) )?"
_FIRST = (
    rf"{_PUT}(?P<what>.+?)(?: ,)? {_BE}{_FRONT}",
    rf"{_MAY}(?P<what>.+?) {_MAY}{_OPEN}{_SHOW}",
    rf"(?:open|start|begin|lead|kick off|head){_SHOW} (?:with|on) (?P<what>.+)",
    r"(?:the )?(?:very )?first (?:thing|one|work|picture|photo|image)(?: (?:that )?(?:one|you|we|they|people|"
    r"visitors|guests) sees?)?"
    r" (?:must|should|has to|ought to|shall|is to) be (?:a |an |one of the )?(?P<what>.+)",
    r"first(?: of all)? ,? ?(?P<what>.+)",
    r"in front (?P<what>.+)",
)
_LAST = (
    rf"{_PUT}(?P<what>.+?)(?: ,)? {_BE}{_BACK}",
    rf"{_MAY}(?P<what>.+?) {_MAY}{_CLOSE}{_SHOW}",
    rf"(?:close|end|finish|conclude|round off){_SHOW} (?:with|on) (?P<what>.+)",
    r"(?:last|finally|at last|at the end|last of all)(?: of all)? ,? ?(?P<what>.+)",
)
_THEN = (
    rf"(?:(?:and|then|next|after that|followed by|afterwards) )*{_PUT}(?P<what>.+?)(?: ,)? {_BE}{_NEXT}",
    r"(?:and )?(?:then|next|after that|followed by|afterwards) ,? ?(?:come |comes |hang |put )?(?P<what>.+)",
)
_BOTH = (
    rf"{_PUT}(?P<one>.+?) {_BE}(?:all )?(?:right )?(?:before|ahead of|in front of|followed by|and then|, then|"
    rf"then) (?P<two>.+)",
    rf"{_PUT}(?P<two>.+?) {_BE}(?:all )?(?:right )?(?:after|behind|following) (?P<one>.+)",
    r"(?:from )?(?P<one>.+?) (?:through )?to (?P<two>.+?) in that order",
)
_APART = (
    r"(?:separate|part|divide|split|keep apart|hang apart) (?P<one>.+?) (?:from|and) (?P<two>.+?)(?: apart|"
    r" from (?:each other|one another))?",
    r"(?:keep|hang|put) (?P<one>.+?) and (?P<two>.+?) (?:apart|separate|separately|in 2 blocks)",
)
_AROUND = re.compile(
    r"(?:(?:no|oh|sorry|exactly|just|do it|do that|hang (?:it|them)|put (?:it|them)|turn (?:it|them|the order)|have it|"
    r"the row|the order|make it|it should be|rather|i meant|i want it) ,? ?)*"
    r"(?:(?:exactly |just )?the other way (?:about|around|round)|the opposite (?:way|order)|vice versa|"
    r"in reverse(?: order)?|"
    r"reverse (?:it|them|the (?:order|row|sequence|line))|(?:in )?reversed(?: order)?|backwards|back to front|"
    r"in (?:the )?opposite order|from the other end|the reverse)"
)
_TIMES = {"newest": "newest", "oldest": "oldest"}


def reversed_order(clause: str, row: Row) -> Intent | None:
    """ "The other way about": by the same property from its other end, or the row from its end."""
    if not _AROUND.fullmatch(clause) or row.hanging < 2:
        return None
    now = stored_wishes(row.draft.context.scene).order
    if now in ("newest", "oldest") or _is_timeline(row):
        return _ordered("oldest" if now == "newest" else "newest")
    if now is None and clause.startswith("reverse "):
        return None
    each = tuple(Targets(ordinal=-place) for place in range(1, min(row.hanging, 200) + 1))
    return Intent(kind="refine", sequence=each, keep_works=True, confidence=0.9)


def _is_timeline(row: Row) -> bool:
    arrangement = row.draft.context.scene.arrangement
    return arrangement is not None and arrangement.layout == "timeline"


def _ordered(order: str) -> Intent:
    wishes = Wishes.model_validate({"order": order})
    return Intent(kind="refine", wishes=wishes, keep_works=True, confidence=0.9)


def before_one_another(clause: str, row: Row) -> Intent | None:
    """ "Presents before dancing": two subjects, side by side in this order."""
    for pattern in (*_BOTH, *_APART):
        found = re.fullmatch(pattern, clause)
        if found is None:
            continue
        each = [subject(found[part], row) for part in ("one", "two")]
        if each[0] is not None and each[1] is not None:
            before = right_before(each[0].targets, each[1].targets, row)
            return before or _sequenced([*_each(each[0].targets), *_each(each[1].targets)])
    return None


def at_an_end(clause: str, row: Row) -> tuple[str, Named] | None:
    """ "The wedding belongs at the head of the row": which end, and what hangs there; "next" follows another clause."""
    for where, patterns in (("next", _THEN), ("first", _FIRST), ("last", _LAST)):
        for pattern in patterns:
            found = re.fullmatch(pattern, clause)
            named = subject(found["what"], row) if found is not None else None
            if named is not None:
                return where, named
    return None


def ends_of(said: Sequence[tuple[str, Named]]) -> Intent | None:
    """One order for all the clauses of a sentence that name an end."""
    first, after, last = (
        [one for where, named in said if where == end for one in _each(named.targets)]
        for end in ("first", "next", "last")
    )
    if not first and not last:
        return None
    if len(said) == 1 and (by_time := _by_time(*said[0])) is not None:
        return by_time
    if not after and len(first) < 2 and len(last) < 2 and not any(named.plural for _, named in said):
        return _each_at(said)
    if after and last and not first:
        return None
    ordered = _sequenced([*first, *after], last)
    single = all(named.targets.words and not named.targets.words.endswith("s") for _, named in said)
    if after or len(first) > 1 or len(last) > 1 or not single:
        return ordered
    return ordered.model_copy(update={"relations": _each_at(said).relations})  # one of them at the very end


def _each(targets: Targets) -> list[Targets]:
    """Works that are named side by side, one after the other."""
    return [targets.model_copy(update={"also": ()}), *targets.also]


def _by_time(where: str, named: Named) -> Intent | None:
    """ "The most recent ones nearest the door" is an order in time."""
    extreme = named.targets.extreme
    if extreme not in _TIMES or not (named.plural or named.targets.many is None):
        return None
    other = {"newest": "oldest", "oldest": "newest"}[extreme]
    return _ordered(extreme if where == "first" else other)


def _each_at(said: Sequence[tuple[str, Named]]) -> Intent:
    """One work at an end, or one at each."""
    relations = tuple(WishedRelation.model_validate({"targets": named.targets, "how": how}) for how, named in said)
    return Intent(kind="refine", relations=relations, keep_works=True, confidence=0.9)


def _sequenced(first: Sequence[Targets], last: Sequence[Targets] = ()) -> Intent:
    rest = (_REST,) if last else ()
    return Intent(kind="refine", sequence=(*first, *rest, *last), keep_works=True, confidence=0.9)
