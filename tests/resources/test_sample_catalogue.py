from collections import Counter
from datetime import datetime

import pytest

from resources.sample_collection.catalogue import Piece, catalogue

REQUIRED = {
    "neon-city-nights",
    "rain",
    "synthwave-suns",
    "circuits",
    "botanicals",
    "ink-landscapes",
    "geometric-abstracts",
    "seascapes",
    "pixel-art",
    "star-maps",
}


def test_there_are_enough_pictures_in_enough_genres() -> None:
    genres = Counter(piece.genre for piece in catalogue())
    assert len(catalogue()) >= 132
    assert len(genres) >= 12
    assert set(genres) >= REQUIRED
    assert min(genres.values()) >= 11


def test_the_first_pieces_show_every_genre() -> None:
    genres = {piece.genre for piece in catalogue()}
    assert {piece.genre for piece in catalogue()[:24]} == genres


def test_paths_and_titles_are_unique_and_readable() -> None:
    pieces = catalogue()
    assert len({piece.path for piece in pieces}) == len(pieces)
    assert len({piece.title for piece in pieces}) == len(pieces)
    assert next(p.path for p in pieces if p.title == "The Arcade Quarter, 1986") == (
        "neon-city-nights/the-arcade-quarter-1986.jpg"
    )


@pytest.mark.parametrize("piece", catalogue(), ids=lambda piece: piece.path)
def test_every_piece_is_described(piece: Piece) -> None:
    assert len(piece.title) > 5
    assert piece.description.endswith(".")
    assert 4 <= len(piece.tags) <= 8
    assert len(set(piece.tags)) == len(piece.tags)
    assert piece.licence == "CC0-1.0"
    assert piece.creator == "Vernissage sample generator"
    width, height = piece.size_px
    assert 1_000_000 <= width * height <= 2_000_000


def test_dates_run_from_1985_to_2026_and_a_few_are_missing() -> None:
    dates = [piece.taken for piece in catalogue() if piece.taken is not None]
    assert all(datetime(1985, 1, 1) <= taken < datetime(2026, 11, 1) for taken in dates)
    assert 3 <= len(catalogue()) - len(dates) <= 5
    decades = Counter(taken.year // 10 * 10 for taken in dates)
    assert min(decades.values()) >= 20
    assert set(decades) == {1980, 1990, 2000, 2010, 2020}
    assert len(set(dates)) == len(dates)


def test_genres_differ_in_their_years() -> None:
    years: dict[str, tuple[int, ...]] = {}
    for piece in catalogue():
        if piece.taken is not None:
            years[piece.genre] = (*years.get(piece.genre, ()), piece.taken.year)
    assert len(set(years.values())) == len(years)
    median = {genre: sorted(of)[len(of) // 2] for genre, of in years.items()}
    assert median["synthwave-suns"] < 1995 < median["low-poly-mountains"]


def test_orientations_vary_inside_each_genre() -> None:
    for genre in {piece.genre for piece in catalogue()}:
        ratios = {round(p.size_px[0] / p.size_px[1], 2) for p in catalogue() if p.genre == genre}
        assert len(ratios) >= 4, genre
