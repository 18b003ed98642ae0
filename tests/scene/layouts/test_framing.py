"""Entrances: the works fill the picture without leaving it, from a plausible eye height, with readable words."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scene.layouts.choose import arrange
from scene.layouts.contract import LayoutName, Wishes
from scene.layouts.framing import HIGH, RAISED, SCREEN, WIDE, half_fields, outline, view_of
from scene.records import Placement, Sign, Viewpoint


def on_picture(points: np.ndarray, view: Viewpoint, aspect: float = SCREEN) -> tuple[np.ndarray, np.ndarray]:
    """Where points fall, as shares of half the picture's width and height."""
    eye, target = np.array(view.position_m), np.array(view.target_m)
    ahead = (target - eye) / np.linalg.norm(target - eye)
    across = np.cross(ahead, (0.0, 1.0, 0.0))
    across /= np.linalg.norm(across)
    offset = points - eye
    depth = offset @ ahead
    assert (depth > 0).all()
    wide, high = half_fields(aspect)
    return offset @ across / depth / wide, offset @ np.cross(across, ahead) / depth / high


def entrance(records) -> Viewpoint:
    return next(r for r in records if isinstance(r, Viewpoint) and r.id == "entrance")


@pytest.mark.parametrize("count", [1, 3, 12, 60, 300])
@pytest.mark.parametrize(
    ("layout", "wishes"), [("timeline", {}), ("cluster", {}), ("grid", {}), ("grid", {"group_by": "colour"})]
)
def test_open_layouts_fill_the_entrance_picture(works, layout: LayoutName, wishes: dict, count: int) -> None:
    draw = np.random.default_rng(count).normal(size=(count, 8)).astype(np.float32)
    arranged = arrange(layout, works(count), Wishes.model_validate(wishes), features=draw)
    view = entrance(arranged.records)
    signs = [r for r in arranged.records if isinstance(r, Sign)]
    x, y = on_picture(outline(arranged.placements, signs), view)
    assert max(abs(x).max(), abs(y).max()) < 0.97
    assert max((x.max() - x.min()) / 2, (y.max() - y.min()) / 2) > (0.62 if count > 1 else 0.5)
    assert 1.6 <= view.position_m[1] <= 5.0


@pytest.mark.parametrize("count", [12, 60, 300])
@pytest.mark.parametrize(("layout", "wishes"), [("timeline", {}), ("cluster", {}), ("grid", {"group_by": "colour"})])
def test_signs_have_one_size_that_can_be_read(works, layout: LayoutName, wishes: dict, count: int) -> None:
    draw = np.random.default_rng(count).normal(size=(count, 8)).astype(np.float32)
    arranged = arrange(layout, works(count), Wishes.model_validate(wishes), features=draw)
    view = entrance(arranged.records)
    signs = [r for r in arranged.records if isinstance(r, Sign)]
    assert len({sign.height_m for sign in signs}) == 1
    for sign in signs:
        high_px = sign.height_m / math.dist(sign.position_m, view.position_m) / half_fields(SCREEN)[1] / 2 * 720
        assert high_px > 10


@given(
    st.lists(st.tuples(st.floats(-30, 30), st.floats(0.1, 12), st.floats(-40, 5)), min_size=1, max_size=30),
    st.floats(0.4, 3.0),
)
def test_every_point_is_seen_from_where_it_says(points: list[tuple[float, float, float]], aspect: float) -> None:
    seen = view_of(np.array(points), 1.65, aspect)
    view = Viewpoint(id="v", name="V", position_m=seen.position_m, target_m=seen.target_m)
    x, y = on_picture(np.array(points), view, aspect)
    assert abs(x).max() < WIDE + 0.05
    assert abs(y).max() < HIGH + RAISED + 0.12


def test_a_flat_wall_is_filled_from_edge_to_edge() -> None:
    wall = np.array([(x, y, -9.0) for x in (-4.0, 4.0) for y in (0.8, 2.6)])
    seen = view_of(wall, 1.65)
    view = Viewpoint(id="v", name="V", position_m=seen.position_m, target_m=seen.target_m)
    assert abs(on_picture(wall, view)[0]).max() == pytest.approx(WIDE, abs=0.01)


def test_an_outline_holds_turned_works_and_two_lines_of_words() -> None:
    half = math.sqrt(0.5)
    side = Placement(id="w", asset_id="a", position_m=(1.0, 2.0, 3.0), rotation=(0, half, 0, half), size_m=(2.0, 1.0))
    points = outline([side], [Sign(id="s", text="two\nlines", position_m=(0.0, 5.0, 0.0), height_m=0.5)])
    assert points[:, 2].max() == pytest.approx(4.0)
    assert points[:, 1].min() == pytest.approx(1.5)
    assert points[:, 1].max() > 5.5
    assert outline([]).shape == (0, 3)
