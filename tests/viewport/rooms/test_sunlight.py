"""Light through blinds fades towards the corner that shades it, and never ends in a hard edge there."""

import numpy as np
import pytest

from scene.themes import Theme
from viewport.rooms.sunlight import FADE_M, Sunlight
from viewport.surfaces import Surface

UP = np.array([0.0, 1.0, 0.0])
WIDTH_M = 12.0


def wall(right: tuple[float, float, float]) -> Surface:
    return Surface("wall", "room-1", np.zeros(3), np.array(right), UP, WIDTH_M, 3.6, "wall")


def light_along(theme: Theme, surface: Surface) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """The brightest light of each column, left to right."""
    sun = Sunlight.of(theme.lights.sun)
    assert sun is not None
    u, v = (np.arange(0.0, edge_m, 0.02, np.float32) for edge_m in (WIDTH_M, 3.6))
    return sun.on(surface, u, v).max(axis=(0, 2))


@pytest.mark.parametrize("theme_id", ["noir", "desert", "forest", "deep_sea"])
def test_light_on_a_wall_fades_towards_the_corner_on_the_side_of_the_sun(
    themes: dict[str, Theme], theme_id: str
) -> None:
    sun = themes[theme_id].lights.sun if theme_id in themes else None
    assert sun is not None
    for right in ((1.0, 0.0, 0.0), (0.0, 0.0, -1.0), (-1.0, 0.0, 0.0), (0.0, 0.0, 1.0)):
        surface = wall(right)
        made = Sunlight.of(sun)
        assert made is not None
        if float(surface.normal @ made.towards) <= 0.02:
            continue
        found = light_along(themes[theme_id], surface)
        sunward = found[::-1] if float(surface.right @ made.towards) > 0 else found
        assert sunward[:5].max() < 0.02 * found.max(), "dark in the corner"
        assert found.max() > 0.1, "and lit elsewhere"


def test_light_on_a_floor_is_not_faded(themes: dict[str, Theme]) -> None:
    floor = Surface("floor", "room-1", np.zeros(3), np.array([1.0, 0, 0]), np.array([0.0, 0, -1.0]), WIDTH_M, 6.0)
    sun = Sunlight.of(themes["noir"].lights.sun)
    assert sun is not None
    u = np.arange(0.0, WIDTH_M, 0.02, np.float32)
    assert np.all(sun._kept_off(floor, u) == 1.0)
    assert sun._kept_off(wall((1.0, 0.0, 0.0)), u)[-1] < 0.01
    assert FADE_M < WIDTH_M
