"""Meanings of clauses that say what kind of request it is: undo, explain, answer, select; what we cannot do."""

import re
from typing import Any

from agent.intent import Targets
from agent.offline.draft import Draft, Meaning, Said
from agent.offline.normalise import BOUNDARY
from agent.offline.taken import number_of, ordinal_of
from agent.offline.targets import targets_in


def kind_with(mark: str, **values: Any) -> Meaning:
    """Set fields of the intent and note the mark."""

    def meaning(draft: Draft, _: Said) -> bool | None:
        if draft.marks & HEADS:
            return False
        draft.fields.update(values)
        draft.marks.add(mark)
        return None

    return meaning


def beyond(deed: str) -> Meaning:
    """Something that nobody here can do; the refusal is found by its name."""

    def meaning(draft: Draft, said: Said) -> bool | None:
        if not _has_an_object(draft) or said.get("colour") in draft.vocabulary.table("room_colours"):
            return False
        if re.search(r"\w", draft.before):
            clause = re.match(rf"[^,;.:!?{BOUNDARY}]*", draft.after)
            rest = clause[0] if clause is not None else ""
            draft.unsupported.append(draft.plain(draft.matched() + rest))
            draft.after = draft.after[len(rest) :]
            return None
        draft.fields.setdefault("beyond", deed)
        return None

    return meaning


def _has_an_object(draft: Draft) -> bool:
    """Whether a bare verb is used as one: "ship it" and "water the plants" are, "ship paintings" is not."""
    said, following = draft.matched().split(), draft.after.split()[:1]
    lists = draft.vocabulary.lists
    if len(said) != 1 or said[0] in lists.get("deeds_alone", ()):
        return True
    return bool(following) and (following[0].isdecimal() or following[0] in lists.get("deed_objects", ()))


def undone(kind: str) -> Meaning:
    """Take back or bring back so many steps."""

    def meaning(draft: Draft, said: Said) -> bool | None:
        if draft.marks & HEADS:
            return False
        number = number_of(said) if "number" in said else 2 if draft.said_any("both") else 1
        draft.fields |= {"times": min(max(number, 1), 50)}
        draft.fields |= {"undo_what": "step"} if kind == "undo" else {}
        draft.marks.add(kind)
        return None

    return meaning


def kind_named(mark: str, **values: Any) -> Meaning:
    """The same, with a name and the works that it is about."""

    def meaning(draft: Draft, said: Said) -> bool | None:
        if draft.marks & HEADS:
            return False
        draft.fields.update(values | {"name": draft.as_typed(said.get("name", ""))[:400]})
        if "target" in said:
            found = targets_in(draft, said["target"])
            draft.fields["targets"] = found or Targets(everything=True)
        draft.marks.add(mark)
        return None

    return meaning


def facet_asked(draft: Draft, said: Said) -> bool | None:
    """ "How many by year?": counts for each value of a column."""
    if draft.marks & HEADS:
        return False
    draft.fields.update(about="facet", name=draft.vocabulary.table("columns").get(said.get("column", ""), "year"))
    draft.marks.add("answer")
    return None


def extreme_asked(draft: Draft, said: Said) -> bool | None:
    """ "The newest picture?": asked of the library."""
    order = draft.vocabulary.table("orders")[said["order"]]
    if draft.marks & HEADS or order not in ("newest", "oldest"):
        return False
    draft.fields["about"] = "extreme"
    draft.wishes["order"] = order
    draft.marks.add("answer")
    return None


def most_of_all(draft: Draft, said: Said) -> bool | None:
    """ "Which one is the biggest here?": asked of the works on show, else of the library."""
    found = draft.vocabulary.table("extremes")[said["extreme"]]
    if draft.marks & HEADS or found in ("hero", "best", "worst"):
        return False
    draft.fields["about"] = "extreme"
    if found in ("newest", "oldest"):
        draft.wishes["order"] = found
    else:
        draft.fields["pick"] = found
    if draft.context.scene.placements and draft.said_any("of_the_show"):
        draft.marks.add("here")
    draft.marks.add("answer")
    return None


def which_here(draft: Draft, _: Said) -> bool | None:
    """ "Which ones are Ada's?" over a show."""
    if draft.marks & HEADS or not draft.context.scene.placements:
        return False
    draft.fields["about"] = "count"
    draft.marks |= {"answer", "here"}
    return None


def select_works(draft: Draft, said: Said) -> bool | None:
    """Where nothing hangs there is nothing to select: "select the best of Berlin" asks for a show of them."""
    if not draft.context.scene.placements and not draft.marks & HEADS:
        draft.marks.add("create")
        return None
    return kind_with("select")(draft, said)


def described_work(draft: Draft, said: Said) -> bool | None:
    """ "What is this?": one work is described."""
    if draft.marks & HEADS:
        return False
    target = targets_in(draft, said["target"]) if "target" in said else None
    draft.fields |= {"about": "described", "targets": target or Targets(selection=True)}
    draft.marks.add("answer")
    return None


def when_asked(draft: Draft, _: Said) -> bool | None:
    """ "When was the trip to the coast?": the years of what is asked about."""
    if draft.marks & HEADS or not re.search(r"\w", draft.after) or draft.after.split()[0] in draft.stop_words():
        return False
    draft.fields.update(about="facet", name="year")
    draft.marks.add("answer")
    return None


def left_vague(draft: Draft, said: Said) -> bool | None:
    """ "Move it over there", "change the thing": which work, or what, is asked."""
    words = set(draft.matched().split())
    if words & draft.vocabulary.library_words - set(draft.vocabulary.lists.get("works", ())):
        return False
    draft.marks.add("vague")
    return None


def time_of(draft: Draft, said: Said) -> bool | None:
    """ "When was the last time ..." asks for the newest work."""
    if draft.marks & HEADS:
        return False
    draft.fields["about"] = "extreme"
    draft.wishes["order"] = "newest" if ordinal_of(draft, said["ordinal"]) < 0 else "oldest"
    draft.marks.add("answer")
    return None


HEADS = frozenset(
    {"undo", "redo_step", "explain", "answer", "export", "project", "canvas", "select", "deselect", "tour"}
)
