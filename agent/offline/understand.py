"""A request in plain words to an intent: a pure function of the text, the vocabulary and the context."""

import re
from dataclasses import replace

from agent.intent import Intent
from agent.offline.acts import ACTS
from agent.offline.apart import set_apart
from agent.offline.by_whom import name_creators
from agent.offline.chaining import beside, chained
from agent.offline.clauses import any_of, links, prepared, unchained
from agent.offline.conditions import conditional, parted
from agent.offline.continuing import continued
from agent.offline.deciding import intent_of
from agent.offline.deeds import read_deed
from agent.offline.draft import Draft, Meanings, read
from agent.offline.ellipsis import completed, pointed, unpointed, visited
from agent.offline.filters import FILTERS
from agent.offline.gist import read_gist
from agent.offline.grammar import grammar_of
from agent.offline.inquiries import answered
from agent.offline.kinds import HEADS
from agent.offline.machinery import barred, nothing_but_machinery, without_machinery
from agent.offline.names import marked
from agent.offline.naming import names_works_on_show
from agent.offline.normalise import BOUNDARY, MAX_CHARACTERS, normalised
from agent.offline.onshow.reading import over_the_show
from agent.offline.phrases import MODIFIERS
from agent.offline.pronouns import with_nouns
from agent.offline.questions import QUESTIONS
from agent.offline.reasons import without_reasons
from agent.offline.recalling import recalled
from agent.offline.referring import with_referents
from agent.offline.repairs import left_open, repaired
from agent.offline.rewriting import in_library_words, rewritten
from agent.offline.roomwise import by_rooms
from agent.offline.shares import of_each
from agent.offline.subjects import is_known, searchable
from agent.offline.targets import TARGETS, read_targets
from agent.offline.tongues import asks_in, in_own_words
from agent.offline.topics import with_topic
from agent.offline.undecided import both_ways, either_of, is_vague, vague
from agent.offline.wishes import WISHES
from agent.ports.context import AND_THEN, TurnContext
from agent.ports.library import Query
from agent.vocabulary import Vocabulary
from scene.layouts.contract import Wishes

MEANINGS: Meanings = {**QUESTIONS, **ACTS, **FILTERS, **WISHES, **MODIFIERS, **TARGETS}
"""Every meaning that a vocabulary file may use, by name."""

_ABOUT_THE_SHOW = frozenset({"explain", "go", "select"})
"""Kinds of request whose remaining words name works on show."""
_ANSWERS = frozenset({"widen", "accept_fewer"})
_PLACES = frozenset({"here", "on_wall", "in_room"})
_CHANGES = frozenset({"edit", "refine", "restyle"})
_KEEPING = frozenset({"export", "project", "canvas"})
_MOST_LINKS = 6


def understand(text: str, vocabulary: Vocabulary, context: TurnContext) -> Intent:
    """What the request means. Never raises; what makes no sense comes back as `unclear`."""
    said, machinery = without_machinery(text)
    if machinery and not any(letter.isalnum() for letter in said):
        return nothing_but_machinery(machinery, vocabulary.language)
    words, language = in_own_words(said, vocabulary)
    intent = _understood(words, vocabulary, context)
    foreign = language != vocabulary.language and asks_in(said, language)
    intent = answered(words, intent, vocabulary, lambda asked: _understood(asked, vocabulary, context), asks=foreign)
    if intent.continues and language == vocabulary.language:
        language = in_own_words(context.pending_request.split(AND_THEN)[0], vocabulary)[1]
    if machinery:
        lost = intent.kind == "unclear" and not intent.missing and not intent.alternatives
        intent = nothing_but_machinery(machinery, vocabulary.language) if lost else barred(intent, machinery)
    return intent if language == vocabulary.language else intent.model_copy(update={"language": language})


def _understood(text: str, vocabulary: Vocabulary, context: TurnContext) -> Intent:
    draft = _opened(text, vocabulary, context)
    if context.pending_question:
        read(draft, "answer", MEANINGS)
        if _is_an_answer(draft):
            return _about_the_question(draft) or intent_of(draft)
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
    if (about := over_the_show(draft)) is not None:
        return about
    prepared(draft)
    draft.whole = draft.line
    if offered := left_open(draft) or both_ways(draft) or either_of(draft):
        return _undecided(draft, offered)
    if draft.context.recent_requests and not draft.context.pending_question:
        step = recalled(draft, lambda text: _earlier(text, draft)) or continued(
            draft, lambda text: _earlier(text, draft)
        )
        if step is not None:
            return step
    parts = links(draft)[:_MOST_LINKS]
    if len(parts) > 1:
        return chained([_part(draft, part) for part in parts], lambda words: _read_one(_sub(draft, words)))
    return _read_one(draft)


def _undecided(draft: Draft, offered: tuple[str, ...]) -> Intent:
    """Two ways were offered at once; which one is meant is asked."""
    return Intent(kind="unclear", confidence=0.2, language=draft.vocabulary.language, alternatives=offered)


def _read_one(draft: Draft) -> Intent:
    context, line = draft.context, draft.line
    fresh = draft.sub(draft.line.strip(f" {BOUNDARY}")) if context.recent_requests else None
    _read_everything(draft)
    if "vague" in draft.marks and (clear := _clear_part(line, draft)) is not None:
        return clear
    merged = _about_the_question(draft) if context.pending_question and _refines(draft) else None
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
    intent = _read_one(_sub(draft, line.replace(f" {vague_words} ", f" {BOUNDARY} ", 1).strip(f" {BOUNDARY}")))
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
    deed = Draft(draft.vocabulary, draft.context, line, draft.typed, draft.raw)
    if not read_deed(deed, MEANINGS):
        return None
    intent = intent_of(deed)
    return None if intent.kind == "unclear" else intent


def _by_gist(line: str, draft: Draft) -> Intent | None:
    gist = replace(Draft(draft.vocabulary, draft.context, line, draft.typed, draft.raw))
    if not read_gist(gist, MEANINGS):
        return None
    intent = intent_of(gist)
    return None if intent.kind == "unclear" else intent


def _earlier(text: str, draft: Draft) -> Intent:
    """What an earlier request meant, read on its own."""
    alone = replace(draft.context, recent_requests=(), pending_question="")
    return understand(text, draft.vocabulary, alone)


def _opened(text: str, vocabulary: Vocabulary, context: TurnContext) -> Draft:
    """A draft over a text, with names marked and clauses parted."""
    grammar = grammar_of(vocabulary)
    found = normalised(text, vocabulary, grammar.spelling)
    line = in_library_words(found.line, vocabulary)
    line = rewritten(line, draft_over=bool(context.scene.placements), vocabulary=vocabulary)
    put_otherwise = tuple(dict.fromkeys(word for word in found.line.split() if word not in line.split()))
    line = marked(line, vocabulary, grammar.known_words)
    line = set_apart(of_each(by_rooms(line, vocabulary), vocabulary), vocabulary)
    draft = Draft(vocabulary, context, with_topic(line, vocabulary), found.typed, text[:MAX_CHARACTERS])
    repaired(draft)
    if context.scene.placements:
        draft.line = with_referents(draft.line, vocabulary)
    draft.line = without_reasons(with_nouns(draft.line, vocabulary, draft.raw), vocabulary)
    prepared(draft)
    draft.whole = draft.line
    draft.put_otherwise = put_otherwise
    draft.said = found.line
    return draft


def _part(draft: Draft, words: str) -> tuple[str, Intent]:
    """One link of a chain and what it means by itself."""
    return words, _read_one(_sub(draft, words))


def _sub(draft: Draft, words: str) -> Draft:
    """A draft over some of the request's words."""
    part = draft.sub(words)
    prepared(part)
    part.whole = part.line
    return part


def _read_everything(draft: Draft) -> None:
    if _is_beyond_us(draft):
        return
    for group in ("question", "head"):
        read(draft, group, MEANINGS)
    if "vague" in draft.marks:
        return
    if draft.marks & _ABOUT_THE_SHOW:
        if "explain" in draft.marks:
            being = any_of(draft.vocabulary.lists.get("being_there", ()))
            draft.line = re.sub(rf"(?<= )(?:{being}) ", "", draft.line)
        read_targets(draft)
        return
    if not draft.marks & HEADS:
        for group in ("complaint", "wish", "style", "edit", "go"):
            read(draft, group, MEANINGS)
    if "go" in draft.marks:
        read_targets(draft)
        return
    if not draft.marks & HEADS:
        for group in ("extent", "layout", "head2", "verb"):
            read(draft, group, MEANINGS)
        if "show" in draft.marks and names_works_on_show(draft):
            draft.marks.add("go")
            read_targets(draft)
            return
    elif "answer" in draft.marks:
        read(draft, "target", {name: TARGETS[name] if name in _PLACES else _skip for name in TARGETS})
    for group in ("filter", "count", "modify", "all", "tone", "colours"):
        read(draft, group, MEANINGS)
    name_creators(draft)


def _is_beyond_us(draft: Draft) -> bool:
    """Whether it asks for what nobody here can do; exporting and keeping have words in common with that."""
    line = draft.line
    read(draft, "beyond", MEANINGS)
    if "beyond" not in draft.fields:
        return False
    known = draft.sub(line.strip(f" {BOUNDARY}"))
    read(known, "head", MEANINGS)
    if not known.marks & _KEEPING:
        return True
    del draft.fields["beyond"]
    draft.line = line
    return False


def _skip(_: Draft, __: object) -> bool:
    return False


def _is_an_answer(draft: Draft) -> bool:
    return bool(draft.fields.keys() & _ANSWERS) and not draft.segments()


def _refines(draft: Draft) -> bool:
    """Whether this is no request of its own: filters, less and more, a count, an order, a theme, and nothing else."""
    if draft.marks & (HEADS | {"go", "create", "show", "anew", "library", "it"}) or draft.edits or draft.relations:
        return False
    if searchable(draft, draft.segments())[0] or _asks_for_works(draft):
        return False
    return bool(draft.query or draft.wishes or draft.fields.keys() & {"theme", "layout", "only_words", "light", "sort"})


def _asks_for_works(draft: Draft) -> bool:
    """ "Ten pictures from 2012" is a request of its own, "only from 2012" is none."""
    if draft.marks & {"only", "only_count", "more", "less", "without", "relative"}:
        return False
    words = draft.whole.split()
    named = {*words} & {*draft.vocabulary.lists.get("works", ())} - {"one", "ones"}
    laid_out = "layout" in draft.fields and {*words[1:2]} & {*draft.vocabulary.lists.get("articles", ())}
    return bool(named or laid_out) and bool(draft.query.keys() & {"dates", "creators", "folders", "tags"})


def _about_the_question(draft: Draft) -> Intent | None:
    """The request that the question was about with what was said since; None when that was no request for works."""
    first, *later = draft.context.pending_request.split(AND_THEN)
    asked = intent_of(_read_again(first, draft))
    answered = bool(draft.fields.keys() & _ANSWERS)
    if asked.kind != "create" and not (asked.kind == "refine" and (answered or asked.wishes.count is not None)):
        return None
    whole = _read_again(first, draft)
    for part in (*(_read_again(text, draft, "answer") for text in later), draft):
        _merge(whole, part)
    return intent_of(whole, asked.kind).model_copy(update={"continues": True})


def _read_again(text: str, draft: Draft, *groups: str) -> Draft:
    """A draft over something that was said earlier."""
    again = _opened(in_own_words(text, draft.vocabulary)[0], draft.vocabulary, draft.context)
    unchained(again)
    for group in groups:
        read(again, group, MEANINGS)
    _read_everything(again)
    return again


def _merge(whole: Draft, part: Draft) -> None:
    """Add what was said later; lists grow, single values are replaced."""
    for name, value in part.query.items():
        if isinstance(value, tuple):
            whole.add(name, *value)
        else:
            whole.query[name] = value
    whole.wishes |= part.wishes
    whole.fields |= part.fields
    whole.marks |= part.marks - {"only"}
    whole.used += part.used
    whole.unsupported += part.unsupported
