"""Puts what a phrase means in place of the phrase and reads again; a new reading must lose nothing of the first."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from agent.intent import Intent
from agent.offline.closest import Match
from agent.offline.mentions import mentions
from agent.offline.unread import common_words, is_known, is_unread, numbers_of, unread_words, words_of
from agent.ports.context import TurnContext
from agent.vocabulary import Vocabulary

Read = Callable[[str], Intent]
_NOTHING_READ = 1_000
_THE_SAME = 0.85
"""From here on a phrase says what it is taken for, whatever the rules made of it."""
_MOST_TAKEN = 4
_FREE = frozenset({"kind", "subject", "query", "wishes", "language", "confidence", "understood", "ignored", "note",
                   "targets", "keep_works", "accept_fewer", "again", "missing"})  # fmt: skip
"""Fields that another reading may set anew."""
_OF_THE_WORLD = "refuse world"
"""What has nothing to do with the show; it names no work of it."""
_WORDS = frozenset({"words", "more_words", "less_words", "limit"})
_OF_ALL = re.compile(r"\ball (?:the )?(?:works|pictures)\b")
"""Words of a meaning that is about every work."""
_DANGLING = re.compile(
    r"(?:^|(?<=[\s,]))(?:(?:in|with|a|an|the|and|but|so|as|like|on|at|some|that|be|is|are|to|of|for|very|really)\s+)+,",
    re.IGNORECASE,
)
_DOUBLE = re.compile(r"\s*,(?:\s*[,.;:])*\s*")


@dataclass(frozen=True)
class Reread:
    """A better reading, the request in the words that gave it, and what was taken for what."""

    intent: Intent
    text: str
    taken: tuple[Match, ...] = ()


@dataclass(frozen=True)
class Reader:
    """Reads requests in one context, and weighs what came of it."""

    text: str
    read: Read
    vocabulary: Vocabulary
    context: TurnContext

    def again(self, first: Intent, found: Sequence[Match]) -> Reread:
        """The best reading with some of these matches put in; the first one where none is better."""
        best, weight = Reread(first, self.text), self._weight(self.text, first)
        for match in found:
            if len(best.taken) == _MOST_TAKEN or any(_overlap(match, other) for other in best.taken):
                continue
            if self._swallows(match):
                continue
            taken = (*best.taken, match)
            for form in forms(self.text, taken, over_a_show=bool(self.context.scene.placements)):
                intent = self.read(form)
                lighter = self._weight(form, intent)
                if self._is_better(intent, best.intent, match, (weight, lighter)):
                    best, weight = Reread(intent, form, taken), lighter
                    break
        return best

    def _swallows(self, match: Match) -> bool:
        """Whether a number or a word of the library would be lost; a refusal and "among trees" may have any."""
        if match.said.name == _OF_THE_WORLD and _points(match.phrase.text, self.vocabulary, self.context):
            return True
        if match.said.family == "refuse":
            return False
        words = {part for word in words_of(match.phrase.text) for part in (word, *word.split("-"))}
        if any(word.isdecimal() for word in words) or words & numbers_of(self.vocabulary):
            return True
        if match.said.family == "theme" and not match.phrase.is_clause and match.phrase.opens:
            return False
        return any(is_known(word, self.vocabulary.library_words) for word in words)

    def _covers(self, match: Match) -> bool:
        """Whether nothing of meaning is said beside the phrase."""
        rest = f"{self.text[: match.phrase.start]} {self.text[match.phrase.end :]}"
        return match.phrase.is_all or not set(words_of(rest)) - common_words(self.vocabulary)

    def _is_better(self, new: Intent, old: Intent, match: Match, weights: tuple[int, int]) -> bool:
        refuses = new.kind == "unclear" and new.missing == "ability"
        if (new.kind == "unclear" and not refuses) or new.missing == "number":
            return False
        nothing = is_unread(old)
        if old.missing == "change" and old.understood and not self._covers(match):
            return False
        if match.said.whole:
            sure = match.near >= _THE_SAME and self._is_mostly_unread(match, old)
            return self._stands_alone(match) and (nothing or self._is_a_guess(old) or sure)
        if self._loses_a_work(match):
            return False
        if refuses or weights[1] >= weights[0]:
            return False
        if self._covers(match) and new.kind != old.kind:
            sure = match.near >= _THE_SAME and self._keeps(old, new, match.said.family)
            return nothing or self._is_a_guess(old) or sure
        return nothing or (new.kind == old.kind and self._keeps(old, new, match.said.family))

    def _is_mostly_unread(self, match: Match, old: Intent) -> bool:
        """Whether the rules left at least half of what the phrase says."""
        unread = unread_words(self.text, old, self.vocabulary, self.context)
        said = set(words_of(match.phrase.text)) - common_words(self.vocabulary)
        return 2 * len(said & unread) >= len(said)

    def _loses_a_work(self, match: Match) -> bool:
        """ "Could this one be larger?" is said of one work; a wish about all of them does not stand for it."""
        if not self.context.scene.placements or not _OF_ALL.search(match.said.says):
            return False
        singled = set(self.vocabulary.table("ordinals")) | {"one", "selected", "number"}
        return bool(singled & set(words_of(self.text)))

    def _is_named(self, theme: str | None) -> bool:
        """Whether the request has a theme's own name."""
        return any(name in self.text.casefold() for name, id in self.vocabulary.theme_names.items() if id == theme)

    def _weight(self, text: str, intent: Intent) -> int:
        """How much of a request an intent leaves unread."""
        left = len(unread_words(text, intent, self.vocabulary, self.context))
        return _NOTHING_READ + left if is_unread(intent) else left

    def _stands_alone(self, match: Match) -> bool:
        """Whether beside the phrase nothing is said that the library knows."""
        if match.phrase.is_all:
            return True
        rest = self.text[: match.phrase.start] + " " + self.text[match.phrase.end :]
        return not any(is_known(word, self.vocabulary.library_words) for word in words_of(rest))

    def _is_a_guess(self, intent: Intent) -> bool:
        """Works are looked for by words of which the library knows none, and nothing else was said of them."""
        takes_away = any(edit.verb in ("remove", "replace") for edit in intent.edits)
        if takes_away or intent.kind not in ("create", "refine", "edit", "select", "navigate"):
            return False
        said = [intent.query.words, *intent.query.more_words, *intent.query.less_words, *intent.query.without_words,
                intent.targets.words]  # fmt: skip
        words = [word for words in said for word in words_of(words)]
        known = [word for word in words if is_known(word, self.vocabulary.library_words)]
        fixed = _plain(intent.query).keys() - _WORDS
        return bool(words or intent.ignored) and not known and not fixed and not intent.theme

    def _keeps(self, old: Intent, new: Intent, family: str) -> bool:
        """Whether nothing is lost that the first reading had: fields, wishes, filters, words of the library."""
        implied = family == "theme" and not self._is_named(old.theme)
        free = _FREE | ({"theme"} if implied else frozenset())
        for before, after in ((_plain(old), _plain(new)), (_plain(old.wishes), _plain(new.wishes))):
            if any(after.get(name) != value for name, value in before.items() if name not in free):
                return False
        before, after = _plain(old.query), _plain(new.query)
        if any(after.get(name) != value for name, value in before.items() if name not in _WORDS):
            return False
        known, kept = self.vocabulary.library_words, set(words_of(new.query.words))
        return all(word in kept or not is_known(word, known) for word in words_of(old.query.words))


def _points(text: str, vocabulary: Vocabulary, context: TurnContext) -> bool:
    """Whether a phrase over a show points at works of it, or gives a number."""
    kinds = {one.kind for one in mentions(text, vocabulary, context)} if context.scene.placements else set[str]()
    return bool(kinds & {"works", "number", "length"})


def forms(text: str, taken: Sequence[Match], *, over_a_show: bool) -> Iterator[str]:
    """The request with each phrase in the words that are read: in its place, at the end, and as a wish to show."""
    in_place = _tidy(_put(text, taken, at_end=False))
    at_end = _tidy(_put(text, taken, at_end=True))
    yield from dict.fromkeys((in_place, at_end) if over_a_show else (in_place, at_end, f"show {at_end}"))


def _put(text: str, taken: Sequence[Match], *, at_end: bool) -> str:
    parts, position = list[str](), 0
    for match in sorted(taken, key=lambda match: match.phrase.start):
        parts += [text[position : match.phrase.start], "," if at_end else f" , {match.said.says} , "]
        position = match.phrase.end
    parts.append(text[position:])
    if at_end:
        parts += [f" , {match.said.says}" for match in taken]
    return " ".join(parts)


def _tidy(text: str) -> str:
    """Commas and small words that are left hanging go."""
    text = _DANGLING.sub(",", f"{_DOUBLE.sub(' , ', text)} ,")
    return _DOUBLE.sub(", ", text).strip(" ,;:")


def _overlap(one: Match, other: Match) -> bool:
    return one.phrase.start < other.phrase.end and other.phrase.start < one.phrase.end


def _plain(value: Any) -> dict[str, Any]:
    found: dict[str, Any] = value.model_dump(exclude_defaults=True)
    return found
