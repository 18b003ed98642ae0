"""A real session with its platform, and a window wired to it; each test opens a project of its own."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from app.compose import compose_session
from app.places import Places
from app.session import Session
from tests.platform_service.warm import warm
from ui.main_window import MainWindow
from ui.wiring.studio import Studio


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    places = Places.at(tmp_path_factory.mktemp("data"))
    made = compose_session(places, date(2026, 1, 1), warm())
    made.start()
    yield made
    made.stop()


@pytest.fixture
def studio(session: Session, qtbot: QtBot, tmp_path: Path) -> Iterator[Studio]:
    window = MainWindow(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(window)
    window.resize(1440, 900)
    made = Studio(window)
    window.show()
    session.new_project("A show")
    made.attach(session)
    made.drain()
    yield made
    made.detach()
    window.commands.dispose()
