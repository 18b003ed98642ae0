"""What is said after a question: an answer to it, or more about the request that it was about."""

from agent.intent import Intent
from agent.offline.clauses import unchained
from agent.offline.deciding import intent_of
from agent.offline.draft import Draft, read
from agent.offline.kinds import HEADS
from agent.offline.reading import MEANINGS, opened, read_everything
from agent.offline.subjects import searchable
from agent.offline.tongues import in_own_words
from agent.ports.context import AND_THEN

_ANSWERS = frozenset({"widen", "accept_fewer"})


def is_an_answer(draft: Draft) -> bool:
    """Whether it answers a question and says nothing else."""
    return bool(draft.fields.keys() & _ANSWERS) and not draft.segments()


def refines(draft: Draft) -> bool:
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


def about_the_question(draft: Draft) -> Intent | None:
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
    again = opened(in_own_words(text, draft.vocabulary)[0], draft.vocabulary, draft.context)
    unchained(again)
    for group in groups:
        read(again, group, MEANINGS)
    read_everything(again)
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
