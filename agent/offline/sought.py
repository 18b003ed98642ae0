"""What a request searches for: the subject, the filters and the theme, as the kind of request has it."""

from typing import Any

from agent.intent import Targets
from agent.offline.draft import Draft
from agent.offline.subjects import is_known, joined
from agent.ports.library import Query
from agent.vocabulary import ThemeWords

_CHANGES = frozenset({"refine", "restyle", "edit"})
_LISTING = frozenset({"timeline", "cluster", "grid"})
_SAY_WHICH = frozenset({"colours", "creators", "folders", "tags", "like_asset_id"})
"""What says which works are meant, so that a theme's own subject is not."""
_ASKED_OF_WORKS = frozenset({None, "count", "extreme", "span", "most", "share", "compare", "average", "distinct"})
"""What may be asked of some of the works."""


def with_query(draft: Draft, kind: str, left: list[str]) -> dict[str, Any]:
    """Subject, query and theme of a request for works."""
    query, parts = dict(draft.query), dict[str, Any]()
    words = _subject(draft, kind, left, query)
    if kind in _CHANGES:
        query.pop("limit", None)
    if kind == "refine":
        parts, query = _refining(draft, words, left, query)
    elif kind == "create":
        words, parts = _creating(draft, words, left, query)
    elif kind == "answer":
        parts["targets"] = _asked_of(draft)
    _bar_things_only(draft, query)
    if words:
        query["words"] = words
        parts.setdefault("subject", words)
    return parts | {"query": query if _asks_of_works(draft, words, left, query) else {}}


def _bar_things_only(draft: Draft, query: dict[str, Any]) -> None:
    """ "Purple without lavender", "by Clara, without Clara": the thing or the person is barred, not the wished look."""
    colours = draft.vocabulary.table("colours")
    taken = {name.casefold() for name in query.get("creators", ())}
    wished = set(query.get("colours", ()))
    things = [said for said in query.get("without_words", ()) if said in taken or colours.get(said) in wished]
    if things:
        query["without_words"] = tuple(said for said in query["without_words"] if said not in things)
        query["without_tags"] = (*query.get("without_tags", ()), *things)


def _subject(draft: Draft, kind: str, left: list[str], query: dict[str, Any]) -> str:
    """The words to search for; a change has none but those of "only"."""
    words = " ".join([*joined(draft, left), draft.fields.get("subject_words", "")]).strip()[:400]
    if kind == "create" and not words and not draft.fields.keys() & {"theme", "layout", "only_words"}:
        words = " ".join(query.pop("more_words", ()))
    if "only_words" in draft.fields:
        only = draft.fields["only_words"]
        return f"{only} {words if kind == 'create' and words != only else ''}".strip()[:400]
    return "" if kind in _CHANGES else words


def _refining(
    draft: Draft, words: str, left: list[str], query: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What becomes of the works on show, and the query that is left beside works that come in addition."""
    other_works = query or words or draft.marks & {"again", "relative"} or "count" in draft.wishes
    parts: dict[str, Any] = {
        "keep_works": not other_works,
        "again": "again" in draft.marks,
        "rehang": "redo" in draft.marks,
        "only_shown": "only" in draft.marks and bool(query or words) and not draft.marks & {"library"},
    }
    if "added" not in draft.marks or not (query or is_known(draft, left)):
        return parts, query
    subject = " ".join([query["words"], *left] if "words" in query else left)[:400]
    parts["coming"] = Query.model_validate({**query, **({"words": subject} if subject else {})})
    return parts, {}


def _creating(draft: Draft, words: str, left: list[str], query: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The words of a new show, its theme, and the subject as people say it."""
    if words.casefold() in draft.vocabulary.theme_names:
        draft.fields.setdefault("theme", draft.vocabulary.theme_names[words.casefold()])
        draft.fields.setdefault("theme_word", words)
        words, left = "", []
    theme, evoked = _theme(draft, words), "evoked" in draft.fields
    named = draft.fields.get("theme") is not None
    first = draft.vocabulary.theme(draft.fields.get("first_theme", "")) or theme
    chosen = query.keys() & _SAY_WHICH or (evoked and query)
    words = words or (first.subject if first and named and not chosen else "")
    own = draft.fields.get("theme_word", words) if first == theme and not evoked else words
    if "it" in draft.marks and not words and not query and draft.fields.get("layout") in _LISTING:
        query["limit"] = 10_000
    return words, {**({"theme": theme.id} if theme else {}), "subject": words if left or not theme else own}


def _asked_of(draft: Draft) -> Targets:
    """The works that a question is about, as far as it says where they hang."""
    where = {name: draft.targets[name] for name in ("wall", "room") if name in draft.targets}
    found: Targets | None = draft.fields.get("targets")
    return found or Targets(everything="here" in draft.marks, **where)


def _asks_of_works(draft: Draft, words: str, left: list[str], query: dict[str, Any]) -> bool:
    """Whether a query says anything: some questions are about no works."""
    about = draft.fields.get("about")
    named = bool(words or query.keys() - {"words"} or is_known(draft, left))
    return about in _ASKED_OF_WORKS or (about == "facet" and named)


def _theme(draft: Draft, words: str) -> ThemeWords | None:
    """The theme that was named, else the one whose words the subject uses most."""
    themes = draft.vocabulary.themes
    named = draft.fields.get("theme")
    if named is not None:
        return next((theme for theme in themes if theme.id == named), None)
    said = f" {words.casefold()} "
    counts = {theme.id: sum(f" {word} " in said for word in (*theme.words, *theme.names)) for theme in themes}
    best = max(themes, key=lambda theme: counts[theme.id], default=None)
    return best if best is not None and counts[best.id] else None
