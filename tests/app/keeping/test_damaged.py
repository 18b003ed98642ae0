"""A scene that this computer cannot read any more is had again from the library, and its copy is kept as a file."""

import json
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from app.commands.headless import Headless, HeadlessError
from app.compose import compose_session
from app.messages import ProjectOpened
from app.places import Places
from tests.platform_service.warm import warm


def damaged(places: Places) -> None:
    with sqlite3.connect(places.journal) as db:
        db.execute("UPDATE scene SET document = '{\"format\": broken'")


def test_a_damaged_scene_opens_as_the_library_has_it(tmp_path: Path) -> None:
    places = Places.at(tmp_path / "data")
    first = Headless(compose_session(places, date(2026, 11, 22), warm()))
    first.open("Harbour")
    assert first.session.set_theme("noir")
    hung, project = first.session.store.scene, first.session.project
    assert project is not None
    first.session.stop()  # sends what waits
    damaged(places)
    again = Headless(compose_session(places, date(2026, 11, 22), warm()))
    with pytest.raises(HeadlessError, match=r"“Harbour” could not be read.*list of projects"):
        again.open("")
    assert again.session.project != project
    again.session.open_project(project)
    again._wait(ProjectOpened, 60.0)
    assert again.session.store.scene == hung
    again.session.stop()
    kept = [json.loads(file.read_text(encoding="utf-8")) for file in places.data.glob("damaged scene*.json")]
    assert again.session.store.scene.theme.theme == "noir"
    assert [one["scene"]["document"] for one in kept] == ['{"format": broken']
