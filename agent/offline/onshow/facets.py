"""Parts of a show that can be spoken of by a word, and how they stood at an earlier point of the talk."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from agent.intent import Intent, Targets
from agent.offline.clauses import any_of
from agent.offline.onshow.naming import Row
from agent.ports.context import Stood, stood
from agent.ports.library import Query

FACETS = {
    "theme": ("theme", "look", "style", "mood", "decor", "setting", "surroundings", "ambience", "atmosphere"),
    "order": ("order", "sequence", "sorting", "ordering", "running order"),
    "gap_m": ("gaps", "gap", "spacing", "spaces", "distances", "distance", "space between them", "air"),
    "scale": ("size", "sizes", "scale"),
    "layout": ("layout", "hang", "hanging", "arrangement", "set up", "setup"),
    "light": ("light", "lighting", "brightness", "lights"),
    "columns": ("columns", "rows"), "rooms": ("rooms", "number of rooms"),
    "eye_height_m": ("height", "eye level", "hanging height"), "works": ("works", "pictures", "selection of works"),
}  # fmt: skip
_LAYOUTS = {"walls": "gallery", "wall": "gallery", "rooms": "gallery"}
_KIND_OF = {word: facet for facet, words in FACETS.items() for word in words}
LEAD = (
    r"(?:(?:just|only|please|no|hm+|mm+h?|oh|well|sorry|on second thoughts?|i think|i guess|actually|we will|"
    r"we would|i will|i would|i|"
    r"we|let me|let us|lets|can we|could we|can you|could you|i would like to|i want to|you can|you may|and|but|then|"
    r"now|maybe|better|after all) ,? ?)*"
)
"""Words before what is brought back that say nothing."""


def now_of(row: Row) -> Stood:
    """The show as it stands."""
    return stood(row.draft.context.scene, "")


def backwards(row: Row) -> Iterator[Stood]:
    """Earlier states, the latest first."""
    yield from reversed(row.draft.context.earlier)


def looks_of(state: Stood) -> tuple[Any, ...]:
    """All that can be brought back of a state."""
    return (state.theme, state.light, state.layout, state.wishes_json, state.asset_ids)


def value_of(state: Stood, facet: str) -> Any:
    """One facet of a state."""
    if facet in ("theme", "light", "layout"):
        return getattr(state, facet)
    return wishes_of(state).get(facet)


def wishes_of(state: Stood) -> dict[str, Any]:
    """What the layout of a state was asked for."""
    try:
        found: dict[str, Any] = json.loads(state.wishes_json)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def undo_of_last(row: Row, facet: str, state: Stood) -> Intent | None:
    """Taking the last step back, where it changed this part of the show and nothing else."""
    now = now_of(row)
    last = next((one for one in backwards(row) if looks_of(one) != looks_of(now)), None)
    if last is not state:
        return None
    same = replace(last, request="", **{name: getattr(now, name) for name in _parts_of(facet)})
    if looks_of(same) != looks_of(now):
        return None
    return Intent(kind="undo", undo_what="step", confidence=0.9)


def _parts_of(facet: str) -> tuple[str, ...]:
    """The fields of a state that a part of the show is told by."""
    if facet in ("theme", "light", "asset_ids"):
        return (facet,)
    return ("layout", "wishes_json", "asset_ids")


def facet_of(words: str, row: Row) -> tuple[str, str] | None:
    """ "the forest" is the theme of that name, "walls" a layout, "order" the order."""
    vocabulary = row.draft.vocabulary
    words = re.sub(r"^(?:(?:an? |the )?(?:normal|ordinary|plain|usual|regular|simple|proper) )", "", words.strip(" ,"))
    words = re.sub(rf"^(?:the|that|this|my|our|a|an|in|as) | (?:{any_of(FACETS['theme'])})$", "", words.strip(" ,"))
    if words in vocabulary.theme_names:
        return "theme", vocabulary.theme_names[words]
    if words in _KIND_OF:
        return _KIND_OF[words], ""
    layout = _LAYOUTS.get(words) or vocabulary.table("layouts").get(words)
    return ("layout", layout) if layout else None


def these(asset_ids: tuple[str, ...]) -> Targets:
    """Works by their assets, in this order."""
    return Targets(query=Query(asset_ids=asset_ids))
