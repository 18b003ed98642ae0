"""Runs outlive the program: what was interrupted is offered, what was proposed comes back, and an inspector can ask."""

from dataclasses import replace
from pathlib import Path

import pytest

from agent.events import StepState, TurnEnded
from agent.ports.context import TurnContext
from agent.ports.runs import KeptStep
from app.commands.headless import Headless
from app.messages import RunInterrupted
from app.runs.history import RunHistory, percentile
from app.runs.plain import proposal_from_text, proposal_to_text, surrounded, surroundings_to_text
from app.runs.store import RunStore, RunStoreError
from app.runs.words import run_word_in
from scene.change import SceneChange
from scene.proposal import Proposal, Receipt
from scene.scene import Scene
from tests.ui.samples import make_scene

SEARCH = StepState("search", "search", "Search", state="done", seconds=0.2, started_s=0.1, attempts=2, result="9 fit")
CHOOSE = StepState(
    "choose", "choose", "Choose", state="failed", seconds=0.1, started_s=0.3, attempts=1, needs=("search",)
)


def context(run_id: str, **changes: object) -> TurnContext:
    made = TurnContext(scene=Scene(), scene_ref="s1:0:", project_id="p1", turn_id=run_id, correlation_id=f"c-{run_id}")
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> RunStore:
    return RunStore(tmp_path / "runs.sqlite")


async def test_only_the_row_of_its_end_finishes_a_run(store: RunStore, tmp_path: Path) -> None:
    store.begin("create a gallery", context("r1"))
    await store.planned("r1", "{}", '[{"id": "search"}, {"id": "choose"}]', 0.2)
    await store.stepped("r1", SEARCH, KeptStep("search", "k", b"{}"))
    store.close()
    again = RunStore(tmp_path / "runs.sqlite")
    (left,) = again.unfinished("s1")
    assert (left.run_id, left.request, left.steps_done, left.steps) == ("r1", "create a gallery", 1, 2)
    assert await again.kept_steps("r1") == (KeptStep("search", "k", b"{}"),)
    again.end(TurnEnded("r1", "failed", steps=(SEARCH, CHOOSE), text="No.", seconds=0.5, cost_usd=0.01))
    assert again.unfinished("s1") == []
    assert await again.kept_steps("r1") == ()
    assert again.unfinished("other scene") == []


async def test_a_run_is_a_timeline_for_an_inspector(store: RunStore) -> None:
    store.begin("create a gallery", context("r1"))
    await store.planned("r1", '{"kind": "create"}', "[]", 0.2)
    store.begin("undo", context("r2"))
    store.end(TurnEnded("r1", "failed", steps=(SEARCH, CHOOSE), text="No.", kept="All.", seconds=0.5, cost_usd=0.01))
    history = RunHistory(store)
    assert [(run.run_id, run.state) for run in history.runs()] == [("r2", "running"), ("r1", "ended")]
    (one,) = history.runs(outcome="failed")
    assert (one.failed_steps, one.retries, one.steps, one.correlation_id) == (1, 1, 2, "c-r1")
    detail = history.run("r1")
    assert detail is not None
    assert [(step.id, step.started_s, step.needs) for step in detail.steps] == [
        ("search", 0.1, ()),
        ("choose", 0.3, ("search",)),
    ]
    assert (detail.intent, detail.cap_usd, detail.kept) == ({"kind": "create"}, 0.2, "All.")
    assert history.run("nobody") is None
    tools = {figures.tool: figures for figures in history.tools()}
    assert (tools["search"].calls, tools["search"].retries, tools["choose"].failure_rate) == (1, 1, 1.0)
    assert history.runs(project_id="elsewhere") == []


def test_what_was_proposed_and_not_decided_is_known_until_it_is_decided(store: RunStore) -> None:
    store.begin("a gallery", context("r1"))
    store.end(TurnEnded("r1", "proposed", text="Gallery."), "{}")
    found = store.open_proposal("s1", "")
    assert found is not None
    assert (found.run_id, found.text) == ("r1", "Gallery.")
    store.decide("r1", "approved")
    assert store.open_proposal("s1", "") is None


def test_a_run_that_is_left_is_not_offered_again(store: RunStore) -> None:
    store.begin("a gallery", context("r1"))
    store.leave("r1")
    assert store.unfinished("s1") == []


def test_a_damaged_store_is_put_aside(tmp_path: Path) -> None:
    (tmp_path / "runs.sqlite").write_bytes(b"nothing of the kind" * 300)
    RunStore(tmp_path / "runs.sqlite").close()
    assert (tmp_path / "runs.damaged").exists()


def test_a_store_that_cannot_be_written_says_what_was_kept(store: RunStore) -> None:
    store.read("SELECT 1")
    store._db.execute("DROP TABLE step")
    store._db.execute("DROP TABLE run")
    with pytest.raises(RunStoreError) as told:
        store.begin("a gallery", context("r1"))
    assert told.value.kept == "The scene is as it was before."


def test_a_proposal_survives_its_text() -> None:
    scene = make_scene(3)
    receipt = Receipt("Three works", ("a note",), ("a wish",), ("left out",))
    made = Proposal("p", "t", "Three", SceneChange.between(Scene(), scene), Scene(), receipt, "three works")
    text = proposal_to_text(made)
    assert text is not None
    assert proposal_from_text(text, Scene()) == made
    for bad in ("", "[]", '{"id": 1}', text[:-9]):
        assert proposal_from_text(bad, Scene()) is None


def test_surroundings_come_back_as_far_as_they_still_fit() -> None:
    scene = make_scene(2)
    first = scene.placements[0].id
    was = context(
        "r", scene=scene, selection=frozenset({first, "gone"}), viewpoint_m=(1.0, 2.0, 3.0), pending_question="?"
    )
    now = surrounded(context("r", scene=scene), surroundings_to_text(was))
    assert (now.selection, now.viewpoint_m, now.pending_question) == (frozenset({first}), (1.0, 2.0, 3.0), "?")
    assert surrounded(was, "no json") is was


@pytest.mark.parametrize(
    ("text", "word"),
    [("Go on!", "go_on"), ("leave it", "leave"), ("try again", "again"), ("Try a different approach.", "another_way"),
     ("go on the back wall", None), ("", None)],
)  # fmt: skip
def test_words_about_runs(text: str, word: str | None) -> None:
    assert run_word_in(text) == word


def test_percentiles_are_nearest_rank() -> None:
    values = [float(n) for n in range(1, 101)]
    assert [percentile(values, share) for share in (0.5, 0.95, 0.99)] == [50.0, 95.0, 99.0]
    assert percentile([], 0.5) == 0.0


def test_each_of_two_interrupted_runs_is_offered_and_taken_up_by_itself(studio: Headless) -> None:
    session = studio.session
    scene_id, project_id = session._scene.place
    for run_id, request in (("r1", "a gallery of rain"), ("r2", "a timeline of the 90s")):
        session.runs._store.begin(request, context(run_id, scene_ref=f"{scene_id}:0:", project_id=project_id))
    session._conversation.look_back()
    heard = [message for message in session.poll() if isinstance(message, RunInterrupted)]
    assert [told.run_id for told in heard] == ["r1", "r2"]
    go_on, leave = heard[0].ended.choices
    assert studio.ask(heard[1].ended.choices[1].request).text == "Left. The scene is as it was."
    assert [run.run_id for run in session.runs.interrupted] == ["r1"]
    turn_id = session.ask(go_on.request)
    assert (turn_id, studio.wait_for(turn_id).outcome) == ("r1", "proposed")
    assert session.runs.interrupted == ()
    assert session.runs.left() == []
    assert leave.request != go_on.request
