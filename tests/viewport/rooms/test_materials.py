"""Tiles of materials: wet asphalt mirrors in its puddles more than between them, the rest everywhere alike."""

import numpy as np

from scene.themes import Theme
from viewport.rooms.materials import DRY, tile


def test_only_what_is_wet_tells_how_much_it_mirrors(themes: dict[str, Theme]) -> None:
    for theme in themes.values():
        pixels = tile(theme.floor, size_px=64)
        assert pixels.shape[2] == (4 if theme.floor.pattern in DRY else 3), theme.id


def test_puddles_mirror_and_what_is_dry_does_so_by_half(themes: dict[str, Theme]) -> None:
    pixels = tile(themes["cyberpunk"].floor, size_px=256).astype(float)
    shine, bright = pixels[..., 3] / 255, pixels[..., :3].mean(axis=2)
    assert shine.max() > 0.98
    assert abs(shine.min() - (1 - DRY["asphalt"])) < 0.02
    assert np.corrcoef(shine.ravel(), bright.ravel())[0, 1] < -0.5, "puddles are dark"
