"""Each genre is painted once at full size for all tests here; that keeps the suite within its time."""

import hashlib

import numpy as np
import pytest
from PIL import Image

from resources.sample_collection.catalogue import Piece, catalogue
from resources.sample_collection.painting import painted

GENRES = sorted({piece.genre for piece in catalogue()})


def first_of(genre: str) -> Piece:
    return next(piece for piece in catalogue() if piece.genre == genre)


@pytest.mark.parametrize("genre", GENRES)
def test_a_picture_of_each_genre_is_whole_and_not_flat(genre: str) -> None:
    piece = first_of(genre)
    picture = painted(piece)
    assert picture.mode == "RGB"
    assert picture.size == piece.size_px
    values = np.asarray(picture.reduce(8), dtype=float)
    assert values.mean(axis=2).std() > 6
    assert 8 < values.mean() < 248
    tiles = np.asarray(picture.convert("L").resize((8, 8)))
    assert len(np.unique(tiles // 4)) > 4


@pytest.mark.parametrize("genre", ["rain", "pixel-art", "marbled-papers", "low-poly-mountains"])
def test_the_same_piece_gives_the_same_pixels(genre: str) -> None:
    piece = [piece for piece in catalogue() if piece.genre == genre][2]
    one, other = painted(piece), painted(piece)
    assert hashlib.sha256(one.tobytes()).digest() == hashlib.sha256(other.tobytes()).digest()


def fingerprint(picture: Image.Image) -> np.ndarray:
    """A difference hash of 16 x 16 bits a channel: light, and two colour differences."""
    small = np.asarray(picture.convert("YCbCr").resize((17, 16), Image.Resampling.BOX), dtype=int)
    return np.diff(small, axis=1) > 0


@pytest.mark.parametrize("genre", ["pixel-art", "geometric-abstracts", "synthwave-suns"])
def test_no_two_pictures_of_a_genre_are_alike(genre: str) -> None:
    prints = [fingerprint(painted(piece)) for piece in catalogue() if piece.genre == genre]
    for number, one in enumerate(prints):
        for other in prints[number + 1 :]:
            assert (one != other).mean() > 0.12
