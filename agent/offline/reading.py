"""Reads one draft: a text becomes a line of tokens, and every clause of it is read, group by group."""

import re

from agent.offline.acts import ACTS
from agent.offline.apart import set_apart
from agent.offline.by_whom import name_creators, shown_not_by
from agent.offline.clauses import any_of, prepared
from agent.offline.draft import Draft, Meanings, read
from agent.offline.filters import FILTERS
from agent.offline.grammar import grammar_of
from agent.offline.kinds import HEADS
from agent.offline.leading import orders_at_ends
from agent.offline.mentions import by_number
from agent.offline.misspelt import with_theme_names
from agent.offline.names import marked
from agent.offline.naming import names_works_on_show
from agent.offline.normalise import BOUNDARY, CREATOR, MAX_CHARACTERS, normalised
from agent.offline.phrases import MODIFIERS
from agent.offline.pronouns import with_nouns, with_things
from agent.offline.questions import QUESTIONS
from agent.offline.reasons import without_reasons
from agent.offline.referring import with_referents
from agent.offline.repairs import repaired
from agent.offline.rewriting import in_library_words, rewritten
from agent.offline.roomwise import a_room_each, by_rooms
from agent.offline.shares import of_each
from agent.offline.targets import TARGETS, read_targets
from agent.offline.topics import with_topic
from agent.offline.wishes import WISHES
from agent.ports.context import TurnContext
from agent.vocabulary import Vocabulary

MEANINGS: Meanings = {**QUESTIONS, **ACTS, **FILTERS, **WISHES, **MODIFIERS, **TARGETS}
"""Every meaning that a vocabulary file may use, by name."""

_ABOUT_THE_SHOW = frozenset({"explain", "go", "select"})
"""Kinds of request whose remaining words name works on show."""
_PLACES = frozenset({"here", "on_wall", "in_room"})
_OUTSIDE = frozenset({"delete", "run", "send", "fetch", "approve"})
"""Names of deeds that reach files, programs, other places or the creator's own decision."""
_KEEPING = frozenset({"export", "project", "canvas"})


def opened(text: str, vocabulary: Vocabulary, context: TurnContext) -> Draft:
    """A draft over a text, with names marked and clauses parted."""
    grammar = grammar_of(vocabulary)
    text = by_number(text, context)
    found = normalised(text, vocabulary, grammar.spelling)
    line = in_library_words(with_theme_names(found.line, vocabulary), vocabulary)
    if not context.scene.placements:
        line = a_room_each(orders_at_ends(line, vocabulary))
    line = rewritten(line, draft_over=bool(context.scene.placements), vocabulary=vocabulary)
    put_otherwise = [word for word in found.line.split() if word not in line.split()]
    line = shown_not_by(marked(line, vocabulary, grammar.known_words), vocabulary)
    grouped = set_apart(of_each(by_rooms(line, vocabulary), vocabulary), vocabulary)
    put_otherwise += [word for word in line.split() if word not in grouped.split() and CREATOR not in word]
    line = grouped
    draft = Draft(vocabulary, context, with_topic(line, vocabulary), found.typed, text[:MAX_CHARACTERS])
    repaired(draft)
    if context.scene.placements:
        draft.line = with_referents(draft.line, vocabulary)
    told = with_nouns(draft.line, vocabulary, draft.raw)
    rest = without_reasons(told, vocabulary)
    draft.line = rest if context.scene.placements else with_things(rest, told, vocabulary)
    prepared(draft)
    draft.whole = draft.line
    draft.put_otherwise = tuple(dict.fromkeys(put_otherwise))
    draft.said = found.line
    return draft


def sub_draft(draft: Draft, words: str) -> Draft:
    """A draft over some of the request's words."""
    part = draft.sub(words)
    prepared(part)
    part.whole = part.line
    return part


def read_everything(draft: Draft) -> None:
    """Read all groups of clauses in their order, as far as the kind of request lets them be said."""
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


def deed_beyond_us(clause: str, vocabulary: Vocabulary, context: TurnContext) -> str:
    """By which name a clause is refused that orders a deed outside of the product; empty where it does not."""
    draft = opened(clause, vocabulary, context)
    return str(draft.fields["beyond"]) if _is_beyond_us(draft) and draft.fields["beyond"] in _OUTSIDE else ""


def _skip(_: Draft, __: object) -> bool:
    return False
