"""A real window with a real platform behind it, on a data folder of its own."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.compose import compose_session
from app.places import Places
from app.platform.process import PlatformProcess
from tests.platform_service.warm import warm
from ui.shell.qt_environment import prepare_qt
from ui.shell.single_instance import FirstInstance, server_name
from ui.style.apply import dress
from ui.window_program import WindowProgram


@pytest.fixture(scope="session")
def qapp(qapp_cls: type[QApplication], pytestconfig: pytest.Config) -> QApplication:
    prepare_qt()
    app = QApplication.instance() or qapp_cls([])
    assert isinstance(app, QApplication)
    dress(app)
    return app


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def served(data: Path) -> Iterator[Path]:
    """A data folder whose platform runs already, as while a window is open."""
    places = Places.at(data)
    places.make()
    platform = PlatformProcess(places, start_program=warm())
    platform.ensure()
    yield data
    platform.release()


@pytest.fixture
def open_studio(qtbot: QtBot, data: Path) -> Iterator[Callable[..., WindowProgram]]:
    """Opens the program on the test's data folder, `cold` with a platform that is started as outside of tests.

    What is still open at the end is closed.
    """
    opened: list[WindowProgram] = []
    composed = partial(compose_session, start_program=warm())

    def open_one(cold: bool = False, **request: Any) -> WindowProgram:
        places = Places.at(data)
        places.make()
        program = WindowProgram(
            places,
            {"library": "", "project": "", **request},
            FirstInstance(server_name(places.data)),
            None if cold else composed,
        )
        opened.append(program)
        program.open()
        qtbot.waitUntil(lambda: program.studio is not None and program.studio.view is not None, timeout=20_000)
        return program

    yield open_one
    for program in opened:
        program.close()
        program.window.close()
        program.window.deleteLater()
