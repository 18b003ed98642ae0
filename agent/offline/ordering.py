"""Meanings of clauses that say in which order, groups, rows and rooms works hang."""

from agent.offline.counting import count_to, on_show
from agent.offline.draft import Draft, Meaning, Said
from agent.offline.measures import stored_wishes
from agent.offline.taken import number_of


def rooms_are(draft: Draft, said: Said) -> None:
    """So many rooms."""
    draft.wishes["rooms"] = min(max(number_of(said), 1), 100) if "number" in said else 1


def rooms_by(step: int) -> Meaning:
    """So many rooms more or fewer than there are."""

    def meaning(draft: Draft, said: Said) -> None:
        by = step * (number_of(said) if "number" in said else 1)
        draft.wishes["rooms"] = min(max(max(len(draft.context.scene.rooms), 1) + by, 1), 100)

    return meaning


def rooms_each(draft: Draft, said: Said) -> bool | None:
    """ "Three rooms with ten works in each" are thirty works."""
    rooms, each = number_of(said), int(said["each"]) if said["each"].isdecimal() else 1
    if not 1 <= rooms <= 100 or not 1 <= each <= 1_000:
        return False
    draft.wishes |= {"rooms": rooms, "count": count_to(rooms * each)}
    return None


def _bounded_number(name: str, most: int) -> Meaning:
    def meaning(draft: Draft, said: Said) -> bool | None:
        if not 1 <= number_of(said) <= most:
            return False
        draft.wishes[name] = number_of(said)
        return None

    return meaning


def columns_are(draft: Draft, said: Said) -> bool | None:
    """So many works in a row."""
    found = _bounded_number("columns", 1_000)(draft, said)
    if found is None:
        draft.marks.add("columns")
    return found


def groups_are(draft: Draft, said: Said) -> bool | None:
    """So many groups of works that look alike."""
    draft.fields.setdefault("layout", "cluster")
    return _bounded_number("groups", 100)(draft, said)


def by_likeness(draft: Draft, _: Said) -> None:
    """Works that look alike hang together."""
    draft.fields["layout"] = "cluster"


def order_by(draft: Draft, said: Said) -> None:
    """In the order of a column."""
    if not on_show(draft) and draft.said_any("whole"):
        draft.query["limit"] = 10_000
    draft.wishes["order"] = draft.vocabulary.table("orders")[said["order"]]


def order_reverse(draft: Draft, _: Said) -> bool | None:
    """The other way round than they hang."""
    now = stored_wishes(draft.context.scene).order
    draft.wishes["order"] = "oldest" if now == "newest" else "newest"
    return None


def order_extreme(draft: Draft, said: Said) -> bool | None:
    """ "Smallest first": the order that a layout has a word for, else the works are sorted before they hang."""
    found = draft.vocabulary.table("extremes")[said["extreme"]] if "extreme" in said else "biggest"
    if found == "hero":
        return False
    named = {"newest": "newest", "oldest": "oldest", "best": "score"}.get(found)
    draft.wishes["order"] = named or "given"
    draft.fields |= {} if named else {"sort": found}
    return None


def order_darkest(draft: Draft, _: Said) -> None:
    """ "From dark to light": the other way round than layouts order by brightness."""
    draft.wishes["order"] = "given"
    draft.fields["sort"] = "darkest"


def group_by(draft: Draft, said: Said) -> None:
    """A group for each value of a column."""
    if draft.said_any("whole"):
        draft.query["limit"] = 10_000
        draft.marks |= {"library", "show"}
    draft.wishes["group_by"] = draft.vocabulary.table("columns")[said["column"]]


def over_time(draft: Draft, _: Said) -> None:
    """ "Over the years" is a timeline; with a section for each decade it is their order."""
    if "group_by" in draft.wishes:
        draft.wishes.setdefault("order", "oldest")
    else:
        draft.fields["layout"] = "timeline"


def order_in_time(draft: Draft, _: Said) -> None:
    """ "Chronologically" begins with the oldest, unless it is said otherwise."""
    draft.wishes.setdefault("order", "oldest")
