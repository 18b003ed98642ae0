"""Works that hung earlier in the talk and were taken down, hung again where they were."""

import re

from agent.intent import Intent
from agent.offline.onshow.facets import LEAD, backwards, now_of, these, undo_of_last, wishes_of
from agent.offline.onshow.naming import Row
from agent.offline.onshow.stems import stems_of
from agent.ports.context import Stood
from agent.ports.library import Query
from scene.layouts.contract import Wishes

_BACK = (
    rf"{LEAD}(?:(?:i|we) (?:want|need|would like|would love|miss)|bring|put|get|give (?:me|us)|hang|let us have|"
    rf"have|take|let) "
    r"(?P<what>.+?) (?:come )?back(?: (?:in|up|on the wall|on show|again|there|please|where (?:it|they) (?:was|"
    r"were)|in its place))*",
    rf"{LEAD}(?:bring|put|get|hang|have) back (?P<what>.+?)(?: (?:in|up|again))*",
    rf"{LEAD}(?P<what>.+?) (?:(?:can|may|should|could|must|shall) )?(?:come )?(?:back|in again)(?: (?:in|up|again|"
    rf"please))*",
    rf"{LEAD}(?:restore|reinstate|rehang) (?P<what>.+?)",
    rf"{LEAD}(?P<what>.+?) in",
)
_ALL = re.compile(
    r"(?:them|it all|it|those|these|what(?:ever)? (?:you|i|we) (?:took|removed|threw)(?: (?:down|out|off|away))?|"
    r"all|both|everything|the lot|all of (?:them|those|it)|both of them)|"
    r"(?:all|both|the|those|these)(?: of (?:them|those|these|the))? \d+(?: (?:of them|works?|pictures|photos|ones))?"
)


def works_back(clause: str, row: Row) -> Intent | None:
    """ "Number four back", "the lanterns back in": works that hung earlier and were taken down."""
    for pattern in _BACK:
        said = re.fullmatch(pattern, clause)
        found = _gone(said["what"].strip(" ,"), row) if said is not None else None
        if found is not None:
            return undo_of_last(row, "asset_ids", found[0]) if _is_all(*found, row) else hung_again(*found, row)
    return None


def _is_all(state: Stood, ids: tuple[str, ...], row: Row) -> bool:
    """Whether the last step took away just these, and did nothing else."""
    left = set(state.asset_ids) - set(now_of(row).asset_ids)
    return left == set(ids) and undo_of_last(row, "asset_ids", state) is not None


def _gone(words: str, row: Row) -> tuple[Stood, tuple[str, ...]] | None:
    """The latest state from which works of that name are missing by now, and those works."""
    there = set(now_of(row).asset_ids)
    for state in backwards(row):
        missing = [asset_id for asset_id in state.asset_ids if asset_id not in there]
        if not missing:
            continue
        named = [one for one in _named_in(words, state, row) if one in missing]
        if named:
            return state, tuple(named)
    return None


def _named_in(words: str, state: Stood, row: Row) -> list[str]:
    """The works of a state that the words name: by their place in it, or by their titles."""
    if _ALL.fullmatch(words):
        return list(state.asset_ids)
    wanted = [stem for stem in stems_of(words) if stem not in ("the", "all", "both", "of", "those", "my", "our")]
    titled = [a for a, t in zip(state.asset_ids, state.titles, strict=False) if _has(stems_of(t), wanted)]
    if titled:
        return titled
    named = row.named(words)
    if named is None or not named.by_place:
        return []
    found: list[str] = []
    for one in (named.targets, *named.targets.also):
        at, many = one.ordinal, one.many or 1
        if at is None or not 0 < abs(at) <= len(state.asset_ids):
            return []
        start = at - 1 if at > 0 else len(state.asset_ids) + at - many + 1
        found += state.asset_ids[max(start, 0) : start + many]
    return found


def _has(title: list[str], wanted: list[str]) -> bool:
    if not any(word.isalpha() for word in wanted):
        return False
    return any(title[at : at + len(wanted)] == wanted for at in range(len(title) - len(wanted) + 1))


def hung_again(state: Stood, ids: tuple[str, ...], row: Row) -> Intent:
    """These works beside those that hang, each where it was as far as an order by a property leaves that open."""
    now = now_of(row)
    coming = Query(asset_ids=ids, limit=max(len(ids), 1))
    places = {asset_id: place for place, asset_id in enumerate(state.asset_ids)}
    order = list(now.asset_ids)
    for asset_id in sorted(ids, key=lambda one: places[one]):
        after = [one for one in state.asset_ids[: places[asset_id]] if one in order]
        order.insert(order.index(after[-1]) + 1 if after else 0, asset_id)
    ordered = wishes_of(now).get("order") not in (None, "given")
    sequence = () if ordered else (these(tuple(order)),)
    count = len(now.asset_ids) + len(ids)
    return Intent(kind="refine", coming=coming, wishes=Wishes(count=count), sequence=sequence, accept_fewer=True,
                  confidence=0.9)  # fmt: skip
