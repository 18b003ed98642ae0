"""What people take back or leave open while they speak: "fifteen, no, sixteen", "10 or 30"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from agent.offline.clauses import any_of
from agent.offline.draft import Draft
from agent.offline.grammar import grammar_of
from agent.offline.normalise import BOUNDARY, CREATOR

_REPAIRED = ("number", "theme", "layout", "colour", "year", "month", "side", "orientation")
_OPEN = ("number", "theme", "layout", "side")
_ABOUT_AS_MANY = 1.4
"""Numbers that lie no further apart are one rough number: "five or six"."""
_NOT_YEARS = 1_500
_SHORT_CLAUSE = 3
"""A clause of so few words is taken back as a whole."""


_UNWANTED = ("forget the", "not", "no", "drop the", "skip the", "forget")
_UNLESS_UNWANTED = "".join(f"(?<! {words} )" for words in _UNWANTED)


@dataclass(frozen=True)
class _Bounds:
    """The least and the most that was said, with where it was said."""

    least: int
    most: int
    spans: tuple[tuple[int, int], ...]


def repaired(draft: Draft) -> None:
    """Drop what was corrected in the same breath, and make one number of a range of two."""
    grammar, lists = grammar_of(draft.vocabulary), draft.vocabulary.lists
    takes_back, works = any_of(lists.get("repairs", ())), any_of(lists.get("works", ()))
    line = draft.line
    for slot in _REPAIRED:
        value = grammar.slots[slot]
        back = rf"{takes_back}|no" if slot in ("number", "year") else takes_back
        line = re.sub(
            rf"{_UNLESS_UNWANTED}(?<= ){value} (?:(?:{works}) )?(?:, )?(?:{back}) (?:, )?"
            rf"(?:(?:make|made) (?:it|that) )?"
            rf"(?=(?:(?:as|in|on|to) )?(?:(?:a|an|the) )?{value} )",
            "",
            line,
        )
    line = _other_thing(_other_subject(line, draft), draft)
    draft.line = _ranged(_misspoken(_afterthought(line, draft), draft), draft)


def _other_subject(line: str, draft: Draft) -> str:
    """ "The harbour pictures, no wait, the garden pictures": the works named last stand for those named first."""
    lists = draft.vocabulary.lists
    works, takes_back = any_of(lists.get("works", ())), any_of(lists.get("repairs", ()))
    words = rf"(?:(?!(?:{takes_back}|{any_of(lists.get('starters', ()))}) )[^ ,;.!?:{BOUNDARY}]+ ){{1,3}}?"
    named = rf"(?:(?:the|my|our|some|those) )?{words}(?:{works}) "
    back = rf"(?:, )?(?:(?:{takes_back}) (?:, )?)+"
    line = re.sub(rf"(?<= ){named}{back}(?={named})", "", line)
    which = "the|my|our|some|those|these|all the"
    return re.sub(rf"(?<= )(?:{which}) {words}{back}(?=(?:{which}) )", "", line)


def _other_thing(line: str, draft: Draft) -> str:
    """ "Pictures of trams, no, horses", "by Anna, sorry, Bruno": of two things of one kind the one named last stays."""
    back = rf"(?:, (?:{any_of(draft.vocabulary.lists.get('repairs', ()))})|(?:, )?(?:{'|'.join(_SURE)})) (?:, )?"
    at = 0
    while (found := re.compile(rf"(?<= ){back}").search(line, at)) is not None:
        before, after = line[: found.start()].split(), line[found.end() :].split()
        at = found.end()
        lead = after[:1] if after[:1] and after[0] in _LEADING else []
        kind = _kind_of(after[len(lead)], draft) if len(after) > len(lead) else ""
        kept = _without_last(before, kind, lead, draft) if kind else before
        unwanted = re.search(rf" (?:{'|'.join(_UNWANTED)}) $", f" {' '.join(kept)} ")
        if len(kept) < len(before) and not unwanted:
            line = f"{' '.join(kept)} {line[found.end() :]}"
            at = 0
    return line


_SURE = ("no wait", "or rather", "i mean", "i meant", "make that", "scratch that", "no sorry", "oh no", "no i mean")
_LEADING = ("of", "from", "by", "with", "in", "showing")
_MOST_REPLACED = 3


def _kind_of(word: str, draft: Draft) -> str:
    """What kind of thing a word names: a creator, or something that the library speaks of."""
    if word.startswith(CREATOR):
        return "creator"
    forms = {word, word.removesuffix("s"), word.removesuffix("es"), f"{word}s"}
    return "thing" if forms & draft.vocabulary.library_words else ""


def _without_last(before: list[str], kind: str, lead: list[str], draft: Draft) -> list[str]:
    """The words without the last thing of that kind, and without what led to it where that is said again."""
    kept = before[:]
    if lead and lead[0] in before[-_MOST_REPLACED - 1 :]:
        return before[: len(before) - 1 - before[::-1].index(lead[0])]
    while kept and len(before) - len(kept) < _MOST_REPLACED and _kind_of(kept[-1], draft) == kind:
        kept.pop()
    return kept


def _afterthought(line: str, draft: Draft) -> str:
    """ "Eight pictures of the sea, no wait, nine": what comes last stands in place of what it corrects."""
    grammar, takes_back = grammar_of(draft.vocabulary), any_of(draft.vocabulary.lists.get("repairs", ()))
    works = any_of(draft.vocabulary.lists.get("works", ()))
    for slot in ("number", "theme", "layout", "year"):
        value = grammar.slots[slot]
        last = re.search(
            rf" , (?:{takes_back}) (?:, )?(?:(?:a|an|the|in|as) )*(?P<new>{value}) "
            rf"(?:(?:{works}) )?(?:[,.!?] )*{BOUNDARY} $",
            line,
        )
        before = list(re.finditer(rf"(?<= ){value}(?= )", line[: last.start() + 1])) if last is not None else []
        if last is not None and before and re.search(rf" (?:{'|'.join(_UNWANTED)}) $", line[: before[-1].start()]):
            line = f"{line[: last.start()]} , {last['new']} {BOUNDARY} "  # "forget the desert, I mean noir"
        elif last is not None and before:
            line = f"{line[: before[-1].start()]}{last['new']}{line[before[-1].end() : last.start()]} {BOUNDARY} "
    return line


def _misspoken(line: str, draft: Draft) -> str:
    """ "Contrast sheet, sorry, contact sheet": as many words go as are put in their place."""
    grammar, takes_back = grammar_of(draft.vocabulary), any_of(draft.vocabulary.lists.get("repairs", ()))
    for slot in ("layout", "theme"):
        found = re.search(rf" , (?:{takes_back}) (?:, )?(?=(?:(?:a|an|the) )?(?P<value>{grammar.slots[slot]}) )", line)
        if found is None:
            continue
        before = line[: found.start()].split(" ")
        clause = re.split(rf"[,;.:!?{BOUNDARY}] ", line[: found.start()])[-1].split()
        count = len(clause) if len(clause) <= _SHORT_CLAUSE else min(len(found["value"].split()), len(before) - 1)
        line = f"{' '.join(before[:-count])} {line[found.end() :]}"
    return line


def _ranged(line: str, draft: Draft) -> str:
    """ "Between 10 and 15 works" and "10 to 15 works" are at most 15."""
    works = any_of(draft.vocabulary.lists.get("works", ()))

    def most(found: re.Match[str]) -> str:
        low, high = int(found["low"]), int(found["high"])
        return found[0] if high >= _NOT_YEARS or low >= high else f"at most {high} {found['rest']}"

    rest = rf"(?P<rest>(?:(?:{works}|of) )?)"
    line = re.sub(rf"(?<= )(?:somewhere )?between (?P<low>\d+) and (?P<high>\d+) {rest}", most, line)
    return re.sub(rf"(?<= )(?P<low>\d+) (?:to|up to) (?P<high>\d+) (?=(?:{works}) )(?P<rest>)", most, line)


def left_open(draft: Draft) -> tuple[str, ...]:
    """The requests that were offered instead of one ("a timeline or a grid"), as texts; empty when all is plain."""
    if draft.context.pending_question:
        return ()
    line = draft.line
    for slot in _OPEN:
        for found in _either(draft, slot):
            values = [_value(draft, slot, found[name]) for name in ("one", "two")]
            if values[0] == values[1] or not all(values):
                continue
            if slot == "number" and max(values) <= _ABOUT_AS_MANY * min(values):
                draft.line = line[: found.start()] + line[found.start("two") :]
                return ()
            first = line[: found.end("one")] + " " + line[found.end() :]
            second = line[: found.start()] + line[found.start("two") :]
            return (_said(first, draft), _said(second, draft))
    bounds = _bounds(draft)
    if bounds is not None and bounds.least > bounds.most:
        return tuple(_said(line[:a] + line[b:], draft) for a, b in reversed(bounds.spans))
    return ()


def _either(draft: Draft, slot: str) -> Iterator[re.Match[str]]:
    value, works = grammar_of(draft.vocabulary).slots[slot], any_of(draft.vocabulary.lists.get("works", ()))
    doubt = any_of(draft.vocabulary.lists.get("doubts", ()))
    joined = rf"(?:(?:{works}) )?(?:[,.;:] )?or (?:(?:{doubt}) )?(?:(?:on|in|as|at|to|into) )?(?:(?:a|an|the) )?"
    return re.finditer(rf"(?<= )(?P<one>{value}) {joined}(?P<two>{value})(?= )", draft.line)


def _value(draft: Draft, slot: str, words: str) -> Any:
    if slot == "number":
        return int(words) if words.isdecimal() and 0 < int(words) < _NOT_YEARS else 0
    if slot == "theme":
        return draft.vocabulary.theme_names.get(words)
    return draft.vocabulary.table({"layout": "layouts", "side": "sides"}[slot]).get(words)


def _bounds(draft: Draft) -> _Bounds | None:
    """ "Exactly eight, but no fewer than fifteen": numbers of works that cannot be met together."""
    lists, works = draft.vocabulary.lists, any_of(draft.vocabulary.lists.get("works", ()))
    least = _bound(rf"(?:{any_of(lists.get('at_least', ()))}) (\d+) (?:(?:{works}) )?", draft.line)
    most = _bound(rf"(?:{any_of(lists.get('at_most', ()))}|exactly|precisely) (\d+) (?:(?:{works}) )?", draft.line)
    if least is None or most is None:
        return None
    spans = tuple((found.start(), found.end()) for found in (least, most))
    return _Bounds(int(least[1]), int(most[1]), spans)


def _bound(pattern: str, line: str) -> re.Match[str] | None:
    return re.search(rf"(?<= ){pattern}", line)


def _said(line: str, draft: Draft) -> str:
    """A line of tokens as a text to ask for: no marks, no hanging joins or doubts."""
    lists = draft.vocabulary.lists
    words = draft.plain(line.replace(BOUNDARY, " "))
    doubts, joins = any_of(lists.get("undecided", ())), any_of((*lists.get("joins", ()), "but", "either"))
    words = re.sub(rf"(?:^|,? )(?:{doubts})(?= |$)", " ", words)
    words = re.sub(rf"^[ ,]*(?:(?:{joins}) )+|[ ,.;!?]*(?: (?:{joins}))*[ ,.;!?]*$", "", words.strip())
    return re.sub(r" (?=[,.;!?])", "", " ".join(words.replace("either ", "").split()))[:400]
