"""Gallery: centre line, gaps, symmetry, hero, doors, lights, path, relations, pins and kept walls."""

import math
from collections import defaultdict
from collections.abc import Set
from itertools import pairwise

import numpy as np
import pytest
from hanging_rules import broken, path_breaks

from scene.layouts.choose import arrange
from scene.layouts.contract import Arranged, Relation, Wishes, Work
from scene.layouts.said import Counted, Quoted, Term, said
from scene.records import Arrangement, Light, Opening, Placement, Room, Sign, Viewpoint, Wall
from scene.scene import Scene


def of(arranged: Arranged, kind: type) -> list:
    return [record for record in arranged.records if isinstance(record, kind)]


def along(wall: Wall, placement: Placement) -> float:
    start, end = np.array(wall.start_m), np.array(wall.end_m)
    point = np.array([placement.position_m[0], placement.position_m[2]])
    return float((point - start) @ (end - start) / np.linalg.norm(end - start))


def by_wall(arranged: Arranged) -> dict[str, list[Placement]]:
    walls = {wall.id: wall for wall in of(arranged, Wall)}
    found: dict[str, list[Placement]] = defaultdict(list)
    for placement in arranged.placements:
        found[placement.wall_id or ""].append(placement)
    return {name: sorted(row, key=lambda p: along(walls[name], p)) for name, row in found.items()}


def gaps(arranged: Arranged, wall_id: str) -> list[float]:
    wall = next(w for w in of(arranged, Wall) if w.id == wall_id)
    row = by_wall(arranged)[wall_id]
    edges = [(along(wall, p) - p.size_m[0] / 2, along(wall, p) + p.size_m[0] / 2) for p in row]
    return [b[0] - a[1] for a, b in pairwise(edges)]


def test_one_centre_line_and_even_gaps(works) -> None:
    arranged = arrange("gallery", works(24), Wishes(gap_m=0.8))
    assert {p.position_m[1] for p in arranged.placements} == {1.5}
    for wall in ("room-1-left", "room-1-back", "room-1-right"):
        assert gaps(arranged, wall) == pytest.approx([0.8] * len(gaps(arranged, wall)), abs=1e-3)


def test_a_room_for_two_dozen_is_one_a_museum_would_build(works) -> None:
    (room,) = of(arrange("gallery", works(24), Wishes()), Room)
    width, depth = (b - a for a, b in zip(room.min_corner_m, room.max_corner_m, strict=True))
    assert 8 <= width <= 14
    assert 1.0 <= depth / width <= 1.5
    assert 3.6 <= room.height_m <= 4.5


def test_the_hero_hangs_larger_in_the_middle_opposite_the_entrance(works) -> None:
    arranged = arrange("gallery", works(24), Wishes())
    hero = next(p for p in arranged.placements if p.title == "Work 0")
    assert hero.wall_id == "room-1-back"
    assert hero.position_m[0] == pytest.approx(0.0, abs=0.35)
    areas = {p.title: p.size_m[0] * p.size_m[1] for p in arranged.placements}
    assert areas["Work 0"] == max(areas.values())


def test_side_walls_mirror_each_other(works) -> None:
    rows = by_wall(arrange("gallery", works(25), Wishes()))
    left, right = rows["room-1-left"], rows["room-1-right"][::-1]
    assert len(left) == len(right)
    assert all(abs(a.size_m[0] - b.size_m[0]) < 0.35 for a, b in zip(left, right, strict=True))


def test_an_order_is_kept_from_the_entrance_on(works) -> None:
    given = works(40)
    dates = {work.asset_id: work.taken for work in given}
    arranged = arrange("gallery", given, Wishes(order="newest"))
    shown = [dates[p.asset_id] for p in arranged.placements]
    assert shown == sorted(shown, reverse=True)


def test_rooms_hold_thirty_at_most_and_their_doors_line_up(works) -> None:
    arranged = arrange("gallery", works(200), Wishes())
    rooms = of(arranged, Room)
    counts = [sum(p.room_id == room.id for p in arranged.placements) for room in rooms]
    assert sum(counts) == 200
    assert max(counts) <= 30
    assert len([o for o in of(arranged, Opening) if o.use == "door"]) == 2 * (len(rooms) - 1)
    assert len([o for o in of(arranged, Opening) if o.use == "entrance"]) == 1
    assert {sign.text for sign in of(arranged, Sign)} == {room.name for room in rooms}
    assert broken(arranged.records) == []


def test_every_work_has_its_spot_at_thirty_degrees(works) -> None:
    arranged = arrange("gallery", works(10), Wishes())
    spots = {light.for_id: light for light in of(arranged, Light) if light.use == "spot"}
    assert set(spots) == {p.id for p in arranged.placements}
    for light in spots.values():
        (x, y, z), (tx, ty, tz) = light.position_m, light.target_m
        assert math.degrees(math.atan2(math.hypot(x - tx, z - tz), y - ty)) == pytest.approx(30, abs=3)


def test_the_entrance_looks_at_the_hero_and_the_path_passes_every_work(works) -> None:
    arranged = arrange("gallery", works(24), Wishes())
    views = sorted(of(arranged, Viewpoint), key=lambda v: v.order)
    assert views[0].id == "entrance"
    assert views[0].target_m[2] < views[0].position_m[2] - 4
    assert [v.id for v in views[1:]] == [f"stop-{k}" for k in range(1, len(views))]
    for placement in arranged.placements:
        nearest = min(math.dist(v.position_m, placement.position_m) for v in views)
        assert nearest < 5.0, placement.title


def test_too_wide_a_gap_is_named_and_the_widest_sane_one_used(works) -> None:
    arranged = arrange("gallery", works(24), Wishes(gap_m=10))
    assert [one.id for one in arranged.unmet] == ["gap.walls"]
    assert max(gaps(arranged, "room-1-left")) > 1.5


def test_unmet_counts_and_rooms_are_named(works) -> None:
    arranged = arrange("gallery", works(31), Wishes(count=40, rooms=1, columns=3))
    assert said("given.fewer", asked=Counted(40, "work"), n=31) in arranged.unmet
    assert "rooms.few" in {one.id for one in arranged.unmet}
    assert said("inapplicable", wish=Term("wished", "columns"), layout=Term("within", "gallery")) in arranged.unmet


def test_a_room_for_each_colour(works) -> None:
    arranged = arrange("gallery", works(40), Wishes(group_by="colour"))
    rooms = {room.id: room.name for room in of(arranged, Room)}
    assert sorted(rooms.values()) == ["blue", "green", "magenta", "red"]
    assert all(p.group == rooms[p.room_id] for p in arranged.placements)


def related(works: list[Work], *relations: Relation, **wishes: object) -> Arranged:
    return arrange("gallery", works, Wishes.model_validate({"relations": relations, **wishes}))


@pytest.mark.parametrize("count", [6, 13, 24, 30])
def test_opposite_beside_and_same_wall_are_met(works, count: int) -> None:
    given = works(count)
    one, two, three, four = (given[k].asset_id for k in (1, 2, 4, 5))
    arranged = related(
        given, Relation(asset_id=one, how="opposite", to=two), Relation(asset_id=three, how="same_wall", to=four)
    )
    assert arranged.unmet == ()
    walls = {wall.id: wall for wall in of(arranged, Wall)}
    at = {p.asset_id: p for p in arranged.placements}
    across = {"left": "right", "right": "left", "back": "front", "front": "back"}
    assert walls[at[one].wall_id].name == across[walls[at[two].wall_id].name]
    assert at[three].wall_id == at[four].wall_id


def test_beside_means_next_to(works) -> None:
    given = works(20)
    arranged = related(given, Relation(asset_id=given[3].asset_id, how="beside", to=given[15].asset_id))
    assert arranged.unmet == ()
    row = next(row for row in by_wall(arranged).values() if any(p.title == "Work 3" for p in row))
    titles = [p.title for p in row]
    assert abs(titles.index("Work 3") - titles.index("Work 15")) == 1


def test_opposite_the_windows_brings_windows(works) -> None:
    given = works(12)
    arranged = related(given, Relation(asset_id=given[4].asset_id, how="opposite", to="windows"))
    assert arranged.unmet == ()
    windows = {o.wall_id for o in of(arranged, Opening) if o.use == "window"}
    work = next(p for p in arranged.placements if p.title == "Work 4")
    assert windows == {"room-1-left"}
    assert work.wall_id == "room-1-right"


def test_first_last_hero_and_wall_are_met(works) -> None:
    given = works(15)
    arranged = related(
        given,
        Relation(asset_id=given[9].asset_id, how="first"),
        Relation(asset_id=given[2].asset_id, how="hero"),
        Relation(asset_id=given[7].asset_id, how="on_wall", to="the left wall"),
    )
    assert arranged.unmet == ()
    assert arranged.placements[0].title == "Work 9"


def test_a_relation_that_cannot_be_is_named(works) -> None:
    given = works(5)
    arranged = related(
        given,
        Relation(asset_id="f" * 64, how="hero"),
        Relation(asset_id=given[0].asset_id, how="on_wall", to="ceiling"),
    )
    assert said("why.absent") in [one.values["why"] for one in arranged.unmet]
    assert said("why.nowhere", what=Quoted("ceiling")) in [one.values["why"] for one in arranged.unmet]


def scene_of(arranged: Arranged, pinned: Set[str] = frozenset()) -> Scene:
    records = [
        r.model_copy(update={"pinned": True}) if isinstance(r, Placement) and r.title in pinned else r
        for r in arranged.records
    ]
    return Scene.of([*records, Arrangement(layout="gallery")])


def test_the_back_wall_stays_while_the_rest_is_redone(works) -> None:
    given = works(24)
    scene = scene_of(arrange("gallery", given, Wishes()))
    again = arrange("gallery", given, Wishes(keep_walls=("back",), order="oldest"), scene=scene)
    stayed = [p for p in scene.placements if p.wall_id == "room-1-back"]
    now = {p.id: p for p in again.placements}
    assert all(now[p.id] == p for p in stayed)
    assert {p.title for p in again.placements} == {work.title for work in given}
    changed = [p for p in scene.placements if p.wall_id != "room-1-back" and now[p.id].position_m != p.position_m]
    assert len(changed) > 10
    assert broken(again.records) == []


def test_pinned_works_stay_and_others_go_around_them(works) -> None:
    given = works(24)
    scene = scene_of(arrange("gallery", given, Wishes()), {"Work 3", "Work 11"})
    again = arrange("gallery", given, Wishes(gap_m=0.3, order="title"), scene=scene)
    now = {p.id: p for p in again.placements}
    assert all(now[p.id] == p for p in scene.placements if p.pinned)
    assert len(now) == 24
    assert broken(again.records) == []


def test_what_finds_no_place_beside_the_kept_wall_is_named(works) -> None:
    scene = scene_of(arrange("gallery", works(6), Wishes()))
    again = arrange("gallery", works(90), Wishes(keep_walls=("back", "right")), scene=scene)
    assert again.unplaced
    assert {u.why.id for u in again.unplaced} == {"left.no_space"}
    assert len(again.placements) + len(again.unplaced) == 90


def test_more_works_than_the_standing_room_takes_get_a_wing(works) -> None:
    scene = scene_of(arrange("gallery", works(24), Wishes()), {"Work 5"})
    again = arrange("gallery", works(60), Wishes(), scene=scene)
    assert again.unplaced == ()
    assert {p.title for p in again.placements} == {work.title for work in works(60)}
    assert [room.id for room in of(again, Room)] == ["room-1", "room-2", "room-3"]
    assert next(p for p in again.placements if p.title == "Work 5") == next(
        p for p in scene.placements if p.title == "Work 5"
    )
    assert broken(again.records) + path_breaks(again.records) == []


def test_another_seed_hangs_another_way(works) -> None:
    one, two = (arrange("gallery", works(20), Wishes(), seed=seed) for seed in (0, 5))
    assert [p.title for p in one.placements] != [p.title for p in two.placements]
    assert arrange("gallery", works(20), Wishes(), seed=5) == two


def test_the_hero_is_the_best_work_that_bears_being_enlarged() -> None:
    def work(name: str, score: float, width: int = 1600, height: int = 1200) -> Work:
        return Work(asset_id=name * 64, title=name, width_px=width, height_px=height, score=score)

    given = [
        work("a", 0.5), work("b", 0.8), work("c", 0.8), work("d", 0.99, 4000, 700), work("e", 0.95, 300, 240),
        work("f", 0.1),
    ]  # fmt: skip
    assert hero_of(arrange("gallery", given, Wishes())) == "b"
    assert hero_of(arrange("gallery", [given[3]], Wishes())) == "d"


def hero_of(arranged: Arranged) -> str:
    return max(arranged.placements, key=lambda p: p.size_m[0] * p.size_m[1]).title
