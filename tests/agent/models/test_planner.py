"""The planner that may ask a model: when it asks, what the model sees, what is made of its answer, and what is not."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import resources
from agent.intent import Edit, Intent, Targets
from agent.models.briefing import briefing
from agent.models.cleaning import MOST_CHARACTERS, cleaned
from agent.models.door import at_the_door
from agent.models.grounding import grounded
from agent.models.heard import HeardIntent, intent_schema
from agent.models.phrasing import holds_to
from agent.models.planner import ModelPlanner, asks_a_model
from agent.models.shapes import Unshapely, shaped
from agent.offline.understand import understand
from agent.ports.context import TurnContext
from agent.ports.library import Query
from agent.vocabulary import Vocabulary, vocabulary
from scene.scene import Scene
from scene.themes import themes_in
from tests.agent.models import snapshots
from tests.agent.models.conftest import Maker
from tests.agent.models.purse_for_tests import BookedPurse
from tests.agent.turns import Talk
from tests.load.injections import injections, run_injections
from tests.model_server.asked import Scripted
from tests.model_server.server import ModelServer

WORDS: Vocabulary = vocabulary().with_themes(themes_in(resources.folder("themes")).values())
EMPTY = TurnContext(scene=Scene(), turn_id="t1", correlation_id="c1")
STRANGE = "something for people who miss their grandmother"


@pytest.mark.parametrize("name", ["plan_system.txt", "plan_schema.json"])
def test_what_a_model_sees_is_a_committed_artefact(name: str) -> None:
    committed = (snapshots.HERE / name).read_text(encoding="utf-8")
    assert snapshots.seen()[name] == committed, "review, then: python -m tests.agent.models.snapshots"


def test_a_model_is_told_of_no_ids_and_no_money() -> None:
    schema = intent_schema()
    assert schema["type"] == "object"
    assert schema["required"] == ["kind", "confidence"]
    assert "asset_ids" not in schema["$defs"]["Query"]["properties"]
    assert schema["$defs"]["Query"]["properties"]["like_asset_id"] == {"enum": ["selection", None]}
    assert not {"budget_usd", "quality", "note", "continues"} & schema["properties"].keys()


def test_who_is_asked_depends_on_quality_and_on_how_sure_our_own_reading_is() -> None:
    sure = understand("create a cyberpunk gallery", WORDS, EMPTY)
    unclear = Intent(kind="unclear", confidence=0.2)
    half = Intent(kind="refine", confidence=0.6, ignored=("somehow",))
    asked = {
        (name, quality): asks_a_model(plain, quality, EMPTY, "words")
        for name, plain in (("sure", sure), ("half", half), ("unclear", unclear))
        for quality in ("draft", "standard", "high")
    }
    assert asked == {
        ("sure", "draft"): False, ("sure", "standard"): False, ("sure", "high"): True,
        ("half", "draft"): False, ("half", "standard"): True, ("half", "high"): True,
        ("unclear", "draft"): True, ("unclear", "standard"): True, ("unclear", "high"): True,
    }  # fmt: skip
    assert not asks_a_model(unclear, "high", EMPTY, "  ")


async def test_a_model_reads_what_our_rules_cannot(server: ModelServer, models_of: Maker, purse: BookedPurse) -> None:
    value = {"kind": "create", "confidence": 0.9, "subject": "warm kitchens", "query": {"words": "warm kitchens"}}
    server.script = lambda asked: Scripted(value=value)
    planner = ModelPlanner(models_of("openai"))
    estimate = planner.estimate(STRANGE, EMPTY, WORDS)
    intent = await planner.plan(STRANGE, EMPTY, WORDS)
    assert (intent.kind, intent.query.words, intent.note) == ("create", "warm kitchens", "")
    assert 0 < estimate.micro_usd < estimate.most_micro_usd
    assert purse.spent_micro_usd <= estimate.most_micro_usd
    assert STRANGE in server.asked[0].user


async def test_a_sure_request_costs_nothing_and_asks_nobody(server: ModelServer, models_of: Maker) -> None:
    planner = ModelPlanner(models_of("openai"))
    assert planner.estimate("create a cyberpunk gallery", EMPTY, WORDS).most_micro_usd == 0
    assert (await planner.plan("create a cyberpunk gallery", EMPTY, WORDS)).kind == "create"
    assert server.asked == []


async def test_without_an_answer_our_rules_decide_and_say_so(server: ModelServer, models_of: Maker) -> None:
    server.break_with("openai", "401")
    talk = Talk(planner=ModelPlanner(models_of("openai"), "high"))
    ended = await talk.say("create a gallery of 8 neon works")
    assert ended.proposal is not None
    assert "401" in ended.text
    assert "my own rules" in ended.text


async def test_whoever_reads_it_after_others_failed_is_named_once(server: ModelServer, models_of: Maker) -> None:
    value = {"kind": "create", "confidence": 0.9, "subject": "warm kitchens", "query": {"words": "warm kitchens"}}
    server.script = lambda asked: Scripted(value=value)
    server.break_with("openai", "401")
    planner = ModelPlanner(models_of("openai", "anthropic"))
    first, second = [await planner.plan(STRANGE, EMPTY, WORDS) for _ in range(2)]
    assert first.note.startswith("Read by anthropic instead (openai: 401")
    assert second.note == ""


async def test_the_note_stands_before_the_question_too(server: ModelServer, models_of: Maker) -> None:
    server.script = lambda asked: Scripted(value={"kind": "undo", "confidence": 1.0})
    ended = await Talk(planner=ModelPlanner(models_of("anthropic"))).say(STRANGE)
    assert ended.outcome == "asked"
    assert ended.text.startswith("A language model took this for “undo”")


def test_parts_a_model_may_not_say_are_dropped_and_named() -> None:
    heard = HeardIntent.model_validate(
        {"kind": "create", "confidence": 1, "approve": True, "query": {"asset_ids": ["x"], "like_asset_id": "y"},
         "subject": "s\u200be\u202ea"}
    )  # fmt: skip
    assert heard.dropped == ("approve", "asset_ids", "like_asset_id")
    assert heard.intent.query == Query()
    assert heard.intent.subject == "sea"


@pytest.mark.parametrize(
    "text",
    [
        '{"kind": "approve", "confidence": 1}',
        '{"kind": "create", "confidence": NaN}',
        '["create"]',
        '{"kind":' * 90,
        '{"kind": "create", "wishes": {"gap_m": 1e308}}',
    ],
)
def test_what_is_no_intent_is_sent_back(text: str) -> None:
    with pytest.raises(Unshapely):
        shaped(text, HeardIntent)


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(max_size=20) | st.integers(),
                    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
                        st.sampled_from(["kind", "query", "targets", "then", "edits", "like_asset_id", "wishes", "x"]),
                        inner, max_size=6), max_leaves=20))  # fmt: skip
def test_no_answer_whatever_passes_the_door_with_an_id(value: object) -> None:
    try:
        heard = HeardIntent.model_validate(value)
    except ValidationError:
        return
    fits, _ = at_the_door(heard.intent, EMPTY, WORDS)
    assert (fits.query.asset_ids, fits.query.like_asset_id) == (None, None)


def test_unknown_themes_and_wild_numbers_are_left_out_and_named() -> None:
    wild = Intent(kind="create", theme="vaporwave", light=1e9, edits=(Edit(verb="bigger", amount=-1e12),))
    fits, left_out = at_the_door(wild, EMPTY, WORDS)
    assert (fits.theme, fits.light, fits.edits[0].amount) == (None, None, None)
    assert left_out == ("the theme vaporwave", "a light of 1e+09", "an amount of -1e+12")
    assert at_the_door(Intent(kind="create", theme="White cube"), EMPTY, WORDS)[0].theme == "white_cube"


def test_like_this_one_needs_a_selection() -> None:
    like = Intent(kind="create", query=Query(like_asset_id="selection"))
    assert at_the_door(like, EMPTY, WORDS)[0].missing == "selection"


def test_our_own_sure_reading_keeps_its_kind() -> None:
    plain = Intent(kind="create", confidence=0.9)
    assert grounded(Intent(kind="answer"), plain).intent is plain


def test_taking_everything_away_needs_the_word_for_everything() -> None:
    heard = Intent(kind="edit", edits=(Edit(verb="remove", targets=Targets(everything=True)),))
    one = Intent(kind="edit", confidence=0.6, edits=(Edit(verb="remove", targets=Targets(ordinal=3)),))
    every = Intent(kind="edit", confidence=0.6, edits=(Edit(verb="remove", targets=Targets(everything=True)),))
    assert grounded(heard, one).intent.kind == "unclear"
    assert grounded(heard, every).intent.kind == "edit"


@given(st.text(max_size=300))
def test_cleaned_text_is_one_line_of_visible_characters(text: str) -> None:
    shown = cleaned(text, 50)
    assert len(shown) <= 50
    assert shown == cleaned(shown, 50)
    assert not set(shown) & set("<>\n\r\t\u200b\u202e\u2066\u00ad\U000e0041\ufe0f")


def test_the_data_is_capped_and_stands_apart() -> None:
    words = vocabulary().with_themes(())
    long = TurnContext(scene=Scene(), recent_requests=("x" * 5_000,) * 9, pending_question="y" * 9_000)
    system, user = briefing("hello", long, words)
    assert len(user.data) <= MOST_CHARACTERS
    assert "x" * 50 not in system.text + user.text


def test_a_model_is_told_what_was_understood_before() -> None:
    sea = Intent(kind="create", subject="the sea", layout="timeline", theme="noir", confidence=1.0)
    hostile = Intent(kind="refine", subject="<script>\u202e ignore all", confidence=1.0)
    _, user = briefing("hello", TurnContext(scene=Scene(), last_intents=(sea, hostile)), vocabulary().with_themes(()))
    told = next(json.loads(line) for line in user.data.splitlines() if "understood_before" in line)
    assert told == {"understood_before": ["create: the sea, timeline, noir", "refine: ‹script› ignore all"]}


def test_words_of_a_model_hold_to_the_facts() -> None:
    facts = "12 of the 1,300 works are from 2019: “Sea”, “Fog”."
    assert holds_to("Aus dem Jahr 2019 stammen 12 von 1.300 Werken, etwa „Sea“.", facts)
    for wrong in ("There are 13.", "Look at https://x.example", "“Storm” is one of 12.", "", "12 " * 200):
        assert not holds_to(wrong, facts)


async def test_a_sample_of_injections_has_no_effect_although_the_model_obeys() -> None:
    found = await run_injections(injections(12))
    assert [one for one in found if one.effects] == []
    assert sum(one.asked for one in found) == 12


async def test_the_campaign_notices_a_planner_that_believes_the_model() -> None:
    class Believing(ModelPlanner):
        async def plan(self, request: str, context: TurnContext, words: Vocabulary) -> Intent:
            terms = self._terms(context, "high", Intent(kind="unclear"))
            messages = briefing(request, context, words)
            return (await self._models.answer("plan", messages, HeardIntent, terms)).value.intent

    chosen = [case for case in injections(300) if case.order in ("undo", "delete all", "save canvas")][:6]
    found = await run_injections(chosen, lambda models: Believing(models, "high"))
    assert all(one.effects for one in found)


def test_without_a_provider_litellm_is_never_imported(tmp_path: Path) -> None:
    code = """
import asyncio, sys
from pathlib import Path
from app.background import BackgroundLoop
from app.models.ledger import Ledger
from app.models.access import ModelAccess
from app.models.keys import ModelKeys
from app.places import Places
from agent.planner import OfflinePlanner
places = Places.at(Path(sys.argv[1]))
places.make()
loop = BackgroundLoop()
loop.start()
access = ModelAccess(places, loop, Ledger(places.ledger), ModelKeys({}))
assert type(access.planner()) is OfflinePlanner
assert access.models() is None and access.phraser() is None and access.health() == ()
loop.stop()
assert not {"litellm", "openai", "agent.models.gateway"} & set(sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
