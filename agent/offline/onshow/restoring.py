"""Parts of the show brought back from how it stood earlier in the talk: look, order, spacing, layout, works."""

import re
from collections.abc import Mapping
from typing import Any

from agent.intent import Intent
from agent.offline.clauses import any_of
from agent.offline.onshow.facets import (
    LEAD,
    backwards,
    facet_of,
    looks_of,
    now_of,
    these,
    undo_of_last,
    value_of,
    wishes_of,
)
from agent.offline.onshow.naming import Row
from agent.offline.onshow.returning import is_as_before
from agent.offline.onshow.works_back import hung_again, works_back
from agent.ports.context import Stood
from scene.layouts.contract import Wishes

_TAIL = r"(?: (?:only|just|alone|again|change|changes|thing|bit|part|please|though|step))*"
_DET = r"(?:(?:the|that|this|my|our|its) )?(?:(?P<when>first|original|initial|old|previous|earlier|former|last) )?"
_GOOD = r"(?:nice|nicer|better|good|best|lovely|fine|great|right|prettier|lovelier|more beautiful|beautiful|perfect)"
_UNDONE = (
    rf"{LEAD}(?:take back|undo|revert|roll back|cancel|reverse|drop|lose|scrap|"
    rf"away with){_TAIL} {_DET}(?P<what>.+?){_TAIL}",
    rf"{LEAD}(?:take|roll|turn|put|set) {_DET}(?P<what>.+?) back{_TAIL}",
)
_REGRETTED = (
    rf"{LEAD}{_DET}(?P<what>.+?) (?:was|is|were|are) (?:(?:really|clearly|probably|quite|just) )*(?:a mistake|"
    rf"wrong|a bad "
    r"idea|not (?:a )?good(?: idea)?|silly|nonsense|no good|an error|not right|a stupid idea)(?: after all| though)*",
    rf"{LEAD}(?:forget|undo|never mind|scrap|cancel|ignore|drop|take back|reverse|revert|roll back|"
    rf"turn back) (?:what i (?:said|asked|"
    rf"wanted)(?: about| of| for| "
    r"with)?|that about|the (?:thing|bit|part) (?:with|about)|my wish about|everything about) (?P<what>.+?)",
)
_AGAIN = (
    rf"{LEAD}(?:(?:go|get|let us go|come|switch|return|change|move|put it) )?(?:back )?to {_DET}(?P<what>.+?){_TAIL}",
    rf"{LEAD}{_DET}(?P<what>.+?) (?:was|were|is|are|looked|felt) (?:(?:actually|really|much|so|quite|rather|"
    rf"far) )*{_GOOD}"
    r"(?: after all| before| in the end| though)*",
    rf"{LEAD}(?:i|we) (?:(?:actually|really|rather|quite|do) )*(?:liked?|preferr?e?d?|loved?|miss|"
    rf"missed) {_DET}(?P<what>.+?)"
    r"(?: (?:more|better|best|after all|again|back|though))*",
    rf"{LEAD}(?:i want|we want|i would like|give me|bring|get|have|let me have|"
    rf"let us have) {_DET}(?P<what>.+?) (?:back|again)(?: please)?",
    rf"{LEAD}(?:(?:i want|we want|i would like|use|give me|take|show) )?the "
    r"(?P<when>first|original|initial|old|previous|earlier|former) (?P<what>.+?)(?: again| back)?",
    rf"{LEAD}(?:bring|get|give me|have) back {_DET}(?P<what>.+?)",
    rf"{LEAD}(?:with |use |give me |take |in )?{_DET}(?P<what>.+?) (?:from|of) (?:before|earlier|just now|"
    rf"a moment ago)",
    rf"{LEAD}(?:hang|put|show|set) (?:them|it|these|those|everything)(?: up)?(?: back)? (?:on|in|into|as|"
    rf"along) {_DET}(?P<what>.+?)(?: again| back| once more)+",
    rf"{LEAD}{_DET}(?P<what>.+?) (?:again|after all|once more|back)(?: please)?",
)
_STANDS = re.compile(rf" (?:is|are) (?:[a-z]+ )?{_GOOD}$")
_RATHER: Mapping[str, tuple[str, float]] = {
    "dark": ("light", 1.3), "gloomy": ("light", 1.3), "bright": ("light", 0.7), "light": ("light", 0.7),
    "big": ("scale", 0.8), "large": ("scale", 0.8), "small": ("scale", 1.25), "tight": ("gap_m", 1.4),
    "close": ("gap_m", 1.4), "cramped": ("gap_m", 1.4), "wide": ("gap_m", 0.7), "far apart": ("gap_m", 0.7),
}  # fmt: skip
_MORE = {"darker": ("light", 0.7), "brighter": ("light", 1.3), "lighter": ("light", 1.3), "bigger": ("scale", 1.25),
         "larger": ("scale", 1.25), "smaller": ("scale", 0.8), "wider": ("gap_m", 1.4), "closer": ("gap_m", 0.7),
         "tighter": ("gap_m", 0.7)}  # fmt: skip
_QUALIFIED = re.compile(
    rf"(?:(?:only|but|just|though|and|except|with|a bit|a little|slightly|somewhat|much) )*"
    rf"(?:not (?:as|so|quite so|quite as|that|too) (?P<less>{any_of(_RATHER)})|(?P<more>{any_of(_MORE)}))"
)


def restored(clause: str, row: Row) -> Intent | None:
    """What of an earlier state a clause brings back; None where it brings back nothing."""
    if not row.draft.context.earlier:
        return None
    ways = (_part_undone, _part_again, works_back)
    return next((found for way in ways if (found := way(clause, row)) is not None), None)


def as_before(clause: str, row: Row) -> Intent | None:
    """ "Like before": the whole show as it stood before it was changed last; a clause after it may say in what not."""
    if not is_as_before(clause):
        return None
    now = now_of(row)
    then = next((one for one in backwards(row) if looks_of(one) != looks_of(now)), None)
    return _with_facets(now, then, row) if then is not None else None


def qualified(clause: str, intent: Intent, row: Row) -> Intent | None:
    """ "Only not as dark", said of what is brought back."""
    found = _QUALIFIED.fullmatch(clause)
    if found is None:
        return None
    facet, factor = _RATHER[found["less"]] if found["less"] else _MORE[found["more"]]
    if facet == "light":
        return intent.model_copy(update={"light": round((intent.light or 1.0) * factor, 3)})
    wishes = intent.wishes.model_dump(exclude_defaults=True)
    usual = {"scale": 1.0, "gap_m": 0.6}[facet]
    value = min(max((wishes.get(facet) or usual) * factor, 0.2), 5.0)
    changed = Wishes.model_validate(wishes | {facet: round(value, 3)})
    return intent.model_copy(update={"wishes": changed, "kind": "refine", "keep_works": True})


def _part_undone(clause: str, row: Row) -> Intent | None:
    """ "Take back the forest only": the theme is what it was, the rest stays."""
    for pattern in (*_UNDONE, *_REGRETTED):
        said = re.fullmatch(pattern, clause)
        facet = facet_of(said["what"], row) if said is not None else None
        if facet is None or facet[0] == "works":
            continue
        now = now_of(row)
        if facet[1] and facet[1] != value_of(now, facet[0]):
            return None
        return _to_earlier(facet[0], row)
    return None


def _to_earlier(facet: str, row: Row, *, first: bool = False) -> Intent | None:
    """A part of the show as it was before it was changed last, or as it was at first."""
    now = now_of(row)
    if first:
        state = row.draft.context.earlier[0]
        return _with(facet, value_of(state, facet), now)
    if facet == "order":
        return _order_again(row)
    state = next((one for one in backwards(row) if value_of(one, facet) != value_of(now, facet)), now)
    if state is now:
        return None
    return undo_of_last(row, facet, state) or _with(facet, value_of(state, facet), now)


def _order_again(row: Row) -> Intent | None:
    """The works that hang in the order in which they hung."""
    now = now_of(row)
    there = set(now.asset_ids)
    for one in backwards(row):
        kept = tuple(asset_id for asset_id in one.asset_ids if asset_id in there)
        if kept and kept != tuple(asset_id for asset_id in now.asset_ids if asset_id in set(kept)):
            if (order := wishes_of(one).get("order")) not in (None, "given"):
                return _with("order", order, now)
            return Intent(kind="refine", sequence=(these(kept),), keep_works=True, confidence=0.9)
    return None


def _with(facet: str, value: Any, now: Stood) -> Intent | None:
    if facet == "theme":
        return Intent(kind="restyle", theme=str(value), confidence=0.9)
    if facet == "light":
        return Intent(kind="restyle", light=round(float(value) / max(now.light, 0.01), 3), confidence=0.9)
    if facet == "layout":
        return Intent.model_validate({"kind": "refine", "layout": value, "keep_works": True, "confidence": 0.9})
    usual = {"scale": 1.0, "gap_m": 0.6, "rooms": 1, "eye_height_m": 1.5, "columns": None, "order": "given"}
    wanted = usual.get(facet) if value is None else value
    if wanted is None:
        return None
    wishes = Wishes.model_validate({facet: wanted})
    return Intent(kind="refine", wishes=wishes, keep_works=True, confidence=0.9)


def _part_again(clause: str, row: Row) -> Intent | None:
    """ "The forest was nice after all", "back to the first look", "hang them on walls again"."""
    for pattern in _AGAIN:
        said = re.fullmatch(pattern, clause)
        facet = facet_of(said["what"], row) if said is not None else None
        if said is None or facet is None or facet[0] == "works":
            continue
        kind, value = facet
        if not value and _STANDS.search(clause) is not None:
            continue  # "the light is good" brings nothing back
        if not value:
            return _to_earlier(kind, row, first=said["when"] in ("first", "original", "initial"))
        if value == value_of(now_of(row), kind):
            return None
        had = [one for one in row.draft.context.earlier if value_of(one, kind) == value]
        usual = (kind, value) == ("layout", "gallery") and "back" in clause.split()
        return _with(kind, value, now_of(row)) if had or usual else None
    return None


def _with_facets(now: Stood, then: Stood, row: Row) -> Intent | None:
    """All that differs, as one change; works that went come back."""
    parts: dict[str, Any] = {"kind": "restyle", "confidence": 0.9}
    missing = tuple(asset_id for asset_id in then.asset_ids if asset_id not in set(now.asset_ids))
    if missing:
        parts |= hung_again(then, missing, row).model_dump(exclude_defaults=True)
    if then.theme != now.theme:
        parts["theme"] = then.theme
    if then.light != now.light:
        parts["light"] = round(then.light / max(now.light, 0.01), 3)
    if then.layout != now.layout and then.layout:
        parts |= {"kind": "refine", "layout": then.layout, "keep_works": not missing}
    wishes = {name: value for name, value in wishes_of(then).items() if wishes_of(now).get(name) != value}
    wishes = {name: value for name, value in wishes.items() if name not in ("count", "relations", "keep_walls")}
    if wishes or parts["kind"] == "refine":
        parts |= {"kind": "refine", "keep_works": not missing, "wishes": {**wishes, **parts.get("wishes", {})}}
    return Intent.model_validate(parts) if len(parts) > 2 else None
