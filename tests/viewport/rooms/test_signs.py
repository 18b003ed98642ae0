"""Words in space: a shade keeps light lettering legible before what is light; dark lettering has none."""

import numpy as np

from viewport.graphics.lettering import lettering
from viewport.rooms.signs import SHADE, shaded

INK = lettering("navy", 56)
REACH_PX = 6


def over(piece: np.ndarray, ground: float) -> np.ndarray:
    """What is seen of a piece before a plain ground, 0 to 1."""
    alpha = piece[..., 3] / 255.0
    return piece[..., 0] / 255.0 * alpha + ground * (1.0 - alpha)


def test_light_words_stand_out_before_white_and_stay_themselves_before_black() -> None:
    piece = shaded(INK, SHADE, REACH_PX)
    letters = np.pad(INK, REACH_PX) == 255
    assert letters.any()
    assert over(piece, 1.0)[letters].min() > 0.99
    assert over(piece, 1.0).min() < 0.45
    assert np.abs(over(piece, 0.0) - np.pad(INK, REACH_PX) / 255.0).max() < 0.01


def test_the_shade_ends_softly_within_its_reach() -> None:
    edge = shaded(INK, SHADE, REACH_PX)[..., 3]
    assert max(edge[0].max(), edge[-1].max(), edge[:, 0].max(), edge[:, -1].max()) < 40


def test_dark_words_have_none() -> None:
    piece = shaded(INK, 0.0, REACH_PX)
    assert (piece[..., :3] == 255).all()
    assert (piece[..., 3] == np.pad(INK, REACH_PX)).all()
