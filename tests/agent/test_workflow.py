"""An intent becomes explicit steps whose references point back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.intent import Edit, Intent, Kind, Targets
from agent.ports.context import TurnContext
from agent.ports.library import Query
from agent.tools.kit import TOOLS
from agent.workflow import Ref, Step, workflow_of
from scene.layouts.contract import Wishes
from scene.records import Arrangement, Placement
from scene.scene import Scene

SHOW = Scene.of(
    [
        Arrangement(query_json='{"words": "crabs"}'),
        Placement(id="w1", asset_id="a1", position_m=(0, 1.5, 0), size_m=(1, 1)),
    ]
)
KINDS: tuple[Kind, ...] = (
    "create", "refine", "edit", "restyle", "navigate", "select", "undo", "redo", "explain", "answer", "canvas",
    "project", "export", "unclear",
)  # fmt: skip


def tools_of(intent: Intent) -> list[str]:
    return [step.tool for step in workflow_of(intent, TurnContext(scene=SHOW))]


def test_there_are_at_most_fifteen_tools() -> None:
    assert len(TOOLS) <= 15
    assert all(tool.name == name and tool.title for name, tool in TOOLS.items())


def test_another_layout_needs_no_search() -> None:
    assert tools_of(Intent(kind="refine", layout="timeline", keep_works=True)) == ["recall", "arrange"]


def test_a_refined_query_starts_from_the_one_of_the_scene() -> None:
    steps = workflow_of(Intent(kind="refine", query=Query(less_colours=("purple",))), TurnContext(scene=SHOW))
    assert [step.tool for step in steps] == ["recall", "search", "exchange", "arrange"]
    assert steps[1].arguments["query"].words == "crabs"
    assert steps[1].arguments["query"].less_colours == ("purple",)


def test_all_works_are_found_before_any_is_touched() -> None:
    edits = tuple(Edit(verb="remove", targets=Targets(ordinal=number)) for number in (1, 3))
    assert tools_of(Intent(kind="edit", edits=edits)) == ["select", "select", "edit", "edit"]


@given(
    st.sampled_from(KINDS),
    st.builds(Query, words=st.text(max_size=20), less_colours=st.just(("red",)), limit=st.integers(1, 10_000)),
    st.builds(Wishes, count=st.none() | st.integers(1, 100_000)),
    st.booleans(),
)
def test_every_reference_points_to_an_earlier_step_and_every_tool_exists(
    kind: Kind, query: Query, wishes: Wishes, keep: bool
) -> None:
    intent = Intent(kind=kind, query=query, wishes=wishes, keep_works=keep, theme="noir", targets=Targets(ordinal=1))
    done: set[str] = set()
    for step in workflow_of(intent, TurnContext(scene=SHOW)):
        assert step.tool in TOOLS
        assert set(step.needs) <= done
        done.add(step.id)


def test_only_a_reference_itself_is_looked_up() -> None:
    step = Step("s", "search", "Search", {"query": "@other.value", "hits": Ref("other", "value")})
    assert step.resolved({"other": {"value": 7}}) == {"query": "@other.value", "hits": 7}
    assert step.shown().arguments == {"query": "@other.value", "hits": "@other.value"}


@pytest.mark.parametrize("name", sorted(TOOLS))
def test_no_tool_takes_arguments_that_it_does_not_know(name: str) -> None:
    assert TOOLS[name].arguments.model_config["extra"] == "forbid"
