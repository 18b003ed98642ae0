"""Approving and rejecting: whole, in parts, in halves; a part brings what it needs and takes nothing else away."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scene.approval import leave_out
from scene.change import SceneChange
from scene.document import write_document
from scene.layouts.choose import arrange
from scene.layouts.contract import LayoutName, Wishes, Work
from scene.operations import approve, remove, stage_arrangement
from scene.proposal import Proposal
from scene.records import Arrangement, Light, Opening, Placement, Room, Sign, ThemeChoice, Viewpoint
from scene.rules import broken_rules
from scene.scene import Scene
from scene.store import SceneStore
from tests.scene.scenes import edit_runs, resolve, scenes


@cache
def gallery(first: int = 0, count: int = 40, layout: LayoutName = "gallery") -> Scene:
    """A layout of numbered works as a scene of its own."""
    return proposed(Scene(), first, count, layout).preview


@cache
def first_gallery() -> Proposal:
    return proposed(Scene(), 0, 40)


@cache
def second_gallery() -> Proposal:
    """Another gallery in place of the first, sharing some works."""
    return proposed(gallery(), 30, 35)


def proposed(base: Scene, first: int, count: int, layout: LayoutName = "gallery") -> Proposal:
    works = [
        Work(
            asset_id=f"{n:016x}{0:048x}", title=f"Work {n}", width_px=1200, height_px=900, values={"year": f"{n // 10}"}
        )
        for n in range(first, first + count)
    ]
    arranged = arrange(layout, works, Wishes(group_by="year" if layout == "grid" else None), scene=base)
    theme = "noir" if first else "cyberpunk"
    change = stage_arrangement(
        base, arranged, theme=theme, arrangement=Arrangement(layout=layout, seed=first), author="agent", turn_id="t1"
    )
    return Proposal(f"proposal-{first}", "t1", "Gallery", change, base)


def random_proposal(data: st.DataObject, base: Scene) -> Proposal:
    after = base
    for change in data.draw(edit_runs(base, most=8)):
        after = change.apply_to(after)
    return Proposal("p", "t", "Random", SceneChange.between(base, after), base)


def some_of(data: st.DataObject, proposal: Proposal) -> set[str]:
    return data.draw(st.sets(st.sampled_from(sorted(proposal.change.ids)))) if proposal.change.ids else set()


# -- any proposal --------------------------------------------------------------------------------


@given(st.data(), scenes())
def test_approving_in_two_halves_is_approving_whole(data: st.DataObject, base: Scene) -> None:
    proposal = random_proposal(data, base)
    whole = approve(proposal, base)
    assert whole.rest is None
    assert whole.change == proposal.change

    half = approve(proposal, base, some_of(data, proposal))
    between = half.change.apply_to(base)
    if half.rest is None:
        assert between == proposal.preview
        return
    assert half.rest.preview == proposal.preview
    other = approve(half.rest, between)
    assert other.change.apply_to(between) == proposal.preview
    assert half.conflicts == other.conflicts == ()
    assert other.rest is None


@given(st.data(), scenes())
def test_a_part_stands_by_itself_and_holds_what_was_chosen(data: st.DataObject, base: Scene) -> None:
    proposal = random_proposal(data, base)
    chosen = some_of(data, proposal)
    approval = approve(proposal, base, chosen)
    assert chosen <= approval.change.ids <= proposal.change.ids
    assert resolve(approval.change.apply_to(base))
    rest = approval.rest.change.ids if approval.rest else frozenset()
    assert approval.change.ids | rest == proposal.change.ids
    assert not approval.change.ids & rest


@given(st.data(), scenes())
def test_a_proposal_can_be_approved_later_and_nothing_done_since_is_lost(data: st.DataObject, base: Scene) -> None:
    proposal = random_proposal(data, base)
    now = base
    for change in data.draw(edit_runs(base, most=5, prefix="since-")):
        now = change.apply_to(now)
    chosen = data.draw(st.sampled_from([None, some_of(data, proposal)]))
    approval = approve(proposal, now, chosen)
    result = approval.change.apply_to(now)
    assert resolve(result)
    for record_id, record in SceneChange.between(base, now).added.items():
        assert result.get(record_id) == record


@given(st.data(), scenes())
def test_rejecting_leaves_the_document_byte_for_byte(data: st.DataObject, base: Scene) -> None:
    store = SceneStore(base)
    before = write_document(store.scene)
    proposal = random_proposal(data, store.scene)
    assert proposal.preview is not None
    approve(proposal, store.scene, some_of(data, proposal))
    assert write_document(store.scene) == before
    assert store.history.steps == ()


# -- galleries -----------------------------------------------------------------------------------


def test_one_work_of_a_new_gallery_brings_its_room_lamps_theme_and_entrance() -> None:
    proposal = first_gallery()
    work = next(work for work in proposal.works if work.room_id == "room-1")
    result = approve(proposal, Scene(), {work.id}).change.apply_to(Scene())
    assert [w.id for w in result.placements] == [work.id]
    assert [room.id for room in result.rooms] == ["room-1"]
    assert len(result.walls) == 4
    assert [opening.use for opening in result.openings] == ["entrance"]
    assert {light.for_id for light in result.lights} == {"room-1", work.id}
    assert result.theme.theme == "cyberpunk"
    assert result.arrangement is not None
    assert result.viewpoints[0].id == "entrance"
    assert not [sign for sign in result.signs if sign.text == "Room 2"]
    assert broken_rules(result) == []


def test_a_work_of_a_room_behind_another_brings_the_way_to_it() -> None:
    proposal = first_gallery()
    work = next(work for work in proposal.works if work.room_id == "room-2")
    result = approve(proposal, Scene(), {work.id}).change.apply_to(Scene())
    assert [w.id for w in result.placements] == [work.id]
    assert {room.id for room in result.rooms} == {"room-1", "room-2"}
    assert "door" in {opening.use for opening in result.openings}
    assert broken_rules(result) == []


@settings(max_examples=25)
@given(st.data())
def test_any_part_of_a_replacement_breaks_no_rule_and_the_rest_completes_it(data: st.DataObject) -> None:
    proposal = second_gallery()
    works = sorted(i for i in proposal.change.ids if i.startswith("work-"))
    chosen = data.draw(st.sets(st.sampled_from(works), min_size=1, max_size=12))
    approval = approve(proposal, proposal.base, chosen)
    between = approval.change.apply_to(proposal.base)
    assert broken_rules(between) == []
    unasked = {i for i in approval.change.added if i.startswith("work-")} - chosen
    assert not unasked
    assert approval.rest is not None
    done = approve(approval.rest, between).change.apply_to(between)
    assert done == proposal.preview


def test_what_need_not_go_stays() -> None:
    """A new room beside the old one: approving a part of it takes nothing of the old one away."""
    base = gallery(0, 6)
    sign = Sign(id="sign-new", text="Annex", position_m=(101.0, 2.0, 1.0), use="title")
    annex = Room(id="annex", name="Annex", min_corner_m=(100.0, 0.0), max_corner_m=(110.0, 8.0))
    new = Placement(id="new", asset_id="n", position_m=(105.0, 1.5, 4.0), size_m=(1.0, 1.0), room_id="annex")
    after = {i: r for i, r in base.records.items() if not isinstance(r, Placement | Light) or r.id.endswith("0")}
    after |= {r.id: r for r in (annex, new, sign, ThemeChoice(theme="paper"))}
    after = {i: r for i, r in after.items() if not isinstance(r, Light) or r.for_id in after}
    proposal = Proposal("p", "t", "Annex", SceneChange.between(base, Scene(after)), base)
    assert proposal.change.removed
    part = approve(proposal, base, {"new"}).change
    assert set(part.added) == {"annex", "new", "sign-new"}
    assert not part.removed
    assert set(part.updated) == {"theme"}


@pytest.mark.parametrize("layout", ["gallery", "timeline", "grid"])
def test_every_layout_can_be_approved_work_by_work(layout: LayoutName) -> None:
    proposal = proposed(Scene(), 0, 14, layout)
    scene, rest = Scene(), proposal
    for work in proposal.works:
        approval = approve(rest, scene, {work.id})
        scene = approval.change.apply_to(scene)
        assert resolve(scene)
        assert work.id in scene
        if approval.rest is None:
            break
        rest = approval.rest
    left = approve(rest, scene).change.apply_to(scene) if rest is not proposal else scene
    assert left == proposal.preview


def test_a_theme_alone_can_be_approved() -> None:
    proposal = second_gallery()
    approval = approve(proposal, proposal.base, {"theme"})
    assert approval.change.ids == {"theme"}


def test_a_removal_takes_the_lamp_along() -> None:
    base = gallery(0, 6)
    works = [work.id for work in base.placements]
    proposal = Proposal("p", "t", "Fewer", remove(base, works[:3]), base)
    part = approve(proposal, base, {works[1]}).change
    assert set(part.removed) == {works[1], f"spot-{works[1]}"}


def test_ids_that_the_proposal_does_not_touch_mean_nothing() -> None:
    proposal = first_gallery()
    approval = approve(proposal, Scene(), {"nobody"})
    assert approval.change.is_empty
    assert approval.rest is not None
    assert approval.rest.change == proposal.change


def test_a_stale_proposal_names_what_no_longer_fits() -> None:
    base = gallery(0, 6)
    proposal = proposed(base, 3, 6)
    moved = base.records["work-0000000000000003"]
    assert isinstance(moved, Placement)
    x, y, z = moved.position_m
    now = SceneChange(updated={moved.id: (moved, moved.but(position_m=(x, y + 0.3, z)))}).apply_to(base)
    approval = approve(proposal, now)
    assert approval.conflicts[0].words == "“Work 3” was not moved and resized: it was moved since."
    assert resolve(approval.change.apply_to(now))


def test_the_digest_is_bound_to_what_was_shown() -> None:
    proposal = first_gallery()
    work = proposal.works[0]
    other = proposal.change.only(proposal.change.ids - {work.id})
    changed = Proposal("p", "t1", "Gallery", other, proposal.base)
    assert len(proposal.digest) == 64
    assert changed.digest != proposal.digest
    assert proposed(Scene(), 0, 40).digest == proposal.digest


def test_doors_and_stops_come_with_their_rooms_only() -> None:
    proposal = first_gallery()
    work = next(work for work in proposal.works if work.room_id == "room-1")
    left = approve(proposal, Scene(), {work.id}).rest
    assert left is not None
    doors = [r for r in left.change.added.values() if isinstance(r, Opening)]
    assert {door.id for door in doors} == {"door-1", "door-1-return"}
    assert any(isinstance(r, Viewpoint) for r in left.change.added.values())


def test_a_work_that_is_left_out_takes_its_lamp_and_nothing_else() -> None:
    proposal = first_gallery()
    out = proposal.works[3].id
    rest = leave_out(proposal, Scene(), {out})
    assert rest is not None
    assert rest.id == proposal.id
    gone = proposal.change.ids - rest.change.ids
    assert out in gone
    assert all(isinstance(proposal.preview.get(i), Light | Placement) for i in gone)
    assert len(rest.works) == len(proposal.works) - 1
    assert broken_rules(rest.preview) == []


def test_works_on_show_are_not_left_out() -> None:
    proposal = second_gallery()
    shared = next(work.id for work in proposal.works if work.id in proposal.base)
    rest = leave_out(proposal, proposal.base, {shared})
    assert rest is not None
    assert rest.preview == proposal.preview


def test_leaving_out_every_work_leaves_no_proposal() -> None:
    proposal = first_gallery()
    assert leave_out(proposal, Scene(), [work.id for work in proposal.works]) is None
