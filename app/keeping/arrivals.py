"""What somebody else did to the open scene, in words: “Ada moved “Blue sea” and took down 3 works”; pure."""

from collections.abc import Collection, Iterable

from scene.change import SceneChange
from scene.records import AnyRecord, Light, Placement, Record, Room, Sign, ThemeChoice, Viewpoint, Wall

SOMEBODY = "Somebody else"
_MOST = 3
_PLACES = {"position_m", "rotation", "wall_id", "room_id"}


def who_in_words(names: Collection[str]) -> str:
    """ "Ada", "Ada and Ben", "Ada and 2 others"; somebody else where no name is known."""
    known = list(dict.fromkeys(name for name in names if name))
    if not known:
        return SOMEBODY
    if len(known) == 1:
        return known[0]
    return f"{known[0]} and {known[1]}" if len(known) == 2 else f"{known[0]} and {len(known) - 1} others"


def what_in_words(change: SceneChange) -> str:
    """ "hung “Blue sea”, moved 3 works and chose the theme noir"; of several things the first few are named."""
    parts = [*_of_works(change), *_of_rooms(change), *_of_theme(change)]
    if not parts:
        parts = ["changed the lights"] if _touches(change, Light) else ["changed the scene"]
    told = parts[:_MOST]
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"


def works_in(change: SceneChange) -> tuple[str, ...]:
    """Ids of the works that a change hung or altered."""
    altered = [after for _, after in change.updated.values()]
    return tuple(record.id for record in (*change.added.values(), *altered) if isinstance(record, Placement))


def _of_works(change: SceneChange) -> list[str]:
    told: list[str] = []
    hung = [record for record in change.added.values() if isinstance(record, Placement)]
    gone = [record for record in change.removed.values() if isinstance(record, Placement)]
    moved, other = list[Placement](), list[Placement]()
    for before, after in change.updated.values():
        if isinstance(before, Placement) and isinstance(after, Placement):
            (moved if any(getattr(before, name) != getattr(after, name) for name in _PLACES) else other).append(after)
    for verb, works in (("hung", hung), ("moved", moved), ("changed", other), ("took down", gone)):
        if works:
            told.append(f"{verb} {_works(works)}")
    return told


def _works(works: list[Placement]) -> str:
    return f"“{works[0].title or 'a work'}”" if len(works) == 1 else f"{len(works):,} works"


def _of_rooms(change: SceneChange) -> list[str]:
    if _touches(change, Room) or _touches(change, Wall):
        return ["rebuilt the rooms"]
    if _touches(change, Sign):
        return ["changed the signs"]
    return ["changed the viewpoints"] if _touches(change, Viewpoint) and not _of_works(change) else []


def _of_theme(change: SceneChange) -> list[str]:
    chosen = [record.theme for record in _after(change) if isinstance(record, ThemeChoice)]
    return [f"chose the theme {chosen[0].replace('_', ' ')}"] if chosen else []


def _touches(change: SceneChange, kind: type[Record]) -> bool:
    return any(isinstance(record, kind) for record in (*_after(change), *change.removed.values()))


def _after(change: SceneChange) -> Iterable[AnyRecord]:
    return (*change.added.values(), *(after for _, after in change.updated.values()))
