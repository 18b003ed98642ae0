"""Requests to start from are ones that the library can answer."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from agent.ports.library import Facet, Facets
from ui.chat.first_requests import MOST, UNKNOWN, first_requests
from ui.chat.suggestions import Suggestions
from ui.floating.welcome import Welcome


def facets(total: int, tags: dict[str, int], years: dict[str, int]) -> Facets:
    return Facets(
        total=total,
        tags=tuple(Facet(value=value, count=count) for value, count in tags.items()),
        years=tuple(Facet(value=value, count=count) for value, count in years.items()),
        colours=(Facet(value="blue", count=9),),
    )


HOLIDAYS = facets(209, {"holidays": 209, "italy": 60, "harbour": 20, "dog": 2, "blue": 40}, {"2015": 14, "2018": 9})


def test_own_pictures_are_offered_by_their_own_words() -> None:
    assert first_requests(HOLIDAYS) == (
        "Hang the best 24 in a museum",
        "A timeline of the 2010s, newest first",
        "Italy in a white cube",
        "Group everything by colour",
        "Harbour in a forest",
    )


def test_the_sample_collection_gets_what_it_is_known_for() -> None:
    tags = {"sample": 155, "night": 33, "neon": 15, "seascapes": 11, "botanicals": 11}
    assert first_requests(facets(155, tags, {str(1990 + n): 4 for n in range(10)})) == UNKNOWN
    assert first_requests(Facets()) == UNKNOWN


@given(
    st.dictionaries(st.sampled_from(["neon", "italy", "people", "blue", "dog"]), st.integers(1, 300)),
    st.dictionaries(st.integers(1850, 2026).map(str), st.integers(1, 50), max_size=6),
    st.integers(1, 300),
)
def test_nothing_is_offered_that_hardly_any_work_answers(
    tags: dict[str, int], years: dict[str, int], total: int
) -> None:
    found = first_requests(facets(total, tags, years))
    assert 2 <= len(found) <= MOST
    assert len(set(found)) == len(found)
    assert any("timeline" in words for words in found) <= (sum(years.values()) >= 6)
    assert ("Create a cyberpunk gallery" in found) == (tags.get("neon", 0) >= 6)


def test_both_places_offer_them(qtbot: QtBot) -> None:
    suggestions, welcome = Suggestions(), Welcome()
    for widget in (suggestions, welcome):
        qtbot.addWidget(widget)
        widget.show_requests(first_requests(HOLIDAYS))
    offered = [found for found in suggestions.findChildren(QPushButton) if not found.isHidden()]
    assert [found.text() for found in offered] == list(first_requests(HOLIDAYS))
    assert welcome.requests == first_requests(HOLIDAYS)[:3]
    with qtbot.waitSignal(suggestions.chosen) as caught:
        offered[1].click()
    assert caught.args == ["A timeline of the 2010s, newest first"]
