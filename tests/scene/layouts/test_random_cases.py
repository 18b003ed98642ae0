"""Any works with any wishes: no overlap, no wall violation, nothing lost, and the same answer every time."""

from datetime import date
from typing import get_args

import numpy as np
import pytest
from hanging_rules import broken, path_breaks
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from layout_cases import one_case

from scene.layouts.choose import arrange
from scene.layouts.contract import Column, LayoutName, Relation, Wishes, Work
from scene.layouts.said import Counted, said
from scene.rules import broken_rules
from scene.scene import Scene

PIXELS = st.integers(1, 20_000)
WORK = st.builds(
    Work,
    asset_id=st.integers(0, 400).map(lambda i: f"{i:04x}" * 16),
    title=st.text(max_size=12),
    width_px=PIXELS,
    height_px=PIXELS,
    taken=st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31)) | st.dates(date(2020, 1, 1), date(2020, 3, 1)),
    values=st.dictionaries(st.sampled_from(get_args(Column)), st.text(max_size=8), max_size=3),
    tags=st.lists(st.sampled_from(("rain", "city", "sea")), max_size=2).map(tuple),
    score=st.none() | st.floats(0, 1),
    brightness=st.none() | st.floats(0, 1),
)
RELATION = st.builds(
    Relation,
    asset_id=st.integers(0, 30).map(lambda i: f"{i:04x}" * 16),
    how=st.sampled_from(("opposite", "beside", "same_wall", "on_wall", "hero", "first", "last")),
    to=st.sampled_from(("0001" * 16, "0002" * 16, "back", "left", "windows", "entrance", "")),
)


def maybe(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | strategy


WISHES = st.builds(
    Wishes,
    count=maybe(st.integers(1, 60)),
    order=maybe(st.sampled_from(("given", "newest", "oldest", "colour", "brightness", "title", "score"))),
    gap_m=maybe(st.floats(0.02, 10.0)),
    eye_height_m=maybe(st.floats(0.5, 3.0)),
    scale=maybe(st.floats(0.2, 5.0)),
    columns=maybe(st.integers(1, 1_000)),
    rooms=maybe(st.integers(1, 100)),
    group_by=maybe(st.sampled_from(get_args(Column))),
    groups=maybe(st.integers(1, 100)),
    axis=maybe(st.sampled_from(("floor", "wall"))),
    windows=maybe(st.booleans()),
    relations=st.lists(RELATION, max_size=3).map(tuple),
)


@pytest.mark.parametrize("layout", get_args(LayoutName))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(works=st.lists(WORK, max_size=45), wishes=WISHES, seed=st.integers(0, 3))
def test_whatever_is_asked_the_geometry_is_sound(
    layout: LayoutName, works: list[Work], wishes: Wishes, seed: int
) -> None:
    features = np.random.default_rng(seed).normal(size=(len(works), 6)).astype(np.float32)
    arranged = arrange(layout, works, wishes, features=features, seed=seed)
    assert broken(arranged.records) + path_breaks(arranged.records) == []
    assert broken_rules(Scene.of(arranged.records)) == []
    assert len(arranged.placements) + len(arranged.unplaced) == min(len(works), wishes.count or len(works))
    assert arrange(layout, works, wishes, features=features, seed=seed) == arranged


def test_two_hundred_collections_laid_out_twice_with_pins_and_kept_walls() -> None:
    failures = {case: found for case in range(900_000, 900_200) if (found := one_case(case, 60)[1])}
    assert failures == {}


@pytest.mark.parametrize("layout", get_args(LayoutName))
def test_ten_thousand_works_are_laid_out(layout: LayoutName, works) -> None:
    arranged = arrange(layout, works(10_000), Wishes())
    assert len(arranged.placements) == 10_000
    assert len({p.id for p in arranged.placements}) == 10_000
    assert broken_rules(Scene.of(arranged.records)) == []


@pytest.mark.parametrize("layout", get_args(LayoutName))
def test_nothing_to_show_still_gives_a_place_to_stand(layout: LayoutName) -> None:
    arranged = arrange(layout, [], Wishes(count=5))
    assert next(r.id for r in arranged.records if r.kind == "viewpoint") == "entrance"
    assert arranged.placements == []
    assert said("given.fewer", asked=Counted(5, "work"), n=0) in arranged.unmet


@pytest.mark.parametrize("layout", get_args(LayoutName))
def test_works_of_one_day_and_extreme_shape(layout: LayoutName) -> None:
    shapes = [(20_000, 1_000), (1_000, 20_000), (1, 1), (30_000, 2), (2, 30_000)] * 6
    works = [
        Work(asset_id=f"{i:064x}", width_px=w, height_px=h, taken=date(2020, 2, 29)) for i, (w, h) in enumerate(shapes)
    ]
    arranged = arrange(layout, works, Wishes())
    assert broken(arranged.records) == []
    assert len(arranged.placements) == 30
    assert max(max(p.size_m) for p in arranged.placements) < 10
