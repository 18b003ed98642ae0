"""Captions: short, in two lines at most, at one size; folders by their own names; shelves of about a screen's shape."""

from scene.layouts.captions import MOST_LETTERS, in_lines, shortened, width_m
from scene.layouts.choose import arrange
from scene.layouts.columns import grouped
from scene.layouts.contract import Wishes, Work
from scene.layouts.panels import Cell
from scene.layouts.shelves import on_shelves, some_numbers
from scene.records import Sign


def test_long_words_end_between_words_with_an_ellipsis() -> None:
    assert shortened("rain") == "rain"
    assert shortened("a very long label of many words that never ends") == "a very long label of many words that…"
    assert len(shortened("x" * 400)) == MOST_LETTERS


def test_words_break_into_two_lines_of_about_the_same_length() -> None:
    assert in_lines("circuit, technology", 30) == "circuit, technology"
    assert in_lines("circuit, technology", 12) == "circuit,\ntechnology"
    assert in_lines("low poly mountains", 10) == "low poly\nmountains"
    assert in_lines("unbreakable", 4) == "unbreakable"
    assert width_m("low poly\nmountains", 0.1) == width_m("mountains", 0.1)


def test_folders_are_named_by_their_last_part_and_told_apart_by_what_holds_them() -> None:
    folders = ("library/neon-city_nights", "library/rain", "other/rain", "plain", "a/plain/")
    works = [Work(asset_id=f"{i:064x}", values={"folder": folder}) for i, folder in enumerate(folders)]
    groups = grouped(works, range(5), "folder")
    assert set(groups) >= {"neon city nights", "rain (library)", "rain (other)"}
    assert sorted(i for members in groups.values() for i in members) == list(range(5))


def test_many_groups_stand_on_several_shelves() -> None:
    groups = {f"group {k}": list(range(k * 4, k * 4 + 4)) for k in range(17)}
    shelving = on_shelves(groups, Cell(1.2, 1.0, 0.2), 25)
    assert len(shelving.shelves) >= 2
    assert 1.3 < shelving.length_m / shelving.height_m < 2.6
    assert [panel.name for shelf in shelving.shelves for panel in shelf] == list(groups)


def test_a_few_numbers_are_tried_among_many() -> None:
    assert some_numbers(5) == [1, 2, 3, 4, 5]
    assert some_numbers(3_000)[0] == 1
    assert some_numbers(3_000)[-1] == 3_000
    assert len(some_numbers(3_000)) < 20


def test_captions_say_the_group_in_lines_that_fit() -> None:
    works = [
        Work(asset_id=f"{i:064x}", values={"folder": f"library/{name}"})
        for i, name in enumerate(["low-poly-mountains", "geometric-abstracts", "rain"] * 2)
    ]
    arranged = arrange("grid", works, Wishes(group_by="folder"))
    texts = [r.text for r in arranged.records if isinstance(r, Sign)]
    assert {" ".join(text.split()) for text in texts} == {p.group for p in arranged.placements}
    assert all(text.count("\n") <= 1 for text in texts)
