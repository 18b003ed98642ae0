"""A run goes on after a crash, tries again, keeps what was done, can be steered, and never does a thing twice."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from agent.events import Planned, Resumed, Said, StepChanged
from agent.intent import Intent
from agent.ports.library import Query
from agent.running.cache import ResultCache
from agent.running.lanes import Lanes
from agent.running.results import StepResult, body_of, result_from
from agent.running.steering import corrects, means_another
from agent.running.steps import steps_from_plain
from agent.running.terms import EarlierRun, Terms
from agent.running.validation import DropStep, edited
from tests.agent.running.keeping import Kept


@pytest.fixture
async def kept(tmp_path: Path) -> AsyncIterator[Kept]:
    made = Kept(tmp_path)
    made.start()
    yield made
    await made.stop()


def ran(kept: Kept) -> list[str]:
    """The steps that really ran, in the order in which they began."""
    return [e.step.id for e in kept.events if isinstance(e, StepChanged) and e.step.state == "running"]


async def test_steps_that_only_look_run_side_by_side(kept: Kept) -> None:
    await kept.say("create a cyberpunk gallery")
    await kept.say("less purple, more rain", "t2")
    changes = [(e.step.id, e.step.state) for e in kept.events if isinstance(e, StepChanged)]
    assert set(changes[:2]) == {("recall", "running"), ("search", "running")}


@pytest.mark.parametrize("call", ["search", "features"])
async def test_after_a_crash_the_run_goes_on_at_the_unfinished_step(kept: Kept, call: str) -> None:
    want = await without_crash(kept.folder / "other")
    await kept.killed_at(call, "create a cyberpunk gallery")
    kept.start()
    ended = await kept.say("create a cyberpunk gallery", terms=kept.resumed())
    assert ended.proposal is not None
    assert ended.proposal.digest == want
    resumed = next(event for event in kept.events if isinstance(event, Resumed))
    assert resumed.done == (() if call == "search" else ("search",))
    assert kept.library.calls.count("search") == (1 if call == "search" else 0)
    assert "search" not in ran(kept) or call == "search"


async def without_crash(folder: Path) -> str:
    await asyncio.to_thread(folder.mkdir)
    calm = Kept(folder)
    calm.start()
    ended = await calm.say("create a cyberpunk gallery")
    await calm.stop()
    assert ended.proposal is not None
    return ended.proposal.digest


async def test_without_its_checkpoint_a_run_still_takes_over_what_is_kept(kept: Kept) -> None:
    await kept.killed_at("features", "create a cyberpunk gallery")
    (kept.folder / "checkpoints.sqlite").write_bytes(b"not a database" * 400)
    for beside in kept.folder.glob("checkpoints.sqlite-*"):
        beside.unlink()
    kept.start()
    ended = await kept.say("create a cyberpunk gallery", terms=kept.resumed())
    assert ended.outcome == "proposed"
    assert ran(kept)[0] == "choose"
    assert (kept.folder / "checkpoints.damaged").exists()


async def test_a_tampered_checkpoint_runs_no_code_and_the_run_begins_again(kept: Kept) -> None:
    await kept.killed_at("features", "create a cyberpunk gallery")
    with sqlite3.connect(kept.folder / "checkpoints.sqlite") as db:
        db.execute("UPDATE checkpoints SET checkpoint = ?, type = 'pickle'", (b"cos\nsystem\n(S'touch /x'\ntR.",))
    db.close()
    kept.start()
    ended = await kept.say("create a cyberpunk gallery", terms=kept.resumed())
    assert ended.outcome == "proposed"


async def test_a_changed_scene_is_met_anew_after_a_crash(kept: Kept) -> None:
    await kept.say("create a cyberpunk gallery")
    await kept.killed_at("search", "less purple", "t2")
    kept.start()
    context = kept.context
    kept.context = lambda turn_id="t1": _elsewhere(context(turn_id))  # type: ignore[method-assign]
    ended = await kept.say("less purple", "t2", kept.resumed())
    assert ended.outcome == "proposed"
    assert "recall" in ran(kept), "what was read of another scene does not count"


def _elsewhere(context):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    return replace(context, scene_ref="s1:9:")


async def test_an_effect_outside_has_one_key_before_and_after_the_crash(kept: Kept) -> None:
    await kept.say("create a cyberpunk gallery")
    before = set(kept.projects.boards)
    for _ in range(2):
        terms = Terms(resumed=True) if set(kept.projects.boards) - before else None
        ended = await kept.say("save this as a canvas", "t2", terms)
        assert ended.outcome == "answered", ended.text
    assert len(set(kept.projects.boards) - before) == 1


async def test_a_project_is_made_once_and_is_no_stranger_to_the_run_that_made_it(kept: Kept) -> None:
    for terms in (None, Terms(resumed=True)):
        ended = await kept.say("create a project called Night", "t2", terms)
        assert ended.outcome == "answered", ended.text
    assert [project.name for project in kept.projects.known].count("Night") == 1
    assert (await kept.say("create a project called Night", "t3")).outcome == "refused"


async def test_what_may_pass_is_tried_again_and_counted(kept: Kept) -> None:
    kept.library.failing["search"] = 2
    ended = await kept.say("create a cyberpunk gallery")
    assert ended.outcome == "proposed"
    assert next(step for step in ended.steps if step.id == "search").attempts == 3
    assert any("trying again" in e.step.result for e in kept.events if isinstance(e, StepChanged))


async def test_what_is_final_is_not_tried_again(kept: Kept) -> None:
    kept.library.failing["search"], kept.library.final = 99, True
    ended = await kept.say("create a cyberpunk gallery")
    assert ended.outcome == "failed"
    assert kept.library.calls.count("search") == 1
    assert [step.state for step in ended.steps] == ["failed", "skipped", "skipped", "skipped"]
    assert (ended.kept, ended.advice) == ("Nothing was lost.", "Try again in a moment.")
    assert [choice.request for choice in ended.choices] == ["try again"], "nothing hangs, so there is no other way"


async def test_what_was_done_before_a_failure_is_named_and_taken_over_by_the_next_try(kept: Kept) -> None:
    kept.library.failing["features"], kept.library.final = 99, True
    ended = await kept.say("create a cyberpunk gallery")
    assert ended.outcome == "failed"
    assert "Done already, and kept for the next try: Search for" in ended.kept
    assert [choice.request for choice in ended.choices] == ["try again", "try a different approach"]
    kept.library.failing.clear()
    again = await kept.say("create a cyberpunk gallery", "t2")
    assert again.outcome == "proposed"
    assert kept.library.calls.count("search") == 1
    assert next(step for step in again.steps if step.id == "search").cached


async def test_another_way_says_how_it_differs(kept: Kept) -> None:
    kept.library.failing["features"], kept.library.final = 99, True
    failed = await kept.say("create a cyberpunk gallery")
    before = EarlierRun(
        "create a cyberpunk gallery", failed.intent, steps_from_plain(list(failed.workflow)), ("choose",)
    )
    ended = await kept.say("create a cyberpunk gallery", "t2", Terms(another_way_of=before))
    assert ended.proposal is not None
    assert any(isinstance(e, Said) and "without comparing" in e.text for e in kept.events)
    assert any("without comparing" in note for note in ended.proposal.receipt.notes)


async def test_where_there_is_no_other_way_that_is_said(kept: Kept) -> None:
    before = EarlierRun("x", Intent(kind="undo"), (), ("undo",))
    ended = await kept.say("undo", terms=Terms(another_way_of=before))
    assert (ended.outcome, ended.text) == ("refused", "I know no other way to do this.")


async def test_a_part_that_was_done_is_proposed_though_another_failed(kept: Kept) -> None:
    await kept.say("create a cyberpunk gallery")
    kept.library.failing["search"], kept.library.final = 99, True
    ended = await kept.say("remove the third one and replace the first one with a lighthouse", "t2")
    assert ended.proposal is not None
    assert len(ended.proposal.change.removed) >= 1
    assert any("does not answer" in wish for wish in ended.proposal.receipt.unmet)


async def test_steering_keeps_what_still_applies_and_changes_the_rest(kept: Kept) -> None:
    await kept.killed_at("features", "create a cyberpunk gallery")
    kept.start()
    before = EarlierRun(
        "create a cyberpunk gallery", Intent(kind="create", theme="cyberpunk", query=Query(words="neon"))
    )
    ended = await kept.say("stop, not those, I meant the ones from Ada Roe", "t2", Terms(instead_of=before))
    assert ended.intent is not None
    assert (ended.intent.theme, ended.intent.query.words, ended.intent.query.creators) == (
        "cyberpunk",
        "neon",
        ("Ada Roe",),
    )
    assert ended.proposal is not None
    assert {kept.library.by_id[work.asset_id].creator for work in ended.proposal.works} == {"Ada Roe"}
    styled = await kept.say("no, as a timeline", "t3", Terms(instead_of=EarlierRun("", ended.intent)))
    assert styled.intent is not None
    assert styled.intent.layout == "timeline"
    assert next(step for step in styled.steps if step.id == "search").state == "done"


async def test_a_plan_is_shown_edited_and_run_as_edited(kept: Kept) -> None:
    planned = await kept.say("create a cyberpunk gallery", terms=Terms(only_plan=True))
    assert planned.outcome == "planned"
    assert kept.library.calls == []
    assert [step.state for step in planned.steps] == ["skipped"] * 4
    steps = edited(steps_from_plain(list(planned.workflow)), [DropStep("style")])
    ended = await kept.say("create a cyberpunk gallery", "t2", Terms(intent=planned.intent, workflow=steps))
    assert ended.proposal is not None
    assert "cyberpunk" not in ended.proposal.preview.theme.theme
    shown = next(event for event in kept.events if isinstance(event, Planned))
    assert [step.needs for step in shown.steps] == [(), ("search",), ("choose",)]


async def test_a_cancelled_run_ends_at_once_and_the_next_one_runs(kept: Kept) -> None:
    kept.library.hold, kept.library.reached["search"] = {"search"}, asyncio.Event()
    task = asyncio.create_task(kept.say("create a cyberpunk gallery"))
    await kept.library.reached["search"].wait()
    task.cancel()
    await asyncio.wait_for(asyncio.gather(task, return_exceptions=True), 5)
    assert kept.events[-1].outcome == "cancelled"  # type: ignore[union-attr]
    kept.library.hold = set()
    assert (await kept.say("create a cyberpunk gallery", "t2")).outcome == "proposed"


async def test_a_background_step_waits_until_nobody_waits_for_an_answer() -> None:
    lanes, order = Lanes(), list[str]()

    async def background() -> None:
        async with lanes.run(background=True), lanes.step(background=True):
            order.append("background")

    async with lanes.run(background=False):
        task = asyncio.create_task(background())
        await asyncio.sleep(0.01)
        async with lanes.step(background=False):
            order.append("interactive")
    await task
    assert order == ["interactive", "background"]


def test_the_cache_holds_few_and_knows_the_library_by_its_state() -> None:
    cache = ResultCache(most=2)
    for number in range(3):
        cache.put("v1", f"k{number}", StepResult(str(number)))
    assert cache.get("v1", "k0") is None
    assert cache.get("v1", "k2") == StepResult("2")
    assert cache.get("v2", "k2") is None
    cache.put("", "k9", StepResult("9"))
    assert cache.get("", "k9") is None
    assert len(cache) == 2


def test_a_result_survives_its_plain_form_and_nonsense_is_refused() -> None:
    result = StepResult("two", {"ids": ("a", "b"), "total": 2}, None, {"said": ["x"], "unplaced": [("t", "why")]})
    body = body_of(result)
    assert body is not None
    assert result_from(body) == result
    assert body_of(StepResult("", {"secret": 1})) is None
    for bad in (b"[]", b"{}", b'{"text":"","values":{},"change":null,"noted":{"library":1}}'):
        with pytest.raises(ValueError):  # noqa: PT011
            result_from(bad)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("stop, not those, I meant the ones from Anna", True),
        ("no, as a timeline", True),
        ("no people please", False),
        ("please make it noir", False),
        ("but bigger gaps", False),
        ("I want a timeline", False),
        ("please, rather a timeline", True),
        ("not those", False),
    ],
)
def test_only_words_that_correct_are_corrections(text: str, holds: bool) -> None:
    assert corrects(text) is holds
    assert not means_another(text) or holds
