"""Which words a reading left unread, and which phrases around them are looked at."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.offline.unread import MOST_PHRASES, phrases_around, unread_words
from agent.ports.context import TurnContext
from scene.scene import Scene
from tests.agent.offline.test_understand import WORDS, meant

CONTEXT = TurnContext(scene=Scene())


def phrases_of(text: str) -> list[str]:
    unread = unread_words(text, meant(text), WORDS, CONTEXT)
    return [phrase.text for phrase in phrases_around(text, unread, WORDS)]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("twelve crabs, rubbing shoulders", "rubbing shoulders"),
        ("it should brood", "it should brood"),
        ("rain and neon, in the manner of a nineteenth-century salon", "in the manner of a nineteenth-century salon"),
    ],
)
def test_the_part_that_was_not_read_is_looked_at(text, phrase):
    assert phrase in phrases_of(text)


@pytest.mark.parametrize(
    "text",
    ["a cyberpunk gallery", "12 crabs in a museum", "pictures of a broken printer", "ten photos of lamp shops",
     "a timeline of the 90s, newest first", "make it noir", "remove the third one"],
)  # fmt: skip
def test_what_was_read_and_what_is_searched_for_is_left_alone(text):
    assert phrases_of(text) == []


@given(st.text(max_size=200))
@settings(max_examples=60)
def test_phrases_are_parts_of_the_text_and_few(text):
    unread = frozenset(text.casefold().split())
    found = phrases_around(text, unread, WORDS)
    assert len(found) <= MOST_PHRASES
    assert all(text[phrase.start : phrase.end] == phrase.text for phrase in found)
