"""Whether a reading accounts for a request: figures and words of weight that were said and stand nowhere in it."""

import re
from collections.abc import Iterator
from typing import Any

from agent.intent import Intent, Targets
from agent.offline.unread import unread_words, words_of
from agent.ports.context import TurnContext
from agent.vocabulary import Vocabulary

_SOME = frozenset({"one", "ones", "once", "a", "an", "first", "second"})
"""Words that count something only at times: "the one", "at first", "a second"."""
_TALK = frozenset({"understood", "ignored", "note", "reworded", "confidence", "language", "name"})
_CHANGES = frozenset({"create", "refine", "edit", "restyle", "navigate", "select"})
_CLAUSE = re.compile(r"[,;:.!?\u2013\u2014]+\s|(?<!all )(?<!thing )(?<!one )\b(?:but|then|while)\b", re.IGNORECASE)
_SMALLEST = frozenset({"the", "a", "an", "it", "is", "be", "to", "of", "in", "on", "please", "with", "that", "this",
                       "i", "you", "we", "all", "them", "one", "ones", "for", "at"})  # fmt: skip
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[^\W\d]+")
_LOOSE = frozenset({"words", "limit", "more_words", "less_words", "without_words"})
_NOT_YEARS = 1_500
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


def unaccounted(text: str, intent: Intent, vocabulary: Vocabulary, context: TurnContext) -> frozenset[str]:
    """The words that were said in vain: unread, looked for although nobody knows them, or figures without effect."""
    if intent.missing not in ("", "change") or intent.alternatives or intent.condition is not None:
        return frozenset()
    lost = unread_words(text, intent, vocabulary, context) | _figures_lost(text, intent, vocabulary, context)
    return lost | _clauses_lost(text, intent, vocabulary)


def _clauses_lost(text: str, intent: Intent, vocabulary: Vocabulary) -> frozenset[str]:
    """The words of a clause of which nothing was read at all, though other clauses were."""
    if intent.kind not in _CHANGES or intent.note:
        return frozenset()
    read = {word for part in (intent, *intent.then) for said in part.understood for word in words_of(said)}
    read |= {word for said in _texts(intent.model_dump(exclude_defaults=True)) for word in words_of(said)}
    empty = _SMALLEST | frozenset(vocabulary.lists.get("fillers", ()))
    clauses = [frozenset(words_of(clause)) - empty for clause in _CLAUSE.split(text)]
    lost = [words for words in clauses if len(words) > 1 and not words & read]
    return frozenset[str]().union(*lost) if len(lost) < len(clauses) else frozenset()


def may_be_an_act(intent: Intent) -> bool:
    """Whether the reading of a request over a show may give way: it is no question, and asks for nothing barred."""
    if intent.condition is not None or intent.continues or intent.alternatives:
        return False
    if intent.place or intent.view or intent.panel:
        return False
    if intent.kind == "unclear" and (intent.targets != Targets() or intent.name):
        return False  # a work that is not liked: what shall become of it is asked
    return intent.kind in _CHANGES or (intent.kind == "unclear" and intent.missing in ("", "change"))


def keeps(first: Intent, now: Intent, vocabulary: Vocabulary) -> bool:
    """Whether nothing is lost that the first reading had, where that was more than a guess."""
    every = [now, *now.then]
    if first.kind not in ("refine", "edit", "restyle"):
        filters = first.query.model_dump(exclude_defaults=True).keys() - {"words", "limit"}
        known = [word for word in words_of(first.query.words) if word in vocabulary.library_words]
        return not known or not filters or any(part.query == first.query for part in every)
    wishes = first.wishes.model_dump(exclude_defaults=True)
    found = {name: value for part in every for name, value in part.wishes.model_dump(exclude_defaults=True).items()}
    if any(name not in found for name in wishes):
        return False
    edits = [edit for part in every for edit in part.edits]
    if any(edit.verb not in [other.verb for other in edits] for edit in first.edits):
        return False
    placed = [edit.targets for edit in first.edits if edit.targets and (edit.targets.ordinal or edit.targets.extreme)]
    if any(targets not in [other.targets for other in edits] for targets in placed):
        return False
    if len(first.relations) > sum(len(part.relations) for part in every):
        return False
    named = [edit.targets.query for part in every for edit in part.edits if edit.targets and edit.targets.query]
    searched = [*(part.query for part in every), *(part.coming for part in every if part.coming), *named]
    queries = [query.model_dump() for query in searched]
    sure = first.query.model_dump(exclude_defaults=True)
    filtered = all(
        any(value in (query[name], query.get(f"without_{name}")) for query in queries)
        for name, value in sure.items()
        if name not in _LOOSE
    )
    return (
        (first.light is None or any(part.light is not None for part in every))
        and (not first.theme or any(part.theme == first.theme for part in every))
        and (not first.layout or any(part.layout == first.layout for part in every))
        and filtered
    )


def turns_round(text: str, intent: Intent, vocabulary: Vocabulary) -> bool:
    """Whether only some works were asked for, in no words of taking away, and the reading takes works away."""
    said = f" {' '.join(words_of(text))} "
    lists = vocabulary.lists

    def says(name: str) -> bool:
        return any(f" {' '.join(words_of(phrase))} " in said for phrase in lists.get(name, ()))

    removes = any(edit.verb == "remove" for part in (intent, *intent.then) for edit in part.edits)
    return removes and says("only") and not says("remove") and not says("without")


def _figures_lost(text: str, intent: Intent, vocabulary: Vocabulary, context: TurnContext) -> frozenset[str]:
    """Numbers that were said, in figures or in words, and are in no part of the intent."""
    if intent.kind in ("unclear", "answer", "explain", "export", "project", "canvas", "undo", "redo"):
        return frozenset()
    hanging = len(context.scene.placements)
    plain = intent.model_dump(exclude_defaults=True)
    there = set[float]()
    for value in _values(plain):
        there |= {value, abs(value), abs(value - hanging), round(abs(value) * 100, 2), round(abs(value - 1) * 100, 2),
                  round(100 - value * 100, 2), value % 100}  # fmt: skip
        there |= {value + 1, value - 1} if value > _NOT_YEARS else set[float]()  # "before 2012" ends in 2011
    said = dict(_said(text, vocabulary))
    whole = " ".join(_texts(plain))
    return frozenset(word for word, value in said.items() if value not in there and word not in whole.split())


def _said(text: str, vocabulary: Vocabulary) -> Iterator[tuple[str, float]]:
    numbers, ordinals = vocabulary.table("numbers"), vocabulary.table("ordinals")
    for word in (found[0].casefold() for found in _TOKEN.finditer(text)):
        if word in _SOME:
            continue
        if _FIGURE.fullmatch(word):
            yield word, float(word)
        elif word in numbers:
            yield word, float(numbers[word])
        elif word in ordinals:
            yield word, float(abs(ordinals[word]))


def _values(plain: Any) -> Iterator[float]:
    """Every number of an intent; a date is its year, month and day."""
    if isinstance(plain, dict):
        for name, value in plain.items():
            if name not in _TALK:
                yield from _values(value)
    elif isinstance(plain, list | tuple):
        for value in plain:
            yield from _values(value)
    elif isinstance(plain, int | float) and not isinstance(plain, bool):
        yield float(plain)
    elif isinstance(plain, str):
        yield from (float(found) for found in _FIGURE.findall(plain))
    elif hasattr(plain, "year"):
        yield from (float(plain.year), float(plain.month), float(plain.day))


def _texts(plain: Any) -> Iterator[str]:
    if isinstance(plain, dict):
        for name, value in plain.items():
            if name not in _TALK:
                yield from _texts(value)
    elif isinstance(plain, list | tuple):
        for value in plain:
            yield from _texts(value)
    elif isinstance(plain, str):
        yield plain.casefold()
