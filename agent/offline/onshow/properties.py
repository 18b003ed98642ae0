"""A property of the whole show that is too much or too little, or is wished greater: "the light is far too dim"."""

import re
from collections.abc import Mapping

from agent.intent import Intent
from agent.offline.clauses import any_of
from agent.offline.measures import eye_on_show_m, gap_on_show_m, stored_wishes
from agent.offline.onshow.naming import Row
from scene.layouts.contract import Wishes

_OF: Mapping[str, tuple[str, ...]] = {
    "light": ("light", "lighting", "lights", "lamps", "illumination", "brightness", "room", "hall", "show", "place"),
    "gap_m": ("gap", "gaps", "spacing", "spaces", "distance", "distances", "space between them", "air between them",
              "gaps between them", "distance between them", "space between the pictures", "gaps between the pictures"),
    "scale": ("works", "pictures", "photos", "photographs", "images", "frames", "prints", "formats", "size", "sizes"),
    "eye_height_m": ("centre line", "center line", "hanging height", "eye level", "works", "pictures", "photos"),
}  # fmt: skip
"""What a property is spoken of by."""
_LOW: Mapping[str, tuple[str, ...]] = {
    "light": ("dark", "dim", "gloomy", "murky", "dull", "weak", "faint", "low", "sombre", "pitch dark", "black"),
    "gap_m": ("small", "narrow", "tight", "close", "close together", "cramped", "crowded", "little", "short", "dense"),
    "scale": ("small", "tiny", "little"),
    "eye_height_m": ("low", "low down", "far down"),
}  # fmt: skip
_HIGH: Mapping[str, tuple[str, ...]] = {
    "light": ("bright", "glaring", "harsh", "strong", "blinding", "dazzling", "light", "glary", "bright in here"),
    "gap_m": ("big", "large", "wide", "great", "far apart", "loose", "long", "airy", "huge", "generous"),
    "scale": ("big", "large", "huge", "enormous", "gigantic", "massive"),
    "eye_height_m": ("high", "high up", "far up"),
}  # fmt: skip
_UP: Mapping[str, tuple[str, ...]] = {
    "light": ("brighter", "lighter", "stronger", "more"),
    "gap_m": ("bigger", "wider", "larger", "greater", "looser", "more", "airier", "more generous"),
}  # fmt: skip
_DOWN: Mapping[str, tuple[str, ...]] = {
    "light": ("darker", "dimmer", "weaker", "softer", "lower", "less"),
    "gap_m": ("smaller", "narrower", "tighter", "closer", "less", "shorter"),
}  # fmt: skip
_STARK = ("glaring", "blinding", "dazzling", "pitch dark", "gloomy", "murky", "cramped", "crowded", "dim", "glary")
"""Words that blame without a "too"."""
_HOW = (
    r"(?:(?:far|much|way|a bit|a little|rather|still|slightly|really|just|somewhat|a tad|clearly|now|all|so|very|"
    r"quite) )*"
)
_IS = r"(?:is|are|looks?|feels?|seems?|hangs?|has become|got|turned out|was|were)"
_FOR = r"(?: (?:for|to|in|on|here|there|now|like|at|by|as|than|over) ?.*)?"
_DEGREES = r"(?:(?:a bit|a little|slightly|much|a lot|a touch|a tad|somewhat|even|far|considerably|clearly) )?"
_BLAMED = re.compile(
    rf"(?:now )?(?:(?:the|our|all the|this|that|those|these) )?(?P<of>[a-z]+(?: [a-z]+){{0,3}}?) {_IS} "
    rf"{_HOW}(?P<too>too )?(?P<how>[a-z]+(?: (?:together|apart|dark|up|down))?){_FOR}"
)
_ANYTHING = ("it", "everything", "all of it", "it all", "that", "this", "they", "things", "all")
_WISHED = (
    rf"(?:make |have |hang |with |give (?:it|me|us) |put )?(?:(?:the|our|some) )?(?P<of>{{of}})(?: "
    rf"be)? {_DEGREES}(?P<how>{{how}})",
    rf"(?:make |have |give (?:it|me|us) |with |use )?{_DEGREES}(?P<how>{{how}}) (?P<of>{{of}})",
)


def blamed(clause: str, row: Row) -> Intent | None:
    """What puts right a property that is said to be too much or too little."""
    found = _BLAMED.fullmatch(clause)
    if found is None or row.before is not None or row.draft.context.selection:
        return None
    of, how = found["of"].strip(), found["how"]
    if not found["too"] and how not in _STARK:
        return None
    for facet in _OF:
        if of not in _OF[facet] and (of not in _ANYTHING or not _is_plain(how, facet)):
            continue
        if how in _LOW[facet]:
            return _changed(facet, 1, row)
        if how in _HIGH[facet]:
            return _changed(facet, -1, row)
    return None


def _is_plain(how: str, facet: str) -> bool:
    """Whether "it is too ..." is said of this property: a room is dark, works are close together."""
    return how in {
        "light": ("dark", "dim", "gloomy", "murky", "bright", "glaring", "harsh", "blinding", "dazzling", "pitch dark"),
        "gap_m": ("close together", "far apart", "cramped", "crowded", "dense", "airy"),
    }.get(facet, ())


def wished_greater(clause: str, row: Row) -> Intent | None:
    """ "Spacing bigger", "wider gaps", "the light a bit brighter"."""
    for facet in _UP:
        for ways, step in ((_UP, 1), (_DOWN, -1)):
            for pattern in _WISHED:
                said = pattern.format(of=any_of(_OF[facet][:8] if facet == "gap_m" else _OF[facet][:6]),
                                      how=any_of(ways[facet]))  # fmt: skip
                if re.fullmatch(said, clause):
                    return _changed(facet, step, row)
    return None


def _changed(facet: str, step: int, row: Row) -> Intent:
    """A step up or down from how it is."""
    scene = row.draft.context.scene
    if facet == "light":
        return Intent(kind="restyle", light=1.3 if step > 0 else 0.7, confidence=0.9)
    if facet == "gap_m":
        wishes = Wishes(gap_m=round(min(max(gap_on_show_m(scene) * (1.5 if step > 0 else 0.6), 0.02), 10.0), 3))
    elif facet == "scale":
        now = stored_wishes(scene).scale or 1.0
        wishes = Wishes(scale=round(min(max(now * (1.25 if step > 0 else 0.8), 0.2), 5.0), 3))
    else:
        wishes = Wishes(eye_height_m=round(min(max(eye_on_show_m(scene) + 0.15 * step, 0.5), 3.0), 3))
    return Intent(kind="refine", wishes=wishes, keep_works=True, confidence=0.9)
