"""Workflows as data: every shipped one holds together, is reached by its words, and refuses what it cannot take."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.intent import Intent
from agent.spoken import as_spoken, plain
from agent.templates import BadTemplate, Template, read_template, shipped_templates, template_named
from agent.workflow import workflow_of
from tests.agent.memory_library import MemoryLibrary, made_up_assets
from tests.agent.turns import Talk

SHIPPED = {template.id: template for template in shipped_templates()}
TOOLS = {
    "theme_gallery": ["search", "choose", "arrange", "style"],
    "tour": ["select", "navigate"],
    "clean_up_duplicates": ["select", "edit"],
}


def test_the_frequent_work_is_there() -> None:
    assert set(SHIPPED) == {
        "theme_gallery",
        "chronological_timeline",
        "similarity_map",
        "contact_sheet",
        "tour",
        "best_of",
        "clean_up_duplicates",
    }


@pytest.mark.parametrize("template", SHIPPED.values(), ids=SHIPPED)
def test_a_shipped_workflow_plans_real_steps(template: Template) -> None:
    values = {"theme": "noir"} if template.id == "theme_gallery" else {}
    steps = workflow_of(template.filled(values), Talk().context())
    assert [step.tool for step in steps] == TOOLS.get(template.id, ["search", "choose", "arrange"])
    assert template.description
    assert all(parameter.label for parameter in template.parameters)


@pytest.mark.parametrize("template", SHIPPED.values(), ids=SHIPPED)
async def test_its_words_run_it_over_a_library_and_over_a_show(template: Template) -> None:
    for phrase in template.words["en"]:
        talk = Talk()
        if template.intent["kind"] != "create":
            await talk.say("create a cyberpunk gallery")
        ended = await talk.say(phrase)
        assert ended.intent is not None
        assert ended.intent.kind == template.intent["kind"], phrase
        assert ended.outcome in ("proposed", "refused"), (phrase, ended.text)


@pytest.mark.parametrize(
    ("request_text", "expected"),
    [
        ("make a contact sheet of neon works", {"layout": "grid", "columns": 12, "gap_m": 0.08}),
        ("a contact sheet with 10 works, 5 columns", {"layout": "grid", "columns": 5, "count": 10}),
        ("chronology of lighthouses, newest first", {"layout": "timeline", "order": "newest"}),
        ("similarity map of crabs", {"layout": "cluster"}),
    ],
)
async def test_what_is_said_comes_before_what_the_workflow_would_do(
    request_text: str, expected: dict[str, Any]
) -> None:
    ended = await Talk().say(request_text)
    assert ended.outcome == "proposed", ended.text
    assert ended.intent is not None
    found = {"layout": ended.intent.layout} | ended.intent.wishes.model_dump(exclude_defaults=True)
    assert {name: found.get(name) for name in expected} == expected


async def test_duplicates_are_cleaned_up_and_the_finer_and_pinned_ones_stay() -> None:
    base = made_up_assets(2)
    coarse = base[0].model_copy(update={"id": "c" * 64, "width_px": 800, "height_px": 500, "phash": base[0].phash})
    talk = Talk(MemoryLibrary([base[0], coarse, *base[1:8]]))
    await talk.say("create a gallery of everything")
    assert {base[0].id, coarse.id} <= set(talk.asset_ids())
    pinned = next(work for work in talk.scene.placements if work.asset_id == coarse.id)
    kept = talk.scene
    ended = await talk.say("remove the duplicates")
    assert ended.outcome == "proposed"
    assert coarse.id not in talk.asset_ids()
    assert base[0].id in talk.asset_ids()
    talk.scene = type(kept)({**kept.records, pinned.id: pinned.but(pinned=True)})
    await talk.say("remove the duplicates")
    assert coarse.id in talk.asset_ids()
    assert base[0].id not in talk.asset_ids()
    assert (await talk.say("remove the duplicates")).outcome == "refused"


async def test_a_planned_tour_is_proposed_and_then_walked() -> None:
    talk = Talk()
    await talk.say("create a cyberpunk gallery")
    ended = await talk.say("plan a tour")
    assert ended.proposal is not None
    stops = [viewpoint for viewpoint in talk.scene.viewpoints if viewpoint.on_path]
    assert len(stops) == 8
    started = await talk.say("start a tour")
    assert started.action == "tour"
    assert set(started.ids) == {stop.id for stop in stops}


@pytest.mark.parametrize(
    ("words", "action", "what"),
    [
        ("Show the outline.", "show_panel", "outline"),
        ("please open the floor plan", "show_panel", "plan"),
        ("can you bring up the history panel", "show_panel", "history"),
        ("go full screen", "set_view", "full_screen"),
        ("let me walk", "set_view", "walk"),
    ],
)
async def test_panels_and_views_are_shown_by_asking(words: str, action: str, what: str) -> None:
    ended = await Talk().say(words)
    assert (ended.outcome, ended.action, ended.ids) == ("acted", action, (what,))


async def test_the_library_tells_of_itself() -> None:
    said = (await Talk().say("describe my library")).text
    assert "300 works from 1985 to 2026" in said
    assert "Ada Roe (100)" in said
    assert "Star chart" in said


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("contact_sheet", {"count": "many"}),
        ("contact_sheet", {"count": 0}),
        ("contact_sheet", {"colour": "red"}),
        ("chronological_timeline", {"order": "sideways"}),
    ],
)
def test_bad_values_are_refused_in_words(name: str, values: dict[str, Any]) -> None:
    with pytest.raises(BadTemplate, match=r"\w+ .*\."):
        SHIPPED[name].filled(values)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"id": "x"}', '{"id": "x", "name": "X", "intent": {"kind": "conquer"}}',
     '{"id": "x", "name": "X", "intent": {"kind": "create", "subject": "$nobody"}}',
     '{"id": "../x", "name": "X", "intent": {"kind": "create"}}', "[" * 100_000],
)  # fmt: skip
def test_a_file_that_is_no_workflow_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadTemplate):
        read_template(path)


@given(st.text(max_size=60))
def test_only_words_of_workflows_are_taken_from_the_grammar(words: str) -> None:
    asked: list[str] = []

    def read(text: str) -> Intent:
        asked.append(text)
        return Intent(kind="unclear")

    assert as_spoken(words, "en", read).kind == "unclear" or not asked
    assert plain(words) == plain(plain(words))


def test_templates_are_found_by_id_and_by_name() -> None:
    assert template_named(SHIPPED.values(), " contact SHEET ") is SHIPPED["contact_sheet"]
    assert template_named(SHIPPED.values(), "none") is None
