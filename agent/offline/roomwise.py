"""A room for each of several groups: "one room for the nineties, one for the rest" is grouped by decade."""

import re
from functools import lru_cache

from agent.offline.clauses import any_of
from agent.offline.grammar import grammar_of
from agent.offline.normalise import BOUNDARY, CREATOR
from agent.vocabulary import Vocabulary

_PART = rf"[^,;.!?{BOUNDARY}]+?"
_ANOTHER = "one|a|an|1|another|the other|the second|the third|the next|the last|the rest"
_SPLIT = re.compile(
    rf" (?:[,;.] )?(?:and |then |plus )?(?:(?:{_ANOTHER})(?: \w+)?(?: room| wall| hall| section| group)?) "
    r"(?:for|of|with|by|about|from|to) "
)


def by_rooms(line: str, vocabulary: Vocabulary) -> str:
    """The line with such a list of rooms as one wish for groups; as it was where no two groups are named."""
    found = _opening(vocabulary.base or vocabulary).search(line)
    if found is None:
        return _in_so_many(line)
    rest = line[found.end() :].strip(f" {BOUNDARY},.!?")
    parts = [part.strip(" ,;.") for part in _SPLIT.split(f"{rest} ") if part.strip(" ,;.")]
    if len(parts) < 2:
        return line
    others = any_of(("rest", "the rest", "everything else", "all else", "the others", "all the others", "what is left"))
    named = [part for part in parts if not re.fullmatch(others, part)]
    column = _column(named, vocabulary)
    whole = "everything" if len(named) < len(parts) else " and ".join(_words(part, column) for part in named)
    lead = line[: found.start()].rstrip()
    return f"{lead} create a gallery of {whole} grouped by {column} {BOUNDARY} "


def _in_so_many(line: str) -> str:
    """ "3 rooms, one for Lisbon, one for Kyoto and one for Iceland": the three of them in three rooms."""
    found = _COUNTED.search(line)
    if found is None:
        return line
    rest = line[found.end() :].strip(f" {BOUNDARY},.!?")
    parts = [part.strip(" ,;.") for part in _SPLIT.split(f" {rest} ") if part.strip(" ,;.")]
    if not 1 < len(parts) <= _MOST_ROOMS:
        return line
    lead = line[: found.start()].rstrip()
    return f"{lead} show {' and '.join(parts)} in {found['rooms']} rooms {BOUNDARY} "


def a_room_each(line: str) -> str:
    """ "Roses, ferns and tulips, a room each": as many rooms as there are subjects in the list before."""
    found = _EACH_ROOM.search(line)
    if found is None:
        return line
    clause = re.split(rf"[;.!?:{BOUNDARY}] ", f"{line[: found.start()]} ")[-1]
    listed = _LISTED.search(clause)
    many = len(_AND.split(listed[0].strip(" ,"))) if listed is not None else 0
    return f"{line[: found.start()]} in {many} rooms {line[found.end() :]}" if 1 < many <= _MOST_ROOMS else line


_MOST_ROOMS = 8
_COUNTED = re.compile(
    rf"(?<=[,;.!?{BOUNDARY}] )(?:(?:create|show|make|give me|hang|i want|i need|build|with|in) )*(?P<rooms>[2-8]) "
    r"(?:rooms|halls|spaces)(?: please)? (?:[,:;] )?(?:with )?(?:one|1|a room|the first|the first one) "
    r"(?:for|of|with|by|about|to) (?!each |every )"
)
_AND = re.compile(r" (?:, and|and|,|plus|&) ")
_LISTED = re.compile(r"(?:[^ ,]+ ){1,4}?(?:(?:, and |, |and |plus |& )(?:[^ ,]+ ){1,4}?)+(?:, )?$")
_ROOM = r"(?:room|hall|space|chamber)"
_APART = r"(?:separate |different |own )?"
_EACH_ROOM = re.compile(
    rf" (?:[,:;] )?(?:and |with )?"
    rf"(?:(?:a|one|1) {_APART}{_ROOM} (?:each|apiece|for each|per (?:subject|place|topic|theme|motif))"
    rf"(?: of (?:them|these|those))?"
    rf"|(?:each|every one|all) (?:of (?:them|these|those) )?(?:in|with|gets|get|has|have|having|needs) "
    rf"(?:its|their|a|an|one) {_APART}{_ROOM}s?(?: of (?:its|their) own)?"
    rf"|in (?:separate|different) {_ROOM}s|in {_ROOM}s of their own)(?= )"
)


@lru_cache(maxsize=8)
def _opening(vocabulary: Vocabulary) -> re.Pattern[str]:
    create = any_of((*vocabulary.lists.get("create", ()), *vocabulary.lists.get("make", ()), "with", "in", "have"))
    return re.compile(
        rf"(?<=[,;.!?{BOUNDARY}] )(?:(?:{create}) )?(?:one|a|1|the first)(?: \w+)? (?:room|hall|wall|section) "
        rf"(?:for|of|with|by|about|to) (?!each |every |me |us )(?={_PART} (?:, |and |; |\. )+)"
    )


def _column(parts: list[str], vocabulary: Vocabulary) -> str:
    """What the groups differ in: decades, years, creators, else folders."""
    slots = grammar_of(vocabulary).slots
    bare = [
        re.sub(r"^(?:the|those|all|all the|works|pictures|photos) (?:from |of |by )?(?:the )?", "", p) for p in parts
    ]
    if all(re.fullmatch(slots["decade"], part) for part in bare):
        return "decade"
    if all(re.fullmatch(slots["year"], part) for part in bare):
        return "year"
    return "creator" if all(CREATOR in part for part in parts) else "folder"


def _words(part: str, column: str) -> str:
    return f"by {part}" if column == "creator" else part
