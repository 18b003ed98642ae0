"""The one currency of edits: what was added, updated (before, after) and removed; reversible and squashable."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from scene.records import AnyRecord
from scene.scene import Scene


class ChangeDoesNotFit(ValueError):
    """The scene is not the one that the change was made for; `record_id` is where they part."""

    def __init__(self, record_id: str, why: str) -> None:
        super().__init__(f"{record_id}: {why}")
        self.record_id = record_id


@dataclass(frozen=True)
class SceneChange:
    """A difference between two scenes. An id stands in at most one of the three parts."""

    added: Mapping[str, AnyRecord] = field(default_factory=dict)
    updated: Mapping[str, tuple[AnyRecord, AnyRecord]] = field(default_factory=dict)
    removed: Mapping[str, AnyRecord] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("added", "updated", "removed"):
            part = getattr(self, name)
            if not isinstance(part, MappingProxyType):
                object.__setattr__(self, name, MappingProxyType(dict(part)))
        _refuse_twice(self.added, self.updated, self.removed)

    @staticmethod
    def between(before: Scene, after: Scene) -> "SceneChange":
        """The change that turns `before` into `after`."""
        old, new = before.records, after.records
        return SceneChange(
            added={i: r for i, r in new.items() if i not in old},
            updated={i: (old[i], r) for i, r in new.items() if i in old and not _same(old[i], r)},
            removed={i: r for i, r in old.items() if i not in new},
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes."""
        return not (self.added or self.updated or self.removed)

    @property
    def ids(self) -> frozenset[str]:
        """Every id that the change touches."""
        return frozenset(self.added) | frozenset(self.updated) | frozenset(self.removed)

    def reversed(self) -> "SceneChange":
        """The change that takes this one back."""
        turned = {i: (after, before) for i, (before, after) in self.updated.items()}
        return SceneChange(added=self.removed, updated=turned, removed=self.added)

    def only(self, ids: Collection[str]) -> "SceneChange":
        """The part of the change that touches these ids."""
        return SceneChange(
            added={i: r for i, r in self.added.items() if i in ids},
            updated={i: pair for i, pair in self.updated.items() if i in ids},
            removed={i: r for i, r in self.removed.items() if i in ids},
        )

    def then(self, later: "SceneChange") -> "SceneChange":
        """This change followed by `later`, as one; raises ChangeDoesNotFit when they do not join."""
        added, updated, removed = dict(self.added), dict(self.updated), dict(self.removed)
        for record_id, record in later.added.items():
            _join_addition(record_id, record, added, updated, removed)
        for record_id, (before, after) in later.updated.items():
            _join_update(record_id, before, after, added, updated, removed)
        for record_id, record in later.removed.items():
            _join_removal(record_id, record, added, updated, removed)
        return SceneChange(added, updated, removed)

    def apply_to(self, scene: Scene) -> Scene:
        """The scene after the change; raises ChangeDoesNotFit unless every before-value is there unchanged."""
        records = _copied(scene.records)
        for record_id, record in self.removed.items():
            if not _same(records.get(record_id), record):
                raise ChangeDoesNotFit(record_id, "to be removed, but it is gone or differs")
            del records[record_id]
        for record_id, (before, after) in self.updated.items():
            if not _same(records.get(record_id), before):
                raise ChangeDoesNotFit(record_id, "to be updated, but it is gone or differs")
            records[record_id] = after
        for record_id, record in self.added.items():
            if record_id in records:
                raise ChangeDoesNotFit(record_id, "to be added, but it is there already")
            records[record_id] = record
        return Scene(MappingProxyType(records))


def _copied(records: Mapping[str, AnyRecord]) -> dict[str, AnyRecord]:
    """A new dict; `dict(proxy)` would look up every key one by one and be six times slower."""
    return records.copy() if isinstance(records, MappingProxyType | dict) else dict(records)


def _same(one: AnyRecord | None, other: AnyRecord | None) -> bool:
    return one is other or one == other


def _refuse_twice(*parts: Mapping[str, object]) -> None:
    seen: set[str] = set()
    for part in parts:
        for record_id in seen.intersection(part):
            raise ValueError(f"{record_id} stands in two parts of one change")
        seen.update(part)


_Records = dict[str, AnyRecord]
_Updates = dict[str, tuple[AnyRecord, AnyRecord]]


def _join_addition(i: str, record: AnyRecord, added: _Records, updated: _Updates, removed: _Records) -> None:
    if i in added or i in updated:
        raise ChangeDoesNotFit(i, "added twice")
    before = removed.pop(i, None)
    if before is None:
        added[i] = record
    elif before != record:
        updated[i] = (before, record)


def _join_update(
    i: str, before: AnyRecord, after: AnyRecord, added: _Records, updated: _Updates, removed: _Records
) -> None:
    if i in removed or not _same(_value_after(i, before, added, updated), before):
        raise ChangeDoesNotFit(i, "updated from a value it does not have")
    if i in added:
        added[i] = after
        return
    first = updated.pop(i, (before, before))[0]
    if first != after:
        updated[i] = (first, after)


def _join_removal(i: str, record: AnyRecord, added: _Records, updated: _Updates, removed: _Records) -> None:
    if i in removed:
        raise ChangeDoesNotFit(i, "removed twice")
    if not _same(_value_after(i, record, added, updated), record):
        raise ChangeDoesNotFit(i, "removed with a value it does not have")
    if i in added:
        del added[i]
        return
    removed[i] = updated.pop(i, (record, record))[0]


def _value_after(i: str, otherwise: AnyRecord, added: _Records, updated: _Updates) -> AnyRecord:
    if i in added:
        return added[i]
    return updated[i][1] if i in updated else otherwise
