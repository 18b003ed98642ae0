"""A plan is changed in plain words before it runs: what says the same changes with it, and nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.intent import Intent
from agent.ports.context import TurnContext
from agent.running.plan_fields import PlanField, fields_of, with_field
from agent.running.steps import Workflow, steps_from_plain, steps_to_plain
from agent.running.validation import BadWorkflow
from agent.workflow import workflow_of
from scene.scene import Scene


def planned(**parts: object) -> Workflow:
    plain = {"kind": "create", "subject": "neon", "query": {"words": "neon"}, "theme": "cyberpunk"} | parts
    steps = workflow_of(Intent.model_validate(plain), TurnContext(Scene()))
    return steps_from_plain(steps_to_plain(steps))


def field(workflow: Workflow, step_id: str, label: str) -> PlanField:
    step = next(step for step in workflow if step.id == step_id)
    return next(one for one in fields_of(step) if one.label == label)


def argument(workflow: Workflow, step_id: str, name: str) -> object:
    return next(step for step in workflow if step.id == step_id).arguments[name]


def test_other_words_reach_all_that_say_the_same() -> None:
    workflow = planned()
    changed = with_field(workflow, field(workflow, "search", "For"), "rain")
    for step_id in ("search", "choose", "arrange"):
        query = argument(changed, step_id, "query")
        assert isinstance(query, dict)
        assert query["words"] == "rain"
    assert "rain" in str(argument(changed, "choose", "asked_for"))
    assert changed[0].title == "Search for “rain”"
    assert argument(changed, "style", "theme") == "cyberpunk"


def test_a_layout_and_a_theme_are_chosen_anew() -> None:
    workflow = planned(layout="timeline")
    changed = with_field(workflow, field(workflow, "arrange", "As"), "grid")
    assert argument(changed, "arrange", "layout") == "grid"
    assert next(step for step in changed if step.id == "arrange").title == "Lay out as a grid"
    changed = with_field(changed, field(changed, "style", "Theme"), "forest")
    assert argument(changed, "style", "theme") == "forest"


@given(st.integers(1, 5_000))
def test_enough_is_searched_for_any_number_of_works(count: int) -> None:
    workflow = planned()
    changed = with_field(workflow, field(workflow, "choose", "Works"), float(count))
    assert argument(changed, "choose", "count") == count
    query, wishes = argument(changed, "search", "query"), argument(changed, "arrange", "wishes")
    assert isinstance(query, dict)
    assert isinstance(wishes, dict)
    assert query["limit"] >= min(3 * count, 10_000)
    assert wishes["count"] == count


def test_what_cannot_be_is_refused_and_the_plan_stays() -> None:
    workflow = planned()
    with pytest.raises(BadWorkflow):
        with_field(workflow, field(workflow, "arrange", "As"), "pyramid")
    with pytest.raises(BadWorkflow):
        with_field(workflow, field(workflow, "choose", "Works"), -3.0)
    with pytest.raises(BadWorkflow):
        with_field((), field(workflow, "choose", "Works"), 3.0)
    assert workflow == planned()


def test_references_are_no_fields() -> None:
    shown = [one for step in planned() for one in fields_of(step)]
    assert {one.label for one in shown} == {"For", "Works", "As", "Gap in metres", "Theme", "Light"}
