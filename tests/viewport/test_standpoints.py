"""The entrance of an open layout: as it was laid out on a screen, further back in a narrow picture."""

import pytest

from scene.layouts.framing import half_fields
from scene.records import Arrangement, Placement, Room, Viewpoint
from scene.scene import Scene
from viewport.standpoints import entrance_pose


def row(layout: str = "grid", *more: object) -> Scene:
    works = [
        Placement(id=f"work-{k}", asset_id=f"{k}", position_m=(float(x), 1.6, -5.0), size_m=(1.4, 1.0))
        for k, x in enumerate(range(-4, 5, 2))
    ]
    view = Viewpoint(id="entrance", name="Entrance", position_m=(0.0, 1.65, 2.2), target_m=(0.0, 1.6, -5.0))
    return Scene.of([*works, view, Arrangement(layout=layout), *more])  # type: ignore[arg-type, list-item]


def test_a_screen_shows_the_entrance_that_was_laid_out() -> None:
    assert entrance_pose(row(), 16 / 9).position.tolist() == [0.0, 1.65, 2.2]


@pytest.mark.parametrize("aspect", [0.7, 740 / 760, 1.3])
def test_a_narrow_picture_is_seen_from_further_away_and_holds_every_work(aspect: float) -> None:
    pose = entrance_pose(row(), aspect)
    assert pose.position[1] == pytest.approx(1.65)
    assert pose.position[2] > 2.2
    half = half_fields(aspect)[0] * (pose.position[2] + 5.0)
    assert 0.8 * half < 4.7 < half


@pytest.mark.parametrize(
    "scene",
    [row("gallery"), row("timeline", Room(id="hall", min_corner_m=(-6.0, -6.0), max_corner_m=(6.0, 6.0)))],
    ids=["gallery", "hall"],
)
def test_inside_rooms_the_eye_stays_where_it_was_put(scene: Scene) -> None:
    assert entrance_pose(scene, 0.9).position[2] == 2.2
