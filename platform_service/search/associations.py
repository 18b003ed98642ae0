"""What a word brings to mind, as data: words that mean the same, words that go with it, and how it looks."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from platform_service.search.words import pieces, stem

SAME_WEIGHT = 0.92


@dataclass(frozen=True)
class Look:
    """What pictures of a word tend to show: colours that must come together, and how light they are."""

    colours: tuple[str, ...] = ()
    tone: str | None = None
    weight: float = 0.5


@dataclass(frozen=True)
class Association:
    """What one word or phrase stands for. Keys of `words` are stems or phrases of stems, values weights to 1."""

    words: Mapping[str, float] = field(default_factory=dict)
    looks: tuple[Look, ...] = ()


@dataclass(frozen=True)
class Associations:
    """The whole table, by phrase of stems."""

    entries: Mapping[str, Association]
    families: Mapping[str, Mapping[str, float]]
    """Colour words of people, each with the palette names that belong to it and how well."""
    longest: int = 3

    def of(self, phrase: str) -> Association | None:
        """The association of a phrase of stems, if there is one."""
        return self.entries.get(phrase)

    def family(self, colour: str) -> Mapping[str, float]:
        """The palette names that a colour word means; the word itself when the table has none."""
        return self.families.get(colour, {colour: 1.0})


def phrase_key(text: str) -> str:
    """A word or phrase in the spelling of the table: stems with single spaces."""
    return " ".join(stem(word) for word in pieces(text))


def read_associations(file: Path) -> Associations:
    """Read the table; the file says in `about` how it is written."""
    return from_plain(json.loads(file.read_text("utf-8")))


def from_plain(table: Mapping[str, Any]) -> Associations:
    """The table from its JSON values."""
    words: dict[str, dict[str, float]] = {}
    for group in table["same"]:
        keys = [phrase_key(name) for name in group]
        for key in keys:
            words.setdefault(key, {}).update({other: SAME_WEIGHT for other in keys if other != key})
    looks: dict[str, tuple[Look, ...]] = {}
    for name, entry in table["suggests"].items():
        key = phrase_key(name)
        into = words.setdefault(key, {})
        for other, weight in entry.get("words", {}).items():
            other_key = phrase_key(other)
            into[other_key] = max(weight, into.get(other_key, 0.0))
        looks[key] = tuple(
            Look(tuple(look.get("colours", ())), look.get("tone"), look["weight"]) for look in entry.get("looks", ())
        )
    entries = {key: Association(found, looks.get(key, ())) for key, found in words.items()}
    longest = max((len(key.split()) for key in entries), default=1)
    return Associations(entries, {name: dict(family) for name, family in table["colours"].items()}, longest)
