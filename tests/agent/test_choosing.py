"""Chosen works are good, different from each other, and no twins."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from agent.ports.library import Facet, Facets, Hit, Query, Swatch
from agent.tools.choose import (
    ChooseArguments,
    plainer_subject,
    plainly_coloured,
    plainly_meant,
    spread,
    without_twins,
)
from agent.vocabulary import vocabulary
from agent.works import by_extreme, colour_share, speaks_of, work_of
from tests.agent.memory_library import made_up_assets

ASSETS = made_up_assets(3)


def hits(count: int) -> list[Hit]:
    return [Hit(asset=asset, score=1.0 - i / 100, reason="fits") for i, asset in enumerate(ASSETS[:count])]


def test_of_two_kinds_that_fit_alike_both_are_taken() -> None:
    pool = [Hit(asset=asset, score=0.8, reason="") for asset in ASSETS[:8]]
    features = np.array([[1, 0]] * 6 + [[0, 1]] * 2, dtype=np.float32)
    taken = {hit.asset.id for hit in spread(pool, features, 2)}
    assert len(taken & {asset.id for asset in ASSETS[6:8]}) == 1


@settings(max_examples=50, deadline=None)
@given(arrays.arrays(np.float32, (12, 3), elements=st.floats(-1, 1, width=32)), st.integers(1, 12))
def test_any_features_give_as_many_different_works_as_asked(features: np.ndarray, wanted: int) -> None:
    taken = [hit.asset.id for hit in spread(hits(12), features, wanted)]
    assert len(taken) == len(set(taken)) == wanted


def test_near_duplicates_are_taken_last_only() -> None:
    one, two, three = hits(3)
    twin = two.model_copy(update={"asset": two.asset.model_copy(update={"phash": one.asset.phash})})
    assert without_twins([one, twin, three], 2) == [one, three]
    assert without_twins([one, twin, three], 3) == [one, three, twin]


def test_a_number_that_was_asked_for_is_filled_with_what_fits_less_plainly() -> None:
    found = [Hit(asset=asset, score=0.9, reason="fits") for asset in made_up_assets(6)]
    crabs = [hit for hit in found if "crab" in hit.asset.tags][:5]
    others = [hit for hit in found if "crab" not in hit.asset.tags][:5]
    for fewer in (False, True):
        plain = ChooseArguments(hits=(), fitting=10, query=Query(words="crabs"), accept_fewer=fewer)
        eight = plain.model_copy(update={"count": 8})
        assert plainly_meant(plain, [*others, *crabs], vocabulary("en")) == crabs
        assert plainly_meant(eight, [*others, *crabs], vocabulary("en")) == [*crabs, *others]


def test_an_unreadable_hash_makes_no_twin() -> None:
    odd = [hit.model_copy(update={"asset": hit.asset.model_copy(update={"phash": "none"})}) for hit in hits(3)]
    assert without_twins(odd, 2) == odd


def test_extremes_put_the_right_one_first() -> None:
    found = hits(20)
    dated = [hit.asset.taken for hit in found if hit.asset.taken is not None]
    assert by_extreme(found, "newest")[0].asset.taken == max(dated)
    assert by_extreme(found, "oldest")[0].asset.taken == min(dated)
    assert by_extreme(found, "darkest")[0].asset.brightness == min(hit.asset.brightness for hit in found)


def test_a_work_knows_what_columns_are_read_from() -> None:
    asset = next(asset for asset in ASSETS if asset.taken is not None)
    work = work_of(Hit(asset=asset, score=0.5, reason="because"))
    assert asset.taken is not None
    assert work.values["year"] == str(asset.taken.year)
    assert work.values["colour"] == asset.palette[0].name
    assert (work.reason, work.brightness) == ("because", asset.brightness)


def test_words_and_colours_of_an_asset() -> None:
    crab = next(asset for asset in ASSETS if "crab" in asset.tags)
    assert speaks_of(crab, "crabs")
    assert not speaks_of(crab, "lighthouse")
    assert not speaks_of(crab, "")
    assert colour_share(crab, "red") > 0.15
    assert colour_share(crab, "green") == 0.0


def test_where_more_fit_than_hang_those_come_that_show_the_colour_itself() -> None:
    olive, green = (
        Hit(asset=ASSETS[0].model_copy(update={"palette": (Swatch(hex=hex_colour, name=name, share=0.8),)}), score=1.0,
            reason="fits")
        for hex_colour, name in (("#746b11", "olive"), ("#1caa19", "green"))
    )  # fmt: skip
    asked = ChooseArguments(hits=(), fitting=6, query=Query(colours=("green",)))
    found = [olive, green] * 3
    assert plainly_coloured(asked, found, 4) == [green] * 3
    assert plainly_coloured(asked, found, 6) == found
    assert plainly_coloured(asked, [olive] * 5 + [green], 4) == [olive] * 5 + [green]
    assert plainly_coloured(asked.model_copy(update={"count": 4}), found, 4) == found
    assert plainly_coloured(asked.model_copy(update={"count": 3}), found, 3) == [green] * 3


def test_a_known_noun_beside_a_subject_that_nobody_knows_stands_for_neither() -> None:
    words = vocabulary("en").with_library(Facets(tags=(Facet(value="tower", count=5), Facet(value="crab", count=5))))
    assert plainer_subject("tokyo tower and sumo wrestlers", words) == ""
    assert plainer_subject("tokyo tower", words) == "tower"
    assert plainer_subject("crab and sumo wrestlers", words) == "crab"
