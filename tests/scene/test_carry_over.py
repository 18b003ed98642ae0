"""Carrying over: what fits is applied, what does not is named, and nothing of the scene as it is gets lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scene.carry_over import carry_over
from scene.change import SceneChange
from scene.records import AnyRecord, Arrangement, Light, Opening, Placement, Room, Sign, ThemeChoice, Wall
from scene.scene import Scene
from tests.scene.scenes import edit_runs, resolve, scenes

HALL = Room(id="room-1", name="Hall", min_corner_m=(0.0, 0.0), max_corner_m=(10.0, 8.0))
BACK = Wall(id="back", name="back", room_id="room-1", start_m=(0.0, 0.0), end_m=(10.0, 0.0))
DOOR = Opening(id="door-1", wall_id="back", offset_m=1.0, width_m=1.8)
LAMP = Light(id="lamp", use="room", for_id="room-1", position_m=(5.0, 4.0, 4.0), target_m=(5.0, 0.0, 4.0))


def work(work_id: str = "p1", x_m: float = 2.0, **fields: object) -> Placement:
    title = f"Work {work_id[1:]}"
    plain = {"id": work_id, "asset_id": "a", "title": title, "position_m": (x_m, 1.5, 0.0), "size_m": (1.0, 1.0)}
    return Placement.model_validate(plain | fields)


def from_to(before: AnyRecord, after: AnyRecord) -> SceneChange:
    return SceneChange(updated={before.id: (before, after)})


def adding(*records: AnyRecord) -> SceneChange:
    return SceneChange(added={record.id: record for record in records})


def removing(*records: AnyRecord) -> SceneChange:
    return adding(*records).reversed()


@given(scenes(), scenes())
def test_onto_the_unchanged_scene_it_is_the_identity(before: Scene, after: Scene) -> None:
    change = SceneChange.between(before, after)
    carried = carry_over(change, before)
    assert carried.change == change
    assert carried.conflicts == ()


@given(st.data(), scenes())
def test_onto_any_scene_it_applies_and_accounts_for_every_record(data: st.DataObject, base: Scene) -> None:
    change, now = diverged(data, base)
    carried = carry_over(change, now)
    result = carried.change.apply_to(now)
    assert resolve(result)
    named = {conflict.record_id for conflict in carried.conflicts}
    assert not named & carried.change.ids
    assert named | carried.change.ids <= change.ids
    for record_id in change.ids - named:
        already = change.added.get(record_id) or change.updated.get(record_id, (None, None))[1]
        assert record_id in carried.change.ids or now.get(record_id) == already


@given(st.data(), scenes())
def test_what_was_done_since_is_never_lost(data: st.DataObject, base: Scene) -> None:
    """Every field that was changed since has its new value afterwards, whatever the change wanted."""
    change, now = diverged(data, base)
    result = carry_over(change, now).change.apply_to(now)
    since = SceneChange.between(base, now)
    for record_id in since.added:
        assert record_id in result or record_id in change.removed
    for record_id, (before, after) in since.updated.items():
        assert record_id in result
        for name in after.__dict__:
            if before.__dict__.get(name) != after.__dict__[name]:
                assert result.records[record_id].__dict__[name] == after.__dict__[name]
    for record_id in since.removed:
        assert record_id not in result


@given(st.data(), scenes())
def test_carrying_over_again_changes_nothing_more(data: st.DataObject, base: Scene) -> None:
    change, now = diverged(data, base)
    once = carry_over(change, now).change
    again = carry_over(once, now)
    assert again.change == once
    assert again.conflicts == ()


@given(st.data(), scenes())
def test_edits_of_other_records_do_not_disturb(data: st.DataObject, base: Scene) -> None:
    """Two people who touch different records both get all they did, in either order."""
    mine = data.draw(edit_runs(base, most=4, prefix="mine-", among=alone(base, first_half=True)))
    theirs = data.draw(edit_runs(base, most=4, prefix="theirs-", among=alone(base, first_half=False)))
    my_change, their_change = ended(base, mine), ended(base, theirs)
    if not leans_apart(base, my_change, their_change):
        return
    forth, back = carry_over(my_change, their_change.apply_to(base)), carry_over(their_change, my_change.apply_to(base))
    assert forth.change == my_change
    assert forth.conflicts == back.conflicts == ()
    assert forth.change.apply_to(their_change.apply_to(base)) == back.change.apply_to(my_change.apply_to(base))


def diverged(data: st.DataObject, base: Scene) -> tuple[SceneChange, Scene]:
    """A change made for `base`, and what the scene has become meanwhile."""
    change = ended(base, data.draw(edit_runs(base, most=6)))
    now = ended(base, data.draw(edit_runs(base, most=6))).apply_to(base)
    return change, now


def ended(base: Scene, run: list[SceneChange]) -> SceneChange:
    scene = base
    for change in run:
        scene = change.apply_to(scene)
    return SceneChange.between(base, scene)


def alone(base: Scene, *, first_half: bool) -> frozenset[str]:
    ids = sorted(base.records)
    half = len(ids) // 2
    return frozenset(ids[:half] if first_half else ids[half:])


def leans_apart(base: Scene, one: SceneChange, other: SceneChange) -> bool:
    """Whether both changes can stand side by side without a dangling reference."""
    both = Scene({**one.apply_to(other.apply_to(base)).records})
    return resolve(both)


# -- one record ----------------------------------------------------------------------------------


def test_a_work_moved_by_hand_keeps_its_place_and_is_named() -> None:
    carried = carry_over(from_to(work(), work(x_m=5.0)), Scene.of([work(x_m=8.0)]))
    assert carried.change.is_empty
    assert [c.words for c in carried.conflicts] == ["“Work 1” was not moved: it was moved since."]


def test_edits_of_different_sides_of_a_record_come_together() -> None:
    now = Scene.of([work(title="Renamed", order=4)])
    carried = carry_over(from_to(work(), work(x_m=5.0, size_m=(2.0, 2.0))), now)
    assert not carried.conflicts
    assert carried.change.apply_to(now).records["p1"] == work(x_m=5.0, size_m=(2.0, 2.0), title="Renamed", order=4)


def test_place_and_turn_are_taken_together_or_not_at_all() -> None:
    turned = work(rotation=(0.0, 1.0, 0.0, 0.0))
    carried = carry_over(from_to(work(), work(x_m=5.0)), Scene.of([turned]))
    assert [c.words for c in carried.conflicts] == ["“Work 1” was not moved: it was turned since."]


def test_the_same_edit_made_by_both_is_no_conflict() -> None:
    change = from_to(work(), work(x_m=5.0))
    carried = carry_over(change, Scene.of([work(x_m=5.0)]))
    assert carried.change.is_empty
    assert not carried.conflicts


def test_a_pin_set_since_holds_the_work_fast() -> None:
    now = Scene.of([work(pinned=True)])
    carried = carry_over(from_to(work(), work(x_m=5.0)), now)
    assert [c.words for c in carried.conflicts] == ["“Work 1” was not moved: it was pinned since."]
    renamed = carry_over(from_to(work(), work(title="Other")), now)
    assert renamed.change.apply_to(now).records["p1"] == work(title="Other", pinned=True)


@pytest.mark.parametrize(
    ("change", "now", "words"),
    [
        (from_to(work(), work(x_m=5.0)), [], "“Work 1” was not moved: it was removed since."),
        (removing(work()), [work(x_m=3.0)], "“Work 1” was not removed: it was moved since."),
        (removing(work()), [work(size_m=(2.0, 2.0))], "“Work 1” was not removed: it was resized since."),
        (adding(work()), [work(x_m=9.0)], "“Work 1” was not added: “Work 1” stands in its place since."),
        (
            from_to(ThemeChoice(), ThemeChoice(theme="noir")),
            [ThemeChoice(theme="paper")],
            "the theme was not changed to another theme: it was changed to another theme since.",
        ),
        (
            from_to(Arrangement(), Arrangement(layout="grid")),
            [Arrangement(seed=3)],
            "the layout was not laid out again: it was laid out again since.",
        ),
        (
            from_to(Sign(id="s", text="Rain", position_m=(0, 0, 0)), Sign(id="s", text="Snow", position_m=(0, 0, 0))),
            [Sign(id="s", text="Fog", position_m=(0, 0, 0))],
            "sign “Fog” was not reworded: it was reworded since.",
        ),
    ],
)
def test_conflicts_say_what_and_why(change: SceneChange, now: list[AnyRecord], words: str) -> None:
    carried = carry_over(change, Scene.of(now))
    assert [conflict.words for conflict in carried.conflicts] == [words]
    assert carried.change.is_empty


def test_what_is_gone_already_need_not_be_removed() -> None:
    carried = carry_over(removing(work()), Scene())
    assert carried.change.is_empty
    assert not carried.conflicts


# -- what hangs together -------------------------------------------------------------------------


def test_a_work_is_not_hung_on_a_wall_that_was_removed_since() -> None:
    change = adding(
        work(wall_id="back", room_id="room-1"), Light(id="l", for_id="p1", position_m=(0, 3, 0), target_m=(0, 1, 0))
    )
    carried = carry_over(change, Scene.of([HALL]))
    assert carried.change.is_empty
    assert [c.words for c in carried.conflicts] == [
        "“Work 1” was not added: back is no longer there.",
        "light l was not added: “Work 1” was not added.",
    ]


def test_a_room_stays_whole_when_something_hung_since_needs_one_of_its_walls() -> None:
    built = adding(HALL, BACK, DOOR, LAMP, work())
    now = Scene.of([HALL, BACK, DOOR, LAMP, work(), work("p2", wall_id="back", room_id="room-1")])
    carried = carry_over(built.reversed(), now)
    assert set(carried.change.removed) == {"p1"}
    assert {c.record_id for c in carried.conflicts} == {"room-1", "back", "door-1", "lamp"}
    assert "room “Hall” was not removed: “Work 2” needs it." in [c.words for c in carried.conflicts]


def test_works_do_not_follow_a_room_that_somebody_else_reshaped() -> None:
    wider, deeper = HALL.but(max_corner_m=(20.0, 8.0)), HALL.but(max_corner_m=(10.0, 30.0))
    hung = work(room_id="room-1")
    change = SceneChange(updated={"room-1": (HALL, wider), "p1": (hung, work(x_m=15.0, room_id="room-1"))})
    carried = carry_over(change, Scene.of([deeper, hung]))
    assert carried.change.is_empty
    assert [c.words for c in carried.conflicts] == [
        "room “Hall” was not resized: it was resized since.",
        "“Work 1” was not moved: room “Hall” was not resized.",
    ]


def test_a_room_renamed_by_both_does_not_keep_its_works_from_moving() -> None:
    hung, there = work(room_id="room-1"), work(x_m=5.0, room_id="room-1")
    change = SceneChange(updated={"room-1": (HALL, HALL.but(name="Night")), "p1": (hung, there)})
    carried = carry_over(change, Scene.of([HALL.but(name="Day"), hung]))
    assert set(carried.change.updated) == {"p1"}
    assert [c.record_id for c in carried.conflicts] == ["room-1"]
