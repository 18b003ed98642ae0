import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from resources.sample_collection.catalogue import Piece, catalogue
from resources.sample_collection.files import is_made, make, sweep
from resources.sample_collection.generate import SampleCollectionError, ensure_sample_collection
from resources.sample_collection.metadata import exif_of, xmp_of

ROOT = Path(__file__).resolve().parents[2]


def quick(count: int = 1) -> list[Piece]:
    return [piece for piece in catalogue() if piece.genre == "pixel-art"][:count]


def listed(parent: dict[str, dict[str, dict[str, object]]], name: str) -> object:
    return next(iter(parent[name].values()))["li"]


def test_the_metadata_is_inside_the_file(tmp_path: Path) -> None:
    piece = quick()[0]
    with Image.open(make(piece, tmp_path)) as picture:
        assert picture.format == "JPEG"
        assert picture.size == piece.size_px
        exif = picture.getexif()
        about = picture.getxmp()["xmpmeta"]["RDF"]["Description"]
    assert piece.taken is not None
    taken = exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal]
    assert taken == piece.taken.strftime("%Y:%m:%d %H:%M:%S")
    assert exif[ExifTags.Base.Artist] == piece.creator
    assert exif[ExifTags.Base.Copyright] == "CC0-1.0"
    assert about["title"]["Alt"]["li"]["text"] == piece.title
    assert about["description"]["Alt"]["li"]["text"] == piece.description
    assert tuple(about["subject"]["Bag"]["li"]) == piece.tags
    assert about["creator"]["Seq"]["li"] == piece.creator
    assert about["rights"]["Alt"]["li"]["text"] == "CC0-1.0"


def test_an_undated_piece_says_no_date_anywhere() -> None:
    piece = next(piece for piece in catalogue() if piece.taken is None)
    assert ExifTags.Base.DateTimeOriginal not in exif_of(piece).get_ifd(ExifTags.IFD.Exif)
    assert b"DateCreated" not in xmp_of(piece)


def test_the_same_piece_gives_the_same_bytes(tmp_path: Path) -> None:
    piece = quick()[0]
    assert make(piece, tmp_path / "one").read_bytes() == make(piece, tmp_path / "two").read_bytes()


def test_only_what_is_missing_is_made(tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    pieces = catalogue()[:3]
    for piece in pieces[:2]:
        (tmp_path / piece.genre).mkdir()
        (tmp_path / piece.path).write_bytes(b"kept \xff\xd9")
    ensure_sample_collection(tmp_path, lambda done, total: heard.append((done, total)), count=3)
    assert heard == [(2, 3), (3, 3)]
    assert [(tmp_path / piece.path).read_bytes()[:4] for piece in pieces[:2]] == [b"kept", b"kept"]
    assert is_made(pieces[2], tmp_path)


def test_half_a_file_counts_as_missing(tmp_path: Path) -> None:
    piece = quick()[0]
    whole = make(piece, tmp_path)
    whole.write_bytes(whole.read_bytes()[:-500])
    assert not is_made(piece, tmp_path)
    whole.write_bytes(b"")
    assert not is_made(piece, tmp_path)


def test_cancelling_keeps_whole_files_only(tmp_path: Path) -> None:
    stop = threading.Event()

    def hear(done: int, total: int) -> None:
        if done >= 2:
            stop.set()

    ensure_sample_collection(tmp_path, hear, workers=1, cancelled=stop.is_set)
    made = [piece for piece in catalogue() if (tmp_path / piece.path).exists()]
    assert len(made) == 2
    assert all(is_made(piece, tmp_path) for piece in made)


def test_old_leftovers_are_swept_and_fresh_ones_kept(tmp_path: Path) -> None:
    folder = tmp_path / "rain"
    folder.mkdir()
    old, fresh = folder / ".a.1-0.part", folder / ".b.2-0.part"
    for part in (old, fresh):
        part.write_bytes(b"x")
    os.utime(old, (time.time() - 5000, time.time() - 5000))
    sweep(tmp_path)
    assert not old.exists()
    assert fresh.exists()


def test_a_folder_that_cannot_be_written_is_told_in_plain_words(tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("not a folder")
    with pytest.raises(SampleCollectionError, match="kept"):
        ensure_sample_collection(blocked, count=1)


def test_a_worker_that_cannot_write_says_why(tmp_path: Path) -> None:
    piece = catalogue()[0]
    (tmp_path / piece.genre).write_text("in the way")
    with pytest.raises(SampleCollectionError, match=r"could not be completed.*kept"):
        ensure_sample_collection(tmp_path, count=1)


def test_a_killed_worker_leaves_no_half_file(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "resources.sample_collection.one", str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        worker.stdin.writelines(piece.path + "\n" for piece in quick(6))
        worker.stdin.flush()
        first = json.loads(worker.stdout.readline())
        worker.send_signal(signal.SIGKILL)
    assert first == {"made": quick()[0].path}
    present = sorted(tmp_path.rglob("*.jpg"))
    assert present
    for file in present:
        with Image.open(file) as picture:
            picture.load()


def test_two_programs_at_once_do_not_hurt_each_other(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "resources.sample_collection", str(tmp_path), "--count", "3", "--workers", "1"]
    programs = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [program.wait(timeout=60) for program in programs] == [0, 0]
    assert all(is_made(piece, tmp_path) for piece in catalogue()[:3])
    assert not list(tmp_path.rglob("*.part"))


def test_the_command_makes_a_contact_sheet(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.png"
    command = [sys.executable, "-m", "resources.sample_collection", str(tmp_path / "out"), "--count", "2"]
    done = subprocess.run([*command, "--sheet", str(sheet)], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "2 of 2 pictures" in done.stdout
    with Image.open(sheet) as picture:
        assert picture.width == 1800
