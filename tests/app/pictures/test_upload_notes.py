"""Two programs over one data folder note what they send in one file, and neither loses or repeats the other's."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.pictures.upload_notes import UploadNotes

KILLED = "import os, sys; from pathlib import Path; from app.pictures.upload_notes import UploadNotes; "
KILLED += "UploadNotes(Path(sys.argv[1])).begun([Path('/left')]); os._exit(9)"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "uploads.json"


def test_programs_that_write_at_once_keep_each_others_notes(file):
    notes = [UploadNotes(file) for _ in range(4)]

    def many(number: int) -> None:
        for count in range(10):
            notes[number].begun([Path(f"/{number}/{count}")])
            if count % 2:
                notes[number].ended([Path(f"/{number}/{count}")])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(many, range(4)))
    expected = {f"/{number}/{count}" for number in range(4) for count in range(0, 10, 2)}
    assert {str(one) for (one,) in UploadNotes(file).left_off()} == expected


def test_what_a_living_program_sends_is_not_sent_by_another(file):
    living, other = UploadNotes(file), UploadNotes(file)
    living.begun([Path("/a")])
    assert other.take_over() == []
    assert living.take_over() == []
    living.ended([Path("/a")])
    assert other.left_off() == []


def test_what_a_killed_program_sent_is_taken_over_once(file):
    killed = subprocess.run([sys.executable, "-c", KILLED, str(file)], check=False)
    assert killed.returncode == 9
    one, other = UploadNotes(file), UploadNotes(file)
    assert one.take_over() == [[Path("/left")]]
    assert (other.take_over(), one.take_over()) == ([], [])
    one.ended([Path("/left")])
    assert other.left_off() == []


@pytest.mark.parametrize("text", ["", "{", "[1, 2]", '{"../../x": [["/a"]]}', '{"a": 3}', "null"])
def test_a_damaged_file_loses_notes_and_nothing_else(file, text):
    file.write_text(text)
    notes = UploadNotes(file)
    notes.take_over()
    notes.begun([Path("/b")])
    assert [Path("/b")] in UploadNotes(file).left_off()


def test_notes_of_an_earlier_version_are_taken_over(file):
    file.write_text(json.dumps([["/a", "/b"]]))
    assert UploadNotes(file).take_over() == [[Path("/a"), Path("/b")]]


def test_more_paths_than_are_noted_still_end(file):
    paths = [Path(f"/{number}") for number in range(1_500)]
    notes = UploadNotes(file)
    notes.begun(paths)
    notes.ended(paths)
    assert notes.left_off() == []
    assert [one.name for one in file.parent.glob("uploads-*")] == []
