"""The people whom the library knows as creators, found in a request and marked, so that rules can speak of them."""

import re
from collections.abc import Iterable

from agent.offline.normalise import CREATOR, HARD_SPACE
from agent.vocabulary import Vocabulary

_MOST_NAMES = 2_000
_MOST_WORDS = 4


def marked(line: str, vocabulary: Vocabulary, known: Iterable[str]) -> str:
    """The line with the words of each creator's name joined to one marked token: full names, else a part of one."""
    words = {word for word in line.split() if word.isalpha()} & vocabulary.creator_words
    if not words:
        return line
    language = set(known)
    for name in vocabulary.creators[:_MOST_NAMES]:
        parts = _parts(name)
        if len(parts) > 1 and set(parts) <= words:
            line = re.sub(rf"(?<= ){re.escape(' '.join(parts))}(?= )", CREATOR + HARD_SPACE.join(parts), line)
    alone = {p for name in vocabulary.creators for p in _ends(_parts(name)) if p in words and p not in language}
    for part in alone:
        line = re.sub(rf"(?<= ){re.escape(part)}(?= )", CREATOR + part, line)
    return line


def creators_called(words: str, vocabulary: Vocabulary) -> list[str]:
    """The creators, as the library spells them, whose names have all of these words."""
    said = set(words.replace(HARD_SPACE, " ").removeprefix(CREATOR).split())
    return [name for name in vocabulary.creators if said and said <= set(_parts(name))]


def _parts(name: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in name.casefold()).split()


def _ends(parts: list[str]) -> set[str]:
    """The first and the last word of a name that is not a whole phrase."""
    return {parts[0], parts[-1]} if 0 < len(parts) < _MOST_WORDS else set()
