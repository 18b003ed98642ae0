"""Puts what a phrase means in place of the phrase and reads again; a new reading must lose nothing of the first."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from agent.intent import Intent
from agent.offline.closest import Match
from agent.offline.unread import is_known, is_unread, unread_words, words_of
from agent.ports.context import TurnContext
from agent.vocabulary import Vocabulary

Read = Callable[[str], Intent]
_NOTHING_READ = 1_000
_MOST_TAKEN = 4
_FREE = frozenset({"kind", "subject", "query", "wishes", "language", "confidence", "understood", "ignored", "note",
                   "targets", "keep_works", "accept_fewer", "again", "missing"})  # fmt: skip
"""Fields that another reading may set anew."""
_WORDS = frozenset({"words", "more_words", "less_words", "without_words", "limit"})
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

    read: Read
    vocabulary: Vocabulary
    context: TurnContext

    def again(self, text: str, first: Intent, found: Sequence[Match]) -> Reread:
        """The best reading with some of these matches put in; the first one where none is better."""
        best = Reread(first, text)
        for match in found:
            if len(best.taken) == _MOST_TAKEN or any(_overlap(match, other) for other in best.taken):
                continue
            taken = (*best.taken, match)
            for form in forms(text, taken):
                intent = self.read(form)
                if self._is_better(intent, best.intent, match):
                    best = Reread(intent, form, taken)
                    break
        return best

    def _is_better(self, new: Intent, old: Intent, match: Match) -> bool:
        refuses = new.kind == "unclear" and new.missing == "ability"
        if (new.kind == "unclear" and not refuses) or new.missing == "number":
            return False
        if match.said.whole:
            return is_unread(old) or self._is_a_guess(old)
        if refuses or (new.kind != old.kind and not is_unread(old)):
            return False
        return self._weight(new) < self._weight(old) and self._keeps(old, new)

    def _weight(self, intent: Intent) -> int:
        """How much of a request an intent leaves unread."""
        if is_unread(intent):
            return _NOTHING_READ
        return len(unread_words(intent, self.vocabulary, self.context))

    def _is_a_guess(self, intent: Intent) -> bool:
        """Works are looked for by words of which the library knows none, and nothing else was said of them."""
        if intent.kind not in ("create", "refine", "edit", "select", "navigate"):
            return False
        said = [intent.query.words, *intent.query.more_words, *intent.query.less_words, intent.targets.words]
        words = [word for words in said for word in words_of(words)]
        known = [word for word in words if is_known(word, self.vocabulary.library_words)]
        fixed = _plain(intent.query).keys() - _WORDS
        return bool(words or intent.ignored) and not known and not fixed and not intent.theme

    def _keeps(self, old: Intent, new: Intent) -> bool:
        """Whether nothing is lost that the first reading had: fields, wishes, filters, words of the library."""
        if is_unread(old):
            return True
        for before, after in ((_plain(old), _plain(new)), (_plain(old.wishes), _plain(new.wishes))):
            if any(after.get(name) != value for name, value in before.items() if name not in _FREE):
                return False
        before, after = _plain(old.query), _plain(new.query)
        if any(after.get(name) != value for name, value in before.items() if name not in _WORDS):
            return False
        known = self.vocabulary.library_words
        kept = {word for word in words_of(new.query.words)}
        return all(word in kept or not is_known(word, known) for word in words_of(old.query.words))


def forms(text: str, taken: Sequence[Match]) -> Iterator[str]:
    """The request with each phrase in the words that are read: in its place, at the end, and begun with a verb."""
    in_place = _tidy(_put(text, taken, at_end=False))
    at_end = _tidy(_put(text, taken, at_end=True))
    yield from dict.fromkeys((in_place, at_end, f"show {at_end}"))


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
