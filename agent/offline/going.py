"""Meanings of clauses that say where to go: a place, a wall, a room."""

import re

from agent.offline.draft import Draft, Said
from agent.offline.kinds import kind_with
from agent.offline.targets import targets_in
from scene.records import Room, Vector3


def _is_in(position_m: Vector3, room: Room) -> bool:
    (x0, z0), (x1, z1) = room.min_corner_m, room.max_corner_m
    return x0 <= position_m[0] <= x1 and z0 <= position_m[2] <= z1


def other_room(draft: Draft, _: Said) -> None:
    """The room after the one that one stands in."""
    rooms = draft.context.scene.rooms
    here = [i for i, room in enumerate(rooms) if _is_in(draft.context.viewpoint_m, room)]
    draft.targets["room"] = str(((here[0] if here else 0) + 1) % max(len(rooms), 1) + 1)
    draft.marks.add("go")


def go_there(draft: Draft, said: Said) -> bool | None:
    """ "Walk through a hall of star charts", with nothing to walk through yet, asks for one."""
    following = draft.after.split()[:3]
    if not draft.context.scene.placements and (
        draft.query.get("dates") or re.search(r" (?:1[5-9]|20)\d\d ", draft.after)
    ):
        draft.fields["layout"] = "timeline"
        draft.marks.add("create")
        return None
    if not draft.context.scene.placements and set(following) & set(draft.vocabulary.lists.get("articles", ())):
        draft.marks.add("create")
        return None
    return kind_with("go")(draft, said)


def go_place(draft: Draft, said: Said) -> None:
    """A viewpoint that has a name, else the overview."""
    draft.fields["place"] = draft.vocabulary.table("places")[said["place"]] if "place" in said else "overview"
    draft.marks.add("go")


def go_wall(draft: Draft, said: Said) -> None:
    """Before a wall."""
    draft.targets["wall"] = draft.vocabulary.table("sides")[said["side"]]
    draft.marks.add("go")


def go_room(draft: Draft, said: Said) -> None:
    """Into a room, by its number."""
    target = targets_in(draft, f"room {said['number']}" if "number" in said else f"the {said['ordinal']} room")
    if target is not None:
        draft.targets["room"] = target.room
    draft.marks.add("go")
