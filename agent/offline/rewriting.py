"""Sentences of an unusual order, put into the order that the rules read: patterns of the vocabulary file."""

import re
from functools import lru_cache

from agent.vocabulary import Vocabulary

Rewrites = tuple[tuple[re.Pattern[str], str], ...]


def rewritten(line: str, *, draft_over: bool, vocabulary: Vocabulary) -> str:
    """The line of tokens in a usual order; some patterns hold only over a show, some only where nothing hangs."""
    source = vocabulary.base or vocabulary
    for table in ("line_rewrites", "show_rewrites" if draft_over else "empty_rewrites"):
        for pattern, by in _compiled(source, table):
            line = pattern.sub(by, line)
    return re.sub(r" {2,}", " ", line)


@lru_cache(maxsize=16)
def _compiled(vocabulary: Vocabulary, table: str) -> Rewrites:
    return tuple((re.compile(pattern), by) for pattern, by in vocabulary.table(table).items())
