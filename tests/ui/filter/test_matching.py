"""What a filter means for the works on show."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.ports.library import Asset, Swatch
from scene.records import Placement
from tests.ui.samples import make_asset, make_scene
from ui.filter.matching import counts_on_show, matching, said_so

RED, BLUE = Swatch(hex="#d8383a", name="red", share=0.3), Swatch(hex="#2f6fe0", name="blue", share=0.3)
TRACE = Swatch(hex="#d8383a", name="red", share=0.01)
LOOKS = ((RED,), (BLUE,), (RED, BLUE), (BLUE, TRACE), ())
WORKS = make_scene(5).placements
ASSETS = {
    f"{n:064x}": make_asset(n, palette=LOOKS[n], taken=date(1990 + n % 2, 1, 1), tags=("neon",) if n < 2 else ("rain",))
    for n in range(5)
}


def ids(*numbers: int) -> frozenset[str]:
    return frozenset(f"work-{n}" for n in numbers)


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({("colour", "red")}, ids(0, 2)),
        ({("colour", "red"), ("colour", "blue")}, ids(0, 1, 2, 3)),
        ({("colour", "red"), ("tag", "rain")}, ids(2)),
        ({("year", "1991")}, ids(1, 3)),
        ({("colour", "green")}, ids()),
        (set(), ids(0, 1, 2, 3, 4)),
    ],
)
def test_values_of_one_facet_widen_and_facets_narrow(chosen: set[tuple[str, str]], expected: frozenset[str]) -> None:
    assert matching(WORKS, ASSETS, frozenset(chosen), None) == expected


def test_words_narrow_to_what_was_found_and_unknown_assets_fit_no_chip() -> None:
    found = {f"{n:064x}" for n in (1, 2)}
    assert matching(WORKS, ASSETS, frozenset({("colour", "blue")}), found) == ids(1, 2)
    assert matching(WORKS, {}, frozenset({("colour", "blue")}), None) == ids()
    assert matching(WORKS, {}, frozenset(), found) == ids(1, 2)


def test_counts_leave_out_what_all_works_share_and_keep_what_is_chosen() -> None:
    counts = counts_on_show(WORKS, ASSETS)
    assert ("colour", "blue", 3) in counts
    assert ("colour", "red", 2) in counts
    assert ("year", "1990", 3) in counts
    assert not [row for row in counts if row[0] == "orientation"], "all are landscapes: that tells nothing"
    reddish = {
        i: asset.model_copy(update={"tags": ("red", "sea") if i == f"{0:064x}" else ()}) for i, asset in ASSETS.items()
    }
    assert [row for row in counts_on_show(WORKS, reddish) if row[0] == "tag"] == [("tag", "sea", 1)]
    assert ("orientation", "landscape", 5) in counts_on_show(WORKS, ASSETS, frozenset({("orientation", "landscape")}))


def test_many_years_become_decades() -> None:
    assets: dict[str, Asset] = {f"{n:064x}": make_asset(n, taken=date(1970 + 5 * n, 1, 1)) for n in range(9)}
    works = make_scene(9).placements
    assert ("year", "1980s", 2) in counts_on_show(works, assets)
    assert matching(works, assets, frozenset({("year", "1980s")}), None) == ids(2, 3)


def test_what_says_so_literally_fits_before_the_library_answers() -> None:
    assert said_so("work 3", WORKS, {}) == {f"{3:064x}"}
    assert said_so("NEON", WORKS, ASSETS) == {f"{n:064x}" for n in (0, 1)}
    assert said_so("nothing like it", WORKS, ASSETS) == frozenset()


@given(st.frozensets(st.sampled_from([("colour", "red"), ("colour", "blue"), ("tag", "neon"), ("year", "1990")])))
def test_what_fits_more_facets_fits_each_of_them(chosen: frozenset[tuple[str, str]]) -> None:
    fits = matching(WORKS, ASSETS, chosen, None)
    for facet in {facet for facet, _ in chosen}:
        assert fits <= matching(WORKS, ASSETS, frozenset(p for p in chosen if p[0] == facet), None)


@given(st.lists(st.integers(0, 4), max_size=12))
def test_every_count_is_the_number_of_works_that_fit_it(order: list[int]) -> None:
    works = [Placement.model_validate({**WORKS[n].__dict__, "id": f"w{k}"}) for k, n in enumerate(order)]
    for facet, value, count in counts_on_show(works, ASSETS):
        assert len(matching(works, ASSETS, frozenset({(facet, value)}), None)) == count
