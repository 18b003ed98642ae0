"""The plan shows all there is, and a click on it means the point that is drawn there."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scene.layouts.contract import Wishes, Work
from scene.layouts.gallery import arrange_gallery
from scene.plan import compass, fitted, heading_deg, plan_of
from scene.records import Placement
from scene.scene import Scene

coordinates = st.floats(-5000, 5000)


def work(number: int, x: float, z: float, **changes: object) -> Placement:
    plain = {"id": f"w{number}", "asset_id": f"a{number}", "title": f"T{number}", "position_m": (x, 1.5, z)}
    return Placement.model_validate({**plain, "size_m": (1.0, 1.0), "order": number, **changes})


@given(st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=20), st.floats(30, 900), st.floats(30, 900))
def test_everything_is_inside_the_frame_and_projects_back(
    places: list[tuple[float, float]], width: float, height: float
) -> None:
    plan = plan_of(Scene.of([work(k, x, z) for k, (x, z) in enumerate(places)]))
    projection = fitted(plan, width, height, 8)
    drawn = projection.to_px(plan.works.reshape(-1, 2))
    assert (drawn >= 8 - 1e-6).all()
    assert (drawn <= np.array([width, height]) - 8 + 1e-6).all()
    x, z = places[0]
    assert projection.to_m(*projection.point_px(x, z)) == pytest.approx((x, z), abs=1e-6)


@given(st.floats(0, 359))
def test_a_heading_is_what_the_compass_says(degrees: float) -> None:
    turn = math.radians(degrees)
    assert heading_deg((math.sin(turn), 0.2, -math.cos(turn))) == pytest.approx(degrees, abs=1e-6)
    assert compass(degrees) in {
        "north",
        "north-east",
        "east",
        "south-east",
        "south",
        "south-west",
        "west",
        "north-west",
    }


def test_a_gallery_has_rooms_walls_with_gaps_and_doors() -> None:
    scene = Scene.of(
        arrange_gallery([Work(asset_id=f"a{n}", title=f"T{n}") for n in range(40)], Wishes(rooms=2)).records
    )
    plan = plan_of(scene)
    assert [room.name for room in plan.rooms] == ["Room 1", "Room 2"]
    assert len(plan.doors) == 3
    door = (plan.doors[0, :2] + plan.doors[0, 2:]) / 2
    middles = (plan.walls[:, :2] + plan.walls[:, 2:]) / 2
    assert np.hypot(*(middles - door).T).min() > 0.9, "no piece of wall stands in the doorway"
    first = scene.rooms[0]
    found = plan.room_at(*((a + b) / 2 for a, b in zip(first.min_corner_m, first.max_corner_m, strict=True)))
    assert found is not None
    assert found.id == first.id
    assert plan.room_at(1e6, 0) is None


def test_the_work_under_the_pointer_is_found_and_none_far_away() -> None:
    turned = (0.0, math.sin(math.pi / 4), 0.0, math.cos(math.pi / 4))
    plan = plan_of(Scene.of([work(0, 0, 0), work(1, 5, 0, rotation=turned)]))
    assert plan.work_near(0.45, 0.1, 0.2) == 0
    assert plan.work_near(5.0, 0.45, 0.1) == 1, "turned by 90 degrees it reaches along z"
    assert plan.work_near(5.45, 0.0, 0.1) is None
    assert plan.fronts[0] == pytest.approx([0, 1])
    assert plan.fronts[1] == pytest.approx([1, 0], abs=1e-9)


def test_an_empty_scene_has_an_empty_plan_with_room_to_project() -> None:
    plan = plan_of(Scene())
    assert plan.is_empty
    assert fitted(plan, 0, 0, 10).scale_px_m > 0
    assert plan.work_near(0, 0, 1e9) is None
