"""A workflow is a graph that is checked before it runs and that can be changed before it runs."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.intent import Intent
from agent.ports.context import TurnContext
from agent.ports.library import Query
from agent.running.ordering import hanging_on, in_order, ready_steps, waits_for
from agent.running.steps import Ref, Step, UnreadableSteps, Workflow, steps_from_plain, steps_to_plain
from agent.running.traits import TRAITS
from agent.running.validation import MOST_STEPS, BadWorkflow, DropStep, SetArgument, bounded, edited, validated
from agent.tools.kit import TOOLS
from agent.workflow import workflow_of
from tests.agent.test_workflow import KINDS, SHOW

CREATE = validated(workflow_of(Intent(kind="create", theme="noir", query=Query(words="crab")), TurnContext(scene=SHOW)))


def faults(*steps: Step) -> str:
    with pytest.raises(BadWorkflow) as told:
        validated(steps)
    return str(told.value)


def test_every_tool_has_a_trait_and_only_tools_have() -> None:
    assert set(TRAITS) == set(TOOLS)


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_planner_makes_is_valid_and_survives_its_plain_form(kind: Any) -> None:
    steps = validated(workflow_of(Intent(kind=kind, theme="noir"), TurnContext(scene=SHOW)))
    again = bounded(steps_from_plain(steps_to_plain(steps)))
    assert [(s.id, s.tool, s.needs) for s in again] == [(s.id, s.tool, s.needs) for s in steps]
    assert steps_to_plain(again) == steps_to_plain(steps)


def test_faults_are_named_all_at_once() -> None:
    text = faults(
        Step("a", "fly", "Fly"),
        Step("b", "search", "Search", {"query": Query(), "hurry": True}),
        Step("c", "choose", "Choose", {"hits": Ref("b", "colour"), "fitting": Ref("z", "fitting")}),
    )
    for part in ("no tool 'fly'", "takes no 'hurry'", "gives no 'colour'", "needs 'z'"):
        assert part in text


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ((Step("a", "undo", "", {"what": "step"}), Step("a", "undo", "", {"what": "step"})), "two steps are called"),
        ((Step("", "undo", "", {"what": "step"}),), "empty"),
        ((Step("a", "undo", "", {"what": "everything"}),), "'what'"),
        ((Step("a", "undo", ""),), "'what' is missing"),
        (tuple(Step(f"s{i}", "undo", "", {"what": "step"}) for i in range(MOST_STEPS + 1)), "at most"),
        ((Step("a", "undo", "", {"what": "step"}, after=("a",)),), "wait for each other"),
        ((Step("a", "select", "", {"targets": {"words": "x" * 9000}}),), "'targets'"),
        ((Step("a", "search", "", {"query": {"limit": 10**9}}),), "'query'"),
    ],
)
def test_one_fault(steps: Workflow, said: str) -> None:
    assert said in faults(*steps)


def test_a_circle_is_refused() -> None:
    one = Step("a", "recall", "", after=("c",))
    assert "a, b, c" in faults(one, replace(one, id="b", after=("a",)), replace(one, id="c", after=("b",)))


def test_arguments_from_outside_are_bounded() -> None:
    big = Step("a", "edit", "", {"verb": "remove", "ids": tuple(f"{i:0200}" for i in range(2000))})
    with pytest.raises(BadWorkflow, match="characters"):
        bounded((big,))


@pytest.mark.parametrize("plain", [None, 3, [{}], [{"id": "a", "tool": "b", "arguments": {"x": {"code": 1}}}]])
def test_what_is_no_steps_is_refused(plain: object) -> None:
    with pytest.raises(UnreadableSteps):
        steps_from_plain(plain)


def test_text_that_looks_like_a_reference_stays_text() -> None:
    step = Step("a", "search", "", {"query": {"words": '{"ref": ["a", "hits"]}'}})
    assert steps_from_plain(steps_to_plain([step]))[0].refs == ()


def test_dropping_a_step_drops_what_hangs_on_it_and_no_more() -> None:
    assert [step.id for step in edited(CREATE, [DropStep("style")])] == ["search", "choose", "arrange"]
    assert [step.id for step in edited(CREATE, [DropStep("choose")])] == ["search", "style"]


def test_an_argument_can_be_changed_as_the_tool_allows() -> None:
    changed = edited(CREATE, [SetArgument("style", "theme", "museum"), SetArgument("arrange", "layout", "grid")])
    assert {step.id: step for step in changed}["style"].arguments["theme"] == "museum"
    assert {step.id: step for step in CREATE}["style"].arguments["theme"] == "noir"
    for bad in (
        SetArgument("arrange", "layout", "spiral"),
        SetArgument("arrange", "colour", "red"),
        SetArgument("nowhere", "layout", "grid"),
        SetArgument("arrange", "works", Ref("search", "hits")),
    ):
        with pytest.raises(BadWorkflow):
            edited(CREATE, [bad])
    with pytest.raises(BadWorkflow, match="no step is left"):
        edited(CREATE[:1], [DropStep("search")])


@st.composite
def graphs(draw: st.DrawFn) -> Workflow:
    """Steps of all kinds that wait for some earlier ones, in a random order."""
    count = draw(st.integers(1, 12))
    calls: list[tuple[str, dict[str, Any]]] = [
        ("recall", {}), ("search", {"query": Query()}), ("style", {"theme": "noir"}), ("undo", {"what": "step"}),
    ]  # fmt: skip
    steps = []
    for number in range(count):
        tool, arguments = draw(st.sampled_from(calls))
        after = draw(st.lists(st.integers(0, number - 1), max_size=3, unique=True)) if number else []
        priority = draw(st.integers(-2, 2))
        steps.append(Step(f"s{number}", tool, "", arguments, tuple(f"s{i}" for i in after), priority))
    return tuple(draw(st.permutations(steps)))


@given(graphs())
def test_a_valid_graph_is_put_in_order_and_can_always_be_run_to_its_end(steps: Workflow) -> None:
    ordered = validated(steps)
    assert sorted(s.id for s in ordered) == sorted(s.id for s in steps)
    needs, done = waits_for(ordered), list[str]()
    while len(done) < len(steps):
        ready = ready_steps(needs, done)
        assert ready
        touching = [TRAITS[step.tool].draft for step in ordered if step.id in ready]
        assert touching.count("writes") == 0 or (touching.count("writes") == 1 and "reads" not in touching)
        done += ready
    assert ready_steps(needs, done) == []


@given(graphs(), st.data())
def test_edits_leave_a_valid_graph_or_say_why_not(steps: Workflow, data: st.DataObject) -> None:
    ordered = validated(steps)
    dropped = data.draw(st.sampled_from([step.id for step in ordered]))
    if len(ordered) == 1:
        with pytest.raises(BadWorkflow, match="no step is left"):
            edited(ordered, [DropStep(dropped)])
        return
    left = edited(ordered, [DropStep(dropped)])
    assert validated(left) == left
    assert dropped not in {step.id for step in left}
    assert {s.id for s in ordered} - {s.id for s in left} == {dropped}, "orders are freed, only references bind"


@given(graphs(), st.integers(0, 11), st.integers(0, 11))
def test_one_more_arrow_gives_an_order_or_a_circle(steps: Workflow, one: int, other: int) -> None:
    a, b = steps[one % len(steps)], steps[other % len(steps)]
    changed = tuple(replace(s, after=(*s.after, b.id)) if s is a else s for s in steps)
    waits = a.id == b.id or a.id in {b.id, *b.needs} or a.id in _all_needs(b, steps)
    if waits:
        with pytest.raises(BadWorkflow, match="wait for each other"):
            validated(changed)
    else:
        places = {step.id: i for i, step in enumerate(in_order(changed))}
        assert places[b.id] < places[a.id]
        assert a.id in hanging_on(changed, [b.id])


def _all_needs(step: Step, steps: Workflow) -> set[str]:
    known, found, new = {s.id: s for s in steps}, set[str](), {*step.needs}
    while new - found:
        found |= new
        new = {need for i in found for need in known[i].needs}
    return found
