"""What stands before the sky: on the sky's own dome, of the sky's colours and the ground's, fading at its foot."""

import numpy as np
import pytest

from scene.themes import Sky, Theme
from viewport.rooms.scenery import NEARER, TREES, scenery, sky_colours
from viewport.rooms.sky import sky_dome

RADIUS_M = 320.0


def sky_of(themes: dict[str, Theme], name: str) -> Sky:
    return themes[name].sky


@pytest.mark.parametrize("name", ["forest", "deep_sea"])
def test_it_stands_before_the_dome_and_behind_all_works(themes: dict[str, Theme], name: str) -> None:
    corners, colours = scenery(sky_of(themes, name), RADIUS_M)
    away_m = np.linalg.norm(corners, axis=2)
    assert len(corners) > 500
    assert (away_m < RADIUS_M * (1.0 - NEARER / 2)).all()
    assert (away_m > RADIUS_M * 0.94).all()
    assert colours.shape == (len(corners), 4, 3)
    assert ((colours >= 0.0) & (colours <= 1.0)).all()


def test_trees_are_paler_the_farther_they_are_and_stand_in_mist(themes: dict[str, Theme]) -> None:
    sky = sky_of(themes, "forest")
    corners, colours = scenery(sky, RADIUS_M)
    away_m = np.linalg.norm(corners, axis=2).mean(axis=1)
    layers = np.round((1.0 - away_m / RADIUS_M) / NEARER).astype(int) - 2
    darkest = [colours[layers == layer].mean(axis=2).min() for layer in range(len(TREES))]
    assert darkest == sorted(darkest, reverse=True)
    feet = corners[..., 1] < RADIUS_M * np.sin(np.radians(-2.9))
    assert np.abs(colours[feet] - sky_colours(sky, np.array(-3.0))).max() < 0.02


def test_a_bare_sky_has_none_and_the_dome_takes_what_there_is(themes: dict[str, Theme]) -> None:
    assert len(scenery(sky_of(themes, "white_cube"), RADIUS_M)[0]) == 0
    bare, wooded = (sky_dome(sky_of(themes, name), RADIUS_M) for name in ("white_cube", "forest"))
    quads = [dome.still.GetMapper().GetInput().GetNumberOfCells() for dome in (bare, wooded)]
    assert quads[1] - quads[0] == len(scenery(sky_of(themes, "forest"), RADIUS_M)[0])
