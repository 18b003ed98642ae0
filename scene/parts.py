"""Which part of a change can stand by itself: a choice of ids grows until nothing in it leans on what was left."""

from collections import deque
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TypeGuard

import numpy as np
from numpy.typing import NDArray

from scene.cards import Floats
from scene.change import SceneChange
from scene.clearance import broken_clearances
from scene.naming import references
from scene.records import (
    AnyRecord,
    Arrangement,
    Light,
    Opening,
    Placement,
    Room,
    Sign,
    ThemeChoice,
    Viewpoint,
    Wall,
)
from scene.scene import Scene

_NEAR_M = 0.15
"""How far outside a room's plan a sign, viewpoint or loose lamp may be and still belong to it."""

_Loose = Sign | Viewpoint | Light


def with_needs(change: SceneChange, base: Scene, ids: Iterable[str]) -> frozenset[str]:
    """The smallest part of `change` (made for `base`) that holds these ids and stands by itself, as ids."""
    return _Part(change, base).closed(change.ids.intersection(ids))


class _Part:
    def __init__(self, change: SceneChange, base: Scene) -> None:
        self._change, self._base = change, base
        self._after: dict[str, AnyRecord] = {**change.added, **{i: pair[1] for i, pair in change.updated.items()}}
        self._before: dict[str, AnyRecord] = {**change.removed, **{i: pair[0] for i, pair in change.updated.items()}}
        self._leaning = _leaning(self._after.values())
        self._leaning_before = _leaning(self._before.values())

    def closed(self, chosen: frozenset[str]) -> frozenset[str]:
        """The choice with everything it needs."""
        taken: set[str] = set()
        waiting = set(chosen)
        while waiting:
            taken |= waiting
            waiting = {i for record_id in waiting for i in self._needs(record_id)} - taken
            waiting = waiting or self._surroundings(taken) - taken or self._in_the_way(taken) - taken
        return frozenset(taken)

    def _needs(self, record_id: str) -> set[str]:
        """What one record can't be approved without, as far as the change touches it."""
        needs: set[str] = set()
        if record_id in self._after:
            needs |= {i for i in references(self._after[record_id]) if i in self._after}
            needs |= {r.id for r in self._leaning.get(record_id, ()) if isinstance(r, Wall | Light)}
            needs |= {r.id for r in self._leaning_before.get(record_id, ()) if isinstance(r, Wall | Light | Opening)}
        if record_id in self._change.added and isinstance(self._after[record_id], Room):
            needs |= {self._way_in[record_id]} if record_id in self._way_in else set()
        if record_id in self._change.removed:
            needs |= {r.id for r in self._leaning_before.get(record_id, ())}
        return needs

    @cached_property
    def _way_in(self) -> dict[str, str]:
        """For each new room behind others, the new room before it on the shortest way from an entrance."""
        reached = {i for i in (*self._doors, *self._entered) if i in self._entered or i not in self._change.added}
        before: dict[str, str] = {}
        waiting = deque(sorted(reached))
        while waiting:
            current = waiting.popleft()
            for beyond in sorted(self._doors.get(current, set()) - reached):
                reached.add(beyond)
                waiting.append(beyond)
                if current in self._change.added:
                    before[beyond] = current
        return before

    @cached_property
    def _doors(self) -> dict[str, set[str]]:
        """For each room, the rooms that a door of the change connects it with."""
        doors: dict[str, set[str]] = {}
        for opening in self._openings:
            if opening.to_room_id and (room_id := self._room_of(opening)):
                doors.setdefault(room_id, set()).add(opening.to_room_id)
                doors.setdefault(opening.to_room_id, set()).add(room_id)
        return doors

    @cached_property
    def _entered(self) -> frozenset[str]:
        """Rooms that one enters from outside."""
        return frozenset(self._room_of(opening) for opening in self._openings if opening.use == "entrance")

    def _room_of(self, opening: Opening) -> str:
        wall = self._after.get(opening.wall_id) or self._base.get(opening.wall_id)
        return wall.room_id if isinstance(wall, Wall) else ""

    def _surroundings(self, taken: set[str]) -> set[str]:
        """Doors, signs, viewpoints, loose lamps, theme and layout that belong to what is taken."""
        works = [r for i in taken if isinstance(r := self._after.get(i), Placement)]
        rooms = [r for i in taken if isinstance(r := self._after.get(i), Room)]
        old_rooms = [r for i in taken if isinstance(r := self._before.get(i), Room)]
        found = {opening.id for opening in self._openings if self._is_cut(opening, taken)}
        found |= self._loose_near(works, rooms, taken)
        found |= {r.id for r in _inside([r for r in self._change.removed.values() if _is_loose(r)], old_rooms)}
        if rooms or (works and "theme" not in self._base):
            found |= {r.id for r in self._after.values() if isinstance(r, ThemeChoice)}
        if rooms or any(work.id in self._change.added for work in works):
            found |= {r.id for r in self._after.values() if isinstance(r, Arrangement)}
        return found

    def _is_cut(self, opening: Opening, taken: set[str]) -> bool:
        leads_somewhere = opening.to_room_id is None or opening.to_room_id in taken or opening.to_room_id in self._base
        return opening.wall_id in taken and leads_somewhere

    def _loose_near(self, works: list[Placement], rooms: list[Room], taken: set[str]) -> set[str]:
        """Signs, viewpoints and loose lamps in these rooms or, in a scene without rooms, around these works."""
        groups = {work.group for work in works if work.group}
        found = {r.id for r in self._loose if isinstance(r, Sign) and r.use == "group" and r.text in groups}
        if self._has_rooms:
            return found | {r.id for r in _inside(self._loose, rooms) if not self._names_room_left(r, taken)}
        if not works:
            return found
        return found | {r.id for r in self._loose if not (isinstance(r, Sign) and r.use == "group")}

    @cached_property
    def _loose(self) -> list[_Loose]:
        return [record for record in self._after.values() if _is_loose(record)]

    @cached_property
    def _openings(self) -> list[Opening]:
        return [record for record in self._after.values() if isinstance(record, Opening)]

    @cached_property
    def _has_rooms(self) -> bool:
        return any(isinstance(record, Room) for record in self._after.values())

    def _names_room_left(self, record: _Loose, taken: set[str]) -> bool:
        """Whether it is a sign to a room that is not taken."""
        if not (isinstance(record, Sign) and record.use == "room"):
            return False
        named = self._rooms_of_name.get(record.text, set())
        return bool(named) and named.isdisjoint(taken)

    @cached_property
    def _rooms_of_name(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for record in self._after.values():
            if isinstance(record, Room):
                found.setdefault(record.name, set()).add(record.id)
        return found

    def _in_the_way(self, taken: set[str]) -> set[str]:
        """Works that the change moves or removes and that break a rule if they stay as they are beside `taken`."""
        left = {i for i, r in self._before.items() if isinstance(r, Placement) and i not in taken}
        if not left:
            return set()
        result = self._change.only(taken).apply_to(self._base)
        broken = {rule.ids for rule in broken_clearances(result)}
        return {i for ids in broken for i in ids if i in left and taken.intersection(ids)}


def _leaning(records: Iterable[AnyRecord]) -> dict[str, list[AnyRecord]]:
    found: dict[str, list[AnyRecord]] = {}
    for record in records:
        for needed in references(record):
            found.setdefault(needed, []).append(record)
    return found


def _is_loose(record: AnyRecord) -> TypeGuard[_Loose]:
    """Whether it refers to nothing and belongs to what it stands near."""
    return isinstance(record, Sign | Viewpoint) or (isinstance(record, Light) and record.for_id is None)


def _inside(records: Sequence[_Loose], rooms: Sequence[Room]) -> list[_Loose]:
    """The records that are in one of the rooms, and what they look at too."""
    if not records or not rooms:
        return []
    low_m = np.array([room.min_corner_m for room in rooms]) - _NEAR_M
    high_m = np.array([room.max_corner_m for room in rooms]) + _NEAR_M
    standing = _any_room(np.array([record.position_m for record in records]), low_m, high_m)
    seen_m = [record.target_m if isinstance(record, Viewpoint) else record.position_m for record in records]
    seeing = _any_room(np.array(seen_m), low_m, high_m)
    return [record for record, inside in zip(records, (standing & seeing).tolist(), strict=True) if inside]


def _any_room(point_m: Floats, low_m: Floats, high_m: Floats) -> NDArray[np.bool_]:
    plan_m = point_m[:, None, [0, 2]]
    inside: NDArray[np.bool_] = np.all((plan_m >= low_m) & (plan_m <= high_m), axis=2)
    anywhere: NDArray[np.bool_] = np.any(inside, axis=1)
    return anywhere
