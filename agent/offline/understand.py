"""A request in plain words to an intent: a pure function of the text, the vocabulary and the context."""

import re

from agent.intent import Intent
from agent.offline.acts import ACTS, HEADS
from agent.offline.deciding import intent_of
from agent.offline.draft import Draft, Meanings, read
from agent.offline.filters import FILTERS
from agent.offline.grammar import grammar_of
from agent.offline.normalise import BOUNDARY, normalised
from agent.offline.phrases import MODIFIERS
from agent.offline.targets import TARGETS, read_targets
from agent.offline.wishes import WISHES
from agent.ports.context import TurnContext
from agent.vocabulary import Vocabulary

MEANINGS: Meanings = {**ACTS, **FILTERS, **WISHES, **MODIFIERS, **TARGETS}
"""Every meaning that a vocabulary file may use, by name."""

_ABOUT_THE_SHOW = frozenset({"explain", "go", "select"})
"""Kinds of request whose remaining words name works on show."""


def understand(text: str, vocabulary: Vocabulary, context: TurnContext) -> Intent:
    """What the request means. Never raises; what makes no sense comes back as `unclear`."""
    known = grammar_of(vocabulary).known_words
    found = normalised(text, vocabulary, known)
    draft = Draft(vocabulary, context, found.line, found.typed)
    _drop_fillers(draft)
    if context.pending_question:
        read(draft, "answer", MEANINGS)
        if _is_an_answer(draft):
            return _answered(draft, vocabulary, context)
    _read_everything(draft)
    return intent_of(draft)


def _read_everything(draft: Draft) -> None:
    read(draft, "head", MEANINGS)
    if draft.marks & _ABOUT_THE_SHOW:
        read_targets(draft)
        return
    if not draft.marks & HEADS:
        for group in ("wish", "style", "edit", "go"):
            read(draft, group, MEANINGS)
    if "go" in draft.marks:
        read_targets(draft)
        return
    if not draft.marks & HEADS:
        read(draft, "head2", MEANINGS)
        if not draft.context.pending_question:
            read(draft, "answer", MEANINGS)
        for group in ("verb", "layout"):
            read(draft, group, MEANINGS)
    elif "answer" in draft.marks:
        read(draft, "target", {"here": MEANINGS["here"]} | {n: _skip for n in TARGETS if n != "here"})
    for group in ("filter", "modify", "count", "tone", "colours"):
        read(draft, group, MEANINGS)


def _skip(_: Draft, __: object) -> bool:
    return False


def _is_an_answer(draft: Draft) -> bool:
    return bool(draft.fields.keys() & {"widen", "accept_fewer"}) and not draft.segments()


def _answered(draft: Draft, vocabulary: Vocabulary, context: TurnContext) -> Intent:
    """The request that the question was about, with its answer."""
    before = Draft(
        vocabulary, context, normalised(context.pending_request, vocabulary, grammar_of(vocabulary).known_words).line
    )
    _drop_fillers(before)
    _read_everything(before)
    before.fields |= draft.fields
    before.used += draft.used
    return intent_of(before)


def _drop_fillers(draft: Draft) -> None:
    """Take politeness off both ends of every clause, unless nothing would be left."""
    fillers = "|".join(re.escape(f) for f in sorted(draft.vocabulary.lists.get("fillers", ()), key=len, reverse=True))
    ends = rf"[,;.!?:{BOUNDARY}]"
    line = draft.line
    for _ in range(4):
        shorter = re.sub(rf"(?<={ends} )(?:{fillers}) ", "", line)
        shorter = re.sub(rf"(?<= )(?:{fillers}) (?={ends} )", "", shorter)
        if shorter == line or not re.search(r"\w", shorter):
            break
        line = shorter
    draft.line = line
