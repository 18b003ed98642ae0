"""Tiny squares that stay on disk: found again, damaged ones left out, torn files taken up."""

from pathlib import Path

import numpy as np
import pytest

from app.pictures.miniatures import Miniatures


@pytest.fixture
def squares() -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.random.default_rng(5).integers(0, 256, (300, 16, 16, 3), dtype=np.uint8)


def names(count: int) -> list[str]:
    return [f"asset-{k}" for k in range(count)]


def test_what_is_kept_is_found_again_by_another_process(tmp_path: Path, squares: np.ndarray) -> None:
    path = tmp_path / "cache" / "squares.bin"
    kept = Miniatures(path)
    kept.keep(names(300), squares)
    kept.close()
    indices, found = Miniatures(path).found(["unknown", *names(300)], 16)
    assert indices.tolist() == list(range(1, 301))
    assert (found == squares).all()


def test_smaller_ones_are_means_and_larger_ones_are_not_made_up(tmp_path: Path) -> None:
    kept = Miniatures(tmp_path / "squares.bin")
    kept.keep(["a"], np.full((1, 64, 64, 3), 77, np.uint8))
    for asked, given in ((8, 8), (16, 16), (32, 16)):
        _, found = kept.found(["a"], asked)
        assert found.shape == (1, given, given, 3)
        assert (found == 77).all()
    kept.keep(["too small to be kept"], np.zeros((1, 8, 8, 3), np.uint8))
    assert kept.found(["too small to be kept"], 8)[0].tolist() == []


def test_damage_costs_only_the_damaged_ones_and_they_can_be_kept_anew(tmp_path: Path, squares: np.ndarray) -> None:
    path = tmp_path / "squares.bin"
    kept = Miniatures(path)
    kept.keep(names(100), squares[:100])
    kept.close()
    raw = bytearray(path.read_bytes())
    record = len(raw) // 100
    raw[record * 7 + 40] ^= 1
    raw[record * 9 : record * 10] = bytes(record)
    path.write_bytes(bytes(raw[: -record // 2]))
    again = Miniatures(path)
    indices, found = again.found(names(100), 16)
    assert set(range(100)) - set(indices.tolist()) == {7, 9, 99}
    assert (found == squares[indices]).all()
    again.keep(names(100), squares[:100])
    indices, found = again.found(names(100), 16)
    assert indices.tolist() == list(range(100))
    assert (found == squares[:100]).all()


def test_a_folder_that_cannot_be_written_costs_only_the_cache(tmp_path: Path, squares: np.ndarray) -> None:
    (tmp_path / "file").write_text("in the way")
    kept = Miniatures(tmp_path / "file" / "squares.bin")
    kept.keep(names(100), squares[:100])
    assert kept.found(names(100), 16)[0].tolist() == []
