"""So many works of each subject are so many of all together."""

import pytest

from agent.offline.shares import of_each
from tests.agent.offline.test_conversation import said
from tests.agent.offline.test_understand import WORDS


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("¦ 5 pictures each from crabs and moths ¦ ", "¦ 10 pictures of crabs and moths ¦ "),
        ("¦ 5 each of crabs , moths and bees , 15 in total ¦ ", "¦ 15 pictures of crabs and moths and bees ¦ "),
        ("¦ 3 from each of crabs and moths ¦ ", "¦ 6 pictures of crabs and moths ¦ "),
        ("¦ crabs and moths , 6 photos each ¦ ", "¦ 12 pictures of crabs and moths ¦ "),
        ("¦ 5 of crabs and 4 of moths ¦ ", "¦ 9 pictures of crabs and moths ¦ "),
        ("¦ crabs with moths : 2 rooms , one for each ¦ ", "¦ crabs with moths : 2 rooms , one for each ¦ "),
        ("¦ 3 rooms of 5 works each ¦ ", "¦ 3 rooms of 5 works each ¦ "),
        ("¦ 12 pictures of crabs and moths ¦ ", "¦ 12 pictures of crabs and moths ¦ "),
    ],
)
def test_the_works_of_each_subject_are_added_up(line: str, read: str) -> None:
    assert of_each(line, WORDS) == read


@pytest.mark.parametrize("text", ["nine, rather", "make that nine", "no, nine would be better", "let's say nine"])
def test_a_number_said_by_itself_takes_the_place_of_the_one_before(text: str) -> None:
    assert said(text, "six pictures of crabs").wishes.count == 9


def test_two_years_are_not_those_between_them() -> None:
    two, span = said("only 2012 and 2019").query, said("only between 2012 and 2019").query
    assert two.dates == span.dates
    assert two.without_dates is not None
    assert str(two.without_dates.start) == "2013-01-01"
    assert str(two.without_dates.end) == "2018-12-31"
    assert span.without_dates is None


def test_a_direction_after_a_size_moves_the_same_work() -> None:
    edits = said("and further up", "make the second one smaller").edits
    assert [(edit.verb, edit.targets and edit.targets.ordinal) for edit in edits] == [("raise", 2)]


@pytest.mark.parametrize("text", ["order them from dark to bright", "put them in order, dark to bright"])
def test_from_dark_to_bright_is_an_order(text: str) -> None:
    assert said(text).sort == "darkest"


@pytest.mark.parametrize(
    ("text", "kind"),
    [("crabs show up in how many pictures?", "answer"), ("did we take any pictures in 2014?", "answer")],
)
def test_question_words_may_stand_anywhere(text: str, kind: str) -> None:
    assert said(text).kind == kind
