"""The table of paraphrases: what it stands for is read by the rules, what was learnt is of this table, poles differ."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.offline.closest import learnt
from agent.offline.meanings import ASIDE, SUBJECT, meaning_table
from tests.agent.offline.test_understand import meant

TABLE = meaning_table()
NAMED = [one for one in TABLE.meanings.values() if one.name not in (SUBJECT, ASIDE)]


@pytest.mark.parametrize("meaning", NAMED, ids=lambda one: one.name)
def test_every_meaning_stands_in_words_that_the_rules_read(meaning):
    if meaning.family == "refuse":
        assert meant(meaning.says, "a show").missing == "ability"
        return
    request = meaning.says if meaning.whole else f"twenty pictures of crabs, {meaning.says}"
    over = "a show" if meaning.whole else "nothing"
    intent = meant(request, over)
    assert intent.kind != "unclear", request
    assert not intent.ignored, request
    if not meaning.whole:
        bare = meant("twenty pictures of crabs")
        parts = {"understood", "confidence"}
        assert intent.model_dump(exclude=parts) != bare.model_dump(exclude=parts), "it changes nothing"


def test_what_was_learnt_is_of_the_table_as_it_is():
    known = learnt()
    assert known is not None, "run: python -m platform_service.embedding.teach"
    assert known.weights.shape[1] == len(TABLE.names)


def test_no_paraphrase_stands_for_two_meanings():
    texts = [one.text.casefold() for one in TABLE.said]
    assert sorted(texts) == sorted(set(texts))


@pytest.mark.parametrize(
    ("said", "goes_against"),
    [
        ("darker", "light up"), ("not so bright", "light up"), ("it's ever so dark", "light down"),
        ("too small to see", "works smaller"), ("they're so small", "works smaller"), ("closer together", "gap big"),
        ("too close together", "gap small"), ("hung lower", "height up"), ("too high for me", "height up"),
    ],
)  # fmt: skip
def test_words_of_direction_decide_between_opposites(said, goes_against):
    assert TABLE.contradicts(said, goes_against)
    assert not TABLE.contradicts(said, TABLE.opposite(goes_against))


@given(st.text(max_size=60), st.sampled_from([one.name for one in NAMED]))
def test_any_text_has_a_sense(text, name):
    assert TABLE.sense(text) == TABLE.sense(text)
    if TABLE.contradicts(text, name):
        assert TABLE.sense(text)
