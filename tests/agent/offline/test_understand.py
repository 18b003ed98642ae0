"""The offline planner reads several hundred phrasings, and stands whatever else people type."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import resources
from agent.intent import Intent
from agent.offline.grammar import grammar_of
from agent.offline.understand import MEANINGS, understand
from agent.ports.context import TurnContext
from agent.ports.library import Facet, Facets
from agent.vocabulary import read_vocabulary, vocabulary
from scene.records import Placement
from scene.scene import Scene
from tests.agent.turns import THEMES, TODAY

FACETS = Facets(
    tags=tuple(Facet(value=tag, count=9) for tag in ("crab", "lighthouse", "neon", "rain", "stars", "mountain")),
    creators=(Facet(value="Ada Roe", count=9), Facet(value="Bo Lind", count=9)),
)
WORDS = vocabulary("en").with_themes(THEMES.values()).with_library(FACETS)
TITLES = ("Crab at dawn", "Lighthouse", "Rain on glass", "Neon street", "Purple haze")
SHOW = Scene.of(
    [
        Placement(id=f"w{i}", asset_id=f"a{i}", title=title, position_m=(i, 1.5, 0), size_m=(1, 1), order=i)
        for i, title in enumerate(TITLES)
    ]
)
PHRASES = [
    json.loads(line) for line in (Path(__file__).parent / "phrases.jsonl").read_text(encoding="utf-8").splitlines()
]
_NOT_COMPARED = {"kind", "understood", "confidence", "language", "subject"}


def context(over: str = "nothing", **fields: Any) -> TurnContext:
    scene = Scene() if over == "nothing" else SHOW
    selection = frozenset({"w1"}) if over == "a selection" else frozenset[str]()
    return TurnContext(scene=scene, selection=selection, today=TODAY, **fields)


def meant(text: str, over: str = "nothing", **fields: Any) -> Intent:
    return understand(text, WORDS, context(over, **fields))


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: f"{phrase['over']}: {phrase['say'][:60]}")
def test_phrase(phrase: dict[str, Any]) -> None:
    intent = meant(phrase["say"], phrase["over"])
    plain = intent.model_dump(mode="json", exclude_defaults=True)
    found = {name: value for name, value in plain.items() if name not in _NOT_COMPARED}
    if intent.kind == "edit":
        found.pop("targets", None)
    assert intent.kind == phrase["kind"]
    assert intent.kind == "unclear" or found == phrase["means"]


def test_the_subject_is_what_remains_as_it_was_typed() -> None:
    assert meant("create a gallery of rainy neon streets in two rooms").subject == "rainy neon streets"
    assert meant("create a gallery of springbocks").subject == "springbocks"


def test_a_date_in_words_is_relative_to_today() -> None:
    dates = meant("create a gallery of crabs from last summer").query.dates
    assert dates is not None
    assert (str(dates.start), str(dates.end)) == ("2026-06-01", "2026-08-31")


@pytest.mark.parametrize(
    ("answer", "field"),
    [("stop at 7", "accept_fewer"), ("7 is fine", "accept_fewer"), ("widen", "widen"), ("yes", "widen")],
)
def test_an_answer_completes_the_request_that_was_asked_about(answer: str, field: str) -> None:
    intent = meant(answer, pending_question="Only 7 fit: widen?", pending_request="create a gallery of 20 crabs")
    assert (intent.kind, intent.subject, intent.wishes.count) == ("create", "crabs", 20)
    assert getattr(intent, field)


def test_another_request_is_no_answer() -> None:
    intent = meant("create a noir gallery", pending_question="Only 7 fit: widen?", pending_request="20 crabs")
    assert (intent.kind, intent.theme) == ("create", "noir")


@pytest.mark.parametrize("text", ["", "   ", "\n", "?!?", "qwzx jkl", "🦀🦀", "12", "\x00\x01", "'\"“”"])
def test_what_makes_no_sense_is_unclear(text: str) -> None:
    intent = meant(text, "a show")
    assert intent.kind == "unclear"
    assert intent.confidence < 0.5


def test_a_word_of_the_library_is_never_taken_for_a_slip() -> None:
    facets = Facets(tags=(Facet(value="galery", count=3),))
    words = vocabulary("en").with_themes(THEMES.values())
    assert understand("create a galery", words, context()).layout == "gallery"
    assert understand("create a galery", words.with_library(facets), context()).subject == "galery"


@settings(max_examples=120, deadline=None)
@given(st.text(max_size=400), st.sampled_from(["nothing", "a show", "a selection"]))
def test_any_text_is_read_without_an_error(text: str, over: str) -> None:
    meant(text, over)


_PIECES = sorted({word for phrase in PHRASES for word in phrase["say"].split()})


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=25), st.sampled_from(["nothing", "a show", "a selection"]))
def test_any_mix_of_known_words_is_read_without_an_error(words: list[str], over: str) -> None:
    meant(" ".join(words), over)


LONGEST = (
    "create a gallery of " + "crabs and " * 2_000, "less " * 4_000, "a" * 20_000, "more rain, " * 2_000,
    "the " * 5_000, "without " + "people, " * 2_500, "red, " * 4_000, '"' * 20_000, "twenty hundred " * 1_400,
)  # fmt: skip


@pytest.mark.parametrize("text", LONGEST, ids=lambda text: text[:12])
def test_a_request_of_20_000_characters_is_read(text: str) -> None:
    assert isinstance(meant(text[:20_000], "a show"), Intent)


def test_every_rule_of_every_language_has_a_meaning_and_english_uses_them_all() -> None:
    for path in resources.folder("vocabulary").glob("*.json"):
        words = read_vocabulary(path)
        assert {rule.means for rule in words.rules} <= set(MEANINGS), path.name
        grammar_of(words)
    assert {rule.means for rule in vocabulary("en").rules} == set(MEANINGS)
