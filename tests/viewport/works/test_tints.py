"""Four corner colours stand for a picture: exact for plain ones and straight blends, near for all others."""

import numpy as np
import pytest
from numpy.typing import NDArray

from viewport.works.tints import tints_of


def blended(corners: NDArray[np.float64], px: int) -> NDArray[np.float64]:
    """What four corner colours look like, top row first."""
    at = (np.arange(px) + 0.5) / px
    low = corners[0] * (1 - at)[:, None] + corners[1] * at[:, None]
    high = corners[3] * (1 - at)[:, None] + corners[2] * at[:, None]
    rows: NDArray[np.float64] = low[None] * at[:, None, None] + high[None] * (1 - at)[:, None, None]
    return rows


@pytest.mark.parametrize("px", [8, 16, 32])
def test_plain_pictures_and_straight_blends_come_back_as_they_were(px: int) -> None:
    plain = np.full((1, px, px, 3), (10, 200, 77), np.uint8)
    assert (tints_of(plain) == (10, 200, 77)).all()
    across = np.broadcast_to(np.linspace(40, 220, px)[None, None, :, None], (1, px, px, 3)).astype(np.uint8)
    assert np.abs(blended(tints_of(across)[0].astype(float), px) - across[0]).max() < 4


def test_corners_are_where_they_belong() -> None:
    quarters = np.zeros((1, 8, 8, 3), np.uint8)
    quarters[0, :4, :4], quarters[0, :4, 4:], quarters[0, 4:, 4:] = 240, 160, 80  # upper left, upper right, lower right
    low_left, low_right, high_right, high_left = tints_of(quarters)[0, :, 0].astype(int)
    assert high_left > high_right > low_right > low_left
