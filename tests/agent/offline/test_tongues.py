"""The common requests are read in eight more languages, and English is never taken for one of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.offline.tongues import MAX_CHARACTERS, in_own_words
from tests.agent.offline.test_understand import PHRASES, WORDS, meant

_CREATE = {
    "de": "Erstelle eine Ausstellung mit 6 Blumen", "es": "crea una exposición con 6 flores",
    "fr": "crée une exposition avec 6 fleurs", "it": "crea un'esposizione con 6 fiori",
    "pt": "crie uma exposição com 6 flores", "nl": "maak een tentoonstelling met 6 bloemen",
    "ja": "花の写真を6枚で展覧会を作って", "zh": "用6张花的照片做一个展览",
}  # fmt: skip
_OVER_A_SHOW = {
    "de": ("mehr Abstand", "etwas heller", "lösche das zweite Bild", "geh zum Eingang", "im Museum"),
    "es": ("más espacio", "un poco más claro", "borra el segundo cuadro", "ve a la entrada", "en un museo"),
    "fr": ("plus d'espace", "un peu plus clair", "supprime le deuxième tableau", "va à l'entrée", "dans un musée"),
    "it": ("più spazio", "un po' più chiaro", "elimina il secondo quadro", "vai all'ingresso", "in un museo"),
    "pt": ("mais espaço", "um pouco mais claro", "apague o segundo quadro", "vá para a entrada", "em um museu"),
    "nl": ("meer ruimte", "een beetje lichter", "wis het tweede werk", "ga naar de ingang", "in een museum"),
}
_KINDS = ("refine", "restyle", "edit", "navigate", "restyle")


@pytest.mark.parametrize("language", _CREATE)
def test_a_new_show_is_asked_for(language: str) -> None:
    intent = meant(_CREATE[language])
    assert (intent.kind, intent.language, intent.wishes.count) == ("create", language, 6)
    assert "flowers" in intent.query.words


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [(name, text, kind) for name, texts in _OVER_A_SHOW.items() for text, kind in zip(texts, _KINDS, strict=True)],
)  # fmt: skip
def test_a_show_is_changed(language: str, text: str, kind: str) -> None:
    intent = meant(text, "a show")
    assert (intent.kind, intent.language) == (kind, language)


@pytest.mark.parametrize("text", ["元に戻して", "撤销", "rückgängig", "deshacer", "annule", "annulla", "desfazer"])
def test_the_last_step_is_taken_back(text: str) -> None:
    assert meant(text, "a show").kind == "undo"


def test_accents_may_be_left_out() -> None:
    assert meant("crea una galeria con 10 montanas").query.words == "mountains"
    assert meant("enleve la premiere", "a show").edits[0].verb == "remove"


def test_a_quotation_stays_as_it_is() -> None:
    assert in_own_words("lösche „Rote Blumen“", WORDS)[0] == 'remove "Rote Blumen"'


def test_english_is_english() -> None:
    wrong = [phrase["say"] for phrase in PHRASES if in_own_words(phrase["say"], WORDS)[1] != "en"]
    assert not wrong


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x9FFF), max_size=200))
def test_any_script_is_read_without_an_error(text: str) -> None:
    meant(text, "a show")


def test_much_of_another_language_is_bounded() -> None:
    glossed, language = in_own_words("mehr Abstand zwischen den Bildern und " * 400, WORDS)
    assert language == "de"
    assert len(glossed) < 4 * MAX_CHARACTERS
