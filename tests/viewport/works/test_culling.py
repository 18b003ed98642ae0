"""Sizes on screen, and a budget that keeps what is large and is the same every time."""

from collections.abc import Callable

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scene.records import Placement
from viewport.camera import Pose
from viewport.works.cards import Cards, cards_of, turned_axes
from viewport.works.culling import GROWN_PX, LARGEST_GROWTH, Chunks, Columns, look, ranks, within_budget

Hang = Callable[..., Placement]
POSE = Pose.of((0.0, 1.5, 2.0), (0.0, 1.5, -3.0))


def test_only_cards_before_the_eye_and_within_the_picture_have_a_size(hang: Hang) -> None:
    works = [hang("red", 0.0), hang("green", 0.0, position_m=(0.0, 1.5, 9.0)), hang("blue", 60.0)]
    seen = look(Columns(cards_of(works)), POSE, (320, 180), 55.0)
    assert (seen.size_px > 0).tolist() == [True, False, False]
    assert abs(float(seen.size_px[0]) - 1.2 / 4.96 * 90 / np.tan(np.radians(27.5))) < 0.5


def test_cards_on_a_wall_seen_from_behind_have_none(hang: Hang) -> None:
    back = Pose.of((0.0, 1.5, -9.0), (0.0, 1.5, 0.0))
    for wall, is_seen in (("back", False), (None, True)):
        seen = look(Columns(cards_of([hang("red", 0.0, wall_id=wall)])), back, (320, 180), 55.0)
        assert bool(seen.size_px[0] > 0) is is_seen


@given(st.lists(st.floats(0.5, 400.0), min_size=1, max_size=300), st.integers(1, 200))
def test_a_budget_is_kept_and_nobody_is_lost_or_drawn_twice(sizes: list[float], budget: int) -> None:
    size_px = np.array(sizes, np.float32)
    rows, growth, later = within_budget(np.arange(len(sizes)), size_px, ranks(len(sizes)), budget)
    assert len(rows) == min(budget, len(sizes))
    assert sorted([*rows, *later]) == list(range(len(sizes)))
    assert (growth > 0).all()
    assert growth.max() <= LARGEST_GROWTH * 1.01
    assert (growth * size_px[rows] <= np.maximum(size_px[rows], GROWN_PX) * 1.01).all()


def test_a_card_that_fills_the_picture_is_drawn_before_thousands_of_dots() -> None:
    size_px = np.full(10_000, 2.0, np.float32)
    size_px[4321] = 500.0
    rows, growth, _ = within_budget(np.arange(10_000), size_px, ranks(10_000), 100)
    assert growth[rows.tolist().index(4321)] == 1.0
    assert growth.mean() > 1.2, "the few stand in for the many"


def scattered(count: int, spread_m: float) -> Cards:
    draw = np.random.default_rng(4)
    right, up, normal = turned_axes(np.tile((0.0, 0.0, 0.0, 1.0), (count, 1)))
    ids = tuple(f"w{k}" for k in range(count))
    centre = draw.uniform(-spread_m, spread_m, (count, 3))
    size = draw.uniform(0.2, 3.0, (count, 2))
    on_wall = np.zeros(count, bool)
    return Cards(ids, ids, ids, centre, right, up, normal, size, on_wall, {i: k for k, i in enumerate(ids)})


@given(st.tuples(*[st.floats(-60.0, 60.0)] * 6), st.sampled_from([(320, 180), (180, 400), (1, 1)]))
def test_looking_by_chunks_finds_the_same_as_one_by_one(places: tuple[float, ...], size_px: tuple[int, int]) -> None:
    columns, pose = Columns(SCATTERED), Pose.of(places[:3], places[3:])
    assert columns.chunks is None
    plain = look(columns, pose, size_px, 55.0)
    columns.chunks = CHUNKS
    chunked = look(columns, pose, size_px, 55.0)
    assert np.allclose(plain.size_px, chunked.size_px, rtol=1e-4, atol=1e-5)


SCATTERED = scattered(3_000, 50.0)
CHUNKS = Chunks(Columns(SCATTERED).centre, Columns(SCATTERED).reach)
