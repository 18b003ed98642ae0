"""What the rules can read, said in many other ways: a table of paraphrases, and of what a library is searched for."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import resources

Sense = frozenset[str]
"""Which side of each pair of opposites some words speak of, turned round where they deny or complain."""
SUBJECT = ""
"""Names what a library is searched for."""
ASIDE = "aside"
"""Names what is told beside the wish."""


@dataclass(frozen=True)
class Meaning:
    """One meaning, in words that the rules read."""

    name: str
    says: str
    whole: bool = False
    """It is a request of its own, and no part of another."""
    direction: str = ""
    """Words that tell which way it goes, where `says` tells it otherwise."""

    @property
    def family(self) -> str:
        """Meanings of one family differ in how, not in what they are about."""
        return self.name.partition(" ")[0]


@dataclass(frozen=True)
class Paraphrase:
    """One way to say a meaning, in words that the rules need not know."""

    name: str
    text: str


@dataclass(frozen=True)
class MeaningTable:
    """All meanings and paraphrases of one language, and the words that tell opposites apart."""

    meanings: Mapping[str, Meaning]
    said: tuple[Paraphrase, ...]
    sides: Mapping[str, str]
    """Word to its side of a pair of opposites, as "3+" or "3-"."""
    turns: frozenset[str]
    """Words that deny what follows, or say that it is too much."""
    states: tuple[str, ...] = ()
    """How a complaint begins: what things are like, when the opposite is wished for."""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all meanings, that of subjects among them."""
        return tuple(self.meanings)

    @cached_property
    def digest(self) -> str:
        """Changes with any paraphrase: what was learnt from another table does not hold for this one."""
        told = json.dumps([self.names, [(one.name, one.text) for one in self.said]])
        return hashlib.sha256(told.encode()).hexdigest()

    def sense(self, text: str) -> Sense:
        """What the words of a text say of direction."""
        line = text.casefold().replace("’", "'").replace("-", " ").replace(",", " ")
        words = line.split()
        found = {self.sides[word] for word in words if word in self.sides}
        complains = bool(self.turns.intersection(words)) or line.startswith(self.states)
        return frozenset(map(_turned, found) if complains else found)

    def contradicts(self, text: str, name: str) -> bool:
        """Whether a text goes against the direction of a meaning: "darker" and "brighter light"."""
        meant, said = self._direction(self.meanings[name]), self.sense(text)
        return any(_turned(side) in said and side not in said for side in meant)

    def opposite(self, name: str) -> str:
        """The meaning that differs from this one in its direction alone; empty where there is none."""
        one = self.meanings[name]
        meant = self._direction(one)
        for other in self.meanings.values():
            if other.family == one.family and any(_turned(side) in self._direction(other) for side in meant):
                return other.name
        return ""

    def _direction(self, meaning: Meaning) -> Sense:
        return self.sense(meaning.direction or meaning.says)


def _turned(side: str) -> str:
    return side[:-1] + ("-" if side[-1] == "+" else "+")


@lru_cache(maxsize=4)
def meaning_table(language: str = "en") -> MeaningTable:
    """The table of a language that the house has; raises FileNotFoundError for another."""
    file = resources.folder("meanings") / f"{language}.json"
    return table_from(json.loads(file.read_text(encoding="utf-8")))


def weights_file(language: str = "en") -> Path:
    """What was learnt from the table; `platform_service.embedding.teach` writes it."""
    return resources.folder("meanings") / f"{language}.npz"


def table_from(plain: Mapping[str, Any]) -> MeaningTable:
    """The table in the shape of `resources/meanings/*.json`."""
    meanings = [Meaning(SUBJECT, ""), Meaning(ASIDE, "")]
    meanings += [
        Meaning(one["name"], one["says"], bool(one.get("whole")), one.get("direction", "")) for one in plain["meanings"]
    ]
    said = [Paraphrase(SUBJECT, text) for text in plain["subjects"]]
    said += [Paraphrase(ASIDE, text) for text in plain["asides"]]
    said += [Paraphrase(one["name"], text) for one in plain["meanings"] for text in (one["says"], *one["phrases"])]
    sides = {
        word: f"{number}{sign}"
        for number, pair in enumerate(plain["opposites"])
        for sign, words in zip("+-", pair, strict=True)
        for word in words
    }
    return MeaningTable(
        {one.name: one for one in meanings}, tuple(said), sides, frozenset(plain["turns"]), tuple(plain["states"])
    )
