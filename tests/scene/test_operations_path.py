"""The path of a proposal: staged, approved in part, the rest approved, taken back but for a hand edit."""

from scene.change import SceneChange
from scene.document import read_document, read_steps, write_document, write_steps
from scene.layouts.contract import Arranged
from scene.operations import approve, stage_arrangement
from scene.proposal import Proposal
from scene.records import Light, Placement, Room, Wall
from scene.scene import Scene
from scene.store import SceneStore


def gallery() -> Arranged:
    room = Room(id="room-1", min_corner_m=(0.0, 0.0), max_corner_m=(10.0, 8.0))
    back = Wall(id="room-1-back", room_id="room-1", start_m=(0.0, 0.0), end_m=(10.0, 0.0))
    works = [
        Placement(
            id=f"work-{n}",
            asset_id=f"asset-{n}",
            title=f"Work {n}",
            position_m=(2.0 + 2.0 * n, 1.5, 0.04),
            size_m=(1.0, 1.0),
            wall_id="room-1-back",
            room_id="room-1",
        )
        for n in range(3)
    ]
    lights = [
        Light(id=f"spot-{n}", for_id=f"work-{n}", position_m=(2.0 * n, 3.0, 1.0), target_m=(2.0 * n, 1.5, 0.0))
        for n in range(3)
    ]
    return Arranged(records=(room, back, *works, *lights))


def test_a_proposal_goes_from_stage_to_approval_in_parts_to_take_back() -> None:
    change = stage_arrangement(Scene(), gallery(), theme="cyberpunk", author="agent", turn_id="turn-1")
    proposal = Proposal("proposal-1", "turn-1", "Gallery", change, Scene())
    store = SceneStore()
    first = approve(proposal, store.scene, {"work-0"})
    assert first.change.ids == {"work-0", "spot-0", "room-1", "room-1-back", "theme"}
    store.commit("Gallery", first.change, "agent", "turn-1")
    assert first.rest is not None
    store.commit("Gallery", approve(first.rest, store.scene).change, "agent", "turn-1")
    assert store.scene == proposal.preview

    moved = store.scene.records["work-1"]
    by_hand = SceneChange(updated={"work-1": (moved, moved.but(position_m=(8.0, 1.5, 0.04)))})
    store.commit("Move", by_hand)
    taken = store.take_back("turn-1")
    assert set(store.scene.records) == {"work-1", "room-1", "room-1-back"}
    assert "“Work 1” was not removed: it was moved since." in [conflict.words for conflict in taken.conflicts]


def test_scene_and_steps_are_read_back_as_written() -> None:
    store = SceneStore()
    store.commit("Gallery", stage_arrangement(store.scene, gallery()))
    assert read_document(write_document(store.scene)) == store.scene
    assert read_steps(write_steps(store.history.steps)) == store.history.steps
