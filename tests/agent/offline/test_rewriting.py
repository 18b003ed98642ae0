"""Sentences of an unusual order come to what is meant: all that fit, nobody in it, both ends of an order, lists."""

from datetime import date
from typing import Any

import pytest

from agent.intent import Intent
from agent.offline.understand import understand
from tests.agent.offline.album_words import album_words, around


def meant(text: str, *, over_a_show: bool = False) -> Intent:
    return understand(text, album_words(), around(over_a_show=over_a_show))


def _value(intent: Intent, path: str) -> Any:
    value: Any = intent
    for name in path.split("."):
        value = getattr(value, name)
    return value


@pytest.mark.parametrize("text", ["hang all of my Lisbon photos", "put up all the Lisbon pictures"])
def test_all_that_fit_are_asked_for(text: str) -> None:
    query = meant(text).query
    assert (query.words, query.limit) == ("lisbon", 10_000)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("something for the nursery: the cat, the horses and the balloons", "cat, horses and the balloons"),
        ("for the lobby: ferries, waterfalls, the lake", "ferries, waterfalls, lake"),
        ("for the ski club's party: trams, horses", "trams, horses"),
        ("Clara in front of the camera. Not the photos she took, the ones she is in.", "clara"),
    ],
)
def test_a_list_after_a_colon_is_the_subject(text: str, words: str) -> None:
    assert meant(text).query.words == words


@pytest.mark.parametrize(
    ("text", "over_a_show", "path", "value"),
    [
        ("Kyoto photos, there must be no people in it", False, "query.without_words", ("people",)),
        ("can we do without people in it?", True, "query.without_words", ("people",)),
        ("snow pictures without skis", False, "query.without_words", ("ski",)),
        ("Berlin, the darkest one first and the lightest one last", False, "sort", "darkest"),
        ("Kyoto photos from the newest to the oldest", False, "wishes.order", "newest"),
        ("at least 20 snow pictures but 25 at the most", False, "wishes.count", 25),
        ("four pictures by Anna, four by Bruno, four by Clara", False, "wishes.count", 12),
        ("four pictures by Anna, four by Bruno", False, "query.creators", ("Anna", "Bruno")),
        ("Lisbon next to Iceland, a room for each of them", False, "wishes.rooms", 2),
        ("every single picture that I've got, in a grid", False, "query.limit", 10_000),
        ("museum style, nature only", False, "theme", "museum"),
        ("whose work are the Berlin photos?", False, "name", "creator"),
        ("and order what's left by date", True, "wishes.order", "oldest"),
        ("let me see that in the deep sea", True, "kind", "restyle"),
        ("two rooms would be nicer", True, "wishes.rooms", 2),
        ("what was taken last should come first", True, "wishes.order", "newest"),
        ("go and stand before the third picture", True, "targets.ordinal", 3),
        ("remvoe teh frist on", True, "targets.ordinal", 1),
        ("can we do without the second one?", True, "targets.ordinal", 2),
        ("that one is too small, enlarge it", True, "targets.selection", True),
        ("bulid a gird of al the streets", False, "layout", "grid"),
        ("Quiero ver Kyoto, de la más nueva a la más antigua", False, "wishes.order", "newest"),
        ("Zeig mir Kyoto, von alt nach neu", False, "wishes.order", "oldest"),
        ("Mostrami dieci foto del giardino, tema museo", False, "theme", "museum"),
    ],
)
def test_what_is_meant(text: str, over_a_show: bool, path: str, value: Any) -> None:
    assert _value(meant(text, over_a_show=over_a_show), path) == value


def test_a_show_may_begin_with_a_year() -> None:
    intent = meant("let it start in 2009, please", over_a_show=True)
    assert intent.only_shown
    assert intent.query.dates is not None
    assert (intent.query.dates.start, intent.query.dates.end) == (date(2009, 1, 1), None)


def test_a_size_to_which_a_work_shrinks_is_a_factor() -> None:
    (edit,) = meant("shrink the second picture to half its size", over_a_show=True).edits
    assert (edit.verb, edit.amount, edit.targets and edit.targets.ordinal) == ("smaller", 0.5, 2)
