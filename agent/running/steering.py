"""Steering a run while it goes on: "stop, not those, I meant the ones from Anna" changes what was understood."""

import re
from typing import Any

from agent.intent import Intent
from agent.ports.library import Query
from agent.refining import refined

_NO = r"(?:no|nope)(?=\s*[,.;:!–—-]|\s+(?:not|i|stop|wait|rather|please|sorry|instead)\b)"
"""Not that of "no people", which is a wish."""
_NOT_SO = (
    r"(?:that|this)(?: ones?)?(?=\W*$|\s*[,.;:!?\u2013\u2014-]|\s+(?:i|but|rather|please|instead|picture|work|photo)\b)"
)
"""Not that of "not that dark", which is a degree."""
_INSTEAD = rf"not (?:(?:those|these|them)(?: ones?)?|{_NOT_SO})|i (?:meant|mean)"
_STRONG = rf"(?:stop|wait|hold on|{_NO}|sorry|actually|rather|instead|{_INSTEAD})"
_LEAD = re.compile(rf"^\W*(?:(?:{_STRONG}|please|but|i want(?:ed)?)\b\W*)+", re.IGNORECASE)
_CORRECTS = re.compile(rf"^\W*(?:(?:please|but)\b\W*)*{_STRONG}\b", re.IGNORECASE)
_MEANS_ANOTHER = re.compile(rf"^\W*(?:(?:please|but|{_STRONG})\b\W*)*(?:{_INSTEAD})\b", re.IGNORECASE)
_ONLY_STOP = re.compile(r"^\W*(?:stop|cancel|wait|hold on|abort|halt|never ?mind)\W*(?:it|that|everything)?\W*$", re.I)


def means_stop(text: str) -> bool:
    """Whether the whole of `text` only wants the run to end."""
    return _ONLY_STOP.match(text[:80]) is not None


def correction_in(text: str) -> str:
    """What is meant instead, without the words that only say that something is to be corrected."""
    return _LEAD.sub("", text).strip()


def corrects(text: str) -> bool:
    """Whether `text` corrects what is going on rather than asking for something else."""
    return _CORRECTS.match(text) is not None and bool(correction_in(text))


def means_another(text: str) -> bool:
    """Whether `text` says that what was made just now is not what was meant: "not those, I meant ..."."""
    return _MEANS_ANOTHER.match(text) is not None and bool(correction_in(text))


def steered(before: Intent, correction: Intent) -> Intent:
    """What is meant now: the running request with the correction's filters, count, layout, theme and words put in.

    A correction of another kind that names no filter (go to, undo, a question) replaces the request.
    """
    if before.kind not in ("create", "refine") or correction.kind not in ("create", "refine", "select", "restyle"):
        return correction
    found = correction.targets.query or correction.query
    words = correction.query.words or correction.targets.words
    delta = found.model_copy(update={"words": "", "limit": Query().limit})
    changed: dict[str, Any] = {"query": _with_words(refined(before.query, delta), words)}
    if words:
        changed["subject"] = correction.subject or words
    if words or delta != Query():
        changed["keep_works"] = False  # others are meant than those that hang
    for name in ("theme", "layout", "light", "quality", "budget_usd"):
        if getattr(correction, name) is not None:
            changed[name] = getattr(correction, name)
    wishes = correction.wishes.model_dump(exclude_defaults=True)
    if wishes:
        changed["wishes"] = before.wishes.model_copy(update={name: getattr(correction.wishes, name) for name in wishes})
    changed["understood"] = tuple(dict.fromkeys((*before.understood, *correction.understood)))
    changed["ignored"] = correction.ignored
    return before.model_copy(update=changed)


def _with_words(query: Query, words: str) -> Query:
    return query.model_copy(update={"words": words}) if words else query
