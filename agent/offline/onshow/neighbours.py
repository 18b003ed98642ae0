"""Works beside each other: one subject right before another, all of a subject together; the rest stays in its order."""

import re

from agent.intent import Intent, Targets
from agent.offline.onshow.naming import Named, Row
from agent.ports.library import Query


def right_before(one: Targets, two: Targets, row: Row) -> Intent | None:
    """The first works right before the first of the others; all else stays in its order."""
    moving, there = places_of(one, row), places_of(two, row)
    if not moving or not there or set(moving) & set(there):
        return None
    ids = [work.asset_id for work in row.draft.context.scene.placements]
    left = [at for at in range(len(ids)) if at not in moving]
    cut = left.index(there[0])
    moved = [*left[:cut], *moving, *left[cut:]]
    order = tuple(ids[at] for at in moved)
    return Intent(kind="refine", sequence=(Targets(query=Query(asset_ids=order)),), keep_works=True, confidence=0.9)


def side_by_side(clause: str, row: Row) -> Intent | None:
    """ "The snowmen belong together": where the first of them hangs."""
    found = re.fullmatch(
        r"(?:put|hang|keep|move|bring)? ?(?P<what>.+?) (?:(?:should|must|ought to) )?(?:be |hang |belong |go |stay )?"
        r"(?:together|side by side|next to (?:each other|one another)|in one (?:block|group|row))",
        clause,
    )
    named = subject(found["what"], row) if found is not None else None
    at = places_of(named.targets, row) if named is not None else []
    if len(at) < 2:
        return None
    ids = [work.asset_id for work in row.draft.context.scene.placements]
    order = [*range(at[0]), *at, *(place for place in range(at[0], len(ids)) if place not in at)]
    these = Query(asset_ids=tuple(ids[place] for place in order))
    return Intent(kind="refine", sequence=(Targets(query=these),), keep_works=True, confidence=0.9)


def as_they_hang(intent: Intent, row: Row) -> Intent:
    """An order whose places are those of the row as it hangs now, also where works go before it is brought about."""

    def held(targets: Targets) -> Targets:
        if targets.ordinal is None or not (places := places_of(targets, row)):
            return targets
        ids = [work.asset_id for work in row.draft.context.scene.placements]
        return Targets(query=Query(asset_ids=tuple(ids[place] for place in places)))

    relations = tuple(one.model_copy(update={"targets": held(one.targets)}) for one in intent.relations)
    return intent.model_copy(update={"relations": relations, "sequence": tuple(map(held, intent.sequence))})


def places_of(targets: Targets, row: Row) -> list[int]:
    """Where works that are named by titles or places hang in the row; nothing for works named in another way."""
    if targets.also or targets.query is not None or targets.extreme or targets.wall or targets.room:
        return []
    titled = [at for at, title in enumerate(row.titles) if targets.words in title]
    if targets.ordinal is None:
        return titled if targets.words and targets.one else []
    many = targets.many or 1
    if not 1 <= abs(targets.ordinal) <= len(titled):
        return []
    start = targets.ordinal - 1 if targets.ordinal > 0 else max(len(titled) + targets.ordinal - many + 1, 0)
    return titled[start : start + many]


def subject(words: str, row: Row) -> Named | None:
    """What a part of the order is about; where commas part it, it is several parts."""
    if re.search(r"[^\W\d]+ , ", words.strip(" ,")):
        return None
    words = re.sub(r"^(?:by |with |of |from )+|(?: (?:all together|all|together))+$", "", words.strip(" ,"))
    named = row.named(words)
    if named is None or (named.targets.selection and not row.draft.context.selection) or named.targets.but is not None:
        return None
    return None if named.targets.everything or named.targets.wall or named.targets.room else named
