"""Occasions are no dates, verdicts no wishes, words of grouping no edits of tags; slips in words that ask are met."""

from dataclasses import replace

import pytest

from agent.intent import Intent
from agent.offline.onshow.returning import is_as_before, is_regretted
from agent.offline.understand import understand
from agent.ports.context import Stood
from agent.ports.library import Query
from scene.layouts.contract import Wishes
from tests.agent.offline.album_words import album_words, around


def meant(text: str, *, over_a_show: bool = False) -> Intent:
    return understand(text, album_words(), around(over_a_show=over_a_show))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kyoto for today's visitors", "kyoto"),
        ("Lisbon for yesterday's visitors", "lisbon"),
        ("Iceland for Sunday's guests", "iceland"),
        ("pictures for tonight's party from Lisbon", "lisbon"),
        ("Opening night needs pictures of city life", "city"),
        ("On opening night we want photos of Kyoto", "kyoto"),
        ("for the opening night: pictures of Lisbon", "lisbon"),
        ("Berlin photos for the closing night", "berlin"),
    ],
)
def test_an_occasion_is_no_date_and_no_subject(text: str, words: str) -> None:
    intent = meant(text)
    assert (intent.kind, intent.query.words, intent.query.dates) == ("create", words, None)


@pytest.mark.parametrize("text", ["Today's pictures", "pictures from today", "yesterday's photos"])
def test_a_day_of_pictures_is_a_date(text: str) -> None:
    assert meant(text).query.dates is not None


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("One section per folder would be clearer", "folder"),
        ("It would read better with a section for each folder", "folder"),
        ("a room per folder might be nicer", "folder"),
        ("could every folder get its own section", "folder"),
        ("splitting it by tag would make it easier to follow", "tag"),
        ("sections by year would help", "year"),
    ],
)
def test_words_of_grouping_group(text: str, group: str) -> None:
    intent = meant(text, over_a_show=True)
    assert (intent.kind, intent.wishes, intent.keep_works) == ("refine", Wishes(group_by=group), True)
    assert not intent.ignored


@pytest.mark.parametrize("text", ["rename the folder", "tag them as summer", "change the dates of these"])
def test_edits_of_tags_and_folders_are_refused(text: str) -> None:
    assert meant(text, over_a_show=True).missing == "ability"


@pytest.mark.parametrize(
    "text",
    [
        "One can hardly see anything in here, more light please",
        "It is so dark one barely sees a thing in there, turn the lights up",
        "I can't make out a thing in this room; brighter",
        "you can't see a thing, give us more light",
        "hard to see anything, please brighten it",
        "nobody can recognise anything in here, lights up please",
    ],
)
def test_a_complaint_of_the_dark_beside_a_wish_for_light_leaves_the_works(text: str) -> None:
    intent = meant(text, over_a_show=True)
    assert (intent.kind, intent.light, intent.query) == ("restyle", 1.3, Query())


@pytest.mark.parametrize(
    "text",
    [
        "Pictures in which Clara can be seen, not the ones she took herself",
        "pictures of Clara that she didn't take herself",
        "Clara in the picture, not behind the camera",
        "photos with Clara in them but not by her",
        "Clara on the pictures, but never the ones that she shot",
        "photos of Clara not by Clara",
    ],
)
def test_who_is_in_the_picture_and_did_not_take_it(text: str) -> None:
    query = meant(text).query
    assert (query.words, query.creators, query.without_creators) == ("clara", (), ("Clara",))


def test_by_one_and_not_by_another_is_read_as_said() -> None:
    query = meant("works by Clara, not by Anna").query
    assert (query.words, query.creators, query.without_creators) == ("", ("Clara",), ("Anna",))


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("hwo many pictuers did Brnuo take", "count"),
        ("hwo many phtoos are form Lisbon", "count"),
        ("ohw many pictures are there", "count"),
        ("waht did Anna tkae in Kyoto", "count"),
        ("woh took teh Lisbon photos", "facet|described"),
        ("whcih year has teh msot photos", "most"),
    ],
)
@pytest.mark.parametrize("over_a_show", [False, True])
def test_a_slip_in_a_word_that_asks_makes_no_show(text: str, about: str, over_a_show: bool) -> None:
    intent = meant(text, over_a_show=over_a_show)
    assert intent.kind == "answer"
    assert intent.about in about.split("|")


@pytest.mark.parametrize(
    ("text", "group"), [("gruop my hole libary by foldr", "folder"), ("gorup evreything by yaer", "year")]
)
def test_slips_in_verbs_and_function_words(text: str, group: str) -> None:
    intent = meant(text)
    assert (intent.kind, intent.wishes.group_by, intent.query.limit) == ("create", group, 10_000)


@pytest.mark.parametrize(
    ("line", "regretted"),
    [
        ("no , i miss the horses . back to how it was", True),
        ("that was a mistake , return everything to how it looked", True),
        ("worse ! back to what it was", True),
        ("we liked the trams ; as it was before", True),
        ("i miss the horses", False),
        ("back to how it was", False),
        ("remove the first . back to how it was", False),
    ],
)
def test_a_verdict_and_a_return(line: str, regretted: bool) -> None:
    assert is_regretted(line) is regretted
    assert not is_as_before(line)


def test_a_verdict_and_a_return_take_the_last_step_back() -> None:
    context = around("8 pictures of Lisbon", over_a_show=True)
    context = replace(context, earlier=(Stood(theme="noir", layout="gallery", asset_ids=("a1",)),))
    intent = understand("no, I miss the trams. Back to how it was", album_words(), context)
    assert (intent.kind, intent.undo_what) == ("undo", "step")


def test_what_is_missed_is_wished_and_never_taken_down() -> None:
    intent = meant("I miss the horses", over_a_show=True)
    assert (intent.kind, intent.query.more_words) == ("refine", ("horses",))
