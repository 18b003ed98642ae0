"""A pronoun beside the works stands for the person named before it, and for nobody where none was named."""

from dataclasses import replace

import pytest

from agent.offline.pronouns import with_nouns
from agent.offline.understand import understand
from agent.vocabulary import vocabulary
from tests.agent.offline.test_understand import WORDS, context

FAMILY = replace(vocabulary(), library_words=frozenset({"grandma", "garden"}))


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("grandma 's birthday : hang every picture she is in", "picture of grandma"),
        ("my grandmother turns ; all the photos she appears in", "photos of grandma"),
        ("grandma is here , pictures with her in them", "pictures of grandma"),
    ],
)
def test_whom_the_works_show(said: str, left: str) -> None:
    assert left in with_nouns(f"¦ {said} ¦ ", FAMILY)


@pytest.mark.parametrize("said", ["all photos she is in", "my cousin : photos she is in", "the garden , photos of it"])
def test_nobody_was_named(said: str) -> None:
    assert with_nouns(f"¦ {said} ¦ ", FAMILY) == f"¦ {said} ¦ "


def test_rooms_with_so_many_works_in_each_are_multiplied() -> None:
    for text in ("three rooms with ten works in each", "3 rooms of 10 works", "ten works per room in three rooms"):
        wishes = understand(text, WORDS, context("nothing")).wishes
        assert (wishes.rooms, wishes.count) == (3, 30), text


def test_two_winters_leave_out_what_lies_between() -> None:
    query = understand("photos from last winter and the one before", WORDS, context("nothing")).query
    assert query.dates is not None
    assert query.without_dates is not None
    assert query.dates.start is not None
    assert query.without_dates.start is not None
    assert query.dates.start < query.without_dates.start
