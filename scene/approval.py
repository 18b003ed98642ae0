"""Approving a proposal, whole or in part: plain code, no model, days later; a part brings what it needs."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from scene.carry_over import carry_over
from scene.change import SceneChange
from scene.clearance import broken_clearances
from scene.conflict import Conflict
from scene.naming import references
from scene.proposal import Proposal
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

_DOORSTEP_M = 4.0
"""How far outside its room a viewpoint or sign may stand and still belong to it."""


@dataclass(frozen=True)
class Approval:
    """What to commit now, what no longer fitted, and what is still staged."""

    change: SceneChange
    conflicts: tuple[Conflict, ...] = ()
    rest: Proposal | None = None
    """The part that was not approved, ready to be staged on; None when nothing is left. To reject it, drop it."""


def approve(proposal: Proposal, scene: Scene, ids: Collection[str] | None = None) -> Approval:
    """All of the proposal (`ids` None), or the part with these ids and what it needs, carried onto the scene as it is.

    A work brings its walls, rooms, doors between them, lamps, signs and, for a new room, the theme. Nothing else is
    removed or moved unless the part could not stand beside it. Ids that the proposal does not touch mean nothing.
    """
    part = proposal.change if ids is None else proposal.change.only(with_needs(proposal, ids))
    carried = carry_over(part, scene)
    left = proposal.change.ids - part.ids
    if not left:
        return Approval(carried.change, carried.conflicts)
    rest = replace(proposal, change=proposal.change.only(left), base=part.apply_to(proposal.base))
    return Approval(carried.change, carried.conflicts, rest)


def with_needs(proposal: Proposal, ids: Iterable[str]) -> frozenset[str]:
    """The ids that are taken when these are approved: the smallest part that stands by itself."""
    return _Taking(proposal).closed(proposal.change.ids.intersection(ids))


class _Taking:
    """Grows a choice of ids until nothing in it leans on something that was left."""

    def __init__(self, proposal: Proposal) -> None:
        change = proposal.change
        self._change, self._base = change, proposal.base
        self._after: dict[str, AnyRecord] = {**change.added, **{i: pair[1] for i, pair in change.updated.items()}}
        self._before: dict[str, AnyRecord] = {**change.removed, **{i: pair[0] for i, pair in change.updated.items()}}
        self._leaning = _leaning(self._after.values())
        self._leaning_before = _leaning(record for record in proposal.base if record.id in self._before)

    def closed(self, chosen: frozenset[str]) -> frozenset[str]:
        """The choice with everything it needs."""
        taken: set[str] = set()
        waiting = set(chosen)
        while waiting:
            taken |= waiting
            waiting = {i for record_id in waiting for i in self._needs(record_id)} - taken
            if not waiting:
                waiting = (self._surroundings(taken) | self._in_the_way(taken)) - taken
        return frozenset(taken)

    def _needs(self, record_id: str) -> set[str]:
        """What one record cannot be approved without, as far as it is part of the change."""
        needs: set[str] = set()
        if record_id in self._after:
            record = self._after[record_id]
            needs |= {i for i in references(record) if i in self._after}
            needs |= {r.id for r in self._leaning.get(record_id, ()) if _is_fitting(r)}
        if record_id in self._change.removed:
            needs |= {r.id for r in self._leaning_before.get(record_id, ())}
        return needs

    def _surroundings(self, taken: set[str]) -> set[str]:
        """Doors, signs, viewpoints, loose lamps, theme and layout that belong to what is taken."""
        works = [r for i in taken if isinstance(r := self._after.get(i), Placement)]
        rooms = [r for i in taken if isinstance(r := self._after.get(i), Room)]
        found = {r.id for r in self._after.values() if self._belongs(r, works, rooms, taken)}
        if rooms or (works and "theme" not in self._base):
            found |= {r.id for r in self._after.values() if isinstance(r, ThemeChoice)}
        if rooms or any(work.id in self._change.added for work in works):
            found |= {r.id for r in self._after.values() if isinstance(r, Arrangement)}
        return found

    def _belongs(self, record: AnyRecord, works: list[Placement], rooms: list[Room], taken: set[str]) -> bool:
        match record:
            case Opening():
                return record.wall_id in taken and self._will_stand(record.to_room_id, taken)
            case Sign(use="group"):
                return any(work.group == record.text for work in works) and bool(record.text)
            case Sign() | Viewpoint() | Light(for_id=None):
                if not any(isinstance(r, Room) for r in self._after.values()):
                    return bool(works)
                return any(_at(record.position_m, room) for room in rooms)
        return False

    def _will_stand(self, record_id: str | None, taken: set[str]) -> bool:
        return record_id is None or record_id in taken or record_id in self._base

    def _in_the_way(self, taken: set[str]) -> set[str]:
        """Works that the proposal moves or removes and that break a rule if they stay as they are beside `taken`."""
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


def _is_fitting(record: AnyRecord) -> bool:
    """Walls come with their room and lamps with what they light; works, and doors to elsewhere, do not."""
    return isinstance(record, Wall | Light)


def _at(position_m: tuple[float, float, float], room: Room) -> bool:
    (x0, z0), (x1, z1) = room.min_corner_m, room.max_corner_m
    x, _, z = position_m
    return x0 - _DOORSTEP_M <= x <= x1 + _DOORSTEP_M and z0 - _DOORSTEP_M <= z <= z1 + _DOORSTEP_M
