"""What refers to earlier steps: works brought back, counts against the first show, a length after gaps, corrections."""

import pytest

from agent.intent import Edit, Intent, Targets
from agent.offline.understand import understand
from agent.ports.context import TurnContext
from tests.agent.offline.album_words import SHOW, album_words, around
from tests.agent.turns import TODAY


def meant(text: str, *earlier: str) -> Intent:
    return understand(text, album_words(), around(*earlier, over_a_show=True))


@pytest.mark.parametrize(
    ("text", "earlier"),
    [
        ("bring all three back", "remove the third, the fifth and the eighth"),
        ("bring them back", "remove the third and the fifth"),
        ("bring back the third", "remove the third"),
        ("put the trams back up", "remove the trams"),
        ("bring the trams back", "no trams"),
    ],
)
def test_what_was_taken_away_comes_back(text: str, earlier: str) -> None:
    assert meant(text, "eight pictures of Lisbon", earlier).kind == "undo"


def test_what_was_not_taken_away_does_not_come_back() -> None:
    assert meant("bring back the second", "remove the third").kind != "undo"
    assert meant("bring the horses back", "no trams").kind != "undo"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("no, I wanted three less than at first", 11),
        ("three more than in the beginning", 17),
        ("half as many as at first", 7),
        ("half as many", 4),
    ],
)
def test_counts_are_of_the_show_that_is_named(text: str, count: int) -> None:
    assert meant(text, "14 travel pictures", "three more").wishes.count == count


def test_without_a_first_show_nothing_is_counted_from_it() -> None:
    assert meant("three less than at first", "make it noir").wishes.count != -3


@pytest.mark.parametrize(("earlier", "gap_m"), [("bigger gaps", 0.5), ("make it noir", None)])
def test_a_length_alone_is_of_the_gaps_that_were_changed(earlier: str, gap_m: float | None) -> None:
    assert meant("set it to exactly half a metre", earlier).wishes.gap_m == gap_m


def test_only_one_of_them_after_all() -> None:
    gone = tuple(Edit(verb="remove", targets=Targets(ordinal=number)) for number in (3, 5))
    done = (Intent(kind="edit", edits=gone), Intent(kind="undo", undo_what="step"))
    said = ("remove the third and the fifth", "bring them back")
    context = TurnContext(scene=SHOW, today=TODAY, recent_requests=said, last_intents=done)
    intent = understand("only the fifth then", album_words(), context)
    assert intent.edits == (Edit(verb="remove", targets=Targets(ordinal=5)),)


def test_only_a_place_in_the_row_keeps_that_work() -> None:
    target = meant("only the fifth", "eight pictures of Lisbon").edits[0].targets
    assert target == Targets(everything=True, but=Targets(ordinal=5))


@pytest.mark.parametrize(
    "text",
    ["sorry, I picked the wrong town, it should have been Berlin", "that was the wrong place, I meant Berlin"],
)
def test_the_show_stays_as_it_was_asked_for_with_another_subject(text: str) -> None:
    intent = meant(text, "a gallery of 16 Lisbon pictures")
    assert (intent.kind, intent.query.words, intent.wishes.count) == ("create", "berlin", 16)
