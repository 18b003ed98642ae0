"""Other ways to read a request that would come to nothing: as a wish to see works, or without what is beside it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from agent.intent import Intent
from agent.offline.unread import common_words, is_known, is_unread, unread_words, words_of, words_of_themes
from agent.ports.context import TurnContext
from agent.ports.library import Query
from agent.vocabulary import Vocabulary

Read = Callable[[str], Intent]
_NEED_A_SHOW = frozenset({"edit", "refine", "restyle", "navigate", "select"})
_MOST_TRIED = 10
_MOST_LEFT_OUT = 6
"""Words before the wish that may be a verb and its company."""
_MOST_CLAUSES = 6
_CLAUSE = re.compile(r"\s*[,;:.!?\n\u2013\u2014]+\s*|\s+(?:so|because|since)\s+(?=\S+\s+\S+)", re.IGNORECASE)


@dataclass(frozen=True)
class _Way:
    """Another form of the request, and what it leaves out."""

    text: str
    left_out: str


def second_chance(text: str, first: Intent, context: TurnContext, vocabulary: Vocabulary, read: Read) -> Intent:
    """The first other reading that comes to something, with what it leaves out named; else the reading as it was.

    Nothing that the library knows, and no wish to show or add something, is ever left out.
    """
    if not _comes_to_nothing(first, context, vocabulary) or _hangs_on_something(text, first, vocabulary):
        return first
    best, least = first, len(words_of(text))
    for way in islice(_ways(text, context, vocabulary), _MOST_TRIED):
        intent = read(way.text)
        if intent.kind in ("unclear", "answer") or _comes_to_nothing(intent, context, vocabulary):
            continue
        if not context.scene.placements and not _names_works(intent, way.text, vocabulary):
            continue
        left = len(unread_words(way.text, intent, vocabulary, context)) + len(words_of(way.left_out))
        if left < least:
            best, least = _told(intent, way, text), left
    return best


def _hangs_on_something(text: str, intent: Intent, vocabulary: Vocabulary) -> bool:
    """Whether it is a condition, of which no part may go."""
    line = f" {' '.join(words_of(text))} "
    said = (word for name in ("if", "if_not", "otherwise", "unless") for word in vocabulary.lists.get(name, ()))
    return intent.condition is not None or any(f" {word} " in line for word in said)


def _told(intent: Intent, way: _Way, text: str) -> Intent:
    ignored = tuple(dict.fromkeys((*intent.ignored, *([way.left_out[:400]] if way.left_out else ()))))
    return intent.model_copy(update={"ignored": ignored, "reworded": intent.reworded or way.text[:400]})


def _comes_to_nothing(intent: Intent, context: TurnContext, vocabulary: Vocabulary) -> bool:
    """Whether it needs a show where there is none, or looks for nothing but words that nobody here knows."""
    if is_unread(intent):
        return True
    targets = [intent.targets.words, *(edit.targets.words for edit in intent.edits if edit.targets is not None)]
    if intent.kind in _NEED_A_SHOW and not context.scene.placements:
        return intent.kind != "navigate" or any(targets)
    titles = frozenset(word for work in context.scene.placements for word in words_of(f"{work.title} {work.group}"))
    if any(words and not _any_known(words, vocabulary, titles) for words in targets):
        return True
    if intent.kind not in ("create", "refine"):
        return False
    query = intent.query
    if set(words_of(query.words)) & {word for words in query.without_words for word in words_of(words)}:
        return True
    return bool(query.words) and bool(vocabulary.library_words) and not _is_sought(intent, vocabulary)


def _is_sought(intent: Intent, vocabulary: Vocabulary) -> bool:
    theme = vocabulary.theme(intent.theme or "")
    own = words_of_themes(vocabulary) | {*theme.subject.split()} if theme is not None else frozenset[str]()
    return _any_known(intent.query.words, vocabulary, own)


def _any_known(words: str, vocabulary: Vocabulary, more: frozenset[str]) -> bool:
    return any(is_known(word, vocabulary.library_words) or is_known(word, more) for word in words_of(words))


def _names_works(intent: Intent, text: str, vocabulary: Vocabulary) -> bool:
    """Whether what remains says which works: by filters or words, or as "pictures"."""
    return intent.query != Query() or bool(set(vocabulary.lists.get("works", ())) & set(words_of(text)))


def _ways(text: str, context: TurnContext, vocabulary: Vocabulary) -> Iterator[_Way]:
    """The other forms, those that leave out least first."""
    found = [*_without_clauses(text, vocabulary), *([] if context.scene.placements else _shown(text, vocabulary))]
    yield from sorted(found, key=lambda way: len(words_of(way.left_out)))


def _without_clauses(text: str, vocabulary: Vocabulary) -> Iterator[_Way]:
    """Without one clause, and each clause alone, where nothing of weight is in what goes."""
    parts = [part for part in _CLAUSE.split(text) if part and words_of(part)][:_MOST_CLAUSES]
    if len(parts) == 1:
        return
    for at, part in enumerate(parts):
        others = [other for other in parts if other is not part]
        if _is_light(part, vocabulary):
            yield _Way(", ".join(others), part)
        if len(parts) > 2 and all(_is_light(other, vocabulary) for other in others):
            yield _Way(parts[at], ", ".join(others))


def _is_light(part: str, vocabulary: Vocabulary) -> bool:
    """Whether it names nothing of the library, no number, no layout, and does not ask to show or add something."""
    words = words_of(part)
    if any(word.isdecimal() or is_known(word, vocabulary.library_words) for word in words):
        return False
    lists = vocabulary.lists
    if _opening_words(part, vocabulary) or vocabulary.table("layouts").keys() & set(words):
        return False
    if any(f" {name} " in f" {' '.join(words)} " for name in vocabulary.theme_names):
        return False
    asks = {said for name in ("create", "show", "works") for said in lists.get(name, ())}
    return not asks & set(words) and words[0] not in ("add", "more")


def _opening_words(text: str, vocabulary: Vocabulary) -> int:
    """How many words of the request only ask for a show; what follows them is sought and never left out."""
    line = f"{' '.join(words_of(text))} "
    said = (opening for opening in vocabulary.lists.get("create", ()) if line.startswith(f"{opening} "))
    return max((len(opening.split()) for opening in said if " " in opening), default=0)


def _shown(text: str, vocabulary: Vocabulary) -> Iterator[_Way]:
    """As a wish to see what stands after the verb: with nothing on show there is nothing to change or to go to."""
    words = text.split()
    against = {word for name in ("without", "less", "more") for word in vocabulary.lists.get(name, ())}
    layouts = vocabulary.table("layouts")
    opening = _opening_words(text, vocabulary)
    for start in range(min(_MOST_LEFT_OUT, opening or _MOST_LEFT_OUT, len(words) - 1) + 1):
        gone = [word for part in words[:start] for word in words_of(part)]
        if words[start].casefold() in against or any(
            word.isdecimal() or word in (*against, *layouts) or is_known(word, vocabulary.library_words)
            for word in gone
        ):
            return
        silent = set(gone) <= common_words(vocabulary) or start <= 1
        yield _Way(f"show {' '.join(words[start:])}", "" if silent else " ".join(words[:start]))
