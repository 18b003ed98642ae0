"""What bounds a change to a show: what is kept, excepted, or left to "the rest"."""

import pytest

from agent.intent import Edit, Intent, Targets
from agent.offline.understand import understand
from tests.agent.offline.album_words import album_words, around

OVER = around("hang 8 pictures of Lisbon", over_a_show=True)


def meant(words: str) -> Intent:
    return understand(words, album_words(), OVER)


@pytest.mark.parametrize(
    ("words", "verb", "kept"),
    [
        ("make everything smaller except the first", "smaller", Targets(ordinal=1)),
        ("lower all except number 6", "lower", Targets(ordinal=6)),
        ("enlarge them all, apart from the last two", "bigger", Targets(ordinal=-1, many=2)),
    ],
)
def test_works_that_are_excepted_are_left_alone(words: str, verb: str, kept: Targets) -> None:
    intent = meant(words)
    assert intent.kind == "edit"
    assert [(edit.verb, edit.targets) for edit in intent.edits] == [(verb, Targets(everything=True, but=kept))]


def test_the_first_of_those_that_go_may_stay() -> None:
    (edit,) = meant("remove the trams but keep the first one").edits
    assert edit.targets == Targets(words="trams", but=Targets(words="trams", ordinal=1))


def test_a_work_that_stays_where_fewer_hang_is_pinned_first() -> None:
    intent = meant("cut it down to six but keep the first one where it is")
    assert intent.edits == (Edit(verb="pin", targets=Targets(ordinal=1)),)
    assert [(then.kind, then.wishes.count) for then in intent.then] == [("refine", 6)]


@pytest.mark.parametrize(
    "words",
    [
        "wider gaps but don't touch the order",
        "wider gaps, but leave the works alone",
        "wider gaps without changing the theme",
    ],
)
def test_a_side_that_is_kept_is_no_filter(words: str) -> None:
    intent = meant(words)
    assert intent.kind == "refine"
    assert intent.keep_works
    assert intent.wishes.model_dump(exclude_defaults=True).keys() == {"gap_m"}
    assert not intent.query.without_words
    assert not intent.ignored


def test_another_show_keeps_what_is_said_of_this_one() -> None:
    intent = meant("show Iceland instead but keep the theme and the number")
    assert (intent.kind, intent.theme, intent.wishes.count) == (
        "create",
        OVER.scene.theme.theme,
        len(OVER.scene.placements),
    )


def test_the_rest_is_all_that_the_part_before_left() -> None:
    removed = meant("get rid of the last three, and hang the rest a bit higher")
    assert [edit.verb for edit in removed.edits] == ["remove"]
    assert [then.wishes.eye_height_m for then in removed.then] == [1.65]
    pinned = meant("pin the first one and make the others smaller")
    assert pinned.edits[1].targets == Targets(everything=True, but=Targets(ordinal=1))


def test_like_this_but_with_another_subject_is_the_same_show_of_it() -> None:
    intent = meant("like this, only with Iceland")
    assert (intent.kind, intent.query.words, intent.wishes.count) == ("create", "iceland", 8)


def test_a_plain_keep_is_read_as_before() -> None:
    assert meant("keep only the red ones").only_shown
    assert meant("keep the theme").kind == "unclear"
