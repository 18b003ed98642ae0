"""Lamps, glass and beams overhead: trained on the works, out of the way from above; and the glow of neon."""

from collections.abc import Callable

import numpy as np

from scene.records import Placement
from scene.scene import Scene
from scene.themes import Fixtures, Theme
from viewport.camera import Pose
from viewport.rooms.fixtures import paint_fixtures
from viewport.rooms.glow import Glow
from viewport.rooms.rooms import Painted, box_quads
from viewport.rooms.strips import segments_of
from viewport.surfaces import surfaces_of
from viewport.view import SceneView
from viewport.works.cards import cards_of

WHITE = np.ones(3, np.float32)
SIZE = (320, 180)


def painted(scene: Scene, fixtures: Fixtures | None, ceilings: bool = True) -> Painted:
    surfaces = surfaces_of(scene, ceilings)
    walls = {surface.wall_id: surface for surface in surfaces if surface.part == "wall"}
    hung = [walls.get(work.wall_id or "") for work in scene.placements]
    return paint_fixtures(surfaces, cards_of(scene.placements), hung.__getitem__, fixtures, 1.0, WHITE)


def test_lamps_hang_under_the_ceiling_before_the_works(
    make_room: Callable[..., Scene], hang: Callable[..., Placement]
) -> None:
    part = painted(make_room("museum", hang("red", 0.0)), Fixtures(colour="#202020"))
    lens = part.actors[1].GetBounds()
    assert 3.2 < (lens[2] + lens[3]) / 2 < 3.6
    assert -2.6 < (lens[4] + lens[5]) / 2 < -1.2
    assert abs(lens[0] + lens[1]) < 0.1


def test_without_works_ceiling_or_fixtures_nothing_hangs(
    make_room: Callable[..., Scene], hang: Callable[..., Placement]
) -> None:
    assert not painted(make_room("museum"), Fixtures(colour="#202020")).actors
    assert not painted(make_room("museum", hang("red", 0.0)), None).actors
    assert not painted(make_room("museum", hang("red", 0.0)), Fixtures(colour="#202020"), ceilings=False).actors


def test_beams_lie_across_the_shorter_way_on_top_of_the_walls(make_room: Callable[..., Scene]) -> None:
    part = painted(make_room("forest"), Fixtures(colour="#604020", lamps=False, beams=True), ceilings=False)
    box = part.actors[0].GetBounds()
    assert box[2] >= 3.6 - 1e-3
    assert box[4] < -3.0 < 3.0 < box[5]


def test_every_side_of_a_box_faces_outwards() -> None:
    axes = (np.array([1.0, 0, 0]), np.array([0, 2.0, 0]), np.array([0, 0, 3.0]))
    for x, y, z in (axes, (axes[2], axes[1], axes[0])):
        sides = box_quads(np.zeros(3), x, y, z)
        normals = np.cross(sides[:, 1] - sides[:, 0], sides[:, 3] - sides[:, 0])
        assert ((normals * sides.mean(axis=1)).sum(axis=1) > 0).all()


def test_nothing_overhead_hides_the_works_from_above(
    view: SceneView, make_room: Callable[..., Scene], hang: Callable[..., Placement]
) -> None:
    view.show(make_room("forest", hang("red", 0.0)))
    overhead = view.composition.environment.overhead.actors
    view.render()
    assert all(actor.GetVisibility() for actor in overhead)
    view.camera.go(Pose.of((0.0, 9.0, 4.0), (0.0, 0.0, 0.0)))
    view.render()
    assert overhead
    assert not any(actor.GetVisibility() for actor in overhead)


def test_neon_glows_wider_in_high_quality_and_from_afar_and_not_in_drafts(
    make_room: Callable[..., Scene], themes: dict[str, Theme]
) -> None:
    scene = make_room("cyberpunk")
    glow = Glow(segments_of(surfaces_of(scene, True), themes["cyberpunk"], scene))

    def width(eye: tuple[float, float, float], quality: str) -> float:
        glow.fit(np.array(eye), 0.0016, quality)
        quads = glow._mesh.corners
        return float(np.linalg.norm(quads[0, 3] - quads[0, 0]))

    near, far = (0.0, 1.6, 0.0), (0.0, 1.6, 60.0)
    assert glow.has_any
    assert width(near, "high") > width(near, "standard") > width(near, "draft") == 0.0
    assert width(far, "high") > width(near, "high")
    assert not Glow(()).has_any


def test_high_quality_glows_on_the_picture_and_the_draft_does_not(
    view: SceneView, make_room: Callable[..., Scene]
) -> None:
    view.show(make_room("cyberpunk"))
    sums = {}
    for quality in ("draft", "standard", "high"):
        view.quality = quality  # type: ignore[assignment]
        view.painting.is_complete = False
        sums[quality] = int(view.picture(*SIZE).astype(int).sum())
    view.quality = "standard"
    assert sums["draft"] < sums["standard"] < sums["high"]
