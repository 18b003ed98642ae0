"""A real window with a real platform behind it, on a data folder of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.places import Places
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
def open_studio(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., WindowProgram]]:
    """Opens the program on the test's data folder; what is still open at the end is closed."""
    opened: list[WindowProgram] = []

    def open_one(**request: Any) -> WindowProgram:
        places = Places.at(tmp_path / "data")
        places.make()
        program = WindowProgram(
            places, {"library": "", "project": "", **request}, FirstInstance(server_name(places.data))
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
