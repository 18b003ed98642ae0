"""No sentence breaks the reading: every pattern said alone and in mixtures, over nothing, a show and a selection."""

import random

import pytest

from agent.offline.understand import understand
from agent.workflow import workflow_of
from tests.agent.offline.sentences import mixed, of_each_pattern
from tests.agent.offline.test_understand import WORDS, context

PLACES = ("nothing", "a show", "a selection")
MIXTURES = 150


def read(text: str, over: str, earlier: tuple[str, ...] = ()) -> None:
    """Read a request and plan it."""
    around = context(over, recent_requests=earlier)
    workflow_of(understand(text, WORDS, around), around)


@pytest.mark.parametrize("part", range(2))
def test_every_pattern_is_read_and_planned(part: int) -> None:
    draw = random.Random(part)
    sentences = list(of_each_pattern(WORDS, draw))
    for number, sentence in enumerate(sentences[part::12]):
        read(sentence, PLACES[number % 3])


def test_mixtures_of_sentences_are_read_and_planned() -> None:
    draw = random.Random(7)
    sentences = list(of_each_pattern(WORDS, draw))
    for _ in range(MIXTURES):
        read(mixed(sentences, draw), draw.choice(PLACES), tuple(draw.sample(sentences, draw.randint(0, 2))))
