"""Real off-screen pictures: what hangs where, what a ghost looks like, what a click finds."""

from collections.abc import Callable

import numpy as np
import pytest

from scene.change import SceneChange
from scene.proposal import Proposal
from scene.records import Placement, Sign, ThemeChoice
from scene.scene import Scene
from scene.themes import Theme
from viewport.camera import Pose
from viewport.graphics.window import offscreen_window
from viewport.view import SceneView

SIZE = (320, 180)
Project = Callable[[SceneView, tuple[float, float, float]], tuple[int, int]]


def proposal_of(before: Scene, after: Scene) -> Proposal:
    return Proposal(id="p", turn_id="t", title="Try", change=SceneChange.between(before, after), base=before)


def without(scene: Scene, record_id: str) -> Scene:
    return Scene.of(record for record in scene if record.id != record_id)


@pytest.mark.parametrize("loaded", [False, True])
@pytest.mark.parametrize("theme", ["white_cube", "cyberpunk", "noir", "deep_sea"])
def test_a_works_true_colour_stands_where_it_hangs_under_every_theme(
    view: SceneView, make_room: Callable[..., Scene], hang: Callable[..., Placement], centre_pixel: Project,
    theme: str, loaded: bool,
) -> None:  # fmt: skip
    view.show(make_room(theme, hang("red", -2.0), hang("blue", 2.0)))
    if loaded:
        view.load_all()
    picture = view.picture(*SIZE)
    for x_m, colour in ((-2.0, (220, 30, 20)), (2.0, (20, 60, 230))):
        x, y = centre_pixel(view, (x_m, 1.5, -2.96))
        assert np.abs(picture[y, x].astype(int) - colour).max() <= 3


def test_every_theme_looks_different(view: SceneView, three: Scene, themes: dict[str, Theme]) -> None:
    pictures = {}
    for theme in themes:
        view.show(Scene.of([*three, ThemeChoice(theme=theme)]))
        pictures[theme] = view.picture(*SIZE).astype(int)
    names = sorted(pictures)
    for k, first in enumerate(names):
        for second in names[k + 1 :]:
            assert np.abs(pictures[first] - pictures[second]).mean() > 8, (first, second)


def test_no_theme_is_black_or_burnt_out_and_an_empty_scene_shows_its_room(
    view: SceneView, themes: dict[str, Theme]
) -> None:
    for theme in themes:
        view.show(Scene.of([ThemeChoice(theme=theme)]))
        picture = view.picture(*SIZE)
        assert picture.max() > 60, theme
        assert picture.mean() < 250, theme
        assert picture.std() > 4, theme


def test_pick_finds_the_work_at_the_pixel_where_it_is_drawn(
    view: SceneView, three: Scene, centre_pixel: Project
) -> None:
    view.show(three)
    for pose in (Pose.of((0, 1.5, 2.5), (0, 1.5, -3)), Pose.of((-3.1, 2.2, 1.0), (1.0, 1.4, -3))):
        view.camera.go(pose)
        picture = view.picture(*SIZE)
        for work in three.placements:
            x, y = centre_pixel(view, work.position_m)
            if 0 <= x < SIZE[0] and 0 <= y < SIZE[1]:
                assert view.pick(x, y) == work.id
        for work in three.placements:
            inside = [(x, y) for x in range(0, 320, 9) for y in range(0, 180, 9) if view.pick(x, y) == work.id]
            drawn = [picture[y, x].argmax() for x, y in inside]
            assert inside
            assert set(drawn) == {int(np.argmax(_colour(work.asset_id)))}


def _colour(asset_id: str) -> tuple[int, int, int]:
    return {"red": (220, 30, 20), "green": (20, 200, 40), "blue": (20, 60, 230)}[asset_id]


def test_pick_finds_nothing_on_the_wall_in_the_sky_or_behind_a_wall(view: SceneView, three: Scene) -> None:
    view.show(three)
    view.picture(*SIZE)
    assert view.pick(160, 5) is None
    assert view.pick(float("nan"), 5) is None
    view.camera.go(Pose.of((12.0, 1.5, 0.0), (-3.0, 1.5, -2.9)))
    view.picture(*SIZE)
    view.camera.go(Pose.of((0, 1.5, -9), (0, 1.5, 0)))
    assert view.pick(160, 90) is None, "a work on a wall is not seen from behind it"


def test_a_ghost_differs_from_what_is_committed_and_stays_legible(
    view: SceneView, three: Scene, centre_pixel: Project
) -> None:
    before = without(three, "work-green")
    view.show(before)
    empty = view.picture(*SIZE)
    view.stage(proposal_of(before, three))
    view.load_all()
    ghost = view.picture(*SIZE)
    x, y = centre_pixel(view, (0.0, 1.5, -2.96))
    assert ghost[y, x].argmax() == 1
    assert np.abs(ghost[y, x].astype(int) - (20, 200, 40)).max() < 60
    view.show(three)
    view.stage(None)
    committed = view.picture(*SIZE)
    assert np.abs(ghost.astype(int) - committed).mean() > 0.4
    assert np.abs(ghost.astype(int) - empty).mean() > 1.0


def test_before_and_after_switch_shows_exactly_the_scene_before(view: SceneView, three: Scene) -> None:
    before = without(three, "work-blue")
    view.show(before)
    view.load_all()
    plain = view.picture(*SIZE)
    view.stage(proposal_of(before, three))
    after = view.picture(*SIZE)
    view.show_side("before")
    assert np.array_equal(view.picture(*SIZE), plain)
    view.show_side("after")
    assert np.abs(view.picture(*SIZE).astype(int) - after).max() <= 2
    with pytest.raises(ValueError, match="before"):
        view.show_side("sideways")  # type: ignore[arg-type]


def test_staging_the_same_proposal_again_keeps_the_side(view: SceneView, three: Scene) -> None:
    before = without(three, "work-blue")
    proposal = proposal_of(before, three)
    view.show(before)
    view.stage(proposal)
    view.show_side("before")
    view.stage(proposal)
    assert view.stage_shown.side == "before"


def test_works_about_to_go_leave_an_outline(view: SceneView, three: Scene) -> None:
    after = without(three, "work-blue")
    view.show(after)
    gone = view.picture(*SIZE)
    view.show(three)
    view.stage(proposal_of(three, after))
    assert np.abs(view.picture(*SIZE).astype(int) - gone).max() > 30


def test_selection_and_hover_are_seen_and_go_away(view: SceneView, three: Scene) -> None:
    view.show(three)
    plain = view.picture(*SIZE)
    view.select({"work-red", "no-such-work"})
    selected = view.picture(*SIZE)
    assert (selected != plain).any()
    view.hover("work-green")
    assert (view.picture(*SIZE) != selected).any()
    view.hover(None)
    view.select(())
    assert np.array_equal(view.picture(*SIZE), plain)


def test_follow_moves_a_work_without_losing_its_pixels(view: SceneView, three: Scene, centre_pixel: Project) -> None:
    view.show(three)
    view.load_all()
    moved = three.get("work-green").model_copy(update={"position_m": (0.0, 2.4, -2.96)})  # type: ignore[union-attr]
    change = SceneChange(updated={"work-green": (three.get("work-green"), moved)})  # type: ignore[dict-item]
    view.follow(change, change.apply_to(three))
    picture = view.picture(*SIZE)
    x, y = centre_pixel(view, (0.0, 2.6, -2.96))
    assert picture[y, x].argmax() == 1
    assert "work-green" in view.composition.tiers.shown


def test_a_floor_that_mirrors_shows_the_work_upside_down_below_it(
    view: SceneView, make_room: Callable[..., Scene], hang: Callable[..., Placement], centre_pixel: Project
) -> None:
    for works, redder in (((), False), ((hang("red", 0.0),), True)):
        view.show(make_room("cyberpunk", *works))
        view.camera.go(Pose.of((0.0, 1.5, 2.5), (0.0, 0.9, -3.0)))
        picture = view.picture(*SIZE)
        x, y = centre_pixel(view, (0.0, -1.3, -2.96))
        assert (int(picture[y, x, 0]) > int(picture[y, x, 2]) + 15) is redder


def test_a_sign_can_be_read_as_ink_on_the_picture(view: SceneView, three: Scene) -> None:
    view.show(three)
    plain = view.picture(640, 360)
    sign = Sign(id="sign", text="Säle – 1999", position_m=(0.0, 2.6, -2.9), height_m=0.3, line_to_m=(0.0, 3.4, -2.9))
    view.show(Scene.of([*three, sign]))
    assert (np.abs(view.picture(640, 360).astype(int) - plain).max(axis=2) > 90).sum() > 150


def test_flying_ends_before_the_work_and_asks_for_frames_until_then(view: SceneView, three: Scene) -> None:
    view.show(three)
    view.picture(*SIZE)
    assert view.flights.to_work("work-blue", 1.0)
    assert view.tick(10.0)
    assert view.tick(10.5)
    assert view.camera.is_flying
    view.tick(11.1)
    assert not view.camera.is_flying
    assert view.camera.target_m == pytest.approx((2.0, 1.5, -2.96))
    assert view.camera.position_m[2] > -2.4
    view.render()
    assert view.pick(SIZE[0] / 2, SIZE[1] / 2) == "work-blue"
    assert not view.flights.to_work("nobody")


def test_ticks_stream_pictures_in_and_then_rest(view: SceneView, three: Scene, renditions: object) -> None:
    view.show(three)
    now, ticks = 0.0, 0
    view.render()
    while view.tick(now) and ticks < 500:
        now, ticks = now + 0.05, ticks + 1
        _breathe()
        if view.dirty:
            view.render()
    assert ticks < 500
    assert set(view.composition.tiers.shown) == {"work-red", "work-green", "work-blue"}


def _breathe() -> None:
    import threading

    threading.Event().wait(0.005)


def test_a_missing_picture_becomes_a_labelled_stand_in_and_later_the_picture(
    view: SceneView, make_room: Callable[..., Scene], hang: Callable[..., Placement], renditions: object
) -> None:
    renditions.missing.add("red")  # type: ignore[attr-defined]
    view.show(make_room("white_cube", hang("red", 0.0, title="The lost one")))
    view.picture(640, 360)
    view.load_all()
    stand_in = view.picture(640, 360)
    area = stand_in[140:220, 290:350]
    assert area.std() > 5, "words on a ground"
    assert area.mean() > 20, "never black"
    assert view.next_look_s is not None
    renditions.missing.clear()  # type: ignore[attr-defined]
    view.retry_pictures()
    view.load_all()
    assert np.abs(view.picture(640, 360)[180, 320].astype(int) - (220, 30, 20)).max() <= 3


@pytest.mark.parametrize("size", [(1, 1), (2, 700), (700, 2)])
def test_odd_windows_do_no_harm(
    themes: dict[str, Theme], renditions: object, three: Scene, size: tuple[int, int]
) -> None:
    view = SceneView(themes, renditions, offscreen_window(*size))  # type: ignore[arg-type]
    try:
        view.show(three)
        view.flights.overview(0.0)
        view.tick(0.0)
        assert view.picture(*size).shape == (size[1], size[0], 3)
        view.pick(0, 0)
    finally:
        view.close()


def test_numbers_that_are_no_numbers_do_no_harm(view: SceneView, make_room: Callable[..., Scene]) -> None:
    nan, huge = float("nan"), 1e300
    broken = [
        Placement.model_construct(
            id=f"bad-{k}",
            asset_id="red",
            title="",
            position_m=position,
            rotation=rotation,
            size_m=size,
            wall_id="back",
            room_id="room-1",
            order=k,
        )
        for k, (position, rotation, size) in enumerate(
            [
                ((nan, 1.0, 0.0), (0.0, 0.0, 0.0, 1.0), (1.0, 1.0)),
                ((0.0, huge, -huge), (nan, nan, nan, nan), (nan, -3.0)),
                ((0.0, 1.0, 0.0), (0.0, 0.0, 0.0, 0.0), (0.0, huge)),
            ]
        )
    ]
    view.show(make_room("museum", *broken))
    view.flights.depart(Pose.of((nan, 0.0, 0.0), (nan, 0.0, 0.0)), nan)
    view.flights.to_work("bad-1", 0.0)
    view.flights.overview(0.0)
    view.tick(0.0)
    assert view.picture(*SIZE).shape == (180, 320, 3)


def test_an_unknown_theme_falls_back_to_one_there_is(view: SceneView, three: Scene) -> None:
    view.show(Scene.of([*three, ThemeChoice(theme="no_such_theme")]))
    assert view.picture(*SIZE).std() > 4


def test_hundreds_of_cards_share_a_handful_of_actors(view: SceneView, hang: Callable[..., Placement]) -> None:
    works = [
        hang("red", x * 1.1, id=f"w-{x}-{y}", position_m=(x * 1.1, 1.5 + y * 1.3, 0.0), wall_id=None, room_id=None)
        for x in range(40)
        for y in range(25)
    ]
    view.show(Scene.of(works))
    view.picture(*SIZE)
    assert view.renderer.GetViewProps().GetNumberOfItems() < 40


def test_what_was_drawn_over_a_picture_is_not_all_that_rests(view: SceneView, three: Scene) -> None:
    view.show(three)
    view.load_all()
    plain = view.picture(320, 180).astype(int)
    view.painting.is_complete = False
    view.painting.exposure.moved()
    view.composition.attach_cards()  # as after a patch
    now = 10.0
    view.painting.dirty = False
    for _ in range(60):
        view.tick(now)
        now += 0.05
        if view.dirty:
            view.render()
    assert view.painting.exposure.is_on
    assert np.abs(view.picture(320, 180).astype(int) - plain).mean() < 12, "the room is still there"


def test_frames_fly_with_their_works(
    view: SceneView, make_room: Callable[..., Scene], hang: Callable[..., Placement]
) -> None:
    view.show(make_room("museum", hang("red", -2.0)))
    view.load_all()
    view.render()
    view.show(make_room("museum", hang("red", 2.0)))
    for now_s in (0.0, 0.2, 0.35):
        view.tick(now_s)
        view.render()
        frames, centre = view.composition.dress.frames, view.cards.centre[0]
        quads = frames.mesh.corners[: frames._used]
        middle = quads[quads.any(axis=(1, 2))].reshape(-1, 3).mean(axis=0)
        assert frames._used > 0
        assert middle[:2] == pytest.approx(centre[:2], abs=0.02)
    assert -2.0 < view.cards.centre[0, 0] < 2.0
