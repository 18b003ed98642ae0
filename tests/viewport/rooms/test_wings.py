"""Very large galleries: rooms near the eye are furnished on a thread, the others bare, and all of them are there."""

import time

import numpy as np
import pytest

from scene.layouts.choose import arrange
from scene.layouts.contract import Wishes, Work
from scene.records import ThemeChoice
from scene.scene import Scene
from viewport.camera import Pose
from viewport.picture import window_pixels
from viewport.rooms.wings import FURNISHED_ROOMS, MOST_ROOMS
from viewport.view import SceneView

WORKS_A_ROOM = 30


@pytest.fixture(scope="module")
def very_large() -> Scene:
    count = (MOST_ROOMS + 12) * WORKS_A_ROOM
    works = [Work(asset_id="red", title=f"W{k}", width_px=1500, height_px=1000) for k in range(count)]
    arranged = arrange("gallery", works, Wishes())
    return Scene.of([*(r for r in arranged.records if r.id != "theme"), ThemeChoice(theme="cyberpunk")])


def settle(view: SceneView) -> None:
    """Tick and draw until nothing is on its way."""
    patience_s = time.monotonic() + 30
    while time.monotonic() < patience_s:
        view.tick(time.monotonic())
        if view.dirty:
            view.render()
        elif view.is_sharp:
            return
        else:
            time.sleep(0.002)
    raise AssertionError("never sharp")


def test_the_room_one_stands_in_is_furnished_wherever_one_goes(view: SceneView, very_large: Scene) -> None:
    view.show(very_large)
    settle(view)
    surroundings = view.composition.surroundings
    assert len(surroundings.halls) > MOST_ROOMS
    assert surroundings._wings is not None
    assert surroundings._shell is not None
    for room in (very_large.rooms[0], very_large.rooms[40]):
        x, z = (np.array(room.min_corner_m) + room.max_corner_m) / 2
        view.camera.go(Pose.of((x, 1.6, z), (x, 1.6, z - 5.0)))
        settle(view)
        wing = surroundings._wings.wing
        assert wing is not None
        assert surroundings.halls.index_of(room.id) in wing.rooms
        assert len(wing.rooms) <= FURNISHED_ROOMS
        assert not surroundings._shell.actors, "no bare room is seen"
        seen = np.flatnonzero(view.composition.tiers.size_px)
        assert room.id in {very_large.placements[row].room_id for row in seen}
        assert len(seen) < 8 * WORKS_A_ROOM, "works behind walls are left out"


def test_from_above_every_room_is_there(view: SceneView, very_large: Scene) -> None:
    view.show(very_large)
    settle(view)
    corners = np.array([(room.min_corner_m, room.max_corner_m) for room in very_large.rooms]).reshape(-1, 2)
    x, z = (corners.min(axis=0) + corners.max(axis=0)) / 2
    view.camera.go(Pose.of((x, 60.0, z + 40.0), (x, 0.0, z)))
    view.tick(time.monotonic())
    view.render()
    shell = view.composition.surroundings._shell
    assert shell is not None
    assert len(shell.actors) == len(shell._blocks)
    width, height = view.window.GetSize()
    with_rooms = window_pixels(view.window, width, height).astype(int)
    for actor in shell.actors:
        actor.VisibilityOff()
    view.window.Render()
    without = window_pixels(view.window, width, height).astype(int)
    assert (np.abs(with_rooms - without).max(axis=2) > 8).mean() > 0.2
    assert len({very_large.placements[row].room_id for row in np.flatnonzero(view.composition.tiers.size_px)}) > 20
