"""What people leave to the listener: corrections, pronouns, topics, places in the row, spans, praise before a wish."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from agent.intent import Intent
from agent.offline.understand import understand
from tests.agent.offline.album_words import album_words, around


def meant(text: str, *earlier: str, over_a_show: bool = False) -> Intent:
    return understand(text, album_words(), around(*earlier, over_a_show=over_a_show))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ten pictures of roses, no, lanterns", "lanterns"),
        ("pictures of trams, sorry, of horses", "horses"),
        ("photos of Kyoto, or rather Lisbon, in a grid", "lisbon"),
        ("an exhibit of food: cake, tomatoes", "cake, tomatoes"),
        ("flowers and green plants, ten works", "flowers and green plants"),
        ("photos in which somebody is dancing", "dancing"),
        ("pictures of our daughter Clara, that is, those in which she is visible", "daughter clara"),
        ("I want three places on show: Lisbon, Kyoto, Iceland. Thirty works.", "lisbon, kyoto, iceland"),
        ("fill the walls with horses", "horses"),
        ("where are my horses? stick them up", "horses"),
        ("a museum show on autumn", "autumn"),
        ("pictures of streetcars", "trams"),
        ("Bruno from his first Berlin pictures to the last birthday", "berlin and birthday"),
        ("ten works with roses in them, in a white cube", "roses"),
    ],
)
def test_the_subject_that_is_left(text: str, words: str) -> None:
    assert meant(text).query.words == words


def test_of_two_creators_the_one_named_last_stays() -> None:
    assert meant("ten photos by Anna, sorry, Bruno").query.creators == ("Bruno",)


def test_a_colour_of_one_thing_in_a_list_is_no_filter() -> None:
    assert meant("flowers and green plants").query.colours == ()
    assert meant("green plants").query.colours == ("green",)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("pictures between the first of January 2009 and the end of 2012", date(2009, 1, 1), date(2012, 12, 31)),
        ("photos from March 2012 to June 2016", date(2012, 3, 1), date(2016, 6, 30)),
        ("photos since 3 May 2012", date(2012, 5, 3), None),
        ("photos taken before March 2012", None, date(2012, 2, 29)),
        ("photos newer than 2015", date(2016, 1, 1), None),
        ("first half of the nineties only", date(1990, 1, 1), date(1994, 12, 31)),
        ("pictures from the latter half of the 2000s", date(2005, 1, 1), date(2009, 12, 31)),
        ("pictures from the first half of 2012", date(2012, 1, 1), date(2012, 6, 30)),
    ],
)
def test_spans_begin_and_end_on_days(text: str, start: date | None, end: date | None) -> None:
    dates = meant(text).query.dates
    assert dates is not None
    assert (dates.start, dates.end) == (start, end)


@pytest.mark.parametrize(
    ("text", "verb", "ordinal"),
    [
        ("picture six doesn't convince me, take it away", "remove", 6),
        ("the second one bores me, so make it smaller", "smaller", 2),
        ("hang the third from the left higher", "raise", 3),
        ("the second from the right a bit bigger", "bigger", -2),
        ("leave the opening picture where it is", "pin", 1),
        ("Great. The one at the end is too small", "bigger", -1),
        ("could photo no. 3 be smaller?", "smaller", 3),
        ("number 4 takes up too much space", "smaller", 4),
        ("I'd rather not have the first one", "remove", 1),
        ("trade the last one for something better", "replace", -1),
        ("second one: smaller, please", "smaller", 2),
        ("let go of the second again", "unpin", 2),
        ("let go of the one at the end", "unpin", -1),
        ("something else in place of number seven", "replace", 7),
        ("the third needs to be bigger", "bigger", 3),
        ("number 3: out", "remove", 3),
    ],
)
def test_works_are_named_by_their_place(text: str, verb: str, ordinal: int) -> None:
    intent = meant(text, over_a_show=True)
    assert intent.kind == "edit"
    assert intent.edits[0].verb == verb
    assert intent.targets.ordinal == ordinal


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("just the trams and the ferries can stay", {"kind": "refine", "only_shown": True}),
        ("no laundry please, trams alone", {"kind": "refine", "only_shown": True}),
        ("not that dark!", {"kind": "restyle", "light": 1.3}),
        ("wrap it in the forest theme", {"kind": "restyle", "theme": "forest"}),
        ("the forest is too much, put the works in a plain white cube", {"kind": "restyle", "theme": "white_cube"}),
        ("I've changed my mind, a single room will do", {"kind": "refine"}),
        ("move the ninth one", {"kind": "unclear", "missing": "change"}),
        ("shove that photo a bit further along", {"kind": "unclear", "missing": "change"}),
        ("why does this hang here?", {"kind": "explain"}),
    ],
)  # fmt: skip
def test_over_a_show(text: str, parts: dict[str, Any]) -> None:
    intent = meant(text, over_a_show=True)
    assert {name: getattr(intent, name) for name in parts} == parts


def test_a_work_only_its_speaker_knows_is_asked_about() -> None:
    intent = meant("lower the one I talked about on the phone", over_a_show=True)
    assert intent.targets.words == ""
    assert intent.targets.selection


def test_the_same_goes_for_others() -> None:
    intent = meant("the same goes for the first two", "remove number 6", over_a_show=True)
    assert intent.edits[0].verb == "remove"
    assert (intent.targets.ordinal, intent.targets.many) == (1, 2)


def test_what_was_taken_down_is_put_back() -> None:
    assert meant("put the second one back", "remove the second one", over_a_show=True).kind == "undo"
    assert meant("put the second one back", "remove the third one", over_a_show=True).kind != "undo"


@pytest.mark.parametrize("text", ["the Kyoto series, with what camera was that shot?", "lanterns: who took those?"])
def test_a_question_may_name_its_topic_first(text: str) -> None:
    assert meant(text).kind == "answer"


def test_what_is_told_before_the_wish_is_no_subject() -> None:
    assert meant("I run a small flower shop and would like a display of roses").query.words == "roses"
    assert "berlin" in str(meant("I don't want Berlin. Show me Bruno's pictures.").query).casefold()


def test_a_question_and_its_show_are_one_wish() -> None:
    intent = meant("what did we photograph in 2012? Hang it")
    assert intent.kind == "create"
    assert intent.query.dates is not None


@pytest.mark.parametrize("text", ["ten pictures from 2012", "a timeline of 1994", "Bruno's photos"])
def test_another_request_is_no_answer_to_the_question(text: str) -> None:
    asked = replace(
        around("40 photos of balloons"),
        pending_question="Only 5 fit: widen, or stop at 5?",
        pending_request="40 photos of balloons",
    )
    intent = understand(text, album_words(), asked)
    assert not intent.continues
    assert "balloon" not in intent.query.words


def test_a_typing_slip_in_a_short_word_of_the_library_is_put_right() -> None:
    assert meant("ten snwo pictures").query.words == "snow"


@pytest.mark.parametrize(("text", "language"), [("nur Kyoto", "de"), ("alleen Kyoto", "nl"), ("only Kyoto", "en")])
def test_a_name_of_the_library_is_of_no_language(text: str, language: str) -> None:
    intent = meant(text, over_a_show=True)
    assert intent.language == language
    assert intent.only_shown


def test_the_single_most_recent_one_is_one_work() -> None:
    intent = meant("the single most recent picture I have")
    assert (intent.pick, intent.wishes.count) == ("newest", 1)


def test_what_is_at_the_front_is_said_by_the_word_of_order() -> None:
    intent = meant("a dozen snow pictures with the brightest at the beginning")
    assert (intent.sort, intent.query.words, intent.wishes.count) == ("brightest", "snow", 12)


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("Anna and Bruno, each on their own", "creator"),
        ("cluster the streets and the scans folder, each on its own", "folder"),
        ("trams and horses, each on its own", None),
    ],
)
def test_each_on_its_own_is_a_group(text: str, column: str | None) -> None:
    assert meant(text).wishes.group_by == column


def test_what_is_kept_is_not_removed() -> None:
    intent = meant("keep the trams, forget about the ferries", over_a_show=True)
    assert [(edit.verb, edit.targets.words) for edit in intent.edits if edit.targets] == [("remove", "ferries")]


def test_two_rooms_of_which_one_is_wanted_are_asked_about() -> None:
    assert meant("a room with the birthdays or one with Iceland, I have not decided").alternatives
