"""What is said of the show as a whole: a room for each group, another subject for its own, how many of a kind."""

import re
from collections.abc import Callable, Mapping

from agent.intent import Intent, Targets
from agent.offline.onshow.naming import Row
from agent.offline.onshow.stems import stem, stems_of
from agent.ports.library import Query
from agent.refining import base_query
from scene.layouts.contract import Wishes

_PLACES = {"city": "folder", "cities": "folder", "town": "folder", "towns": "folder", "country": "folder",
           "countries": "folder", "trip": "folder", "trips": "folder", "journey": "folder", "destination": "folder",
           "painter": "creator", "author": "creator"}  # fmt: skip
_ROOMS = (
    r"(?:(?:make|give|use|have|with|in) )?(?:one|a|1) (?:separate |own )?room (?:per|for each|for every|each for|"
    r"to each) "
    r"(?P<column>.+)",
    r"(?:give )?(?:each|every) (?P<column>.+?) (?:gets? |has |in |with |to have |should have |should get )?"
    r"(?:its|their|a|an|his|her) own room",
    r"(?:split|divide|sort|part|separate) (?:it|them|everything|these|the works|the show) (?:up )?"
    r"(?:into|in|over|across) rooms by (?P<column>.+)",
)
_INTO_ROOM = re.compile(
    r"(?:(?:can|could|should|may|let|put|move|hang|bring|have|spread) )?(?:half|some|part|a third|the rest|"
    r"the others|a few|"
    r"several|the second half|\d+)(?: of (?:them|it|the (?:works|pictures|photos|show)|these|those))?"
    r"(?: (?:go|hang|move|come|be moved|be hung|be put))? (?:over )?(?:in|into|to) (?:a|an|the|another|one more) ?"
    r"(?P<nth>[a-z]+)? ?room(?: (?:please|of (?:their|its) own))?"
)
_INSTEAD = (
    r"(?:show |use |hang |take |make (?:it|that) |with )?(?P<what>.+?) (?:instead of|rather than|in place of|"
    r"in lieu of) "
    r"(?P<gone>.+)",
    r"(?:not|no) (?P<gone>.+?) ,? ?(?:but|rather) (?P<what>.+)",
    r"not (?P<gone>[a-z]+) [,.;:] (?P<what>[a-z]+)",
    r"(?:swap|exchange|trade|replace|switch) (?P<gone>.+?) (?:for|with|by) (?P<what>.+)",
)
_DISTINCT = re.compile(
    r"(?:from |by |of )?how many (?:different )?(?P<column>[a-z]+?)"
    r"(?: (?:are (?:there|they|these|those)|is that|altogether|in all|in total|on show|here|hang here|took (?:these|"
    r"them|part)|"
    r"made (?:these|them)|does that make|do we have here))*"
)
_COLUMNS = re.compile(
    r"(?P<number>\d+) (?P<of>columns) (?:would|might|could|will|should) (?:read|look|be|work|feel|suit it|fit|do) "
    r"?(?:(?:much|far|even|a bit|a lot) )?(?:better|nicer|best|good|nice|well|great|easier)?(?: (?:on|for|in|at|"
    r"with) .+)?"
)
_UP = r"(?:up|on show|on display|hanging|here|in here|on the walls?|in the show|there)"
_HOW_MANY = (
    r"(?P<what>.+?) [:,] ?how many (?:of (?:them|those) )?(?:have i|have we|do i have|do we have|are there|are|hang)"
    rf"(?: got)?(?: {_UP})?(?: (?:at the moment|now|right now|in all|altogether|currently))?",
    rf"how many (?P<what>.+?) (?:have i|have we|do i have|do we have|are there|are|hang)(?: got)? {_UP}"
    r"(?: (?:at the moment|now|right now|in all|altogether|currently))?",
)
_PLAIN = frozenset({"the", "of", "from", "in", "pictures", "photos", "works", "ones", "all", "only", "just"})


def of_the_whole(clause: str, row: Row) -> Intent | None:
    """What a clause says of all the works; None for any other clause."""
    ways: tuple[Callable[[str, Row], Intent | None], ...] = (
        _rooms_by, _nth_room, _into_room, _merged_rooms, _it_should_be, _instead, _distinct, _columns, _counted,
    )  # fmt: skip
    return next((found for way in ways if (found := way(clause, row)) is not None), None)


def _column(words: str, row: Row) -> str:
    columns: Mapping[str, str] = row.draft.vocabulary.table("columns")
    return str(_PLACES.get(words) or columns.get(words) or "")


def _rooms_by(clause: str, row: Row) -> Intent | None:
    """ "One room per city": the works by what they are of, a room for each."""
    for pattern in _ROOMS:
        found = re.fullmatch(pattern, clause)
        column = _column(found["column"], row) if found is not None else ""
        if column:
            parts = [part for part in re.split(r" and | or |,", base_query(row.draft.context).words) if part.strip()]
            named = all(len(part.split()) == 1 and part.strip() in row.draft.vocabulary.library_words for part in parts)
            each = len(parts) if column == "folder" and named else None
            wishes = Wishes.model_validate({"group_by": column, "rooms": each if each and each > 1 else None})
            return Intent(kind="refine", layout="gallery", wishes=wishes, keep_works=True, confidence=0.9)
    return None


def _nth_room(clause: str, row: Row) -> Intent | None:
    """ "Give it a third room": so many rooms, where there is one less now."""
    found = re.fullmatch(
        r"(?:give (?:it|them|us|me)|add|make|use|have|open|take|it (?:needs|could use)|with) (?:a|"
        r"the) (?P<nth>[a-z]+) room",
        clause,
    )
    number = row.draft.vocabulary.table("ordinals").get(found["nth"]) if found is not None else None
    if number is None or not 1 < int(number) <= 100 or int(number) != len(row.draft.context.scene.rooms) + 1:
        return None
    return Intent(kind="refine", wishes=Wishes(rooms=int(number)), keep_works=True, confidence=0.9)


def _into_room(clause: str, row: Row) -> Intent | None:
    """ "Could half of them go into a second room?": one room more than there is."""
    found = _INTO_ROOM.fullmatch(clause)
    if found is None:
        return None
    now, nth = max(len(row.draft.context.scene.rooms), 1), found["nth"] or "another"
    number = row.draft.vocabulary.table("ordinals").get(nth, now + 1 if nth in _ANOTHER else 0)
    return Intent(kind="refine", wishes=Wishes(rooms=int(number)), keep_works=True) if number == now + 1 else None


_ANOTHER = ("another", "new", "separate", "further", "next", "other", "extra", "additional", "own", "different")


def _it_should_be(clause: str, row: Row) -> Intent | None:
    """ "Kyoto it should be": as many works of another subject, hung alike."""
    found = re.fullmatch(_MEANT, clause) or re.fullmatch(_THIS_WITH, clause)
    what = _subject(found["what"]) if found is not None else ""
    known = {stem(word) for word in row.draft.vocabulary.library_words}
    if not what or not {*stems_of(what)} <= known:
        return None
    return Intent(kind="refine", query=Query(words=what), wishes=Wishes(count=max(row.hanging, 1)),
                  accept_fewer=True, confidence=0.9)  # fmt: skip


_THIS_WITH = (
    r"(?:exactly|just|precisely) (?:this|that|the same)(?: again)? ?,? (?:but|only)(?: now| this time)? "
    r"(?:with|of|from|for|about) (?P<what>.+?)"
)
_MEANT = (
    r"(?P<what>.+?) (?:it (?:should|ought to|must|has to|was (?:supposed|meant) to) (?:be|have been)|was meant|"
    r"is what i meant|was what i meant|i meant|i wanted|is what i want(?:ed)?)"
)


_MERGED = re.compile(
    r"(?:merge|combine|join|unite|knock together|put together|throw together) (?:the )?(?:(?:first|last|other|"
    r"small) )*(?:2|both)?"
    r" ?(?:rooms|halls)(?: (?:in)?to (?:one|1)| together)?"
)


def _merged_rooms(clause: str, row: Row) -> Intent | None:
    """ "Merge the last two rooms": one room less."""
    now = len(row.draft.context.scene.rooms)
    if now < 2 or _MERGED.fullmatch(clause) is None:
        return None
    return Intent(kind="refine", wishes=Wishes(rooms=now - 1), keep_works=True, confidence=0.9)


def _instead(clause: str, row: Row) -> Intent | None:
    """ "Lisbon instead of Berlin", where the show is of Berlin: as many of the other subject, hung alike."""
    base = base_query(row.draft.context)
    for pattern in _INSTEAD:
        found = re.fullmatch(pattern, clause)
        if found is None:
            continue
        what, gone = (_subject(found[name]) for name in ("what", "gone"))
        known = {stem(word) for word in row.draft.vocabulary.library_words}
        if not what or not {*stems_of(what)} <= known or {*stems_of(gone)} != {*stems_of(_subject(base.words))}:
            continue
        return Intent(kind="refine", query=Query(words=what), wishes=Wishes(count=max(row.hanging, 1)),
                      accept_fewer=True, confidence=0.9)  # fmt: skip
    return None


def _subject(words: str) -> str:
    return " ".join(word for word in words.split() if word not in _PLAIN)


def _distinct(clause: str, row: Row) -> Intent | None:
    """ "And from how many photographers altogether?": counted among the works on show."""
    found = _DISTINCT.fullmatch(clause)
    column = _column(found["column"], row) if found is not None else ""
    if not column:
        return None
    here = Targets(everything=True)
    return Intent(kind="answer", about="distinct", name=column, targets=here, confidence=0.9)


def _counted(clause: str, row: Row) -> Intent | None:
    """ "Farmhouses: how many have I got up?": counted among the works on show."""
    found = next((one for pattern in _HOW_MANY if (one := re.fullmatch(pattern, clause)) is not None), None)
    named = row.named(found["what"]) if found is not None else None
    if named is None or not named.targets.words or named.targets.also:
        return None
    query = Query(words=named.targets.words)
    return Intent(kind="answer", about="count", query=query, targets=Targets(everything=True), confidence=0.9)


def _columns(clause: str, _: Row) -> Intent | None:
    found = _COLUMNS.fullmatch(clause)
    if found is None or not 1 <= int(found["number"]) <= 1_000:
        return None
    return Intent(kind="refine", wishes=Wishes(columns=int(found["number"])), keep_works=True, confidence=0.9)
