from datetime import date

import numpy as np
import pytest

from agent.ports.library import DateRange, Query
from platform_service.errors import NotFound


def test_a_word_finds_its_tag_and_its_look(titles):
    assert titles(words="neon") == ["Lantern Street", "Untitled 7"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"words": "downpour"}, ["Lantern Street"]),
        ({"words": "ocean"}, ["Still Harbour"]),
        ({"words": "1990s"}, ["Fern Plate", "Still Harbour"]),
        ({"words": "fern pl"}, ["Fern Plate"]),
        ({"words": "show me pictures"}, None),
        ({"words": "zzz"}, []),
        ({"tags": ("Landscapes",)}, ["Pines in Mist"]),
        ({"folders": ("archive",)}, ["Pines in Mist", "Purple Mood"]),
        ({"folders": ("Ink",)}, ["Pines in Mist"]),
        ({"creators": ("mei lin",)}, ["Pines in Mist"]),
        ({"orientation": "portrait"}, ["Pines in Mist"]),
        ({"tone": "dark"}, ["Lantern Street", "Untitled 7", "Purple Mood"]),
        ({"tone": "muted", "tags": ("ink",)}, ["Pines in Mist"]),
        ({"dates": DateRange(start=date(1999, 12, 31), end=date(2004, 1, 1))}, ["Still Harbour", "Pines in Mist"]),
        ({"dates": DateRange(end=date(1994, 5, 1))}, ["Fern Plate"]),
        ({"undated": True, "without_tags": ("neon", "abstract")}, ["Untitled 7"]),
        ({"colours": ("violet",), "without_words": ("rain",)}, ["Purple Mood", "Untitled 7"]),
        ({"colours": ("cyan", "magenta")}, ["Untitled 7"]),
        ({"without_colours": ("black", "green", "grey", "purple")}, []),
    ],
)
def test_filters_hold_exactly(titles, works, query, found):
    everything = [work.title for work in works]
    assert sorted(titles(**query)) == sorted(everything if found is None else found)


def test_without_a_word_takes_its_synonyms_along_but_not_what_merely_goes_with_it(titles):
    assert "Lantern Street" not in titles(without_words=("rainfall",))
    assert "Lantern Street" in titles(without_words=("umbrella",))


def test_more_and_less_move_works_without_forbidding_them(search_in, works):
    def order(**query):
        return [hit.asset.title for hit in search_in(works).find(Query(**query)).hits]

    assert order(less_colours=("purple",))[-1] == "Purple Mood"
    assert order(more_colours=("blue",))[0] == "Still Harbour"
    assert order(more_words=("ink",))[0] == "Pines in Mist"
    assert set(order(less_words=("neon",))[-2:]) == {"Lantern Street", "Untitled 7"}
    assert len(order(less_words=("neon",), less_colours=("purple",))) == len(works)


def test_only_among_the_given_ones(search_in, works):
    ids = (works[3].id, works[0].id, "unknown")
    found = search_in(works).find(Query(asset_ids=ids))
    assert {hit.asset.id for hit in found.hits} == {works[3].id, works[0].id}
    assert search_in(works).find(Query(asset_ids=())).hits == ()


def test_the_limit_bounds_hits_and_not_the_count(search_in, works):
    found = search_in(works).find(Query(limit=2))
    assert (len(found.hits), found.fitting, found.total) == (2, 6, 6)


def test_below_the_cut_off_works_come_marked_and_explained(search_in, works):
    found = search_in(works).find(Query(words="neon"))
    assert [hit.fits for hit in found.hits] == [True, True] + [False] * 4
    assert all(hit.score < found.cut_off for hit in found.hits if not hit.fits)
    assert found.hits[-1].reason == "nothing in common with the words"


def test_reasons_name_words_fields_colours_and_tone(search_in, works):
    first, second = search_in(works).find(Query(words="neon", limit=2)).hits
    assert first.reason.startswith("tags: neon")
    assert second.reason == "magenta 25 %, cyan 25 %; dark"
    (hit,) = search_in(works).find(Query(words="woodland fern", limit=1)).hits
    assert "title: fern" in hit.reason


def test_scores_are_shares_and_best_comes_first(search_in, works):
    for words in ("neon city", "sea", "green plants", "purple"):
        scores = [hit.score for hit in search_in(works).find(Query(words=words)).hits]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)


def test_a_misspelt_word_asks_the_index(search_in, works):
    asked: list[str] = []

    def spelled_like(word: str) -> list[str]:
        asked.append(word)
        return [works[2].id]

    found = search_in(works, spelled_like).find(Query(words="botannical"))
    assert asked == ["botannical"]
    assert [hit.asset.title for hit in found.hits if hit.fits] == ["Fern Plate"]
    assert found.hits[0].reason == "spelled nearly like botannical"


def test_like_an_asset_follows_the_feature_vectors(search_in, works):
    near = np.array([1, 0, 0, 0, 0, 0, 0, 0], np.float32)
    visuals = {work.title: np.roll(near, number) for number, work in enumerate(works)}
    visuals["Purple Mood"] = near + 0.3 * np.roll(near, 1)
    search = search_in(works, visuals=visuals)
    found = search.find(Query(like_asset_id=works[0].id))
    assert [hit.asset.title for hit in found.hits if hit.fits] == ["Lantern Street", "Purple Mood"]
    assert found.hits[0].score == 1.0
    with pytest.raises(NotFound):
        search.find(Query(like_asset_id="nobody"))


def test_the_same_picture_in_two_sizes_is_shown_once_and_large(search_in, make):
    small = make("Sea", "sea", phash="00ff00ff00ff00ff", width_px=300, height_px=200, number=1)
    large = make("Sea", "sea", phash="00ff00ff00ff00fe", width_px=3000, height_px=2000, number=2)
    other = make("Sea", "sea", phash="f0f0f0f00f0f0f0f", number=3)
    vector = np.ones(8, np.float32)
    search = search_in([small, large, other], visuals={"Sea": vector})
    found = search.find(Query(words="sea"))
    assert {hit.asset.id for hit in found.hits} == {large.id, other.id}
    assert (found.fitting, found.total) == (2, 3)
    assert len(search.find(Query(asset_ids=(small.id, large.id))).hits) == 2


def test_an_empty_library_answers(search_in):
    for query in (Query(words="neon"), Query(), Query(colours=("red",), tone="dark")):
        found = search_in([]).find(query)
        assert (found.hits, found.fitting, found.total) == ((), 0, 0)


@pytest.mark.parametrize("words", ["' OR 1=1 --", "\0", "😀" * 100, "a" * 2_000, "((((", "%_%", "neon " * 300])
def test_strange_words_do_no_harm(search_in, works, words):
    found = search_in(works).find(Query(words=words))
    assert found.total == 6
