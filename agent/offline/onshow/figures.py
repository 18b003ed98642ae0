"""A figure of the latest change put right or taken by a part: "half of that", "no, ten was right", "forty, I said"."""

import re

from agent.intent import Intent
from agent.offline.clauses import any_of
from agent.offline.onshow.facets import backwards, now_of
from agent.offline.onshow.naming import Row
from agent.offline.onshow.places import NOUN
from agent.offline.onshow.works_back import hung_again
from scene.layouts.contract import Wishes

_PARTS = {"half": 0.5, "a half": 0.5, "a third": 1 / 3, "one third": 1 / 3, "2 thirds": 2 / 3, "a quarter": 0.25,
          "3 quarters": 0.75, "twice": 2.0, "double": 2.0, "3 times": 3.0, "a fifth": 0.2, "a tenth": 0.1}  # fmt: skip
_BOUNDS = {"gap_m": (0.02, 10.0), "eye_height_m": (0.5, 3.0), "scale": (0.2, 5.0)}
_MOST_METRES = 3
"""A figure above, without a unit, is in centimetres."""
_PART_OF = re.compile(
    rf"(?:(?:make|it|that|take|use|only|just|rather|better|even|no|give it|go for|about|maybe|try|,) "
    rf")*(?P<part>{any_of(_PARTS)})"
    r"(?: of)? (?:that|it|this|as much|as wide|as far|as high|(?:that|the|this) (?:distance|gap|spacing|space|height|"
    r"width|much))(?: (?:please|will do|would do|is enough|is plenty|would be enough|then|instead|only|is fine|"
    r"suffices))*"
)
_RIGHT = (
    r"(?:right|better|enough|plenty|fine|good|correct|perfect|nicer|ok|okay|spot on|just right|nice|great|ideal|"
    r"the right number|what i wanted|what i meant)"
)
_LEAD = r"(?:(?:no|nope|oh|ah|hm+|sorry|wait|and|but|well|ok|okay|,|i think|on second thoughts?|actually|then) )*"
_SAID = (
    r"(?:i (?:said|meant|wanted|asked for|did say|actually said|really meant)|we (?:said|wanted|agreed on|had said)|"
    r"it was|rather|back to|go back to|let us go back to|stay (?:with|at)|stick (?:with|to|at)|leave it at|keep it at|"
    r"return to|it should be|it should have been|should be|that should be|that should have been)"
)
_FIGURE = r"(?P<number>\d+(?:\.\d+)?)(?: (?P<unit>[a-z]+))??"
_TAIL = (
    r"(?: (?:after all|then|instead|though|please|really|before|i said|i meant|in all|altogether|of them|,|not .+))*"
)
_CORRECTED = (
    re.compile(
        rf"{_LEAD}(?:the )?{_FIGURE}(?: {NOUN})? (?:was|were|is|are|would be|looked|looks|felt|would have been) "
        rf"(?:(?:actually|really|quite|much|already|just|so|far|about) )*{_RIGHT}{_TAIL}"
    ),
    re.compile(
        rf"{_LEAD}not (?:the )?\d+(?: {NOUN})? ?,? ?(?:but |rather |no ,? ?)?(?:the )?{_FIGURE}(?: {NOUN})?{_TAIL}"
    ),
    re.compile(rf"{_LEAD}{_FIGURE}(?: {NOUN})? ?,? not (?:the )?\d+(?: {NOUN})?"),
    re.compile(rf"{_LEAD}{_SAID} (?:the |just |only )?{_FIGURE}(?: {NOUN})?{_TAIL}"),
    re.compile(rf"{_LEAD}{_FIGURE}(?: {NOUN})? ,? ?(?:i said|i meant|i mean|was what i (?:said|meant|wanted)){_TAIL}"),
)


def part_of_it(clause: str, row: Row) -> Intent | None:
    """ "Half of that", after a gap, a height or a size was given in figures: that part of the figure."""
    found, context = _PART_OF.fullmatch(clause), row.draft.context
    if found is None or not context.last_intents or not _gives_a_figure(row):
        return None
    said = context.last_intents[-1].wishes.model_dump(exclude_defaults=True)
    names = [name for name in said if name in _BOUNDS]
    if len(names) != 1 or len(said) != 1:
        return None
    low, high = _BOUNDS[names[0]]
    value = min(max(said[names[0]] * _PARTS[found["part"]], low), high)
    return _wished(names[0], round(value, 3))


def _gives_a_figure(row: Row) -> bool:
    """Whether the latest request has a number in it."""
    recent = row.draft.context.recent_requests[-1:]
    numbers, units = (row.draft.vocabulary.table(name) for name in ("numbers", "units"))
    words = re.findall(r"\d+|[^\W\d]+", recent[0].casefold()) if recent else []
    measured = any(word in units and word not in ("in", "m") for word in words)
    return measured or any(word.isdecimal() or word in numbers for word in words)


def figure_right(clause: str, row: Row) -> Intent | None:
    """ "No, ten was right", "sorry, I meant 40 cm": the figure that was changed last is this one."""
    found = next((one for pattern in _CORRECTED if (one := pattern.fullmatch(clause)) is not None), None)
    units = row.draft.vocabulary.table("units")
    if found is None or (found["unit"] and found["unit"] not in units and not re.fullmatch(NOUN, found["unit"])):
        return None
    number = float(found["number"])
    if found["unit"] in units:
        return _length(number * float(units[found["unit"]]), row)
    for intent in reversed(row.draft.context.last_intents[-3:]):
        if (intent.wishes.gap_m or intent.wishes.eye_height_m) is not None and intent.wishes.count is None:
            return _length(number / 100 if number > _MOST_METRES else number, row)
        for facet in ("rooms", "columns", "count"):
            if getattr(intent.wishes, facet) is not None and number.is_integer() and 1 <= number < 1_500:
                return _so_many(int(number), row) if facet == "count" else _wished(facet, int(number))
    return None


def _length(value: float, row: Row) -> Intent | None:
    for intent in reversed(row.draft.context.last_intents[-3:]):
        for facet in ("gap_m", "eye_height_m"):
            if getattr(intent.wishes, facet) is not None:
                low, high = _BOUNDS[facet]
                return _wished(facet, round(min(max(value, low), high), 3))
    return None


def _so_many(number: int, row: Row) -> Intent:
    """So many works; those that hung when so many did, where others went since."""
    now = now_of(row)
    for state in backwards(row):
        missing = tuple(asset_id for asset_id in state.asset_ids if asset_id not in set(now.asset_ids))
        if missing and len(state.asset_ids) == number == len(missing) + len(now.asset_ids):
            return hung_again(state, missing, row)
    return Intent(kind="refine", wishes=Wishes(count=number), confidence=0.9)


def _wished(facet: str, value: float) -> Intent:
    wishes = Wishes.model_validate({facet: value})
    return Intent(kind="refine", wishes=wishes, keep_works=True, confidence=0.9)
