"""The catalogue of messages: complete in English, true to its placeholders in every language, heard in the answer."""

import json
import re
import string
from pathlib import Path

import pytest

import resources
from agent.phrases import Phrases, phrases
from tests.agent.turns import Talk

FILES = sorted(resources.folder("phrases").glob("*.json"))
ENGLISH = json.loads((resources.folder("phrases") / "en.json").read_text(encoding="utf-8"))
_SLOT = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_message_has_only_the_placeholders_of_the_english_one(file: Path) -> None:
    said = json.loads(file.read_text(encoding="utf-8"))
    own = {key for key in said if key.partition(".")[0] in ("colour", "panel", "column", "axis")}
    assert set(said) - own <= set(ENGLISH)
    assert not [
        key for key in said.keys() & ENGLISH if not {*_SLOT.findall(said[key])} <= {*_SLOT.findall(ENGLISH[key])}
    ]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_message_is_there_in_every_language(file: Path) -> None:
    said = json.loads(file.read_text(encoding="utf-8"))
    singular = {key for key in ENGLISH if key.endswith(".one")}
    assert set(ENGLISH) - singular <= set(said)


@pytest.mark.parametrize("room", ["layouts", "checks"])
def test_what_layouts_and_checks_say_has_every_message_and_its_values_in_every_language(room: str) -> None:
    told = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (FILES[0].parent / room).glob("*.json")}
    assert set(told) == {file.stem for file in FILES}
    for language, said in told.items():
        missing = {key for key in told["en"].keys() - said.keys() if not key.endswith(".one")}
        assert missing == set(), language
        for key, text in said.items():
            assert _slots(text) == _slots(told["en"][key]), (language, key)


def _slots(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_a_language_without_a_catalogue_or_a_message_speaks_english() -> None:
    assert phrases("xx").works(2) == "2 works"
    assert Phrases("nl", {}).say("go.no_wall.advice") == ENGLISH["go.no_wall.advice"]


def test_plurals_lists_and_quotations_are_the_languages_own() -> None:
    tell = phrases("de")
    assert (tell.works(1), tell.works(1_200)) == ("1 Werk", "1,200 Werke")
    assert tell.listed(["a", "b", "c"]) == "a, b und c"
    assert phrases("zh").listed(["a", "b"]) == "a和b"


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        ("zeig mir 8 bilder als museum", "8 Werke"),
        ("combien de photos ai-je", "dans la bibliothèque"),
        ("imprime la exposición", "No puedo imprimir"),
        ("stampa la mostra", "Non posso stampare"),
        ("hoeveel foto's heb ik", "in de bibliotheek"),
        ("写真は何枚ありますか", "ライブラリに"),
        ("我有多少张照片", "图库中有"),
    ],
)
async def test_what_is_answered_is_in_the_language_of_the_request(request_: str, said: str) -> None:
    assert said in (await Talk().say(request_)).text


async def test_explanations_and_projects_are_told_in_the_language_of_the_request() -> None:
    talk = Talk()
    await talk.say("zeig mir 8 bilder als museum")
    told = (await talk.say("warum hängt das dritte bild hier?")).text
    assert "ausgewählt" in told
    assert "Bewertung" in told
    assert not {"chosen", "scored"} & set(told.split())
    assert "projet" in (await Talk().say("crée un nouveau projet nommé Port")).text
