"""Signs of rooms, groups and dates are in the language of the request, as the receipts are."""

import json
import re
import string
from datetime import date

import pytest

import resources
from agent.lettering import lettering
from agent.phrases import phrases
from platform_service.ingest.colours import COLOUR_NAMES as NAMES
from scene.layouts.building import ribbon
from scene.layouts.choose import arrange
from scene.layouts.contract import Wishes, Work
from scene.layouts.lettering import ENGLISH
from scene.layouts.ticks import sections
from scene.records import Sign
from tests.agent.turns import Talk

FILES = sorted((resources.folder("phrases") / "signs").glob("*.json"))
SIGNS = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in FILES}


def slots(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_language_has_every_sign_with_its_values() -> None:
    assert set(SIGNS) == {file.stem for file in resources.folder("phrases").glob("*.json")}
    for language, signs in SIGNS.items():
        assert signs.keys() == SIGNS["en"].keys(), language
        for key, text in signs.items():
            assert slots(text) == slots(SIGNS["en"][key]), (language, key)


def test_without_a_language_layouts_letter_in_english() -> None:
    told = lettering(phrases("en"))
    assert told == lettering(phrases("xx"))
    for name in ("others", "unknown", "room", "group", "hall", "decade", "months", "month", "span", "day"):
        assert getattr(told, name) == getattr(ENGLISH, name), name


@pytest.mark.parametrize(
    ("language", "day", "month", "months", "decade"),
    [
        ("en", "3 Mar 2019", "Mar 2019", "Jan–Mar 2019", "1990s"),
        ("de", "3. März 2019", "März 2019", "Jan.–März 2019", "1990er"),
        ("fr", "3 mars 2019", "mars 2019", "janv.–mars 2019", "années 1990"),
        ("ja", "2019年3月3日", "2019年3月", "2019年1月–3月", "1990年代"),
    ],
)
def test_dates_are_written_as_in_the_language(language: str, day: str, month: str, months: str, decade: str) -> None:
    words = lettering(phrases(language))

    def labels(first: date, last: date) -> list[str]:
        return [section.label for section in sections(first, last, lettering=words)]

    assert day in labels(date(2019, 3, 1), date(2019, 3, 9))
    assert month in labels(date(2019, 1, 1), date(2019, 11, 1))
    assert months in labels(date(2019, 1, 1), date(2021, 12, 1))
    assert decade in labels(date(1921, 1, 1), date(2019, 1, 1))


def works(count: int = 12) -> list[Work]:
    return [
        Work(asset_id=f"{n:064x}", values={} if n % 4 == 0 else {"colour": ("blue", "red", "grey")[n % 3]})
        for n in range(count)
    ]


def test_groups_rooms_and_the_rest_are_called_as_in_the_language() -> None:
    words = lettering(phrases("de"))
    grid = arrange("grid", works(), Wishes(group_by="colour"), lettering=words)
    assert {sign.text for sign in grid.records if isinstance(sign, Sign)} >= {"blau", "rot", "grau", "unbekannt"}
    assert {work.group for work in grid.placements} == {"blau", "rot", "grau", "unbekannt"}
    assert [plan.name for plan in ribbon(2, room_name=words.room)] == ["Raum 1", "Raum 2"]
    rooms = arrange("gallery", works(), Wishes(group_by="colour", rooms=2), lettering=words)
    assert {work.group for work in rooms.placements} & {"andere"}


def test_values_that_read_alike_become_one_group() -> None:
    words = lettering(phrases("de"))
    assert words.renamed({"grey": [0], "unknown": [1], "grau": [2]}, "colour") == {"grau": [0, 2], "unbekannt": [1]}


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        ("erstelle eine cyberpunk galerie in drei räumen", r"Raum \d"),
        ("crée une galerie cyberpunk en trois salles", r"Salle \d"),
        ("create a cyberpunk gallery in three rooms", r"Room \d"),
    ],
)
async def test_a_request_letters_its_rooms_in_its_language(request_: str, expected: str) -> None:
    talk = Talk()
    ended = await talk.say(request_)
    assert ended.proposal is not None, ended.text
    texts = [sign.text for sign in talk.scene.all(Sign) if sign.use == "room"]
    assert texts
    assert all(re.fullmatch(expected, text) for text in texts), texts


@pytest.mark.parametrize("language", sorted(SIGNS.keys() - {"en"}))
def test_every_colour_of_a_palette_has_a_word_of_its_own(language: str) -> None:
    words = lettering(phrases(language)).values["colour"]
    names = [name for name in NAMES if name not in words]
    assert names == []
    assert len({words[name] for name in NAMES}) == len(set(NAMES))
