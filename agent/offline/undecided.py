"""Requests that leave open what is meant: both ways at once, either of two, or nothing that could be done."""

import re

from agent.intent import Intent
from agent.offline.clauses import any_of
from agent.offline.draft import Draft
from agent.offline.grammar import grammar_of
from agent.offline.normalise import BOUNDARY, CREATOR
from agent.vocabulary import Vocabulary

_ENDS = frozenset(f",;.!?:{BOUNDARY}")
_CONCRETE = ("colours", "layouts", "orders", "extremes", "months", "seasons", "decades", "sides", "ordinals",
             "orientations", "tones", "places", "room_colours", "evokes", "sizes")  # fmt: skip
_EITHER = ("creator", "year", "decade", "colour", "order", "column", "orientation", "month")
_MOST_VAGUE = 14


def both_ways(draft: Draft) -> tuple[str, ...]:
    """The two requests of "bigger or smaller?" and of "brighter and darker": what is said goes both ways at once."""
    tokens = _tokens(draft)
    if draft.context.pending_question or not 1 < len(tokens) <= _MOST_VAGUE:
        return ()
    vague = _vague_words(draft)
    if {*draft.vocabulary.lists.get("beyond_measure", ())} & {*tokens}:
        return ()  # "too large, shrink it" names what is wrong and the way out
    if re.search(
        r"\b(?:from (?:the )?)?\w+ (?:(?:ones|works|pictures) )?(?:to|towards|through) |\w+ first\b", draft.line
    ):
        return ()  # "from dark to bright" is an order
    for one, two in _opposites(draft.vocabulary.base or draft.vocabulary):
        words = {w for side in (one, two) for w in side[1]}
        said = [any(w in tokens for w in side[1]) for side in (one, two)]
        if all(said) and all(token in words or token in vague for token in tokens):
            return (one[0], two[0])
    return ()


def _opposites(vocabulary: Vocabulary) -> list[tuple[tuple[str, frozenset[str]], tuple[str, frozenset[str]]]]:
    """From "make all works bigger: bigger|larger / make all works smaller: smaller|shrink"."""
    found = []
    for line in vocabulary.lists.get("opposites", ()):
        one, two = ((said.strip(), frozenset(words.strip().split("|"))) for said, _, words in
                    (side.partition(":") for side in line.split("/")))  # fmt: skip
        found.append((one, two))
    return found


def either_of(draft: Draft) -> tuple[str, ...]:
    """The two requests of "Ada's or Ben's?": a doubt or a question mark says that it is not both."""
    if draft.context.pending_question or " or " not in draft.line or not _doubtful(draft):
        return ()
    slots, lists = grammar_of(draft.vocabulary).slots, draft.vocabulary.lists
    works, doubts = (any_of(lists.get(name, ())) for name in ("works", "doubts"))
    for slot in _EITHER:
        value = rf"{slots[slot]}(?: 's)?"
        joined = rf"(?:(?:{works}) )?(?:, )?or (?:(?:{doubts}) )?(?:(?:from|by|in|of|the|those|as|on) )*"
        found = re.search(rf"(?<= )(?P<one>{value}) {joined}(?P<two>{value})(?= )", draft.line)
        if found is not None and found["one"] != found["two"]:
            return _ways(draft, found)
    known = draft.vocabulary.library_words
    other = r"(?:the )?(?:(?:one|1|rather one|another) (?:with|of|about|from|showing) )?(?:the )?"
    for found in re.finditer(rf"(?<= )(?P<one>\w+) (?:, )?or (?:(?:{doubts}) )?{other}(?P<two>\w+)(?= )", draft.line):
        if {found["one"], found["two"]} <= known and found["one"] != found["two"]:
            return _ways(draft, found)
    return ()


def _ways(draft: Draft, found: re.Match[str]) -> tuple[str, ...]:
    line = draft.line
    first, second = line[: found.end("one")] + line[found.end() :], line[: found.start()] + line[found.start("two") :]
    doubts = any_of(("either", *draft.vocabulary.lists.get("undecided", ()), *draft.vocabulary.lists.get("doubts", ())))
    return tuple(
        re.sub(r" (?=[,.;!?])", "", re.sub(rf"(?:^|(?<= ))(?:{doubts})(?= |$)", "", draft.plain(text))).strip(" ,?.")[
            :400
        ]
        for text in (first.replace(BOUNDARY, " "), second.replace(BOUNDARY, " "))
    )


def _doubtful(draft: Draft) -> bool:
    line, lists = f" {draft.raw.casefold()} ", draft.vocabulary.lists
    question = draft.raw.rstrip().endswith("?") and not re.match(
        rf"[ {BOUNDARY}]*(?:{any_of(lists.get('asking', ()))}) ", draft.line
    )
    doubt = any_of((*lists.get("undecided", ()), *lists.get("doubts", ())))
    barred = any_of((*lists.get("without", ()), "not", "no", "nor"))
    if re.search(r" either .* or ", line) and not re.search(rf" (?:{barred}) ", draft.line):
        return True
    return question or re.search(rf"(?<=[ ,])(?:{doubt})(?=[ ,.?!])", line) is not None


def is_vague(draft: Draft) -> bool:
    """Whether nothing that is said names a work, a number, a place, a kind or a way: "could be better"."""
    tokens = _tokens(draft)
    return 0 < len(tokens) <= _MOST_VAGUE and all(token in _vague_words(draft) for token in tokens)


def vague(draft: Draft) -> Intent:
    """What shall change, or be shown, is asked."""
    return Intent(kind="unclear", missing="change", confidence=0.2, language=draft.vocabulary.language)


def _tokens(draft: Draft) -> list[str]:
    return [token for token in draft.whole.split() if token not in _ENDS and CREATOR not in token]


def _vague_words(draft: Draft) -> frozenset[str]:
    lists, vocabulary = draft.vocabulary.lists, draft.vocabulary
    names = ("stop", "chatter", "deed_words", "vague_words", "step_words", "degrees", "fillers", "end_fillers", "works",
             "it", "undecided", "doubts", "repairs", "openers", "joins", "make")  # fmt: skip
    words = {word for name in names for phrase in lists.get(name, ()) for word in phrase.split()}
    concrete = {word for table in _CONCRETE for phrase in vocabulary.table(table) for word in phrase.split()}
    kept = set(lists.get("vague_words", ()))
    return frozenset((words - concrete - vocabulary.library_words) | kept)
