"""The judge itself: it finds every kind of mistake planted in a sound gallery."""

import math
from collections.abc import Callable

import pytest
from hanging_rules import broken, path_breaks

from scene.layouts.choose import arrange
from scene.layouts.contract import Wishes
from scene.records import AnyRecord, Opening, Placement, Room, Viewpoint

Records = dict[str, AnyRecord]


@pytest.fixture
def gallery(works) -> Records:
    return {r.id: r for r in arrange("gallery", works(60), Wishes(windows=True)).records}


def works_of(records: Records) -> list[Placement]:
    return [r for r in records.values() if isinstance(r, Placement)]


def moved(records: Records, placement: Placement, **fields: object) -> None:
    records[placement.id] = placement.model_copy(update=fields)


def onto_a_neighbour(records: Records) -> None:
    one, two = [w for w in works_of(records) if w.wall_id == "room-1-back"][:2]
    x, y, z = two.position_m
    moved(records, one, position_m=(x - two.size_m[0] / 2, y, z))


def through_a_corner(records: Records) -> None:
    work = next(w for w in works_of(records) if w.wall_id == "room-1-back")
    room = records["room-1"]
    assert isinstance(room, Room)
    moved(records, work, position_m=(room.min_corner_m[0] + 0.1, *work.position_m[1:]))


def over_a_door(records: Records) -> None:
    door = next(r for r in records.values() if isinstance(r, Opening) and r.id == "door-1")
    work = next(w for w in works_of(records) if w.wall_id == door.wall_id)
    others = [w.position_m for w in works_of(records) if w.wall_id == door.wall_id]
    middle = (min(p[2] for p in others) + max(p[2] for p in others)) / 2
    moved(records, work, position_m=(*work.position_m[:2], middle))


def over_a_window(records: Records) -> None:
    window = next(r for r in records.values() if isinstance(r, Opening) and r.use == "window")
    work = works_of(records)[0]
    wall = records[window.wall_id]
    x, z = wall.start_m  # type: ignore[union-attr]
    moved(
        records, work, wall_id=window.wall_id, rotation=(0.0, math.sin(math.pi / 4), 0.0, math.cos(math.pi / 4)),
        position_m=(x + 0.04, 1.5, z - window.offset_m - 0.5),
    )  # fmt: skip


def through_the_ceiling(records: Records) -> None:
    work = works_of(records)[0]
    moved(records, work, position_m=(work.position_m[0], 4.4, work.position_m[2]))


def below_the_floor(records: Records) -> None:
    work = works_of(records)[0]
    moved(records, work, position_m=(work.position_m[0], 0.2, work.position_m[2]))


def turned_round(records: Records) -> None:
    work = next(w for w in works_of(records) if w.wall_id == "room-1-back")
    moved(records, work, rotation=(0.0, 1.0, 0.0, 0.0))


def off_the_wall(records: Records) -> None:
    work = next(w for w in works_of(records) if w.wall_id == "room-1-back")
    x, y, z = work.position_m
    moved(records, work, position_m=(x, y, z + 0.6))


def doors_apart(records: Records) -> None:
    door = records["door-1-return"]
    assert isinstance(door, Opening)
    records[door.id] = door.model_copy(update={"offset_m": door.offset_m + 0.05})


def no_such_wall(records: Records) -> None:
    moved(records, works_of(records)[0], wall_id="room-9-back")


def rooms_into_each_other(records: Records) -> None:
    room = records["room-2"]
    assert isinstance(room, Room)
    records[room.id] = room.model_copy(update={"min_corner_m": (room.min_corner_m[0] - 2, room.min_corner_m[1])})


PLANTED: list[tuple[Callable[[Records], None], str]] = [
    (onto_a_neighbour, "overlap"),
    (through_a_corner, "corner"),
    (over_a_door, "hangs over door-1"),
    (over_a_window, "hangs over window"),
    (through_the_ceiling, "ceiling"),
    (below_the_floor, "below the floor"),
    (turned_round, "shows its back"),
    (off_the_wall, "flat on"),
    (doors_apart, "no twin"),
    (no_such_wall, "not there"),
    (rooms_into_each_other, "overlap"),
]


def test_a_sound_gallery_breaks_nothing(gallery: Records) -> None:
    assert broken(list(gallery.values())) == []
    assert path_breaks(list(gallery.values())) == []


@pytest.mark.parametrize(("plant", "words"), PLANTED, ids=lambda p: getattr(p, "__name__", ""))
def test_a_planted_mistake_is_found(gallery: Records, plant: Callable[[Records], None], words: str) -> None:
    plant(gallery)
    found = broken(list(gallery.values()))
    assert any(words in sentence for sentence in found), found


def test_a_path_through_a_wall_is_found(gallery: Records) -> None:
    stop = gallery["stop-2"]
    assert isinstance(stop, Viewpoint)
    gallery["stop-2"] = stop.model_copy(update={"position_m": (-60.0, 1.6, -3.0)})
    assert any("goes through" in sentence for sentence in path_breaks(list(gallery.values())))
