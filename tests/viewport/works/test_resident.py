"""Small pictures that stay: colours first, pixels later, handed on when the cards change."""

import numpy as np
import pytest

from viewport.works.resident import ResidentCells, tiny_of


def sampled(cells: ResidentCells, row: int, size_px: float) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """The texel in the middle of a row's quad at a size on screen."""
    middle = cells.uv(np.array([row]), np.array([size_px], np.float32))[0].mean(axis=0)
    height, width = cells.texture.rows.shape[:2]
    return cells.texture.rows[int(middle[1] * height), int(middle[0] * width)]


@pytest.mark.parametrize("count", [3, 5_000, 30_000])
def test_every_row_shows_its_own_colour_at_every_size(count: int) -> None:
    cells = ResidentCells(count)
    colours = np.random.default_rng(1).integers(0, 256, (count, 3), dtype=np.uint8)
    cells.fill(np.arange(count), colours)
    painted = np.array([1, count - 1])
    cells.paint(painted, np.broadcast_to(np.array([[[[9]]], [[[99]]]], np.uint8), (2, cells.px, cells.px, 3)))
    for size in (0.2, 2.0, 5.0, 9.0, 40.0):
        assert sampled(cells, 0, size).tolist() == colours[0].tolist()
        assert sampled(cells, 1, size).tolist() == [9, 9, 9]
        assert sampled(cells, count - 1, size).tolist() == [99, 99, 99]
    assert cells.refined.sum() == 2


@pytest.mark.parametrize("count", [4, 9_000])
def test_pictures_are_handed_on_to_other_rows_of_another_size(count: int) -> None:
    before, after = ResidentCells(3), ResidentCells(count)
    picture = np.random.default_rng(2).integers(0, 256, (1, before.px, before.px, 3), dtype=np.uint8)
    before.paint(np.array([2]), picture)
    after.inherit(np.array([0]), before, np.array([2]))
    assert after.refined[0]
    assert np.abs(after.means(np.array([0])).astype(int) - before.means(np.array([2]))).max() <= 3


def test_any_picture_becomes_a_small_square() -> None:
    for shape in ((64, 43, 3), (3, 500, 3), (1, 1, 3)):
        assert tiny_of(np.full(shape, 50, np.uint8), 8).tolist() == np.full((8, 8, 3), 50).tolist()
