"""Carries a change onto a scene that is not the one it was made for; what no longer fits is named, never guessed.

It serves stale proposals, "take back that turn but keep what I moved since", and two people saving at once. What the
scene has become since always wins: a change never overwrites it, never removes what it needs, never hangs a work on
something that is gone.
"""

from dataclasses import dataclass, field

from scene.change import SceneChange
from scene.conflict import Conflict
from scene.merge import PLACE, done_in_words, fields_between, merged, reshapes
from scene.naming import references, title_of
from scene.records import AnyRecord, Light, Opening, Placement, Room, Wall
from scene.scene import Scene


@dataclass(frozen=True)
class CarriedOver:
    """The part of a change that fits the scene as it is, and the conflicts that name the rest."""

    change: SceneChange
    conflicts: tuple[Conflict, ...] = ()


def carry_over(change: SceneChange, scene: Scene) -> CarriedOver:
    """The change as it can be applied to `scene`; onto the scene it was made for it is the change itself.

    Every id of `change` is then in the result, or already as the change wants it, or named in a conflict.
    """
    carrying = _Carrying(scene, change)
    carrying.fit_each()
    while carrying.drop_what_cannot_stand() or carrying.keep_what_is_needed():
        pass
    return CarriedOver(carrying.fitting(), tuple(carrying.conflicts.values()))


@dataclass
class _Carrying:
    scene: Scene
    change: SceneChange
    added: dict[str, AnyRecord] = field(default_factory=dict)
    updated: dict[str, tuple[AnyRecord, AnyRecord]] = field(default_factory=dict)
    removed: dict[str, AnyRecord] = field(default_factory=dict)
    conflicts: dict[str, Conflict] = field(default_factory=dict)
    holders: dict[str, list[AnyRecord]] | None = None
    """For each id that the change removes, the records of the scene that refer to it."""

    def fitting(self) -> SceneChange:
        return SceneChange(self.added, self.updated, self.removed)

    # -- each record by itself -------------------------------------------------------------------

    def fit_each(self) -> None:
        for record_id, record in self.change.removed.items():
            self._fit_removal(record_id, record)
        for record_id, (before, after) in self.change.updated.items():
            self._fit_update(record_id, before, after)
        for record_id, record in self.change.added.items():
            self._fit_addition(record_id, record)

    def _fit_removal(self, record_id: str, record: AnyRecord) -> None:
        current = self.scene.get(record_id)
        if current is None:
            return
        if current is record or current == record:
            self.removed[record_id] = current
            return
        self._name(current, "was not removed", f"it was {done_in_words(record, current)} since")

    def _fit_update(self, record_id: str, before: AnyRecord, after: AnyRecord) -> None:
        current = self.scene.get(record_id)
        if current is before or current == before:
            self.updated[record_id] = (before, after)
            return
        if current == after:
            return
        what = f"was not {done_in_words(before, after)}"
        if current is None:
            self._name(after, what, "it was removed since")
            return
        new = merged(before, after, current)
        if new is None:
            self._name(current, what, f"it was {done_in_words(before, current)} since")
        elif new != current:
            self.updated[record_id] = (current, new)

    def _fit_addition(self, record_id: str, record: AnyRecord) -> None:
        current = self.scene.get(record_id)
        if current is None:
            self.added[record_id] = record
        elif current != record:
            self._name(record, "was not added", f"{title_of(current)} stands in its place since")

    # -- what hangs together ---------------------------------------------------------------------

    def drop_what_cannot_stand(self) -> bool:
        """Drop additions and updates that lean on something that is gone or was itself dropped."""
        dropped = False
        for record_id, record in list(self.added.items()):
            why = self._missing(references(record))
            if why:
                del self.added[record_id]
                self._name(record, "was not added", why)
                dropped = True
        for record_id, (before, after) in list(self.updated.items()):
            why = self._missing(_references_to_check(before, after))
            if why:
                del self.updated[record_id]
                self._name(before, f"was not {done_in_words(before, after)}", why)
                dropped = True
        return dropped

    def _missing(self, needed: tuple[str, ...]) -> str:
        for record_id in needed:
            named = self.conflicts.get(record_id)
            if named and self._was_to_be_shaped(record_id):
                return f"{named.title} {named.what}"
            if record_id not in self.added and (record_id not in self.scene or record_id in self.removed):
                gone = self._record(record_id)
                return f"{title_of(gone) if gone else record_id} is no longer there"
        return ""

    def _was_to_be_shaped(self, record_id: str) -> bool:
        pair = self.change.updated.get(record_id)
        return record_id in self.change.added or (pair is not None and reshapes(*pair))

    def keep_what_is_needed(self) -> bool:
        """Drop removals of records that something in the scene still leans on, and of a kept room's own parts."""
        kept = False
        for record_id, record in list(self.removed.items()):
            why = self._leaning_on(record_id) or self._part_of_kept(record)
            if why:
                del self.removed[record_id]
                self._name(record, "was not removed", why)
                kept = True
        return kept

    def _leaning_on(self, record_id: str) -> str:
        if self.holders is None:
            self.holders = _holders(self.scene, self.change)
        for holder in self.holders.get(record_id, ()):
            if holder.id in self.removed:
                continue
            if holder.id in self.updated and record_id not in references(self.updated[holder.id][1]):
                continue
            return f"{title_of(holder)} needs it"
        return ""

    def _part_of_kept(self, record: AnyRecord) -> str:
        owner_id = _owner(record)
        if owner_id in self.conflicts and owner_id in self.change.removed:
            return f"{self.conflicts[owner_id].title} stays, and it belongs to it"
        return ""

    def _record(self, record_id: str) -> AnyRecord | None:
        if record_id in self.change.added:
            return self.change.added[record_id]
        if record_id in self.change.updated:
            return self.change.updated[record_id][1]
        return self.scene.get(record_id)

    def _name(self, record: AnyRecord, what: str, why: str) -> None:
        self.conflicts[record.id] = Conflict(record.id, title_of(record), what, why, record.kind)


def _references_to_check(before: AnyRecord, after: AnyRecord) -> tuple[str, ...]:
    """A moved work needs the wall it moves on; a renamed one does not care."""
    if isinstance(after, Placement) and not fields_between(before, after) & PLACE:
        return ()
    return references(after)


def _holders(scene: Scene, change: SceneChange) -> dict[str, list[AnyRecord]]:
    holders: dict[str, list[AnyRecord]] = {}
    if not any(isinstance(record, Room | Wall | Placement) for record in change.removed.values()):
        return holders
    for record in scene:
        for record_id in references(record):
            if record_id in change.removed:
                holders.setdefault(record_id, []).append(record)
    return holders


def _owner(record: AnyRecord) -> str:
    """The record that this one is a part of: a wall of its room, a door of its wall, a room's lamp of the room."""
    match record:
        case Wall():
            return record.room_id
        case Opening():
            return record.wall_id
        case Light(use="room" | "strip", for_id=str(room_id)):
            return room_id
    return ""
