"""Subjects named in a list ("roses, ferns and the cat"): each is looked for by itself, and all of them hang."""

import asyncio
import re
from collections.abc import Sequence

from agent.ports.library import Hit, Library, Query, SearchResult
from agent.vocabulary import Vocabulary

_MOST_SUBJECTS = 8
_BETWEEN = re.compile(r"\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|plus|&)\s+")


def subjects_of(words: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The subjects of a list, where the library knows each of them; empty for a single one."""
    stop = frozenset(vocabulary.lists.get("stop", ()))
    named = (" ".join(word for word in part.split() if word not in stop) for part in _BETWEEN.split(words.casefold()))
    parts = tuple(dict.fromkeys(part for part in named if part))
    colours = set(vocabulary.table("colours").values())
    if not 1 < len(parts) <= _MOST_SUBJECTS or any(set(part.split()) <= colours for part in parts):
        return ()
    return parts if all(any(is_of_library(word, vocabulary) for word in part.split()) for part in parts) else ()


def is_of_library(word: str, vocabulary: Vocabulary) -> bool:
    """Whether tags, folders or creators use the word, in singular or plural."""
    forms = {word, f"{word}s", word.removesuffix("s"), word.removesuffix("es"), f"{word.removesuffix('y')}ies"}
    forms |= {f"{word.removesuffix('ies')}y"} if word.endswith("ies") else set()
    return bool(forms & vocabulary.library_words)


async def found_for(query: Query, library: Library, vocabulary: Vocabulary) -> SearchResult:
    """What fits the query; of several subjects, what fits any of them, each with its best in front."""
    subjects = subjects_of(query.words, vocabulary)
    asked = [query, *(query.model_copy(update={"words": subject}) for subject in subjects)]
    whole, *single = await asyncio.gather(*(library.search(one) for one in asked))
    if not single:
        return whole
    hits = _in_turn([[hit for hit in found.hits if hit.fits] for found in single])
    known = {hit.asset.id for hit in hits}
    hits += [hit for hit in whole.hits if hit.asset.id not in known]
    fitting = max(whole.fitting, *(found.fitting for found in single), sum(hit.fits for hit in hits))
    return whole.model_copy(update={"hits": tuple(hits[: query.limit]), "fitting": fitting})


def _in_turn(rows: Sequence[Sequence[Hit]]) -> list[Hit]:
    """The best of each row, then the second of each, and so on; none twice."""
    longest = max((len(row) for row in rows), default=0)
    every = (row[place] for place in range(longest) for row in rows if place < len(row))
    return list({hit.asset.id: hit for hit in every}.values())
