"""Requests of several links, of pronouns, of things left out, and what is read by its gist alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.intent import Targets
from tests.agent.offline.test_understand import PHRASES, meant


def test_what_cannot_be_one_wish_follows_in_order() -> None:
    intent = meant("remove the first one and then take me to the entrance", "a show")
    assert (intent.kind, [part.kind for part in intent.then]) == ("edit", ["navigate"])
    assert intent.then[0].place == "entrance"


def test_wishes_about_one_show_are_one_intent() -> None:
    intent = meant("create a gallery of crabs, then make it noir, after that add bigger gaps")
    assert (intent.kind, intent.theme, intent.then) == ("create", "noir", ())
    assert intent.wishes.gap_m is not None


def test_them_means_what_was_selected_in_the_same_breath() -> None:
    intent = meant("select the red ones and delete them", "a show")
    assert intent.kind == "edit"
    assert intent.edits[0].verb == "remove"
    assert intent.edits[0].targets is not None
    assert intent.edits[0].targets.query is not None
    assert intent.edits[0].targets.query.colours == ("red",)


def test_a_question_and_then_a_show_speak_of_the_same_works() -> None:
    intent = meant("how many crabs from 1994 do I have? show them as a timeline")
    assert (intent.kind, intent.layout, intent.query.words) == ("create", "timeline", "crabs")
    assert intent.query.dates is not None


@pytest.mark.parametrize(
    ("earlier", "now", "kind", "targets"),
    [
        ("remove the third one", "and the last two", "edit", Targets(ordinal=-1, many=2)),
        ("go to the back wall", "now the left one", "navigate", Targets(wall="left")),
        ("tilt the second one by 10 degrees", "no, hang it straight", "edit", Targets(ordinal=2)),
    ],
)
def test_what_is_left_out_was_said_before(earlier: str, now: str, kind: str, targets: Targets) -> None:
    intent = meant(now, "a show", recent_requests=(earlier,))
    assert (intent.kind, intent.targets) == (kind, targets)


def test_all_but_some() -> None:
    intent = meant("remove everything except the first two", "a show")
    assert intent.edits[0].targets == Targets(everything=True, but=Targets(ordinal=1, many=2))


def test_edits_come_in_the_order_in_which_they_were_said() -> None:
    intent = meant("remove the first one and make the third one bigger", "a show")
    assert [edit.verb for edit in intent.edits] == ["remove", "bigger"]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("undo", 1),
        ("undo the last three steps", 3),
        ("go back 2 versions", 2),
        ("revert the two most recent changes", 2),
    ],
)
def test_several_steps_are_taken_back(text: str, times: int) -> None:
    intent = meant(text, "a show")
    assert (intent.kind, intent.times) == ("undo", times)


def test_names_of_creators_are_not_words_to_search_for() -> None:
    for text in ("Ada's crabs", "crabs by Ada Roe", "crabs that Ada painted", "crabs from Roe"):
        intent = meant(text)
        assert (intent.query.creators, intent.query.words) == (("Ada Roe",), "crabs"), text


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("half that distance", "gap_m"),
        ("could the spacing be more generous", "gap_m"),
        ("all the works way larger", "scale"),
    ],
)
def test_the_gist_is_enough(text: str, wish: str) -> None:
    intent = meant(text, "a show")
    assert intent.kind == "refine"
    assert getattr(intent.wishes, wish) is not None


@pytest.mark.parametrize("text", ["make it pop", "the usual", "book me a flight", "what is the weather tomorrow"])
def test_what_is_no_request_for_pictures_is_asked_about(text: str) -> None:
    assert meant(text).kind == "unclear"


_SAID = [phrase["say"] for phrase in PHRASES]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(_SAID), min_size=2, max_size=5), st.sampled_from([" and then ", ". ", ", after that "]))
def test_any_chain_of_requests_is_read_without_an_error(parts: list[str], join: str) -> None:
    meant(join.join(parts), "a show", recent_requests=("remove the third one",))
