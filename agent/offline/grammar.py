"""The pattern language of the vocabulary files, compiled to regular expressions over the line of tokens.

A pattern is a row of tokens. `a|b|c` is one of these, `take_out` a phrase, `@list` any word of a list, `<slot>` a typed
value, `<slot:name>` the same under another name; a trailing `?` makes a token optional. `^` is the start of a clause
and `$` its end.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from agent.offline.normalise import BOUNDARY, CREATOR, Spelling
from agent.vocabulary import ThemeWords, Vocabulary

_ENDS = rf",;.!?:{BOUNDARY}"
_CLAUSE_START = rf"(?<=[{_ENDS}] )"
_CLAUSE_END = rf"(?=[{_ENDS}] )"
_WORD = rf"[^ {_ENDS}]+ "
_SELDOM = frozenset({"expand", "evokes"})
_TOLD = frozenset({"audience", "does", "hung"})
"""Lists of words that people tell something with; slips are not put right to them."""
_TABLES = {
    "colour": "colours", "layout": "layouts", "column": "columns", "order": "orders", "month": "months",
    "season": "seasons", "period": "periods", "side": "sides", "orientation": "orientations", "tone": "tones",
    "place": "places", "shape": "shapes", "extreme": "extremes", "size": "sizes",
}  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """One way to say one meaning, ready to be searched for."""

    means: str
    pattern: re.Pattern[str]


class Grammar:
    """The compiled patterns of one vocabulary, by group, in the order of its file."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.slots = self._free_slots() | self._typed_slots()
        """What each slot of a pattern matches."""
        self.groups: dict[str, list[Reading]] = {}
        for rule in vocabulary.rules:
            patterns = [self._compiled(template) for template in rule.say]
            self.groups.setdefault(rule.group, []).extend(Reading(rule.means, pattern) for pattern in patterns)
        self.known_words = self._known_words()
        by_letter: dict[str, list[str]] = {}
        for word in sorted(self._known_words(spoken=True) - set(vocabulary.lists.get("protected", ()))):
            if len(word) >= 5 and word.isalpha():
                by_letter.setdefault(word[0], []).append(word)
        self.spelling = Spelling(
            self.known_words,
            by_letter,
            self._by_letters(),
            frozenset(vocabulary.lists.get("asking", ())),
            self._common(),
        )

    def _common(self) -> frozenset[str]:
        """Numbers, layouts and the words of the list of common ones."""
        tables = (*self._vocabulary.table("numbers"), *self._vocabulary.table("layouts"))
        words = (*tables, *self._vocabulary.lists.get("common", ()))
        return frozenset(word for word in words if word.isalpha() and len(word) >= 4)

    def _by_letters(self) -> dict[str, tuple[str, ...]]:
        """The short words that a pair of swapped letters is put right in: those of closed classes and of rules."""
        protected, found = set(self._vocabulary.lists.get("protected", ())), dict[str, tuple[str, ...]]()
        for word in sorted(self._known_words(spoken=True) - protected, key=lambda word: (len(word), word)):
            letters = "".join(sorted(word))
            found[letters] = (*found.get(letters, ()), word)
        return found

    def _typed_slots(self) -> dict[str, str]:
        slots = {slot: _any_of(self._vocabulary.table(table)) for slot, table in _TABLES.items()}
        ordinals = _any_of(self._vocabulary.table("ordinals"))
        endings = _any_of(self._vocabulary.lists.get("ordinal_endings", ()))
        units, money = _any_of(self._vocabulary.table("units")), _any_of(self._vocabulary.table("money"))
        factors = _any_of(self._vocabulary.table("factors"))
        factor_units = _any_of(self._vocabulary.table("factor_units"))
        joins = _any_of(self._vocabulary.lists.get("joins", ()))
        colour = slots["colour"]
        return slots | {
            "number": rf"(?:\d{{1,6}}|{_any_of(self._vocabulary.lists.get('one', ()))})",
            "odd": r"(?:-\d+(?:\.\d+)?|\d+\.\d+|0)",
            "year": r"(?:1[5-9]|20)\d\d",
            "decade": rf"(?:(?:\d\d)?\d0s|{_any_of(self._vocabulary.table('decades'))})",
            "moment": self._moment(),
            "isodate": r"\d{4}-\d{2}-\d{2}",
            "isomonth": r"\d{4}-\d{2}",
            "dayth": r"\d{1,2}(?:st|nd|rd|th)?",
            "ordinal": rf"(?:{ordinals}|\d{{1,4}}{endings})",
            "length": rf"\d{{1,4}}(?:\.\d{{1,3}})? {units}",
            "money": rf"(?:[$€] \d{{1,5}}(?:\.\d{{1,4}})?|\d{{1,5}}(?:\.\d{{1,4}})? {money})",
            "factor": rf"(?:{factors}|\d{{1,4}}(?:\.\d{{1,2}})? {factor_units})",
            "colours": rf"{colour}(?: (?:, )?(?:{joins} )?{colour})*",
            "theme": _any_of(self._vocabulary.theme_names),
            "creator": rf"{CREATOR}[^ ]+",
            "evoked": _any_of(self._vocabulary.table("evokes")),
            "room_colour": _any_of(self._vocabulary.table("room_colours")),
        }

    def _moment(self) -> str:
        """A day, a month or the edge of a year, where a span may begin or end."""
        months, ordinals = _any_of(self._vocabulary.table("months")), _any_of(self._vocabulary.table("ordinals"))
        day, year = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?|{ordinals})", r"(?:1[5-9]|20)\d\d"
        edge = rf"(?:the )?(?:very )?{_any_of(self._vocabulary.table('edges'))} (?:of )?(?:the year )?"
        named = rf"(?:the )?{day} (?:of )?{months} (?:of )?{year}|{months} (?:the )?{day} (?:, )?{year}"
        return rf"(?:\d{{4}}-\d{{2}}-\d{{2}}|\d{{4}}-\d{{2}}|{named}|(?:{edge})?(?:{months} (?:of )?)?{year})"

    def _free_slots(self) -> dict[str, str]:
        keywords = _any_of(self._vocabulary.lists.get("keywords", ()))
        joins = _any_of(self._vocabulary.lists.get("joins", ()))
        layouts = _any_of(self._vocabulary.table("layouts"))
        before = _any_of(self._vocabulary.lists.get("prepositions", ()))
        plain = rf"(?:(?!(?:{keywords}|{joins}) ){_WORD}){{1,6}}"
        return {
            "word": rf"[^ {_ENDS}]+",
            "words": rf"(?:{_WORD}){{1,6}}",
            "name": rf"(?:{_WORD}){{1,12}}",
            "target": rf"(?:{_WORD}){{1,9}}?",
            "thing": rf"(?:(?!(?:{keywords}|{joins}|{layouts}) ){_WORD}){{1,7}}?",
            "list": rf"{plain}(?:(?:, )?(?:{joins} |, )(?!{before} ){plain})*",
        }

    def _compiled(self, template: str) -> re.Pattern[str]:
        parts = ["(?<= )"]
        for token in template.split():
            if token in "^$":
                parts.append(_CLAUSE_START if token == "^" else _CLAUSE_END)
                continue
            optional = token.endswith("?")
            body = self._token(token.removesuffix("?"))
            parts.append(f"(?:{body})?" if optional else f"(?:{body})")
        return re.compile("".join(parts))

    def _token(self, token: str) -> str:
        if not token.startswith("<"):
            return f"{self._alternatives(token)} "
        slot, _, name = token.strip("<>").partition(":")
        kind = "target" if slot == "other" else slot
        pattern = self.slots[kind]
        space = "" if kind in ("words", "name", "target", "thing", "list") else " "
        return f"(?P<{name or slot}>{pattern}){space}"

    def _alternatives(self, token: str) -> str:
        words: list[str] = []
        for option in token.split("|"):
            if option.startswith("@"):
                words.extend(self._vocabulary.lists[option[1:]])
            else:
                words.append(option.replace("_", " "))
        return _any_of(words)

    def _known_words(self, *, spoken: bool = False) -> frozenset[str]:
        """Every single word that the language itself uses; `spoken` leaves out slips and what cannot be done here."""
        found: set[str] = set()
        for name, table in self._vocabulary.tables.items():
            if not (spoken and name in _SELDOM):
                found.update(word for phrase in table for word in phrase.split())
        for name, words in self._vocabulary.lists.items():
            if not (spoken and name in _TOLD):
                found.update(word for phrase in words for word in phrase.split())
        for theme in self._vocabulary.themes:
            found.update(word for phrase in (*theme.names, *theme.words) for word in phrase.split())
        rules = [rule for rule in self._vocabulary.rules if not (spoken and rule.group == "beyond")]
        templates = " ".join(template for rule in rules for template in rule.say)
        found.update(re.findall(r"[^\W\d_]+", re.sub(r"[@<][a-z_:]+", " ", templates)))
        return frozenset(found)


def _any_of(words: Iterable[str]) -> str:
    """A group that matches any of these, the longest first; matches nothing when there are none."""
    found = sorted({word for word in words if word}, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(re.escape(word) for word in found)})" if found else r"(?!)"


def grammar_of(vocabulary: Vocabulary) -> Grammar:
    """The compiled grammar of a vocabulary; compiling takes some 100 ms, so it is kept."""
    return _compiled_grammar(vocabulary.base or vocabulary, vocabulary.themes)


@lru_cache(maxsize=16)
def _compiled_grammar(language: Vocabulary, themes: tuple[ThemeWords, ...]) -> Grammar:
    return Grammar(replace(language, themes=themes))
