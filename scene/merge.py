"""Three-way merge of one record: what a change did to it, carried onto what the record has become."""

from typing import Any

from scene.records import AnyRecord, Arrangement, Light, Opening, Placement, Record, Room, Sign, Viewpoint, Wall

PLACE = frozenset({"position_m", "rotation", "wall_id", "room_id"})
"""Fields of a placement that say where it hangs; they only make sense together."""

PINNED = frozenset({"position_m", "rotation", "size_m"})
"""What a pin holds fast."""

_UNITS: dict[type[Record], tuple[frozenset[str], ...]] = {
    Placement: (PLACE,),
    Room: (frozenset({"min_corner_m", "max_corner_m"}),),
    Wall: (frozenset({"start_m", "end_m", "room_id"}),),
    Opening: (frozenset({"offset_m", "width_m", "wall_id"}),),
    Light: (frozenset({"position_m", "target_m", "for_id"}),),
    Viewpoint: (frozenset({"position_m", "target_m"}),),
    Sign: (frozenset({"position_m", "rotation", "line_to_m"}),),
    Arrangement: (frozenset({"layout", "wishes_json", "query_json", "unmet", "seed"}),),
}
"""Fields that are taken over together or not at all."""

_WORDS = {
    "position_m": "moved",
    "rotation": "turned",
    "wall_id": "hung elsewhere",
    "room_id": "hung elsewhere",
    "target_m": "moved",
    "min_corner_m": "resized",
    "max_corner_m": "resized",
    "start_m": "moved",
    "end_m": "moved",
    "offset_m": "moved",
    "size_m": "resized",
    "width_m": "resized",
    "height_m": "resized",
    "order": "put elsewhere in the order",
    "group": "put in another group",
    "title": "renamed",
    "name": "renamed",
    "text": "reworded",
    "theme": "changed to another theme",
    "accent": "recoloured",
    "colour": "recoloured",
    "light": "made brighter or darker",
    "intensity": "made brighter or darker",
    "layout": "laid out again",
    "wishes_json": "laid out again",
    "query_json": "laid out again",
    "seed": "laid out again",
}

_SAID_BY_MOVED = frozenset({"rotation", "wall_id", "room_id", "target_m", "order", "group"})


def fields_between(before: AnyRecord, after: AnyRecord) -> frozenset[str]:
    """Names of the fields that differ."""
    old, new = before.__dict__, after.__dict__
    return frozenset(name for name in new if name not in old or old[name] != new[name])


def merged(before: AnyRecord, after: AnyRecord, current: AnyRecord) -> AnyRecord | None:
    """`current` with what `before` to `after` did, or None when both touched the same thing (or it was pinned)."""
    if not type(before) is type(after) is type(current):
        return None
    ours, theirs = fields_between(before, after), fields_between(before, current)
    if _pinned_since(before, current) and ours & PINNED:
        return None
    units = _UNITS.get(type(before), ())
    if _touched(ours, units) & _touched(theirs, units) and not _same_outcome(ours & theirs, after, current):
        return None
    new: dict[str, Any] = {name: after.__dict__[name] for name in ours}
    return current.but(**new)


def reshapes(before: AnyRecord, after: AnyRecord) -> bool:
    """Whether what hangs on the record has to follow: it was moved or resized, not merely renamed."""
    fields = fields_between(before, after)
    return "height_m" in fields or any(unit & fields for unit in _UNITS.get(type(after), ()))


def done_in_words(before: AnyRecord, after: AnyRecord) -> str:
    """What was done to the record, as participles: "moved and resized"; moving says all about where it hangs."""
    fields = fields_between(before, after)
    if "position_m" in fields:
        fields -= _SAID_BY_MOVED
    words = list(dict.fromkeys(word for name, word in _WORDS.items() if name in fields))
    if "pinned" in fields:
        words.append("pinned" if after.__dict__["pinned"] else "unpinned")
    return " and ".join(words) or "changed"


def _pinned_since(before: AnyRecord, current: AnyRecord) -> bool:
    return isinstance(before, Placement) and isinstance(current, Placement) and current.pinned and not before.pinned


def _touched(fields: frozenset[str], units: tuple[frozenset[str], ...]) -> frozenset[str]:
    return fields.union(*(unit for unit in units if unit & fields))


def _same_outcome(shared: frozenset[str], after: AnyRecord, current: AnyRecord) -> bool:
    return bool(shared) and all(after.__dict__[name] == current.__dict__[name] for name in shared)
