"""Nouns and numerals of other languages: every numeral is the number it says, every noun leads to a subject."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import resources
from agent.offline.tongues import in_own_words
from agent.vocabulary import vocabulary
from tests.agent.offline.test_understand import WORDS, meant

_SHOW = {
    "de": "zeig mir {} Fotos vom Meer", "es": "muéstrame {} fotos del mar", "fr": "montre-moi {} photos de la mer",
    "it": "mostrami {} foto del mare", "pt": "mostre-me {} fotos do mar", "nl": "laat me {} foto's van de zee zien",
}  # fmt: skip
_WORDS = {
    path.stem: json.loads(path.read_text("utf-8")) for path in resources.folder("vocabulary").glob("words/*.json")
}
_NUMERALS = [(name, word, int(number)) for name in _SHOW for word, number in _WORDS[name]["numerals"].items()]


def test_every_language_with_phrases_has_words() -> None:
    assert set(_WORDS) == {"de", "es", "fr", "it", "pt", "nl", "ja", "zh"}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(_NUMERALS))
def test_a_numeral_says_how_many(numeral: tuple[str, str, int]) -> None:
    language, word, number = numeral
    intent = meant(_SHOW[language].format(word))
    assert (intent.language, intent.wishes.count, "sea" in intent.query.words) == (language, number, True)


@pytest.mark.parametrize("language", _SHOW)
def test_numbers_below_a_hundred_are_all_there(language: str) -> None:
    own = vocabulary("en")
    known = {int(n) for n in _WORDS[language]["numerals"].values()}
    said = {str(value) for value in vocabulary(language).table("phrases").values()}
    numbers = own.table("numbers")
    spoken = (str(numbers.get(value, value)) for value in said)
    known |= {int(value) for value in spoken if value.isdecimal()}
    assert set(range(21, 100)) <= known


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("zehn Bilder von Farnen und Schneemännern", ("fern", "snowman")),
        ("diez fotos de faroles y de puentes", ("lantern", "bridge")),
        ("dix photos de fougères et de ponts", ("fern", "bridge")),
        ("dieci foto di felci e ponti", ("fern", "bridge")),
        ("dez fotos de pontes e de bolos", ("bridge", "cake")),
        ("tien foto's van bruggen en varens", ("bridge", "fern")),
        ("雪だるまと橋の写真を10枚", ("snowman", "bridge")),
        ("雪人和桥的照片10张", ("snowman", "bridge")),
        ("zehn Bilder vom Nachtbus", ("night bus",)),
    ],
)
def test_nouns_are_known(text: str, words: tuple[str, ...]) -> None:
    said = in_own_words(text, WORDS)[0]
    assert all(word in said for word in words), said
