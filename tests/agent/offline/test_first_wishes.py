"""First requests over the album: times, numbers and rooms in a list, orders told by an end, slips, talk beside."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.intent import Intent
from agent.offline.leading import orders_at_ends
from agent.offline.misspelt import with_theme_names
from agent.offline.understand import understand
from agent.ports.library import DateRange
from tests.agent.offline.album_words import album_words, around

_BETWEEN = DateRange(start=date(2011, 1, 1), end=date(2019, 12, 31))


def meant(text: str) -> Intent:
    return understand(text, album_words(), around())


@pytest.mark.parametrize(
    ("text", "query", "wishes"),
    [
        ("the 2010 and the 2020 birthday", {"without_dates": _BETWEEN}, {}),
        ("cakes of 2010 beside cakes of 2020", {"without_dates": _BETWEEN}, {}),
        ("a timeline that starts in 2003 and ends in 2010", {"dates": DateRange(start=date(2003, 1, 1),
                                                                                   end=date(2010, 12, 31))}, {}),
        ("pictures from 2009 or 2019, twelve", {}, {"count": 12}),
        ("4 the kitchen: lanterns", {"words": "lanterns"}, {"count": None}),
        ("twelve Kyoto pictures, none of them red", {"without_colours": ("red",)}, {"count": 12}),
        ("purple without lavender", {"colours": ("purple",), "without_tags": ("lavender",)}, {}),
        ("everything but Berlin", {"without_words": ("berlin",), "limit": 10_000}, {}),
        ("night shots from anywhere but Berlin", {"words": "night", "without_words": ("berlin",)}, {}),
        ("five trams, four lanterns and three bridges", {"words": "trams and lanterns and bridges"}, {"count": 12}),
        ("roses, ferns and the cat, two of each", {"words": "roses and ferns and the cat"}, {"count": 6}),
        ("two each: trams, lanterns, bridges", {"words": "trams and lanterns and bridges"}, {"count": 6}),
        ("glaciers, horses and lakes, a room each", {}, {"rooms": 3}),
        ("3 rooms, one for the glaciers, one for the horses and one for the lakes", {}, {"rooms": 3}),
        ("we are six, so that makes six pictures of the cat", {"words": "cat"}, {"count": 6}),
        ("snow, the uprights together and the squares together", {"words": "snow"}, {"group_by": "orientation"}),
        ("She adores cats and horses. Could she get five of those?", {"words": "cats and horses"}, {"count": 5}),
        ("a lesson on transport: trams, ferries, buses", {"words": "trams, ferries, buses"}, {}),
        ("need nine lanterns up by lunch", {"words": "lanterns"}, {"count": 9}),
        ("kyotto in the snow", {"words": "kyoto in the snow"}, {}),
        ("sunflowrs and lavendar", {"words": "sunflowers and lavender"}, {}),
    ],
)  # fmt: skip
def test_what_is_asked_for(text: str, query: dict[str, Any], wishes: dict[str, Any]) -> None:
    intent = meant(text)
    assert intent.kind == "create"
    assert {name: getattr(intent.query, name) for name in query} == query
    assert {name: getattr(intent.wishes, name) for name in wishes} == wishes


@pytest.mark.parametrize(
    ("said", "order"),
    [
        ("newest at the top left", "newest"),
        ("with the oldest hanging by the door", "oldest"),
        ("the latest should be at the far end", "oldest"),
        ("the earliest on the right", "newest"),
    ],
)
def test_an_order_is_told_by_an_end(said: str, order: str) -> None:
    assert meant(f"ten lanterns, {said}").wishes.order == order


@pytest.mark.parametrize(("slip", "theme"), [("deep see", "deep_sea"), ("whyte cube", "white_cube"),
                                             ("deepsea", "deep_sea"), ("white cub", "white_cube")])  # fmt: skip
def test_slips_in_names_of_themes(slip: str, theme: str) -> None:
    assert meant(f"eight lanterns, {slip} theme").theme == theme


@pytest.mark.parametrize(
    "text", ["make the sky bluer in all pictures", "change grandma's dress to red", "dye her hair green"]
)
def test_what_a_picture_shows_cannot_be_changed(text: str) -> None:
    assert meant(text).missing == "ability"


@pytest.mark.parametrize("text", ["pictures from 2009 taken in 2016", "from 1994, shot in 2005"])
def test_times_that_exclude_each_other_are_asked_about(text: str) -> None:
    assert meant(text).alternatives


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(("tram", "deep", "sea", "white", "the", "cube", ",", "12", "newest", "left", "on")), max_size=12
    )
)
def test_rewriting_twice_changes_nothing_more(words: list[str]) -> None:
    line = f"¦ {' '.join(words)} ¦ "
    named = with_theme_names(line, album_words())
    assert with_theme_names(named, album_words()) == named
    ordered = orders_at_ends(named, album_words())
    assert orders_at_ends(ordered, album_words()) == ordered
