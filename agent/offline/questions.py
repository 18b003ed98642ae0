"""Meanings of questions about library or show: from when to when, the most, what share, which of two, how many."""

import re
from collections.abc import Mapping
from typing import Any

from agent.offline.draft import Draft, Meaning, Said, read
from agent.offline.filters import FILTERS
from agent.offline.names import creators_called
from agent.offline.phrases import MODIFIERS
from agent.offline.subjects import searchable
from agent.offline.taken import ordinal_of
from agent.offline.targets import targets_in
from agent.ports.library import Query

ASKED = "answer"
"""The mark of a question; `agent.offline.acts` counts it among the heads of a request."""
_READ_ALREADY = frozenset({"undo", "redo_step", "explain", "answer", "export", "project", "canvas", "select"})
_BARRED_EXTREMES = frozenset({"hero", "best", "worst", "middle", "leftmost", "rightmost"})


def _about(about: str, **fields: Any) -> Meaning:
    """A question about this; over a show that is spoken of, about what hangs."""

    def meaning(draft: Draft, said: Said) -> bool | None:
        if draft.marks & _READ_ALREADY:
            return False
        _of_what(draft, said)
        if "column" in said:
            draft.fields["name"] = draft.vocabulary.table("columns")[said["column"]]
        draft.fields.update(about=about, **fields)
        ask(draft)
        return None

    return meaning


def ask(draft: Draft) -> None:
    """Note that this is a question, and whether what hangs is meant."""
    draft.marks.add(ASKED)
    typed = re.sub(r"\W+", " ", draft.raw.casefold())
    line = f" {draft.whole} {typed} "
    if draft.context.scene.placements and any(f" {word} " in line for word in draft.vocabulary.lists["of_the_show"]):
        draft.marks.add("here")


def _of_what(draft: Draft, said: Said) -> None:
    """The works that the question itself names: whose, and of what."""
    if "creator" in said:
        draft.add("creators", *creators_called(said["creator"], draft.vocabulary)[:5])
    asked = queried(draft, said["list"]) if "list" in said else Query()
    draft.query |= asked.model_dump(exclude_defaults=True, exclude={"words"})
    if asked.words:
        draft.fields["subject_words"] = asked.words
    if "folder" in said:
        draft.add("folders", draft.trimmed(said["folder"])[:400])


def _most(pick: str, column: str = "") -> Meaning:
    """ "Which year has the most pictures?", "who took the fewest?"."""

    def meaning(draft: Draft, said: Said) -> bool | None:
        name = draft.vocabulary.table("columns").get(said.get("column", ""), column)
        if draft.marks & _READ_ALREADY or not name:
            return False
        draft.fields.update(about="most", name=name, pick=pick)
        ask(draft)
        return None

    return meaning


def _extreme(draft: Draft, said: Said) -> bool | None:
    """ "Which of these is the oldest?", "the darkest one from Kyoto"; the first one ever taken is the oldest."""
    table = draft.vocabulary.table("extremes")
    most_pixels = "biggest" if draft.said_any("pixels") else ""
    found = str(table[said["extreme"]]) if "extreme" in said else _first_or_last(draft, said) or most_pixels
    if draft.marks & _READ_ALREADY or found in _BARRED_EXTREMES or not found:
        return False
    draft.fields["about"] = "extreme"
    if found in ("newest", "oldest"):
        draft.wishes["order"] = found
    else:
        draft.fields["pick"] = found
    _of_what(draft, said)
    ask(draft)
    return None


def _first_or_last(draft: Draft, said: Said) -> str:
    number = ordinal_of(draft, said["ordinal"]) if "ordinal" in said else 0
    return {1: "oldest", -1: "newest"}.get(number, "")


def _one_work(draft: Draft, said: Said) -> bool | None:
    """ "Who made the third one?": asked of works that are named by their place or by being selected."""
    if draft.marks & _READ_ALREADY or not draft.context.scene.placements:
        return False
    target = targets_in(draft, said["target"])
    if target is None or target.words or target.query is not None:
        return False
    if not (target.selection or target.ordinal or target.extreme):
        return False
    draft.fields |= {"about": "described", "targets": target}
    draft.marks.add(ASKED)
    return None


def _compared(draft: Draft, said: Said) -> bool | None:
    """ "More of Lisbon than of Kyoto?": two counts."""
    if draft.marks & _READ_ALREADY:
        return False
    one, two = (queried(draft, said[name]) for name in ("one", "two"))
    if Query() in (one, two) or one == two:
        return False
    draft.query |= one.model_dump(exclude_defaults=True)
    if one.words:
        draft.fields["subject_words"] = draft.query.pop("words")
    draft.fields |= {"about": "compare", "against": two}
    ask(draft)
    return None


def queried(draft: Draft, words: str) -> Query:
    """What a phrase names, as a query of its own: filters, else words to look for."""
    sub = draft.sub(words)
    for group in ("filter", "modify", "tone", "colours"):
        read(sub, group, {**FILTERS, **MODIFIERS})
    for name in (word for word in sub.line.split() if creators_called(word, draft.vocabulary)):
        sub.add("creators", *creators_called(name, draft.vocabulary)[:5])
        sub.line = sub.line.replace(f" {name} ", " ")
    left = searchable(sub, sub.segments())[0]
    if shape := draft.vocabulary.table("orientations").get(" ".join(left).removesuffix("s").removesuffix(" format")):
        return Query.model_validate({**sub.query, "orientation": shape})
    return Query.model_validate({**sub.query, "words": " ".join(left)[:400]})


def _owned_by(draft: Draft, said: Said) -> bool | None:
    """ "Does Ada have any of snow?", "what did Bo photograph in 2012?": counted."""
    known = creators_called(said["creator"], draft.vocabulary)
    if draft.marks & _READ_ALREADY or not known:
        return False
    draft.add("creators", *known[:5])
    draft.fields["about"] = "count"
    ask(draft)
    return None


def _counted(draft: Draft, said: Said) -> bool | None:
    """ "Which pictures have no date?": those that do are counted and named."""
    if draft.marks & _READ_ALREADY:
        return False
    _of_what(draft, said)
    draft.fields["about"] = "count"
    ask(draft)
    return None


QUESTIONS: Mapping[str, Meaning] = {
    "q_span": _about("span"),
    "q_where": _about("facet", name="folder"),
    "q_most": _most("biggest"),
    "q_fewest": _most("smallest"),
    "q_most_by": _most("biggest", "creator"),
    "q_fewest_by": _most("smallest", "creator"),
    "q_share": _about("share"),
    "q_compare": _compared,
    "q_average_size": _about("average", name="size"),
    "q_average_year": _about("average", name="year"),
    "q_distinct": _about("distinct"),
    "q_facet": _about("facet"),
    "q_extreme": _extreme,
    "q_one_work": _one_work,
    "q_owned_by": _owned_by,
    "q_counted": _counted,
}
