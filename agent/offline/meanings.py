"""What the rules can read, said in many other ways: a table of paraphrases, and of what a library is searched for."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import resources

Sense = frozenset[str]
"""Which side of each pair of opposites some words speak of, and whether they deny or complain."""
DENIES = "denies"


@dataclass(frozen=True)
class Said:
    """One way to say one meaning, in words that the rules need not know."""

    name: str
    """Empty for what a library is searched for."""
    says: str
    """The meaning in words that the rules read."""
    whole: bool
    """It is a request of its own, and no part of another."""
    text: str
    sense: Sense

    @property
    def family(self) -> str:
        """Meanings of one family differ in how, not in what they are about."""
        return self.name.partition(" ")[0]


@dataclass(frozen=True)
class MeaningTable:
    """All paraphrases of one language, and the words that tell opposites apart."""

    said: tuple[Said, ...]
    sides: Mapping[str, str]
    """Word to its side of a pair of opposites, as "3+" or "3-"."""
    turns: frozenset[str]
    """Words that deny what follows, or say that it is too much."""

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """What has to be encoded, in the order of `said`."""
        return tuple(one.text for one in self.said)

    def sense(self, text: str) -> Sense:
        """What the words of a text say of direction."""
        return _sense(text, self.sides, self.turns)


def differ(one: Sense, other: Sense) -> bool:
    """Whether two texts go opposite ways: one denies and the other does not, or they name opposite sides."""
    if (DENIES in one) != (DENIES in other):
        return True
    return any(_other_side(side) in other and side not in other and _other_side(side) not in one for side in one)


def _other_side(side: str) -> str:
    return side[:-1] + {"+": "-", "-": "+"}.get(side[-1], side[-1])


def _sense(text: str, sides: Mapping[str, str], turns: frozenset[str]) -> Sense:
    words = text.casefold().replace("’", "'").replace("-", " ").replace(",", " ").split()
    found = {sides[word] for word in words if word in sides}
    return frozenset(found | ({DENIES} if turns.intersection(words) else set()))


@lru_cache(maxsize=4)
def meaning_table(language: str = "en") -> MeaningTable:
    """The table of a language that the house has; raises FileNotFoundError for another."""
    file = resources.folder("meanings") / f"{language}.json"
    return table_from(json.loads(file.read_text(encoding="utf-8")))


def table_from(plain: Mapping[str, Any]) -> MeaningTable:
    """The table in the shape of `resources/meanings/*.json`."""
    sides = {
        word: f"{number}{sign}"
        for number, pair in enumerate(plain["opposites"])
        for sign, words in zip("+-", pair, strict=True)
        for word in words
    }
    turns = frozenset(plain["turns"])
    said = [
        Said(one["name"], one["says"], bool(one.get("whole")), text, _sense(text, sides, turns))
        for one in plain["meanings"]
        for text in (one["says"], *one["phrases"])
    ]
    said += [Said("", "", False, text, _sense(text, sides, turns)) for text in plain["subjects"]]
    return MeaningTable(tuple(said), sides, turns)
