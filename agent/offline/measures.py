"""Meanings of clauses that say how large, how far apart and how high works hang."""

import json
import math

from agent.hanging import gap_between_works_m
from agent.offline.draft import Draft, Meaning, Said
from scene.layouts.contract import Wishes
from scene.layouts.gallery_task import DEFAULT_CENTRE_M, DEFAULT_GAP_M
from scene.scene import Scene


def stored_wishes(scene: Scene) -> Wishes:
    """The wishes that the scene was laid out with; none when it was hung by hand."""
    arrangement = scene.arrangement
    try:
        return Wishes.model_validate(json.loads(arrangement.wishes_json)) if arrangement else Wishes()
    except ValueError:
        return Wishes()


def gap_on_show_m(scene: Scene) -> float:
    """The gap asked for, else the middle gap between neighbours on the walls, else the default."""
    return stored_wishes(scene).gap_m or gap_between_works_m(scene) or DEFAULT_GAP_M


def _bounded(value: float, low: float, high: float) -> float:
    return round(min(max(value, low), high), 3)


def _length_m(draft: Draft, said: Said) -> float:
    number, unit = said["length"].split(" ", 1)
    return float(number) * float(draft.vocabulary.table("units")[unit])


def factor_of(draft: Draft, words: str) -> float:
    """2 for "twice" and "2 times", 1.5 for "150 %"."""
    named = draft.vocabulary.table("factors").get(words)
    if named is not None:
        return float(named)
    number, unit = words.split(" ", 1)
    return float(number) * float(draft.vocabulary.table("factor_units")[unit])


def gap_is(draft: Draft, said: Said) -> None:
    """A gap in metres."""
    draft.wishes["gap_m"] = _bounded(_length_m(draft, said), 0.02, 10.0)


def gap_by(factor: float) -> Meaning:
    """Gaps wider or narrower than they are."""

    def meaning(draft: Draft, _: Said) -> None:
        if "gap_m" in draft.wishes:
            return
        draft.wishes["gap_m"] = _bounded(gap_on_show_m(draft.context.scene) * factor, 0.02, 10.0)

    return meaning


def eye_height_is(draft: Draft, said: Said) -> bool | None:
    """A height of the centre line that a person may look at."""
    height_m = _length_m(draft, said)
    if not 0.3 <= height_m <= 4.0:
        return False
    draft.wishes["eye_height_m"] = _bounded(height_m, 0.5, 3.0)
    return None


def eye_on_show_m(scene: Scene) -> float:
    """The height of the centre line that was asked for, else the default."""
    return stored_wishes(scene).eye_height_m or DEFAULT_CENTRE_M


def eye_height_by(step_m: float) -> Meaning:
    """A step up or down from where the centre line is."""

    def meaning(draft: Draft, said: Said) -> None:
        if "eye_height_m" in draft.wishes:
            return
        by_m = math.copysign(_length_m(draft, said), step_m) if "length" in said else step_m
        draft.wishes["eye_height_m"] = _bounded(eye_on_show_m(draft.context.scene) + by_m, 0.5, 3.0)

    return meaning


_ABSOLUTE = frozenset({"as", "to", "at", "of"})
"""Words beside a factor that make it what a work shall have of its size."""


_SMALLER = frozenset({"smaller", "shrink", "reduce", "down", "less", "decrease", "downsize"})


_BIGGER = frozenset({"bigger", "larger", "enlarge", "up", "grow", "increase", "more", "upsize", "blow", "by"})


def size_factor(draft: Draft, words: str) -> float:
    """What a work's size is multiplied by: "50 % bigger" is 1.5, "half as big" 0.5, "a third smaller" 0.667."""
    factor, said = factor_of(draft, words), set(draft.matched().split())
    before, _, after = draft.matched().partition(f" {words} ")
    if {*before.split()[-1:], *after.split()[:1]} & _ABSOLUTE or "again" in said:
        return factor
    if said & _SMALLER:
        return 1.0 - factor if factor < 1.0 else 1.0 / factor
    return 1.0 + factor if factor < 1.0 and said & _BIGGER else factor


def scale_by(factor: float) -> Meaning:
    """All works larger or smaller than they are."""

    def meaning(draft: Draft, said: Said) -> None:
        asked = size_factor(draft, said["factor"]) if "factor" in said else factor
        draft.wishes["scale"] = _bounded((stored_wishes(draft.context.scene).scale or 1.0) * asked, 0.2, 5.0)

    return meaning
