"""A scene: an immutable set of records, looked up by id and by kind."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from scene.records import (
    AnyRecord,
    Arrangement,
    Light,
    Opening,
    Placement,
    Record,
    Room,
    Sign,
    ThemeChoice,
    Viewpoint,
    Wall,
)

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Scene:
    """An immutable value; an edit makes a new one (see `scene.change`). The order of records means nothing."""

    records: Mapping[str, AnyRecord] = field(default_factory=lambda: MappingProxyType({}))

    @staticmethod
    def of(records: Iterable[AnyRecord]) -> "Scene":
        """A scene of these records; the last one of an id wins."""
        return Scene(MappingProxyType({record.id: record for record in records}))

    def __len__(self) -> int:
        return len(self.records)

    def __contains__(self, record_id: object) -> bool:
        return record_id in self.records

    def __iter__(self) -> Iterator[AnyRecord]:
        return iter(self.records.values())

    def get(self, record_id: str) -> AnyRecord | None:
        """The record of that id, or None."""
        return self.records.get(record_id)

    def all(self, kind: type[R]) -> list[R]:
        """Every record of one class, in no promised order."""
        return [record for of, found in self._by_kind.items() if issubclass(of, kind) for record in found]  # type: ignore[misc]

    @cached_property
    def _by_kind(self) -> dict[type[Record], list[Record]]:
        """All records by their class: looked through once, however often one asks."""
        found: dict[type[Record], list[Record]] = {}
        for record in self.records.values():
            found.setdefault(type(record), []).append(record)
        return found

    @property
    def placements(self) -> list[Placement]:
        """The works on show, in hanging order."""
        return list(self._in_hanging_order)

    @cached_property
    def _in_hanging_order(self) -> list[Placement]:
        return sorted(self.all(Placement), key=lambda placement: placement.order)

    @property
    def rooms(self) -> list[Room]:
        """The rooms, in visiting order."""
        return sorted(self.all(Room), key=lambda room: room.order)

    @property
    def walls(self) -> list[Wall]:
        """The walls of all rooms."""
        return self.all(Wall)

    @property
    def openings(self) -> list[Opening]:
        """Doors, entrances and windows."""
        return self.all(Opening)

    @property
    def lights(self) -> list[Light]:
        """The lamps."""
        return self.all(Light)

    @property
    def viewpoints(self) -> list[Viewpoint]:
        """Places to stand, first stop first."""
        return sorted(self.all(Viewpoint), key=lambda viewpoint: viewpoint.order)

    @property
    def signs(self) -> list[Sign]:
        """Words in space."""
        return self.all(Sign)

    @property
    def theme(self) -> ThemeChoice:
        """The theme choice; the default one when the scene names none."""
        found = self.records.get("theme")
        return found if isinstance(found, ThemeChoice) else ThemeChoice()

    @property
    def arrangement(self) -> Arrangement | None:
        """How the scene was laid out, if a layout made it."""
        found = self.records.get("arrangement")
        return found if isinstance(found, Arrangement) else None
