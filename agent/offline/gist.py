"""The gist of what no rule reads: concepts in any order ("half that distance"), if enough words speak of one."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from agent.offline.draft import Draft, Meanings
from agent.offline.normalise import BOUNDARY
from agent.vocabulary import Vocabulary

_ENDS = frozenset(f",;.!?:{BOUNDARY}")
_LEAST_SHARE = 0.6
"""So many of the words that mean something must belong to the gist."""
_MOST_WORDS = 14


@dataclass(frozen=True)
class Gist:
    """One meaning: a word of each group must be there, and none of those barred."""

    means: str
    groups: tuple[frozenset[str], ...]
    barred: frozenset[str]

    def words_in(self, tokens: frozenset[str]) -> frozenset[str]:
        """The words that speak of it; empty when a group is missing."""
        if self.barred & tokens or not all(group & tokens for group in self.groups):
            return frozenset()
        return frozenset().union(*(group & tokens for group in self.groups))


def read_gist(draft: Draft, meanings: Meanings) -> bool:
    """Read the line by the one gist that most of its words speak of; whether there was one."""
    tokens = [token for token in draft.line.split() if token not in _ENDS]
    if not 1 < len(tokens) <= _MOST_WORDS:
        return False
    empty = {*draft.stop_words(), *draft.vocabulary.lists.get("chatter", ())}
    found = [(gist, gist.words_in(frozenset(tokens))) for gist in _gists(draft.vocabulary.base or draft.vocabulary)]
    gist, words = max(found, key=lambda pair: len(pair[1]), default=(None, frozenset[str]()))
    number = next((token for token in tokens if token.isdecimal()), "")
    telling = [token for token in tokens if token in words or token.isdecimal() or token not in empty]
    if gist is None or not words or len(words) + bool(number) < _LEAST_SHARE * len(telling):
        return False
    said = {"number": number} if number else {}
    draft.before, draft.after = "", ""
    if meanings[gist.means](draft, said) is False:
        return False
    draft.used.append(" ".join(tokens))
    draft.line = f"{BOUNDARY} "
    return True


@lru_cache(maxsize=8)
def _gists(vocabulary: Vocabulary) -> tuple[Gist, ...]:
    table: Mapping[str, str] = vocabulary.table("gists")
    return tuple(_gist(name, text) for name, text in table.items())


def _gist(name: str, text: str) -> Gist:
    """From "apart|gap & more|wider ! less": groups joined by &, what is barred after !."""
    needed, _, barred = text.partition("!")
    groups = tuple(frozenset(group.strip().split("|")) for group in needed.split("&"))
    return Gist(name.split(" ")[0], groups, frozenset(barred.strip().split("|")) - {""})
