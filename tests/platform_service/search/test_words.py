import pytest
from hypothesis import given
from hypothesis import strategies as st

from platform_service.search.words import content_words, fold, pieces, stem, stems


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("IMG_2034-NeonStreet.jpg", ["2034", "neon", "street"]),
        ("show me pictures of the sea", ["sea"]),
        ("DSC00123.JPG", []),
        ("Café Müller", ["cafe", "muller"]),
        ("ночь города 夜景", ["ночь", "города", "夜景"]),
        ("the 90s and 1980s, 20s", ["1990s", "1980s", "2020s"]),
        ("", []),
    ],
)
def test_names_and_requests_are_split_as_people_mean_them(text, words):
    assert content_words(text) == words


@pytest.mark.parametrize(
    "alike",
    ["city cities", "rain rainy raining rains", "glass glasses", "circle circles", "tree trees", "box boxes",
     "running run", "sky skies", "wave waves", "church churches", "star starry", "paint painted painting"],
)  # fmt: skip
def test_forms_of_a_word_share_a_stem(alike):
    assert len({stem(word) for word in alike.split()}) == 1


@pytest.mark.parametrize("apart", ["city sea", "sun sung", "rain train", "star stair", "bus boss", "ink inn"])
def test_different_words_keep_different_stems(apart):
    assert len({stem(word) for word in apart.split()}) == 2


@given(st.text(max_size=200))
def test_any_text_gives_words_that_can_be_compared(text):
    for word in pieces(text):
        assert word
        assert fold(word) == word or not word.isascii()
        assert stem(word)
    assert stems(text) == stems(text.replace("a", "á")) or "a" not in text


@given(st.from_regex(r"[a-z]{1,14}", fullmatch=True))
def test_a_plural_has_the_stem_of_its_singular_or_both_are_short(word):
    if len(word) > 3 and not word.endswith(("s", "i", "u", "x", "h", "y", "e", "ing", "ed")):
        assert stem(word + "s") == stem(word)
