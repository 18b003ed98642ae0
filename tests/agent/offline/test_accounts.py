"""Readings that take away what was asked for."""

import pytest

from agent.intent import Edit, Intent, Query, Targets
from agent.offline.accounts import turns_round
from agent.vocabulary import vocabulary

WORDS = vocabulary("en")
GONE = Intent(kind="edit", edits=(Edit(verb="remove", targets=Targets(query=Query(words="trams"))),))
KEPT = Intent(kind="refine", query=Query(words="trams"))


@pytest.mark.parametrize("text", ["I'd prefer seeing the trams only", "just trams for me", "trams exclusively"])
def test_only_some_are_no_reading_that_takes_those_away(text):
    assert turns_round(text, GONE, WORDS)
    assert turns_round(text, Intent(kind="refine", then=(GONE,)), WORDS)
    assert not turns_round(text, KEPT, WORDS)


@pytest.mark.parametrize("text", ["take out only the trams", "not the trams, only the rest", "the trams can go"])
def test_what_is_to_go_goes(text):
    assert not turns_round(text, GONE, WORDS)
