"""The theme files that ship, and files that cannot be themes."""

import json
from pathlib import Path

import pytest

import resources
from scene.themes import Theme, ThemeError, read_theme, themes_in

SHIPPED = {"cyberpunk", "white_cube", "noir", "forest", "museum", "paper", "deep_sea", "desert"}


@pytest.fixture(scope="module")
def themes() -> dict[str, Theme]:
    return themes_in(resources.folder("themes"))


def test_the_eight_themes_are_there_under_their_own_names(themes: dict[str, Theme]) -> None:
    assert set(themes) == SHIPPED
    assert all(theme.id == name for name, theme in themes.items())


def test_no_word_chooses_two_themes(themes: dict[str, Theme]) -> None:
    chosen: dict[str, str] = {}
    for theme in themes.values():
        for word in theme.words:
            assert word == word.lower().strip()
            assert chosen.setdefault(word, theme.id) == theme.id, word


def test_every_theme_has_an_accent_that_its_background_does_not_swallow(themes: dict[str, Theme]) -> None:
    for theme in themes.values():
        assert theme.accent != theme.walls.colour
        assert theme.label.paper != theme.label.ink


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "cannot be read"),
        ("{", "cannot be read"),
        ("[]", "the file"),
        ("{}", "id"),
        (json.dumps({"id": "other"}), "name"),
    ],
)
def test_a_bad_file_is_named_with_its_reason(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "broken.json"
    path.write_text(text)
    with pytest.raises(ThemeError, match=r"broken\.json") as error:
        read_theme(path)
    assert words in str(error.value)


def test_an_unknown_field_a_bad_colour_and_a_foreign_id_are_refused(tmp_path: Path, themes: dict[str, Theme]) -> None:
    good = json.loads((resources.folder("themes") / "noir.json").read_text())
    path = tmp_path / "noir.json"
    for change in ({"surprise": 1}, {"accent": "red"}, {"id": "noir2"}, {"palette": []}):
        path.write_text(json.dumps(good | change))
        with pytest.raises(ThemeError, match=r"noir\.json"):
            read_theme(path)
    path.write_text(json.dumps(good))
    assert read_theme(path) == themes["noir"]


def test_a_folder_without_themes_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ThemeError, match="no themes"):
        themes_in(tmp_path)
