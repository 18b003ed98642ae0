"""Whom a pronoun beside the works means: "it is grandma's birthday: hang every picture she is in"."""

import re
from functools import lru_cache

from agent.offline.clauses import any_of
from agent.offline.normalise import BOUNDARY, CREATOR, OWNS
from agent.vocabulary import Vocabulary


def with_nouns(line: str, vocabulary: Vocabulary, raw: str = "") -> str:
    """The line with the person named before in place of the pronoun; as it was where nobody was named."""
    found = _seen(vocabulary.base or vocabulary).search(line)
    noun = _person(line[: found.start()], vocabulary, _names(raw)) if found is not None else ""
    if found is None or not noun:
        return line
    return f"{line[: found.start()]}{found['works']} of {noun} {line[found.end() :]}"


def with_things(line: str, told: str, vocabulary: Vocabulary) -> str:
    """ "She loves cats and horses. Could she get eight of those?": the things that were only told of before.

    `told` is the line with all that was told; things that the line itself names stand for themselves.
    """
    found = _OF_THOSE.search(line)
    known = vocabulary.library_words - {word for name in vocabulary.theme_names for word in name.split()}
    if found is None or line == told or any(_is_of(word, known) for word in line.split()):
        return line
    runs = list[list[str]]([[]])
    for word in told.split():
        if _is_of(word, known) or (runs[-1] and word in _JOINS):
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    longest = max(reversed(runs), key=len)
    named = " ".join(longest).strip(" ,")
    named = re.sub(r"(?: (?:and|or|,))+$", "", named)
    return f"{line[: found.start()]} {found['lead']} {named} {line[found.end() :]}" if named else line


_JOINS = frozenset({"and", "or", ","})
_OF_THOSE = re.compile(r" (?P<lead>of|with|about|showing|from) (?:those|these|them|such|that|such things|both)(?= )")


def _is_of(word: str, known: frozenset[str]) -> bool:
    forms = {word, word.removesuffix("s"), word.removesuffix("es"), re.sub(r"ies$", "y", word)}
    return len(word) > 2 and bool(forms & known)


def _names(raw: str) -> frozenset[str]:
    """Words with a capital within a sentence."""
    return frozenset(word.casefold() for word in re.findall(r"(?<=[^.!?\s] )[^\W\d_a-z]\w+", raw))


def _person(before: str, vocabulary: Vocabulary, names: frozenset[str]) -> str:
    """The person whom the words speak of last, as the library calls them where it does."""
    same, who = vocabulary.table("kin"), {*vocabulary.lists.get("audience", ()), *vocabulary.table("kin")}
    for word in reversed(re.sub(rf"[,;.!?:{BOUNDARY}{CREATOR}]", " ", before).split()):
        plain = word.removesuffix(OWNS)
        if plain in names and plain in vocabulary.library_words:
            return plain
        if plain not in who:
            continue
        called = [name for name in (plain, *same.get(plain, ())) if name in vocabulary.library_words]
        if called:
            return str(called[0])
    return ""


@lru_cache(maxsize=8)
def _seen(source: Vocabulary) -> re.Pattern[str]:
    """ "Pictures she appears in", "photos that she is on", "pictures with her in them", "pictures of her"."""
    works = any_of(source.lists.get("works", ()))
    seen = "is|appears|features|shows up|turns up|can be seen|is seen|is to be seen|figures|is shown|pops up|comes up"
    own = r"in it|in them|on it|on them|in there"
    return re.compile(
        rf"(?<= )(?P<works>{works}) (?:(?:that|which|where|in which|on which) )?"
        rf"(?:(?:she|he) (?:{seen}) (?:(?:in|on) )?|(?:with|of|showing) (?:her|him) (?:(?:{own}) )?)"
        rf"(?=[,;.!?:{BOUNDARY}] |and |in |on |as |by |from |please )"
    )
