"""What a reading left unread, and the phrases of the request around it that may say something known in other words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from agent.intent import Intent
from agent.ports.context import TurnContext
from agent.vocabulary import Vocabulary

MOST_PHRASES = 8
_MOST_WORDS = 18
_MOST_READ = 80
"""Words of a request that are looked at."""
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_CLAUSE_END = re.compile(r"[,;.!?:()\u2013\u2014\n\"“”]")
_PARTS = frozenset(
    "and but with so because while plus or that which where who please could can should also as then for".split()
)
"""Words at which a clause is taken apart."""
_LEADS = frozenset("in on like as among under at with without very too really so not no more less almost".split())
"""Words that belong to the phrase that they open."""


@dataclass(frozen=True)
class Phrase:
    """A part of a request: where it stands in the text, and whether it is a clause or all of the request."""

    start: int
    end: int
    text: str
    is_clause: bool = False


@dataclass(frozen=True)
class _Token:
    start: int
    end: int
    word: str


def is_unread(intent: Intent) -> bool:
    """Whether nothing was understood, so that all words count as unread."""
    asks = intent.missing not in ("", "change") or intent.alternatives or intent.condition is not None
    return intent.kind == "unclear" and not asks and not intent.continues


def unread_words(intent: Intent, vocabulary: Vocabulary, context: TurnContext) -> frozenset[str]:
    """The words that were ignored, or are searched for although the library does not use them."""
    return frozenset(word for part in _all(intent) for word in _unread_of(part, vocabulary, context))


def _unread_of(intent: Intent, vocabulary: Vocabulary, context: TurnContext) -> Iterator[str]:
    query = intent.query
    looked_for = [query.words, *query.more_words, *query.less_words, *query.without_words]
    if intent.coming is not None:
        looked_for.append(intent.coming.words)
    known = vocabulary.library_words
    theme = vocabulary.theme(intent.theme or "")
    own = {*theme.words, *theme.subject.split()} if theme is not None else set()
    yield from (word for words in intent.ignored for word in words_of(words))
    if known:
        yield from (w for words in looked_for for w in words_of(words) if not is_known(w, known) and w not in own)
    titles = {word for work in context.scene.placements for word in words_of(f"{work.title} {work.group}")}
    if intent.kind in ("select", "edit", "explain", "navigate"):
        yield from (w for w in words_of(intent.targets.words) if not is_known(w, known) and w not in titles)


def _all(intent: Intent) -> Iterator[Intent]:
    yield intent
    for part in intent.then:
        yield from _all(part)


def words_of(text: str) -> list[str]:
    """The words in small letters."""
    return [found[0].casefold() for found in _WORD.finditer(text)]


def is_known(word: str, known: Iterable[str]) -> bool:
    """Whether the library uses the word, in either number."""
    return bool({word, word.removesuffix("s"), word.removesuffix("es"), f"{word}s"} & set(known))


def phrases_around(text: str, unread: frozenset[str], vocabulary: Vocabulary, *, whole: bool) -> tuple[Phrase, ...]:
    """Phrases that hold an unread word: runs of such words, parts of clauses, clauses, with `whole` the request."""
    stop = frozenset(vocabulary.lists.get("stop", ())) | _LEADS
    clauses = list(_clauses(text))
    found: dict[str, Phrase] = {}
    every = [token for clause in clauses for token in clause]
    if whole and len(every) <= _MOST_WORDS and len(clauses) > 1:
        _note(found, every, text, is_clause=True)
    for clause in clauses:
        if not _meant(clause, unread, stop):
            continue
        if len(clause) <= _MOST_WORDS:
            _note(found, clause, text, is_clause=True)
        parts = list(_parted(clause))
        for part in parts:
            if _meant(part, unread, stop):
                _note(found, part, text)
                for run in _runs(part, unread, stop):
                    _note(found, run, text)
    shortest_first = sorted(found.values(), key=lambda phrase: (phrase.is_clause, phrase.start))
    return tuple(shortest_first[-MOST_PHRASES:])


def _clauses(text: str) -> Iterator[list[_Token]]:
    clause: list[_Token] = []
    for found in list(_WORD.finditer(text))[:_MOST_READ]:
        if clause and _CLAUSE_END.search(text, clause[-1].end, found.start()):
            yield clause
            clause = []
        clause.append(_Token(found.start(), found.end(), found[0].casefold()))
    if clause:
        yield clause


def _meant(tokens: list[_Token], unread: frozenset[str], stop: frozenset[str]) -> bool:
    return any(token.word in unread and token.word not in stop for token in tokens)


def _parted(clause: list[_Token]) -> Iterator[list[_Token]]:
    part: list[_Token] = []
    for token in clause:
        if token.word in _PARTS and token.word not in _LEADS and part:
            yield part
            part = []
            continue
        part.append(token)
    if part:
        yield part


def _runs(part: list[_Token], unread: frozenset[str], stop: frozenset[str]) -> Iterator[list[_Token]]:
    """Unread words with the small words between and before them."""
    run: list[_Token] = []
    for token in part:
        if token.word in unread or token.word in stop:
            run.append(token)
        else:
            if _meant(run, unread, stop):
                yield run
            run = []
    if _meant(run, unread, stop):
        yield run


def _note(found: dict[str, Phrase], tokens: list[_Token], text: str, *, is_clause: bool = False) -> None:
    start, end = tokens[0].start, tokens[-1].end
    said = text[start:end]
    if said not in found or (is_clause and not found[said].is_clause):
        found[said] = Phrase(start, end, said, is_clause)
