"""Sentences of an unusual order, put into the order that the rules read: patterns of the vocabulary file."""

import re
from functools import lru_cache

from agent.vocabulary import Vocabulary

_AT_A_START = "(?<=[¦,.!?;:] )"
_OPENERS = r"(?:(?:and|then|now|so|ok|okay|well|please|hmm|hm|also|but) (?:, )?)*"
"""Words that may stand before a clause that is rewritten; they go with it."""
_POLITE_END = re.compile(r"(?<=\w)(?: ,)? (?:please|thanks|thank you|pls|plz|cheers)(?= [¦.!?])")
Rewrites = tuple[tuple[re.Pattern[str], str], ...]


def rewritten(line: str, *, draft_over: bool, vocabulary: Vocabulary) -> str:
    """The line of tokens in a usual order; some patterns hold only over a show, some only where nothing hangs."""
    source = vocabulary.base or vocabulary
    line = _POLITE_END.sub("", line)
    for table in ("line_rewrites", "show_rewrites" if draft_over else "empty_rewrites"):
        for pattern, by in _compiled(source, table):
            line, times = pattern.subn(by, line)
            line = re.sub(r" {2,}", " ", line) if times else line
    return line


def in_library_words(line: str, vocabulary: Vocabulary) -> str:
    """ "The seaside" is the sea, where the library never speaks of a seaside."""
    library = vocabulary.library_words
    for said, thing in (vocabulary.base or vocabulary).table("things").items():
        is_known = {thing, thing.removesuffix("s"), f"{thing}s"} & library
        if f" {said} " in line and is_known and not {*said.split()} <= library:
            line = line.replace(f" {said} ", f" {thing} ")
    return line


@lru_cache(maxsize=16)
def _compiled(vocabulary: Vocabulary, table: str) -> Rewrites:
    return tuple((re.compile(_opened(pattern)), by) for pattern, by in vocabulary.table(table).items())


def _opened(pattern: str) -> str:
    """A pattern of a clause takes the words before the clause with it."""
    opens = pattern.startswith(_AT_A_START)
    return f"{_AT_A_START}{_OPENERS}{pattern.removeprefix(_AT_A_START)}" if opens else pattern
