"""What a reading left unread, and the phrases of the request around it that may say something known in other words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from agent.intent import Intent
from agent.ports.context import TurnContext
from agent.vocabulary import Vocabulary

MOST_PHRASES = 7
_MOST_WORDS = 18
_FEW_WORDS = 9
_MOST_READ = 80
"""Words of a request that are looked at."""
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_CLAUSE_END = re.compile(r"[,;.!?:()\u2013\u2014\n\"“”]")
_PARTS = frozenset(
    (
        "and",
        "but",
        "so",
        "because",
        "while",
        "plus",
        "or",
        "that",
        "which",
        "where",
        "who",
        "please",
        "could",
        "can",
        "should",
        "also",
        "then",
        "for",
        "showing",
    )
)
"""Words at which a clause is taken apart."""
_OPENS = frozenset(("with", "in", "on", "like", "as", "among", "under", "at", "without"))
"""Words that open a part and belong to it."""
_WEIGHED = frozenset(("if", "unless", "otherwise", "else", "either", "or", "whether"))
"""Words of what hangs on something; what they stand with is not taken for a plain wish."""
_DEGREES = frozenset(
    (
        "very",
        "too",
        "really",
        "so",
        "not",
        "no",
        "more",
        "less",
        "almost",
        "much",
        "a",
        "an",
        "the",
        "of",
        "to",
        "isn't",
        "aren't",
        "don't",
        "doesn't",
        "can't",
        "it's",
        "i'm",
    )
)
SMALL = _PARTS | _OPENS | _DEGREES
"""Words of grammar, whatever the vocabulary."""
_COMMON = ("stop", "fillers", "end_fillers", "openers", "works", "create", "show", "make", "it", "articles", "joins",
           "degrees", "prepositions", "leads")  # fmt: skip
"""Lists of words that say nothing by themselves."""


@dataclass(frozen=True)
class Phrase:
    """A part of a request: where it stands in the text, and whether it is a clause or all of the request."""

    start: int
    end: int
    text: str
    is_clause: bool = False
    is_all: bool = False

    @property
    def opens(self) -> bool:
        """Whether it begins with a word such as "among" or "like"."""
        return self.text.split()[0].casefold() in _OPENS


@dataclass(frozen=True)
class _Token:
    start: int
    end: int
    word: str


def is_unread(intent: Intent) -> bool:
    """Whether nothing was understood, so that all words count as unread."""
    asks = intent.missing not in ("", "change") or intent.alternatives or intent.condition is not None
    return intent.kind == "unclear" and not asks and not intent.continues


def unread_words(text: str, intent: Intent, vocabulary: Vocabulary, context: TurnContext) -> frozenset[str]:
    """The words that were ignored, passed over, or are searched for although the library does not use them."""
    if intent.missing not in ("", "change") or intent.alternatives or intent.condition is not None:
        return frozenset()
    numbers = numbers_of(vocabulary)
    words = {
        part for word in words_of(text) for part in word.split("-") if not part.isdecimal() and part not in numbers
    }
    known = vocabulary.library_words
    if is_unread(intent):
        return frozenset(word for word in words if not is_known(word, known))
    named = frozenset(word for part in _all(intent) for word in _unread_of(part, vocabulary, context))
    small = _covered(intent) | common_words(vocabulary) | frozenset(vocabulary.lists.get("stop", ()))
    written_out = vocabulary.table("expand")
    passed = {word for word in words - small if not {*str(written_out.get(word, word)).split()} <= small}
    return named | frozenset(word for word in passed if not is_known(word, known))


def common_words(vocabulary: Vocabulary) -> frozenset[str]:
    """Words that say nothing by themselves: politeness, articles, verbs of showing, words for works."""
    lists = vocabulary.lists
    return frozenset(word for name in _COMMON for said in lists.get(name, ()) for word in said.split()) | _DEGREES


def numbers_of(vocabulary: Vocabulary) -> frozenset[str]:
    """Words for numbers."""
    return frozenset(vocabulary.table("numbers")) | frozenset(vocabulary.table("units_of_number"))


def _covered(intent: Intent) -> frozenset[str]:
    """The words that the reading used, or looks for."""
    found: set[str] = set()
    for part in _all(intent):
        query = part.query
        found.update(*(words_of(words) for words in part.understood))
        found.update(
            words_of(" ".join((query.words, *query.creators, *query.folders, *query.without_words, part.name)))
        )
        found.update(words_of(" ".join((*query.more_words, *query.less_words, part.targets.words, part.subject))))
    return frozenset(found)


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
    targets = [intent.targets.words, *(edit.targets.words for edit in intent.edits if edit.targets is not None)]
    yield from (w for words in targets for w in words_of(words) if not is_known(w, known) and not is_known(w, titles))


def words_of_themes(vocabulary: Vocabulary) -> frozenset[str]:
    """The words of all themes: beside a theme that was named, those of another one are a subject."""
    return frozenset(word for theme in vocabulary.themes for said in theme.words for word in said.split())


def _all(intent: Intent) -> Iterator[Intent]:
    yield intent
    for part in intent.then:
        yield from _all(part)


def words_of(text: str) -> list[str]:
    """The words in small letters."""
    return [found[0].casefold() for found in _WORD.finditer(text)]


def is_known(word: str, known: Iterable[str]) -> bool:
    """Whether the library uses the word, in either number."""
    forms = {word, word.removesuffix("s"), word.removesuffix("es"), f"{word}s", re.sub(r"ies$", "y", word)}
    return bool(forms & set(known))


def phrases_around(text: str, unread: frozenset[str], vocabulary: Vocabulary) -> tuple[Phrase, ...]:
    """Phrases that hold an unread word: runs of such words, parts of clauses, clauses, and a request that is short."""
    small, numbers = common_words(vocabulary), numbers_of(vocabulary)
    clauses = list(_clauses(text))
    every = [token for clause in clauses for token in clause]
    works = frozenset(vocabulary.lists.get("works", ()))
    found: dict[tuple[int, int], Phrase] = {}

    def note(tokens: list[_Token], *, is_clause: bool = False) -> None:
        if not _meant(tokens, unread, small) or _is_a_subject(tokens, unread, small, vocabulary):
            return
        if any(token.word in _WEIGHED for token in tokens):
            return
        after = next((token.word for token in every if token.start > tokens[-1].end), "")
        if after in works and _is_in(tokens[-1], unread):  # "rainy" of "rainy pictures"
            return
        start, end = tokens[0].start, tokens[-1].end
        is_all = (start, end) == (every[0].start, every[-1].end)
        before = found.get((start, end))
        is_clause = is_clause or is_all or (before is not None and before.is_clause)
        found[start, end] = Phrase(start, end, text[start:end], is_clause, is_all)

    for clause in clauses:
        if not _meant(clause, unread, small):
            continue
        if len(clause) <= _MOST_WORDS:
            note(clause, is_clause=True)
        for part in _parted(clause):
            note(part)
            for run in _runs(part, unread, small, numbers):
                note(run)
    if every and len(clauses) > 1 and len(every) <= (_MOST_WORDS if len(unread) > 2 else _FEW_WORDS):
        note(every, is_clause=True)
    longest_last = sorted(found.values(), key=lambda phrase: (phrase.is_clause, phrase.start))
    return tuple(longest_last[-MOST_PHRASES:])


def _is_a_subject(tokens: list[_Token], unread: frozenset[str], small: frozenset[str], words: Vocabulary) -> bool:
    """Whether all that is unread follows "pictures of": what a library is searched for."""
    works, leads = words.lists.get("works", ()), ("of", "about", "showing")
    for at, (one, two) in enumerate(pairwise(tokens)):
        if one.word in works and two.word in leads:
            pronoun = at + 2 < len(tokens) and tokens[at + 2].word in words.lists.get("it", ())
            return not pronoun and not _meant(tokens[:at], unread, small)
    return False


def _clauses(text: str) -> Iterator[list[_Token]]:
    clause: list[_Token] = []
    for found in list(_WORD.finditer(text))[:_MOST_READ]:
        if clause and _CLAUSE_END.search(text, clause[-1].end, found.start()):
            yield clause
            clause = []
        clause.append(_Token(found.start(), found.end(), found[0].casefold()))
    if clause:
        yield clause


def _meant(tokens: list[_Token], unread: frozenset[str], small: frozenset[str]) -> bool:
    return any(_is_in(token, unread) and token.word not in small for token in tokens)


def _is_in(token: _Token, unread: frozenset[str]) -> bool:
    return token.word in unread or any(part in unread for part in token.word.split("-"))


def _parted(clause: list[_Token]) -> Iterator[list[_Token]]:
    """At words that join, which go, and at words that open a part, which stay with it."""
    part: list[_Token] = []
    for token in clause:
        if part and token.word in _PARTS | _OPENS:
            yield part
            part = []
        if token.word not in _PARTS:
            part.append(token)
    if part:
        yield part


def _runs(
    part: list[_Token], unread: frozenset[str], small: frozenset[str], numbers: frozenset[str]
) -> Iterator[list[_Token]]:
    """Unread words with the small words between and before them, and no number."""
    run: list[_Token] = []
    for token in [*part, _Token(-1, -1, "")]:
        if token.word and token.word not in numbers and (_is_in(token, unread) or token.word in small):
            run.append(token)
            continue
        gone = ""
        while run and not _is_in(run[-1], unread) and gone != "of":  # "contact prints" of "contact prints of the crabs"
            gone = run.pop().word
        if run:
            yield run
        run = []
