"""Too much of what was changed just before: that property goes half of the way back, or all of it."""

import json
import re
from collections.abc import Mapping
from typing import Any

from agent.intent import Intent
from agent.offline.clauses import any_of
from agent.offline.onshow.naming import Row
from agent.ports.context import Stood, stood
from scene.layouts.contract import Wishes

_USUAL = {"gap_m": 0.65, "scale": 1.0, "eye_height_m": 1.5, "light": 1.0}
_TOO: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "eye_height_m": (("high", "high up", "far up"), ("low", "low down", "far down")),
    "gap_m": (("wide", "far apart", "airy", "loose", "much", "large", "big"),
              ("tight", "close", "narrow", "cramped", "small")),
    "scale": (("big", "large", "huge", "much"), ("small", "tiny", "little")),
    "light": (("bright", "light", "glaring", "much"), ("dark", "gloomy", "dim", "much")),
}  # fmt: skip
"""Of each property the words for too much of it, and for too little."""
_WORDS = sorted({word for pair in _TOO.values() for words in pair for word in words})
_SAID = re.compile(
    r"(?:(?:no|oh|ooh|hm+|ah|well|now) ,? ?)*(?:(?:that|it|this|they|those|everything) (?:is|are|looks|look|hangs?|"
    r"was) )?"
    r"(?:now )?(?:(?P<much>much|far|way) |(?:a bit|a little|rather|still|slightly) )?too "
    rf"(?P<word>{any_of(_WORDS)})(?: (?:for|to|now|like (?:this|that)|again|in here|here)(?: .+)?)?"
)
_FURTHER = re.compile(
    r"(?:turn|bring|dial|take|pull|tone|tune|screw) (?:it|them|that)(?: (?:down|up|back|"
    r"lower|higher|in))(?: (?:a bit|a little|a notch|a touch|some|again|somewhat|slightly))*|"
    r"(?:(?P<much>a good bit|a good deal|a lot|much|far|quite a bit|considerably|way)|a bit|a little|slightly|somewhat|"
    r"half of (?:that|it)|some|a touch|a notch)(?: (?:further|more))? "
    r"(?:down|lower|up|higher|back|closer|narrower|wider|smaller|bigger|larger|darker|brighter|less)(?: again| please)?"
)


def too_far(clause: str, row: Row) -> Intent | None:
    """ "That is too high for grandma", after the centre line was raised: half of the step back."""
    said = _SAID.fullmatch(clause)
    context = row.draft.context
    if said is None or not context.earlier or not context.last_intents or context.selection:
        return None
    now, last = stood(context.scene, ""), context.last_intents[-1]
    if last.edits or last.kind not in ("refine", "restyle"):
        return None
    for facet, words in _TOO.items():
        before = next(
            (value for one in reversed(context.earlier) if (value := _of(one, facet)) != _of(now, facet)), None
        )
        if before is None or said["word"] not in words[_of(now, facet) < before] or not _changed(last, facet):
            continue
        there = before if said["much"] else (before + _of(now, facet)) / 2
        return _set(facet, there, now)
    return None


def is_said_again(clause: str) -> bool:
    """ "A good bit down", said after what is too high: the same wish once more."""
    return _FURTHER.fullmatch(clause) is not None


def _changed(last: Intent, facet: str) -> bool:
    return last.light is not None if facet == "light" else getattr(last.wishes, facet) is not None


def _of(state: Stood, facet: str) -> float:
    if facet == "light":
        return state.light
    try:
        wishes: dict[str, Any] = json.loads(state.wishes_json)
    except ValueError:
        wishes = {}
    return float(wishes.get(facet) or _USUAL[facet])


def _set(facet: str, value: float, now: Stood) -> Intent:
    if facet == "light":
        return Intent(kind="restyle", light=round(value / max(now.light, 0.01), 3), confidence=0.9)
    wishes = Wishes.model_validate({facet: round(value, 3)})
    return Intent(kind="refine", wishes=wishes, keep_works=True, confidence=0.9)
