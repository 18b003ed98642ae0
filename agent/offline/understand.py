"""A request in plain words to an intent: a pure function of the text, the vocabulary and the context."""

from dataclasses import replace

from agent.intent import Intent
from agent.offline.answering import about_the_question, is_an_answer, refines
from agent.offline.chaining import beside, chained
from agent.offline.clauses import links, prepared
from agent.offline.conditions import conditional, parted
from agent.offline.continuing import continued
from agent.offline.deciding import intent_of
from agent.offline.deeds import read_deed
from agent.offline.draft import Draft, read
from agent.offline.effects import with_effect
from agent.offline.ellipsis import completed, pointed, unpointed, visited
from agent.offline.gist import read_gist
from agent.offline.inquiries import answered
from agent.offline.machinery import barred, nothing_but_machinery, without_machinery
from agent.offline.normalise import BOUNDARY
from agent.offline.onshow.reading import over_the_show
from agent.offline.outside import order_outside
from agent.offline.reading import MEANINGS, deed_beyond_us, opened, read_everything, sub_draft
from agent.offline.recalling import recalled
from agent.offline.repairs import left_open
from agent.offline.scopes import like_before, scoped
from agent.offline.subjects import is_known
from agent.offline.tongues import asks_in, in_own_words
from agent.offline.undecided import both_ways, either_of, is_vague, vague
from agent.ports.context import AND_THEN, TurnContext
from agent.ports.library import Query
from agent.vocabulary import Vocabulary
from scene.layouts.contract import Wishes

_CHANGES = frozenset({"edit", "refine", "restyle"})
_MOST_LINKS = 6
_PARTED = frozenset({"but", "while"})
"""Words between two wishes, which have no gist in common."""


def understand(text: str, vocabulary: Vocabulary, context: TurnContext) -> Intent:
    """What the request means. Never raises; what makes no sense comes back as `unclear`."""
    said, machinery = without_machinery(text)
    if machinery and not any(letter.isalnum() for letter in said):
        return nothing_but_machinery(machinery, vocabulary.language)
    words, language = in_own_words(said, vocabulary)
    refused = order_outside(words, vocabulary, lambda clause: deed_beyond_us(clause, vocabulary, context))
    if refused is not None:
        return refused.model_copy(update={"language": language})
    intent = _understood(words, vocabulary, context)
    foreign = language != vocabulary.language and asks_in(said, language)
    intent = answered(words, intent, vocabulary, lambda asked: _understood(asked, vocabulary, context), asks=foreign)
    intent = with_effect(intent)
    if intent.continues and language == vocabulary.language:
        language = in_own_words(context.pending_request.split(AND_THEN)[0], vocabulary)[1]
    if machinery:
        lost = intent.kind == "unclear" and not intent.missing and not intent.alternatives
        intent = nothing_but_machinery(machinery, vocabulary.language) if lost else barred(intent, machinery)
    return intent if language == vocabulary.language else intent.model_copy(update={"language": language})


def _understood(text: str, vocabulary: Vocabulary, context: TurnContext) -> Intent:
    draft = opened(text, vocabulary, context)
    if context.pending_question:
        read(draft, "answer", MEANINGS)
        if is_an_answer(draft):
            return about_the_question(draft) or intent_of(draft)
    found = parted(draft)
    if found is not None:
        return conditional(found, draft, lambda words: _simply(draft.sub(words)))
    intent = _simply(draft)
    if intent.kind == "unclear" or not draft.put_otherwise:
        return intent
    read_too = " ".join(draft.put_otherwise)[:400]
    return intent.model_copy(update={"understood": (*intent.understood, read_too)})


def _simply(draft: Draft) -> Intent:
    """A request that hangs on nothing; one that says nothing in particular leads to a question."""
    intent = _out_of_nothing(_plainly(draft), draft)
    lost = intent.kind == "unclear" and not intent.missing and not intent.alternatives and not intent.name
    if (lost or _is_hollow(intent, draft)) and is_vague(draft):
        return vague(draft)
    return intent


def _out_of_nothing(intent: Intent, draft: Draft) -> Intent:
    """ "Go to Kyoto", "replace everything with Berlin": where nothing hangs, a show of them is meant."""
    if draft.context.scene.placements or intent.kind not in ("navigate", "edit") or intent.then:
        return intent
    replaced = [edit.other for edit in intent.edits if edit.verb == "replace"]
    named = intent.targets if intent.kind == "navigate" else replaced[0] if replaced else None
    if named is None or not named.words or not is_known(draft, [named.words]):
        return intent
    query = (named.query or Query()).model_copy(update={"words": named.words})
    return Intent(kind="create", subject=named.words, query=query, language=intent.language, confidence=0.8,
                  understood=intent.understood)  # fmt: skip


def _is_hollow(intent: Intent, draft: Draft) -> bool:
    """ "I want it": nothing is said of what to show."""
    named = intent.layout or intent.theme or intent.pick or intent.query != Query() or intent.wishes != Wishes()
    works = set(draft.vocabulary.lists.get("works", ()))
    return intent.kind == "create" and not named and not works & set(draft.whole.split())


def _plainly(draft: Draft) -> Intent:
    if (about := over_the_show(draft, lambda words: _by_rules(words, draft))) is not None:
        return about
    prepared(draft)
    draft.whole = draft.line
    if offered := left_open(draft) or both_ways(draft) or either_of(draft):
        return _undecided(draft, offered)
    if (alike := like_before(draft, lambda words: _plainly(sub_draft(draft, words)))) is not None:
        return alike
    if draft.context.recent_requests and not draft.context.pending_question:
        step = recalled(draft, lambda text: _earlier(text, draft)) or continued(
            draft, lambda text: _earlier(text, draft)
        )
        if step is not None:
            return step
    if (bounded := scoped(draft, lambda words: _plainly(sub_draft(draft, words)))) is not None:
        return bounded
    parts = links(draft)[:_MOST_LINKS]
    if len(parts) > 1:
        return chained([_part(draft, part) for part in parts], lambda words: _read_one(sub_draft(draft, words)))
    return _read_one(draft)


def _by_rules(words: str, draft: Draft) -> Intent:
    """One clause of a request, read by the rules alone."""
    part = opened(words, draft.vocabulary, draft.context)
    part.said = ""
    return with_effect(_simply(part))


def _undecided(draft: Draft, offered: tuple[str, ...]) -> Intent:
    """Two ways were offered at once; which one is meant is asked."""
    return Intent(kind="unclear", confidence=0.2, language=draft.vocabulary.language, alternatives=offered)


def _read_one(draft: Draft) -> Intent:
    context, line = draft.context, draft.line
    fresh = draft.sub(draft.line.strip(f" {BOUNDARY}")) if context.recent_requests else None
    read_everything(draft)
    if "vague" in draft.marks and (clear := _clear_part(line, draft)) is not None:
        return clear
    merged = about_the_question(draft) if context.pending_question and refines(draft) else None
    intent = merged or intent_of(draft)
    if _is_a_guess(intent, draft) and (gist := _by_deed(line, draft) or _by_gist(line, draft)) is not None:
        return gist
    if fresh is None:
        return unpointed(intent, draft, None)
    if intent.kind == "unclear" and not intent.missing:
        return completed(fresh, lambda text: _earlier(text, draft)) or visited(fresh) or intent
    intent = unpointed(intent, fresh, lambda text: _earlier(text, draft))
    return pointed(intent, fresh, lambda text: _earlier(text, draft))


def _clear_part(line: str, draft: Draft) -> Intent | None:
    """ "Make it nicer and remove the first one": what is said beside the vague wish, where that is a change."""
    vague_words = draft.used[-1]
    intent = _read_one(sub_draft(draft, line.replace(f" {vague_words} ", f" {BOUNDARY} ", 1).strip(f" {BOUNDARY}")))
    changes = intent.edits or intent.wishes != Wishes() or intent.relations or intent.theme or intent.light
    named = intent.kind == "create" and (intent.query != Query() or intent.theme)
    if not named and (intent.kind not in _CHANGES or not changes or intent.missing):
        return None
    return beside(intent, [vague_words.strip(f" ,{BOUNDARY}")])


def _is_a_guess(intent: Intent, draft: Draft) -> bool:
    """Nothing was understood, or works are looked for by words that the library does not know, over a show."""
    if intent.kind == "unclear":
        return not intent.missing
    if intent.kind == "refine" and intent.wishes == Wishes() and not intent.relations:
        asked = intent.query.model_copy(update={"more_words": (), "less_words": ()})
        words = [*intent.query.more_words, *intent.query.less_words]
        return asked == Query() and bool(words) and not is_known(draft, words)
    if intent.kind != "create" or not draft.context.scene.placements or "create" in draft.marks:
        return False
    return bool(intent.query.words) and not is_known(draft, [intent.query.words])


def _by_deed(line: str, draft: Draft) -> Intent | None:
    if _PARTED & set(line.split()):
        return None
    deed = Draft(draft.vocabulary, draft.context, line, draft.typed, draft.raw)
    if not read_deed(deed, MEANINGS):
        return None
    intent = intent_of(deed)
    return None if intent.kind == "unclear" else intent


def _by_gist(line: str, draft: Draft) -> Intent | None:
    if _PARTED & set(line.split()):
        return None
    gist = replace(Draft(draft.vocabulary, draft.context, line, draft.typed, draft.raw))
    if not read_gist(gist, MEANINGS):
        return None
    intent = intent_of(gist)
    return None if intent.kind == "unclear" else intent


def _earlier(text: str, draft: Draft) -> Intent:
    """What an earlier request meant, read on its own."""
    alone = replace(draft.context, recent_requests=(), pending_question="")
    return understand(text, draft.vocabulary, alone)


def _part(draft: Draft, words: str) -> tuple[str, Intent]:
    """One link of a chain and what it means by itself."""
    return words, _read_one(sub_draft(draft, words))
