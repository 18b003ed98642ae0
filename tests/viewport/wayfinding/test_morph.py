"""Cards fly from layout to layout: they begin where they were, end exactly at their places, and may be interrupted."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scene.records import Placement
from viewport.wayfinding.morph import SECONDS, eased_share, morph_between, quaternions_of
from viewport.works.cards import Cards, cards_of

turns = st.tuples(*[st.floats(-1, 1)] * 4).filter(lambda q: sum(n * n for n in q) > 0.05)
places = st.tuples(*[st.floats(-50, 50)] * 3)
sizes = st.tuples(st.floats(0.1, 5), st.floats(0.1, 5))
one_card = st.tuples(places, turns, sizes)


def cards(layout: Sequence[tuple[object, object, object]], first: int = 0) -> Cards:
    return cards_of(
        [
            Placement.model_validate(
                {"id": f"w{first + k}", "asset_id": f"a{first + k}", "position_m": p, "rotation": q, "size_m": s}
            )
            for k, (p, q, s) in enumerate(layout)
        ]
    )


def assert_alike(one: Cards, other: Cards, abs_m: float = 1e-9) -> None:
    for name in ("centre", "right", "up", "normal", "size"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), abs=abs_m), name


@given(st.lists(st.tuples(one_card, one_card), min_size=1, max_size=6))
def test_it_begins_at_the_start_and_ends_at_the_very_target(pairs: list[tuple[tuple, tuple]]) -> None:
    before, after = cards([a for a, _ in pairs]), cards([b for _, b in pairs])
    morph = morph_between(before, after, 0.0, 0.6)
    if morph is None:
        assert_alike(before, after, 2e-3)
        return
    assert_alike(morph.at(0.0), before, 1.1e-3)
    assert morph.at(0.6) is after
    assert morph.at(99.0) is after


@given(one_card, one_card, st.floats(0, 1))
def test_on_the_way_every_card_stays_a_card_between_its_two_places(a: tuple, b: tuple, share: float) -> None:
    morph = morph_between(cards([a]), cards([b]), 0.0, 1.0)
    if morph is None:
        return
    seen = morph.at(share)
    for first, second in ((seen.right, seen.up), (seen.up, seen.normal), (seen.normal, seen.right)):
        assert float(first[0] @ second[0]) == pytest.approx(0.0, abs=1e-6)
        assert float(np.linalg.norm(first[0])) == pytest.approx(1.0)
    low, high = np.minimum(a[0], b[0]), np.maximum(a[0], b[0])
    assert (seen.centre[0] >= low - 1e-9).all()
    assert (seen.centre[0] <= high + 1e-9).all()


@given(st.lists(turns, min_size=1, max_size=8))
def test_axes_and_quaternions_say_the_same(found: list[tuple[float, float, float, float]]) -> None:
    given_cards = cards([((0, 0, 0), turn, (1, 1)) for turn in found])
    back = cards(
        [
            ((0, 0, 0), tuple(turn), (1, 1))
            for turn in quaternions_of(given_cards.right, given_cards.up, given_cards.normal)
        ]
    )
    assert_alike(given_cards, back, 1e-6)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=20))
def test_easing_never_goes_back(shares: list[float]) -> None:
    eased = eased_share(np.array(sorted(shares)))
    assert (np.diff(eased) >= -1e-12).all()
    assert eased_share(np.array([0.0, 1.0])) == pytest.approx([0.0, 1.0])


def test_an_interrupted_flight_goes_on_from_where_the_cards_are() -> None:
    here, there = cards([((0, 1, 0), (0, 0, 0, 1), (1, 1))]), cards([((8, 1, 0), (0, 1, 0, 0), (2, 1))])
    first = morph_between(here, there, 0.0)
    assert first is not None
    midway = first.at(SECONDS / 2)
    place = midway.centre[0].copy()
    assert 0.5 < place[0] < 7.5
    second = morph_between(midway, here, 5.0)
    assert second is not None
    assert second.at(5.0).centre[0] == pytest.approx(place)
    assert second.at(5.0 + SECONDS) is here


def test_new_works_open_and_those_that_left_fade() -> None:
    layout = [((float(k), 1.0, 0.0), (0, 0, 0, 1), (1, 1)) for k in range(4)]
    before = cards(layout)
    after = cards([((p[0] + 9, 1, 0), q, s) for p, q, s in layout], first=2)
    morph = morph_between(before, after, 0.0, 1.0)
    assert morph is not None
    assert morph.leaving.ids == ("w0", "w1")
    assert morph.fade(0.0) == 1.0
    assert morph.fade(0.5) == 0.0
    assert morph.at(0.2).size[after.row["w5"]] == pytest.approx([0, 0])
    assert (morph.at(0.95).size[after.row["w5"]] > 0.9).all()


def test_nothing_flies_where_nothing_moved_or_nothing_is_common() -> None:
    here = cards([((0, 1, 0), (0, 0, 0, 1), (1, 1))])
    assert morph_between(here, here, 0.0) is None
    assert morph_between(here, cards([((9, 1, 0), (0, 0, 0, 1), (1, 1))], first=5), 0.0) is None
    assert morph_between(cards([]), here, 0.0) is None


def test_a_small_move_is_over_sooner() -> None:
    here, near = cards([((0, 1, 0), (0, 0, 0, 1), (1, 1))]), cards([((0.3, 1, 0), (0, 0, 0, 1), (1, 1))])
    morph = morph_between(here, near, math.nan)
    assert morph is not None
    assert morph.seconds < SECONDS


def test_five_thousand_cards_keep_their_shape_on_the_way() -> None:
    rng = np.random.default_rng(3)

    def layout() -> Sequence[tuple[object, object, object]]:
        return [(tuple(rng.uniform(-40, 40, 3)), tuple(rng.normal(size=4)), (1.0, 0.7)) for _ in range(5_000)]

    morph = morph_between(cards(layout()), cards(layout()), 0.0)
    assert morph is not None
    for step in range(20):
        flying = morph.at(step / 20 * SECONDS)
        assert np.allclose(flying.size, (1.0, 0.7))
        assert np.allclose(np.linalg.norm(flying.normal, axis=1), 1.0)
        assert np.allclose((flying.normal * flying.up).sum(axis=1), 0.0, atol=1e-9)
