"""Works that hung earlier in the talk and were taken down, hung again where they were."""

import re

from agent.intent import Edit, Intent
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
    rf"{LEAD}(?:hang|put|bring|get|take) (?P<what>them|those|these|it|all of them|both) (?:back )?(?:up|in|"
    rf"on)(?: again|"
    rf" back| please)+",
    rf"{LEAD}(?:restore|reinstate|rehang) (?P<what>.+?)",
    rf"{LEAD}(?:i|we) (?:(?:really|do|already|still|rather|just|kind of|sort of) )*(?:miss|missed|am missing|"
    rf"are missing) (?P<what>.+)",
    rf"{LEAD}(?P<what>.+?) in",
)
_ALL = re.compile(
    r"(?:them|it all|it|those|these|what(?:ever)? (?:you|i|we) (?:took|removed|threw)(?: (?:down|out|off|away))?|"
    r"all|both|everything|the lot|all of (?:them|those|it)|both of them)|"
    r"(?:all|both|the|those|these)(?: of (?:them|those|these|the))? \d+(?: (?:of them|works?|pictures|photos|ones))?|"
    r"(?:all |both |the |those |these |every )*(?:\d+ )?(?:works? |pictures? |photos? |ones? |of them |that |"
    r"which |what |"
    r"whatever )*(?:i|we|you) (?:have |had |just |ve )*(?:took|removed|threw|kicked|dropped|deleted|cut|chucked|binned|"
    r"discarded|taken|thrown|got rid of|banned|rejected|lost|tossed)(?: (?:down|out|off|away|just now|before|earlier|"
    r"a moment ago|a minute ago|last))*"
)


def works_back(clause: str, row: Row) -> Intent | None:
    """ "Number four back", "the lanterns back in": works that hung earlier and were taken down."""
    for pattern in _BACK:
        said = re.fullmatch(pattern, clause)
        found = _gone(said["what"].strip(" ,"), row) if said is not None else None
        if found is not None:
            return undo_of_last(row, "asset_ids", found[0]) if _is_all(*found, row) else hung_again(*found, row)
        if said is not None and pattern is not _BACK[-1] and (some := _of_a_filter(said["what"].strip(" ,"), row)):
            return some
    return None


def _number_of(words: str) -> int:
    """ "The two I threw out": how many are meant; 0 where that is not said."""
    if words.startswith("both"):
        return 2
    found = re.search(r"\b\d+\b", words)
    return int(found[0]) if found is not None and _ALL.fullmatch(words) else 0


def _is_all(state: Stood, ids: tuple[str, ...], row: Row) -> bool:
    """Whether the last step took away just these, and did nothing else."""
    left = set(state.asset_ids) - set(now_of(row).asset_ids)
    return left == set(ids) and undo_of_last(row, "asset_ids", state) is not None


def _gone(words: str, row: Row) -> tuple[Stood, tuple[str, ...]] | None:
    """The latest state from which works of that name are missing by now, and those works."""
    there, number = set(now_of(row).asset_ids), _number_of(words)
    for state in backwards(row):
        missing = [asset_id for asset_id in state.asset_ids if asset_id not in there]
        if not missing:
            continue
        named = [one for one in _named_in(words, state, row) if one in missing]
        if named and len(named) >= number:
            return state, tuple(named)
    return None


def _of_a_filter(words: str, row: Row) -> Intent | None:
    """ "The 2009 ones back": those that hung earlier and meet the filter come in addition."""
    named, there = row.named(words), now_of(row).asset_ids
    query = named.targets.query if named is not None else None
    if named is None or query is None or named.targets.words or named.targets.extreme:
        return None
    gone = dict.fromkeys(one for state in row.draft.context.earlier for one in state.asset_ids if one not in there)
    if not gone:
        return None
    coming = query.model_copy(update={"asset_ids": tuple(gone), "limit": len(gone)})
    wishes = Wishes(count=len(there) + len(gone))
    return Intent(kind="refine", coming=coming, wishes=wishes, accept_fewer=True, confidence=0.9)


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


_LAST_ACT = re.compile(
    rf"{LEAD}(?:forget(?: about)?|undo|cancel|reverse|revert|take back|never mind|scrap|drop|skip|roll back|"
    rf"ignore|not) "
    r"(?:only |just )?(?:the|that|this|my|your)(?: (?:last|latest|previous|most recent))? (?P<act>swap|switch|"
    r"exchange|removal|"
    r"deletion|move|"
    r"change|step|edit|addition|resizing|rotation|replacement|shift|enlargement|turn|pin|trade|swapping|moving|cut)"
    r"(?: (?:again|please|just now|of (?:mine|yours)))*"
)
_LAST_STEPS = re.compile(
    rf"{LEAD}(?:forget|undo|take back|cancel|reverse|revert|scrap|drop|roll back)(?: about)?(?: the| my| those|"
    rf" these| your)? last "
    r"(?P<number>\d{1,2}) (?:things?|steps?|changes?|requests?|wishes|moves?|turns?|edits?|ones?)(?: "
    r"(?:that )?(?:i|we|you) (?:asked"
    r"(?: for)?|said|did|wanted|made|changed))?"
)
_LEFT = re.compile(
    rf"{LEAD}(?:leave|keep|have) (?:it|them|that|those|that one|this one) (?:(?:where|as|how|the way) (?:it|"
    rf"they) (?:was|were|hung|"
    r"stood)|up|hanging|there|in|on the wall)(?: after all| though)*|(?:it|they|that one) (?:can|may|"
    r"should) stay after all"
)
_VERBS = {"swap": ("swap",), "switch": ("swap",), "exchange": ("swap", "replace"), "trade": ("swap",),
          "swapping": ("swap",), "removal": ("remove",), "deletion": ("remove",), "replacement": ("replace",),
          "rotation": ("rotate",), "pin": ("pin",), "enlargement": ("bigger",)}  # fmt: skip
_OUT_AGAIN = re.compile(
    rf"{LEAD}(?:(?:take|throw|leave|get|put|kick|bring|have|remove|drop) )?(?:all )?(?:the |those |"
    rf"these )?(?P<what>.+?) (?:(?:out|off|"
    r"away|down) again|again out|(?:can|may|should|must) (?:go|leave) again)(?: please)?"
)


def last_act_undone(clause: str, row: Row) -> Intent | None:
    """ "Forget that last swap": the step before is taken back, where it was one."""
    last = row.draft.context.last_intents[-1:]
    if (several := _LAST_STEPS.fullmatch(clause)) is not None:
        return Intent(kind="undo", undo_what="step", times=min(int(several["number"]), 50), confidence=0.9)
    if _LEFT.fullmatch(clause) and last and last[0].kind == "edit":
        return Intent(kind="undo", undo_what="step", confidence=0.9)
    found = _LAST_ACT.fullmatch(clause)
    if found is None or not last:
        return None
    verbs = _VERBS.get(found["act"])
    if verbs is not None and not any(edit.verb in verbs for edit in last[0].edits):
        gone = _gone("all of them", row) if verbs == ("remove",) else None
        return hung_again(*gone, row) if gone is not None else None
    return Intent(kind="undo", undo_what="step", confidence=0.9)


def out_again(clause: str, row: Row) -> Intent | None:
    """ "Take the Alps out again": works that came with an earlier request go, and no others come for them."""
    found = _OUT_AGAIN.fullmatch(clause)
    if found is None:
        return None
    wanted = set(stems_of(found["what"]))
    asked = [
        (one, intent) for one, intent in zip(backwards(row), reversed(row.draft.context.last_intents), strict=False)
    ]
    now = now_of(row).asset_ids
    for state, intent in asked:
        words = [*([intent.coming.words] if intent.coming is not None else []), *intent.query.more_words]
        said = {part for one in words for part in stems_of(one)} | set(stems_of(state.request))
        came = tuple(asset_id for asset_id in now if asset_id not in set(state.asset_ids))
        if came and len(came) < len(now) and wanted <= said:
            targets = these(came)
            return Intent(kind="edit", targets=targets, edits=(Edit(verb="remove", targets=targets),), confidence=0.9)
    return None
