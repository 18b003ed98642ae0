"""What phrases over a show point at, and the acts that were learnt of them."""

import numpy as np
import pytest

from agent.offline.accounts import unaccounted
from agent.offline.acts_learnt import Masked, act_table, learnt_acts
from agent.offline.effects import with_effect
from agent.offline.mentions import by_number, mentions
from agent.offline.parts import cuts
from agent.offline.understand import understand
from tests.agent.offline.album_words import album_words, around

OVER = around("hang 8 pictures of Lisbon", over_a_show=True)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("the two at the very end can go", [("works", "the last 2")]),
        ("2 and 7 need to trade", [("number", "2"), ("number", "7")]),
        ("leave 60 cm between them", [("length", "60 cm"), ("works", "them")]),
        ("the trams fight with Anna's boats", [("works", "the trams"), ("subject", "Anna's boats")]),
        ("everything from 1996 comes down", [("works", "everything from 1996")]),
        ("go back to the first look", []),
        ("take Laundry in the alley 1 down", [("works", "number 3")]),
    ],
)
def test_what_is_pointed_at(words: str, found: list[tuple[str, str]]) -> None:
    assert [(one.kind, one.says) for one in mentions(words, album_words(), OVER)] == found


def test_a_title_that_ends_in_a_number_is_called_by_its_place() -> None:
    assert by_number("take Laundry in the alley 1 down, and 2 more", OVER) == "take number 3 down, and 2 more"


def test_every_act_is_read_by_the_rules_as_an_act() -> None:
    fills = {
        "number": "3",
        "works": "the third picture",
        "other": "the fifth picture",
        "subject": "trams",
        "length": "60 cm",
    }
    for act in act_table().acts:
        if act.says:
            intent = understand(act.says.format(**fills), album_words(), OVER)
            assert intent.kind != "unclear", act.says


def test_acts_are_filled_by_all_that_is_pointed_at_or_not_at_all() -> None:
    table = {act.name: act for act in act_table().acts}
    swapped = mentions("number 2 and the last one", album_words(), OVER)
    assert table["swap"].filled(swapped) == "swap number 2 and the last one"
    assert table["remove"].filled(swapped) == ""
    assert table["count"].filled(swapped) == ""


def test_what_was_learnt_belongs_to_the_table_as_it_is() -> None:
    known = learnt_acts()
    assert known is not None
    assert known.weights.shape[1] > len(known.table.acts)
    nothing = np.zeros((1, known.weights.shape[0] - 1), np.float32)
    assert known.readings(nothing, [Masked("", ())]) == []


def test_a_text_is_cut_at_its_joints_and_not_between_places() -> None:
    assert list(cuts("swap 2 and 7")) == []
    assert list(cuts("ten will do, and wider gaps")) == [("ten will do", "wider gaps")]


def test_what_was_said_in_vain_is_counted() -> None:
    def lost(words: str) -> frozenset[str]:
        return unaccounted(words, understand(words, album_words(), OVER), album_words(), OVER)

    assert lost("remove the third one") == frozenset()
    assert lost("hang them at 1.4 m") == frozenset()
    assert "zebras" in lost("remove the zebras")


def test_wishes_beside_an_act_are_done_after_it() -> None:
    intent = with_effect(understand("oldest first, and the cat must go", album_words(), OVER))
    assert [edit.verb for edit in intent.edits] == ["remove"]
    assert [then.wishes.order for then in intent.then] == ["oldest"]
