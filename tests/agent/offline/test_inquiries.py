"""Questions in any order of words and in other languages are answered; none of them changes what hangs."""

import pytest

from agent.intent import Intent
from agent.offline.inquiries import is_question
from agent.offline.understand import understand
from tests.agent.offline.album_words import album_words, around


def meant(text: str, *, over_a_show: bool = False) -> Intent:
    return understand(text, album_words(), around(over_a_show=over_a_show))


@pytest.mark.parametrize(
    ("text", "about", "words", "creators"),
    [
        ("is Grandma in more than ten photos?", "count", "grandma", ()),
        ("of Bruno I have how many pictures?", "count", "", ("Bruno",)),
        ("Von Bruno habe ich wie viele Aufnahmen?", "count", "", ("Bruno",)),
        ("ist Oma auf mehr als zehn Fotos?", "count", "grandma", ()),
        ("was Anna in Kyoto", "count", "kyoto", ("Anna",)),
        ("Hello! Is there a cat anywhere?", "count", "cat", ()),
        ("who was behind the camera in Lisbon?", "facet", "lisbon", ()),
        ("when did we go to Iceland?", "span", "iceland", ()),
        ("Is the library big? How many images does it contain?", "count", "", ()),
    ],
)
@pytest.mark.parametrize("over_a_show", [False, True])
def test_a_question_is_answered(
    text: str, about: str, words: str, creators: tuple[str, ...], over_a_show: bool
) -> None:
    intent = meant(text, over_a_show=over_a_show)
    assert (intent.kind, intent.about) == ("answer", about)
    assert (intent.query.words, intent.query.creators) == (words, creators)


@pytest.mark.parametrize(
    "text",
    ["is the third one red?", "are the walls white?", "does it smell of paint here?", "who is the king of Spain?",
     "has the sea been calm?", "were you ever in love?"],
)  # fmt: skip
def test_a_question_that_nothing_answers_changes_nothing(text: str) -> None:
    for over_a_show in (False, True):
        assert meant(text, over_a_show=over_a_show).kind in ("unclear", "answer", "explain", "navigate")


@pytest.mark.parametrize(
    "text",
    [
        "Could you show me ten pictures of Lisbon?",
        "do you think you could hang ten pictures of Lisbon?",
        "Do you have pictures of trams? Put them up.",
        "ten pictures of Lisbon?",
        "what Bruno shot in the nineties",
    ],
)
def test_a_polite_request_is_no_question(text: str) -> None:
    assert meant(text).kind == "create"


@pytest.mark.parametrize("text", ["what about noir?", "what if it were noir?", "isn't it too dark?"])
def test_a_suggestion_is_no_question(text: str) -> None:
    assert meant(text, over_a_show=True).kind in ("restyle", "refine")


def test_who_needs_it_is_no_question() -> None:
    assert not is_question("who needs the trams", album_words(), marked=True)
    assert is_question("who took the trams", album_words(), marked=True)
    assert not is_question("what bruno shot in 2012", album_words(), marked=False)


@pytest.mark.parametrize(
    ("text", "about", "words"),
    [
        ("wie alt sind die Fotos aus Berlin?", "span", "berlin"),
        ("Wer hat die Pferde fotografiert?", "facet", "horse"),
        ("¿quién hizo las fotos de Berlín?", "facet", "berlin"),
        ("Quand sommes-nous allés en Islande ?", "span", "iceland"),
        ("hoeveel foto's van paarden heb ik?", "count", "horse"),
        ("Ci sono foto di Berlino?", "count", "berlin"),
        ("Tem fotos de Lisboa?", "count", "lisbon"),
    ],
)
def test_a_question_in_another_language_is_answered(text: str, about: str, words: str) -> None:
    intent = meant(text)
    assert (intent.kind, intent.about, intent.query.words) == ("answer", about, words)


@pytest.mark.parametrize(
    "text",
    [
        "Könntest du zehn Bilder aus Lissabon zeigen?",
        "wie wäre es mit Lissabon?",
        "Puoi mostrarmi dieci foto di Lisbona?",
    ],
)
def test_a_polite_request_in_another_language_is_no_question(text: str) -> None:
    assert meant(text).kind == "create"


@pytest.mark.parametrize("text", ["is number three by Bruno?", "was the third one taken in Lisbon?"])
def test_of_one_work_it_is_told_what_is_known(text: str) -> None:
    intent = meant(text, over_a_show=True)
    assert (intent.kind, intent.about, intent.targets.ordinal) == ("answer", "described", 3)


@pytest.mark.parametrize(
    ("text", "verb"), [("isn't the third one too small?", "bigger"), ("can you make the third one bigger?", "bigger")]
)
def test_a_complaint_and_a_polite_wish_change_the_work(text: str, verb: str) -> None:
    intent = meant(text, over_a_show=True)
    assert [(edit.verb, edit.targets.ordinal) for edit in intent.edits if edit.targets] == [(verb, 3)]
