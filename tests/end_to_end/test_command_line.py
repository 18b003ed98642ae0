"""The same story without a window, as separate processes that share nothing but the data folder."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from tests.end_to_end.forked import run_forked

PROGRAM = (sys.executable, "-m", "ui.program")
ROOT = Path(__file__).resolve().parents[2]


def vernissage(data: Path, *arguments: str, cold: bool = False) -> subprocess.CompletedProcess[str]:
    """Run it, `cold` as outside of tests, else with its imports done."""
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    arguments = (*arguments, "--data-dir", str(data))
    if not cold:
        return run_forked(arguments, environment)
    return subprocess.run(
        [*PROGRAM, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )


def turns(outcome: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    assert outcome.stdout, outcome.stderr
    return [json.loads(line) for line in outcome.stdout.splitlines()]


def test_ask_refine_approve_and_find_it_again(data: Path, sample_pictures: Path, tmp_path: Path) -> None:
    picture = tmp_path / "out" / "gallery.png"
    outcome = vernissage(
        data, "ask", "create a cyberpunk gallery with 3 works", "bigger gaps", "--library", str(sample_pictures),
        "--project", "Night", "--approve", "--picture", str(picture), "--json", cold=True,
    )  # fmt: skip
    assert outcome.returncode == 0, outcome.stderr
    first, second = turns(outcome)
    assert first["intent"]["kind"] == "create"
    assert first["proposal"]["theme"] == "cyberpunk"
    assert first["proposal"]["layout"] == "gallery"
    assert second["intent"]["kind"] == "refine"
    assert [step["state"] for step in first["workflow"]] == ["done"] * len(first["workflow"])
    works = first["proposal"]["placements"]
    assert len(works) == first["proposal"]["count"] > 0
    assert all(work["title"] and work["reason"] and len(work["position_m"]) == 3 for work in works)
    assert {work["asset_id"] for work in second["proposal"]["placements"]} == {work["asset_id"] for work in works}
    with Image.open(picture) as image:
        assert image.size == (1600, 900)
        assert np.asarray(image.convert("L")).std() > 10, "the picture shows something"

    again = vernissage(data, "ask", "make it noir", "--project", "Night", "--json", cold=True)
    (third,) = turns(again)
    assert third["proposal"]["theme"] == "noir"
    assert third["proposal"]["count"] == second["proposal"]["count"], "the approved scene was found again"

    listed = vernissage(data, "projects", "--json")
    assert [project["name"] for project in json.loads(listed.stdout)] == ["Night"]


def test_a_library_of_one_picture_makes_a_gallery_of_one(served: Path, sample_pictures: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    picture = next(sample_pictures.rglob("*.jpg"))
    (alone / picture.name).write_bytes(picture.read_bytes())
    outcome = vernissage(served, "ask", "create a white cube gallery of everything", "--library", str(alone), "--json")
    (turn,) = turns(outcome)
    assert turn["outcome"] == "proposed", turn["text"]
    assert turn["proposal"]["count"] == 1


def test_a_folder_without_pictures_is_said_so(served: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "notes.txt").write_text("no picture")
    outcome = vernissage(served, "ask", "create a gallery", "--library", str(empty))
    assert outcome.returncode == 1
    assert "no pictures" in outcome.stderr
    assert "Traceback" not in outcome.stderr


NONSENSE = ["", "   ", "qzx vvk wrrp", "a" * 20_000, "🖼️" * 50, " \x1b[2J", "'; DROP TABLE assets; --"]


def test_what_cannot_be_understood_gets_choices_not_a_guess(served: Path, sample_pictures: Path) -> None:
    outcome = vernissage(served, "ask", *NONSENSE, "--library", str(sample_pictures), "--json")
    answers = turns(outcome)
    assert len(answers) == len(NONSENSE)
    for turn in answers:
        assert turn["outcome"] in ("refused", "asked"), turn["text"]
        assert turn["text"]
        part = turn.get("refusal") or turn["question"]
        assert part["choices"] or "characters long" in turn["text"] or "I cannot run commands" in turn["text"], turn
    assert outcome.returncode in (4, 5)


def test_bad_files_are_listed_and_the_rest_is_imported(served: Path, sample_pictures: Path, tmp_path: Path) -> None:
    mixed = tmp_path / "mixed"
    mixed.mkdir()
    picture = next(sample_pictures.rglob("*.jpg"))
    (mixed / "good.jpg").write_bytes(picture.read_bytes())
    (mixed / "cut.jpg").write_bytes(picture.read_bytes()[: picture.stat().st_size // 3])
    (mixed / "text.png").write_text("not a picture at all")
    (mixed / "empty.jpg").write_bytes(b"")
    outcome = vernissage(served, "import", str(mixed))
    assert "1 added" in outcome.stdout
    assert "3 left out" in outcome.stdout
    for name in ("cut.jpg", "text.png", "empty.jpg"):
        assert name in outcome.stdout
    assert outcome.returncode == 1


def test_a_read_only_home_is_refused_in_words(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    outcome = vernissage(blocked / "data", "projects")
    assert outcome.returncode == 1
    assert "cannot write to its data folder" in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_doctor_names_what_is_there(data: Path) -> None:
    outcome = vernissage(data, "doctor")
    assert outcome.returncode == 0, outcome.stdout
    assert "3D renderer" in outcome.stdout
    assert "sentence model" in outcome.stdout
