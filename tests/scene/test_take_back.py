"""Taking back an agent's turn leaves exactly what was done by hand since."""

import itertools

from hypothesis import assume, given
from hypothesis import strategies as st

from scene.change import SceneChange
from scene.history import squashed
from scene.records import Placement
from scene.scene import Scene
from scene.store import SceneStore
from tests.scene.scenes import edit_runs, resolve, scenes


@given(st.data(), scenes())
def test_turn_plus_hand_edits_minus_turn_is_the_hand_edits_alone(data: st.DataObject, base: Scene) -> None:
    """Hand edits that do not touch what the turn touched, nor lean on it; the turn was approved in two steps."""
    turn = data.draw(edit_runs(base, most=8, prefix="turn-"))
    whole_turn = squashed(turn)
    by_hand = data.draw(edit_runs(base, most=5, prefix="hand-", among=frozenset(base.records) - whole_turn.ids))
    hand = squashed(by_hand)
    assume(not hand.ids & whole_turn.ids)
    together = whole_turn.apply_to(hand.apply_to(base))
    assume(resolve(together))

    store = SceneStore(base)
    cut = data.draw(st.integers(0, len(turn)))
    for part in (turn[:cut], turn[cut:]):
        store.commit("Turn", squashed(part), "agent", "turn-1")
    for change in by_hand:
        store.commit("By hand", change)
    with_both = store.scene
    taken = store.take_back("turn-1")
    assert store.scene == hand.apply_to(base)
    assert taken.conflicts == ()
    if taken.step:
        store.undo()
    assert store.scene == with_both


@given(st.data(), scenes())
def test_hand_edits_of_what_the_turn_touched_stay_and_are_named(data: st.DataObject, base: Scene) -> None:
    turn = squashed(data.draw(edit_runs(base, most=5, prefix="turn-")))
    after_turn = turn.apply_to(base)
    hand = squashed(data.draw(edit_runs(after_turn, most=5, prefix="hand-")))
    store = SceneStore(base)
    store.commit("Turn", turn, "agent", "turn-1")
    store.commit("By hand", hand)
    taken = store.take_back("turn-1")

    assert resolve(store.scene)
    named = {conflict.record_id for conflict in taken.conflicts}
    for record_id in turn.ids - named - hand.ids:
        assert store.scene.get(record_id) == base.get(record_id)
    for record_id, (before, after) in hand.updated.items():
        for name in after.__dict__:
            if before.__dict__.get(name) != after.__dict__[name]:
                assert store.scene.records[record_id].__dict__[name] == after.__dict__[name]
    for record_id in hand.added.keys() - turn.removed.keys():
        assert store.scene.get(record_id) == hand.added[record_id]


def test_a_turn_of_several_steps_is_taken_back_latest_first() -> None:
    works = [Placement(id="p1", asset_id="a", position_m=(float(x), 1.5, 0.0), size_m=(1.0, 1.0)) for x in range(3)]
    store = SceneStore(Scene.of(works[:1]))
    for before, after in itertools.pairwise(works):
        store.commit("Move", SceneChange(updated={"p1": (before, after)}), "agent", "turn-1")
    taken = store.take_back("turn-1")
    assert store.scene.records["p1"] == works[0]
    assert not taken.conflicts
    assert taken.step is not None
    assert taken.step.change == SceneChange(updated={"p1": (works[2], works[0])})


def test_taking_back_twice_does_nothing_the_second_time() -> None:
    store = SceneStore()
    work = Placement(id="p1", asset_id="a", position_m=(0.0, 1.5, 0.0), size_m=(1.0, 1.0))
    store.commit("Hang", SceneChange(added={"p1": work}), "agent", "turn-1")
    first = store.take_back("turn-1")
    assert first.step is not None
    assert first.step.name == "Take back “Hang”"
    assert first.step.takes_back == "turn-1"
    assert store.take_back("turn-1").step is None
    assert len(store.scene) == 0


def test_a_turn_that_was_never_here_cannot_be_taken_back() -> None:
    store = SceneStore()
    work = Placement(id="p1", asset_id="a", position_m=(0.0, 1.5, 0.0), size_m=(1.0, 1.0))
    store.commit("By hand", SceneChange(added={"p1": work}))
    assert store.take_back("turn-9").step is None
    assert store.take_back("").step is None
    assert "p1" in store.scene
