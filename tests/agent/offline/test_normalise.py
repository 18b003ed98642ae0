"""A request as typed becomes one line of tokens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.offline.grammar import grammar_of
from agent.offline.normalise import MAX_TOKENS, normalised, slips
from agent.vocabulary import vocabulary

WORDS = vocabulary("en")
SPELLING = grammar_of(WORDS).spelling


def line(text: str) -> str:
    return normalised(text, WORDS, SPELLING).line.strip("¦ ")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Two dozen", "24"),
        ("twenty-four works", "24 works"),
        ("a hundred crabs", "100 crabs"),
        ("half a dozen", "6"),
        ("this one", "this one"),
        ("1,000 works", "1000 works"),
        ("0,5 m", "0.5 m"),
        ("the '90s", "the 90s"),
        ("don’t", "do not"),
        ("$0.20", "$ 0.20"),
        ("30cm", "30 cm"),
        ("2019-05-03", "2019-05-03"),
        ("last summer's best", "last summer best"),
        ("Neon", "neon"),
        ("more rain!!!", "more rain ! ! !"),
        ("1999,2001", "1999 , 2001"),
    ],
)
def test_tokens(typed: str, read: str) -> None:
    assert line(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [("galery", "gallery"), ("timelnie", "timeline"), ("purpel", "purple"), ("exhibtion", "exhibition")],
)
def test_slips_in_known_words_are_put_right(typed: str, read: str) -> None:
    assert line(typed) == read


@pytest.mark.parametrize("word", ["stars", "planes", "castle", "dessert", "string", "horses", "ravens", "trains"])
def test_other_words_are_left_as_they_are(word: str) -> None:
    assert line(word) == word


@given(st.text(max_size=300))
def test_any_text_becomes_a_bounded_line_between_two_boundaries(text: str) -> None:
    found = normalised(text, WORDS, SPELLING).line
    assert found.startswith("¦ ")
    assert found.endswith("¦ ")
    assert "  " not in found
    assert len(found.split()) <= MAX_TOKENS + 2


_SHORT = st.text(alphabet="abcd", max_size=7)


@given(_SHORT, _SHORT)
def test_slips_are_counted_alike_both_ways(a: str, b: str) -> None:
    assert slips(a, b, 9) == slips(b, a, 9)
    assert (slips(a, b, 9) == 0) == (a == b)
    assert (slips(a, b, 1) > 1) == (slips(a, b, 9) > 1)
