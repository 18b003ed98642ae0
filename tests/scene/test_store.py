"""The store: any run of edits, undos, redos, take-backs and remote steps keeps its promises."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule

from scene.change import ChangeDoesNotFit, SceneChange
from scene.document import read_document, read_steps, write_document, write_steps
from scene.records import Light, Placement, Room, Wall
from scene.scene import Scene
from scene.store import Cause, SceneStore
from tests.scene.scenes import edit_runs, edits_of, resolve, scenes


def work(work_id: str, x_m: float = 0.0, **fields: object) -> Placement:
    plain = {"id": work_id, "asset_id": "a", "title": work_id, "position_m": (x_m, 1.5, 0.0), "size_m": (1.0, 1.0)}
    return Placement.model_validate(plain | fields)


def adding(*records: Placement | Light | Room | Wall) -> SceneChange:
    return SceneChange(added={record.id: record for record in records})


def moving(store: SceneStore, work_id: str, x_m: float) -> SceneChange:
    before = store.scene.records[work_id]
    return SceneChange(updated={work_id: (before, before.but(position_m=(x_m, 1.5, 0.0)))})


class StoreMachine(RuleBasedStateMachine):
    """Drives a store as several people would, and checks it against what it must have been."""

    turns = Bundle("turns")

    @initialize(data=st.data())
    def start(self, data: st.DataObject) -> None:
        self.store = SceneStore(data.draw(scenes(most=6)))
        self.mirror = dict(self.store.scene.records)
        self.causes: list[Cause] = []
        self.pasts: list[Scene] = []
        """Scenes before each of my steps, for as long as nothing remote came in."""
        self.futures: list[Scene] = []
        self.alone = True
        self.turn = 0
        self.remote_ids: set[str] = set()
        self.store.follow(self.project)

    def project(self, change: SceneChange, scene: Scene, cause: Cause) -> None:
        """What a viewport or an outline does: it only ever sees changes."""
        self.mirror = dict(change.apply_to(Scene(self.mirror)).records)
        self.causes.append(cause)
        assert scene == self.store.scene

    @rule(data=st.data())
    def edit_by_hand(self, data: st.DataObject) -> None:
        change = data.draw(edits_of(self.store.scene))
        before = self.store.scene
        self.store.commit("Edit", change)
        self.remember(change, before)

    @rule(target=turns, data=st.data())
    def approve_a_turn(self, data: st.DataObject) -> str:
        self.turn += 1
        turn_id, before = f"turn-{self.turn}", self.store.scene
        scene = before
        for change in data.draw(edit_runs(scene, most=4)):
            scene = change.apply_to(scene)
        change = SceneChange.between(before, scene)
        self.store.commit("Turn", change, "agent", turn_id)
        self.remember(change, before)
        return turn_id

    @rule(data=st.data())
    def somebody_else_saves(self, data: st.DataObject) -> None:
        stale = data.draw(st.sampled_from([self.store.scene, *self.pasts]))
        carried = self.store.apply_remote("Theirs", data.draw(edits_of(stale)))
        if not carried.change.is_empty:
            self.alone = False
            self.remote_ids.add(self.store.history.steps[-1].id)

    @rule()
    def undo(self) -> None:
        expected, now = self.store.history.next_undo, self.store.scene
        step = self.store.undo()
        assert step is expected
        assert step is None or step.author != "remote"
        if step and self.alone:
            assert self.store.scene == self.pasts.pop()
            self.futures.append(now)

    @rule()
    def redo(self) -> None:
        now = self.store.scene
        step = self.store.redo()
        if step and self.alone:
            assert self.store.scene == self.futures.pop()
            self.pasts.append(now)

    @rule(turn_id=turns)
    def take_back(self, turn_id: str) -> None:
        before = self.store.scene
        taken = self.store.take_back(turn_id)
        if taken.step is None:
            assert self.store.scene == before
        else:
            self.remember(taken.step.change, before)

    @rule(data=st.data())
    def try_what_does_not_fit(self, data: st.DataObject) -> None:
        change = data.draw(edits_of(data.draw(scenes(most=4))))
        before, history = self.store.scene, self.store.history
        try:
            change.apply_to(before)
        except ChangeDoesNotFit:
            with pytest.raises(ChangeDoesNotFit):
                self.store.commit("Stale", change)
            assert self.store.scene is before
            assert self.store.history is history

    @precondition(lambda self: self.alone)
    @rule()
    def undo_everything_and_redo_it(self) -> None:
        now, history = self.store.scene, self.store.history
        count = 0
        while self.store.undo():
            count += 1
        assert not self.pasts or self.store.scene == self.pasts[0]
        for _ in range(count):
            self.store.redo()
        assert self.store.scene == now
        assert self.store.history == history

    @invariant()
    def followers_see_what_is_there(self) -> None:
        assert self.mirror == dict(self.store.scene.records)

    @invariant()
    def every_reference_resolves(self) -> None:
        assert resolve(self.store.scene)

    @invariant()
    def remote_steps_stay_listed(self) -> None:
        assert self.remote_ids <= {step.id for step in self.store.history.steps}

    @invariant()
    def all_of_it_can_be_kept_on_disk(self) -> None:
        steps = self.store.history.steps
        restarted = SceneStore(read_document(write_document(self.store.scene)), read_steps(write_steps(steps)))
        assert restarted.scene == self.store.scene
        assert restarted.history.steps == steps

    def remember(self, change: SceneChange, before: Scene) -> None:
        if not change.is_empty:
            self.pasts.append(before)
            self.futures.clear()


TestStoreMachine = StoreMachine.TestCase
TestStoreMachine.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)


@given(st.data(), scenes())
def test_any_run_of_steps_undoes_and_redoes_exactly(data: st.DataObject, before: Scene) -> None:
    store = SceneStore(before)
    pasts = []
    for change in data.draw(edit_runs(before, most=8)):
        pasts.append(store.scene)
        store.commit("Edit", change)
    after = store.scene
    for past in reversed(pasts):
        store.undo()
        assert store.scene == past
    assert store.undo() is None
    for _ in pasts:
        store.redo()
    assert store.scene == after
    assert store.redo() is None


def test_a_new_step_ends_what_could_be_redone() -> None:
    store = SceneStore()
    store.commit("Hang", adding(work("p1")))
    store.undo()
    store.commit("Hang another", adding(work("p2")))
    assert store.redo() is None
    assert set(store.scene.records) == {"p2"}


def test_remote_steps_never_enter_my_undo() -> None:
    store = SceneStore()
    store.commit("Hang", adding(work("p1")))
    store.apply_remote("Theirs", adding(work("p2")))
    assert [step.author for step in store.history.steps] == ["user", "remote"]
    assert store.undo() is not None
    assert set(store.scene.records) == {"p2"}
    assert store.undo() is None
    store.redo()
    assert set(store.scene.records) == {"p1", "p2"}


def test_undo_keeps_what_somebody_else_needs_and_says_so() -> None:
    store = SceneStore()
    store.commit("Room", adding(Room(id="room-1", name="Hall", min_corner_m=(0, 0), max_corner_m=(5, 5))))
    store.apply_remote("Theirs", adding(work("p1", room_id="room-1")))
    store.undo()
    assert "room-1" in store.scene
    assert [conflict.words for conflict in store.conflicts] == ["room “Hall” was not removed: “p1” needs it."]
    store.redo()
    assert set(store.scene.records) == {"room-1", "p1"}
    assert not store.conflicts


def test_undo_does_not_overwrite_what_somebody_else_moved() -> None:
    store = SceneStore(Scene.of([work("p1")]))
    store.commit("Move", moving(store, "p1", 3.0))
    store.apply_remote("Theirs", moving(store, "p1", 7.0))
    store.undo()
    assert store.scene.records["p1"] == work("p1", 7.0)
    assert [conflict.record_id for conflict in store.conflicts] == ["p1"]


def test_an_empty_change_leaves_no_trace() -> None:
    store = SceneStore()
    store.commit("Hang", adding(work("p1")))
    store.undo()
    step = store.commit("Nothing", SceneChange())
    assert step.change.is_empty
    assert store.history.steps == ()
    assert store.history.next_redo is not None


def test_loading_tells_followers_the_whole_difference() -> None:
    store = SceneStore(Scene.of([work("p1"), work("p2")]))
    heard: list[tuple[SceneChange, Cause]] = []
    store.follow(lambda change, scene, cause: heard.append((change, cause)))
    store.load(Scene.of([work("p2"), work("p3")]))
    change, cause = heard[0]
    assert (set(change.added), set(change.removed), set(change.updated), cause) == ({"p3"}, {"p1"}, set(), "load")


def test_followers_hear_changes_in_order_even_when_one_of_them_commits() -> None:
    store = SceneStore()
    heard: list[frozenset[str]] = []

    def hang_a_second(change: SceneChange, scene: Scene, cause: Cause) -> None:
        if "p2" not in store.scene:
            store.commit("Second", adding(work("p2")))

    store.follow(hang_a_second)
    store.follow(lambda change, scene, cause: heard.append(change.ids))
    store.commit("First", adding(work("p1")))
    assert heard == [{"p1"}, {"p2"}]


def test_a_failing_follower_does_not_keep_the_others_from_hearing() -> None:
    store = SceneStore()
    heard: list[Cause] = []

    def fail(change: SceneChange, scene: Scene, cause: Cause) -> None:
        raise RuntimeError("no room left on the wall")

    store.follow(fail)
    store.follow(lambda change, scene, cause: heard.append(cause))
    with pytest.raises(RuntimeError, match="no room left"):
        store.commit("Hang", adding(work("p1")))
    assert heard == ["commit"]
    assert "p1" in store.scene


def test_who_stopped_following_hears_nothing_more() -> None:
    store = SceneStore()
    heard: list[Cause] = []
    stop = store.follow(lambda change, scene, cause: heard.append(cause))
    store.commit("Hang", adding(work("p1")))
    stop()
    stop()
    store.commit("Hang", adding(work("p2")))
    assert heard == ["commit"]


def test_the_last_turn_is_the_latest_that_is_still_in_effect() -> None:
    store = SceneStore()
    store.commit("One", adding(work("p1")), "agent", "turn-1")
    store.commit("Two", adding(work("p2")), "agent", "turn-2")
    assert store.history.last_turn_id == "turn-2"
    store.take_back("turn-2")
    assert store.history.last_turn_id == "turn-1"
    store.undo()
    assert store.history.last_turn_id == "turn-2"
    store.undo()
    assert store.history.last_turn_id == "turn-1"
