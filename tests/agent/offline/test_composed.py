"""Requests made of parts come out as what was put in."""

import random
from collections.abc import Callable

import pytest

from agent.offline.understand import understand
from tests.agent.offline.album_words import album_words, around
from tests.agent.offline.composed import Composed, composed
from tests.agent.offline.composed_turns import turned
from tests.eval.matching import misread

_MANY = 120
_LEAST_RIGHT = 0.95


@pytest.mark.parametrize(("make", "over_a_show"), [(composed, False), (turned, True)])
def test_what_was_put_in_is_understood(make: Callable[[random.Random], Composed], over_a_show: bool) -> None:
    draw, context = random.Random(11), around("hang 8 pictures of Lisbon", over_a_show=over_a_show)
    made = [make(draw) for _ in range(_MANY)]
    wrong = [one.text for one in made if misread(understand(one.text, album_words(), context), one.means)]
    assert len(wrong) <= (1 - _LEAST_RIGHT) * _MANY, wrong
