"""The words of one language as data: numbers, colours, layouts, verbs and the patterns that clauses are read by."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Protocol

import resources
from agent.ports.library import Facets


class NamedTheme(Protocol):
    """What the agent reads of a theme."""

    @property
    def id(self) -> str: ...  # noqa: D102

    @property
    def name(self) -> str: ...  # noqa: D102

    @property
    def words(self) -> tuple[str, ...]: ...  # noqa: D102


_SHORTEST_OF_TITLES = 3


@dataclass(frozen=True)
class ThemeWords:
    """One theme as the words know it. `noun` says that its name is a subject too ("forest")."""

    id: str
    name: str
    names: tuple[str, ...]
    words: tuple[str, ...] = ()
    noun: bool = False
    subject: str = ""


@dataclass(frozen=True)
class Rule:
    """A meaning and the ways to say it; the pattern language is that of `agent.offline.grammar`."""

    group: str
    means: str
    say: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """One language. `tables` map words to values, `lists` group words that mean the same."""

    language: str
    tables: Mapping[str, Mapping[str, Any]]
    lists: Mapping[str, tuple[str, ...]]
    rules: tuple[Rule, ...]
    themes: tuple[ThemeWords, ...] = ()
    library_words: frozenset[str] = field(default_factory=frozenset)
    """Lower-case words of the library's tags, folders, creators and titles, of the latter only those that the language
    has no use for; they are never taken for typing errors."""
    creators: tuple[str, ...] = ()
    """The creators that the library names, as it spells them."""
    folders: tuple[str, ...] = ()
    """The folders of the library whose name is no tag as well."""
    base: "Vocabulary | None" = None
    """The same language before it learnt of themes and library; what is compiled from it is shared."""

    def with_themes(self, themes: Iterable[NamedTheme]) -> "Vocabulary":
        """The same language with these themes; what the language file says of a theme is kept."""
        known = self.table("themes")
        found = tuple(_theme_words(theme, known) for theme in themes)
        return replace(self, themes=found, base=self.base or self)

    def with_library(self, facets: Facets) -> "Vocabulary":
        """The same language, knowing the words that the library itself uses."""
        values = [f.value for part in (facets.tags, facets.folders, facets.creators) for f in part]
        words = frozenset(word for value in values for word in _words(value))
        titled = frozenset(f.value.casefold() for f in facets.words if len(f.value) >= _SHORTEST_OF_TITLES)
        words |= titled - (self.base or self).own_words
        creators = tuple(facet.value for facet in facets.creators)
        tags = {facet.value.casefold() for facet in facets.tags}
        folders = tuple(f.value for f in facets.folders if f.value.casefold() not in tags)
        return replace(self, library_words=words, creators=creators, folders=folders, base=self.base or self)

    def table(self, name: str) -> Mapping[str, Any]:
        """The words of one slot; empty when the language has none."""
        return self.tables.get(name, {})

    @cached_property
    def creator_words(self) -> frozenset[str]:
        """Lower-case words of the creators' names."""
        return frozenset(word for name in self.creators for word in _words(name))

    @cached_property
    def own_words(self) -> frozenset[str]:
        """Every word of its tables, lists and rules."""
        said = [phrase for table in self.tables.values() for phrase in table]
        said += [phrase for words in self.lists.values() for phrase in words]
        said += [re.sub(r"[@<][a-z_:]+", " ", template) for rule in self.rules for template in rule.say]
        return frozenset(word for phrase in said for word in re.findall(r"[^\W\d_]+", phrase.replace("_", " ")))

    @cached_property
    def theme_names(self) -> dict[str, str]:
        """Every name of a theme, to its id."""
        return {name: theme.id for theme in self.themes for name in theme.names}

    def theme(self, theme_id: str) -> ThemeWords | None:
        """The theme of that id."""
        return next((theme for theme in self.themes if theme.id == theme_id), None)


def _words(value: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in value.casefold()).split()


def _theme_words(theme: NamedTheme, known: Mapping[str, Any]) -> ThemeWords:
    said = known.get(theme.id, {})
    names = dict.fromkeys([*said.get("names", ()), theme.name.casefold(), theme.id.replace("_", " ")])
    words = tuple(word.casefold() for word in theme.words)
    return ThemeWords(theme.id, theme.name, tuple(names), words, bool(said.get("noun")), str(said.get("subject", "")))


def vocabulary_from(plain: Mapping[str, Any]) -> Vocabulary:
    """The vocabulary in the shape of `resources/vocabulary/*.json`."""
    tables = {name: value for name, value in plain.items() if isinstance(value, dict) and name != "lists"}
    lists = {name: tuple(words) for name, words in plain.get("lists", {}).items()}
    lists |= {name: tuple(value) for name, value in plain.items() if isinstance(value, list) and name != "rules"}
    rules = tuple(Rule(rule["group"], rule["means"], tuple(rule["say"])) for rule in plain["rules"])
    return Vocabulary(plain["language"], tables, lists, rules)


def read_vocabulary(path: Path) -> Vocabulary:
    """The vocabulary in one file."""
    return vocabulary_from(json.loads(path.read_text(encoding="utf-8")))


@lru_cache(maxsize=16)
def vocabulary(language: str = "en") -> Vocabulary:
    """The vocabulary of a language that the house has; raises FileNotFoundError for another."""
    return read_vocabulary(resources.folder("vocabulary") / f"{language}.json")
