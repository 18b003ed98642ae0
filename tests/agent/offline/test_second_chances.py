"""Requests that would come to nothing as they were read get another reading, which says what it left out."""

import asyncio

import pytest

from agent.intent import Intent
from agent.planner import OfflinePlanner
from agent.ports.context import TurnContext
from scene.scene import Scene
from tests.agent.offline.test_understand import SHOW, WORDS
from tests.agent.turns import TODAY


def read(request: str, scene: Scene) -> Intent:
    return asyncio.run(OfflinePlanner().plan(request, TurnContext(scene=scene, today=TODAY), WORDS))


@pytest.mark.parametrize("request_", ["find me the crabs", "enlarge crabs", "who needs colour? show the crabs"])
def test_with_nothing_on_show_the_works_are_shown(request_: str) -> None:
    intent = read(request_, Scene())
    assert (intent.kind, intent.query.words.removesuffix("s")) == ("create", "crab")


@pytest.mark.parametrize(
    ("request_", "left_out"),
    [
        ("flip the whatsits, newest first", "flip the whatsits"),
        ("my landlord grumbles about zeppelins, so bigger gaps", "my landlord grumbles about zeppelins"),
    ],
)
def test_what_is_beside_the_wish_is_left_out_and_named(request_: str, left_out: str) -> None:
    intent = read(request_, SHOW)
    assert intent.wishes.order == "newest" or intent.wishes.gap_m
    assert not intent.query.words
    assert left_out in intent.ignored


@pytest.mark.parametrize(
    "request_",
    [
        "twelve zeppelins",
        "show zeppelins, newest first",
        "gallery of zeppelins, 12 works",
        "when the zeppelin lands make it noir",
    ],
)
def test_a_subject_and_a_condition_are_never_left_out(request_: str) -> None:
    intent = read(request_, Scene())
    assert intent.kind == "unclear" or "zeppelin" in intent.query.words or intent.condition is not None


def test_what_was_understood_is_not_read_again() -> None:
    planner = OfflinePlanner()
    intent = asyncio.run(planner.plan("crabs in a museum", TurnContext(scene=Scene(), today=TODAY), WORDS))
    assert (intent.theme, intent.query.words, intent.ignored, intent.reworded) == ("museum", "crabs", (), "")
