"""All meanings of layout wishes, by the names that rules call them."""

from typing import Any

from agent.offline.counting import (
    again_many,
    count_all,
    count_alone,
    count_by,
    count_is,
    count_noun,
    count_odd,
    count_same,
    count_up_to,
    keep_best,
    not_offered,
    on_show,
    pick_random,
    picked,
    purpose,
    some_of,
)
from agent.offline.draft import Draft, Meaning, Said
from agent.offline.measures import eye_height_by, eye_height_is, gap_by, gap_is, scale_by
from agent.offline.ordering import (
    by_likeness,
    columns_are,
    group_by,
    groups_are,
    order_by,
    order_darkest,
    order_extreme,
    order_in_time,
    order_reverse,
    over_time,
    rooms_are,
    rooms_by,
    rooms_each,
)
from agent.offline.relating import keep_wall, related, windows_relation


def _wish(name: str, value: Any) -> Meaning:
    def meaning(draft: Draft, _: Said) -> None:
        draft.wishes[name] = value

    return meaning


def _mark(name: str) -> Meaning:
    def meaning(draft: Draft, _: Said) -> None:
        draft.marks.add(name)

    return meaning


def _surprise(draft: Draft, _: Said) -> None:
    """Another take on what is there, else whatever comes."""
    draft.marks |= {"again"} if on_show(draft) else {"surprise"}


def _nothing(_: Draft, __: Said) -> None:
    """Words that take back something that was not said here."""


WISHES: dict[str, Meaning] = {
    "keep_wall": keep_wall,
    "keep_pinned": _wish("keep_pinned", True),
    "free_pinned": _wish("keep_pinned", False),
    "redo_rest": _mark("redo"),
    "again": _mark("again"),
    "again_many": again_many,
    "some_of": some_of,
    "surprise": _surprise,
    "gap_is": gap_is,
    "gap_more": gap_by(1.5),
    "gap_less": gap_by(0.6),
    "eye_height_is": eye_height_is,
    "eye_height_up": eye_height_by(0.15),
    "eye_height_down": eye_height_by(-0.15),
    "rooms_more": rooms_by(1),
    "rooms_fewer": rooms_by(-1),
    "rooms": rooms_are,
    "rooms_each": rooms_each,
    "columns": columns_are,
    "groups": groups_are,
    "group_by_likeness": by_likeness,
    "order_newest": _wish("order", "newest"),
    "order_oldest": _wish("order", "oldest"),
    "order_in_time": order_in_time,
    "order_darkest": order_darkest,
    "order_brightness": _wish("order", "brightness"),
    "keep_best": keep_best,
    "the_last_show": _mark("it"),
    "unwanted_theme": _nothing,
    "order_reverse": order_reverse,
    "order_extreme": order_extreme,
    "count_half": count_by(0, 0.5),
    "order_by": order_by,
    "order_title": _wish("order", "title"),
    "order_colour": _wish("order", "colour"),
    "order_given": _wish("order", "given"),
    "group_by": group_by,
    "windows": _wish("windows", True),
    "no_windows": _wish("windows", False),
    "axis_wall": _wish("axis", "wall"),
    "axis_floor": _wish("axis", "floor"),
    "scale_up": scale_by(1.25),
    "scale_down": scale_by(0.8),
    "scale_is": scale_by(1.0),
    "count": count_is,
    "count_alone": count_alone,
    "count_noun": count_noun,
    "count_odd": count_odd,
    "not_offered": not_offered,
    "purpose": purpose,
    "pick": picked,
    "pick_random": pick_random,
    "count_all": count_all,
    "count_up_to": count_up_to,
    "count_same": count_same,
    "count_factor": count_by(0, None),
    "count_more_by": count_by(1, None),
    "count_fewer_by": count_by(-1, None),
    "count_more": count_by(0, 1.5),
    "count_fewer": count_by(0, 0.667),
    "hero": related("hero"),
    "windows_opposite": windows_relation("opposite"),
    "windows_beside": windows_relation("beside"),
    "entrance_opposite": related("opposite", "entrance"),
    "entrance_beside": related("beside", "entrance"),
    "relation_wall": related("on_wall"),
    "relation_opposite": related("opposite"),
    "relation_same_wall": related("same_wall"),
    "relation_beside": related("beside"),
    "relation_first": related("first"),
    "relation_last": related("last"),
    "timeline_words": over_time,
}
