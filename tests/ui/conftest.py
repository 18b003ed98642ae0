"""A dressed application, a main window of its own for each test, and a test that fails on every warning of Qt."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.main_window import MainWindow
from ui.shell.qt_environment import prepare_qt
from ui.style.apply import dress

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))


@pytest.fixture(scope="session")
def qapp(qapp_cls: type[QApplication]) -> QApplication:
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    prepare_qt()
    return qapp_cls([])


@pytest.fixture(scope="module", autouse=True)
def settled() -> None:
    """What earlier tests and imports left behind is passed by when a test's own widgets are collected."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def collected(settled: None) -> Iterator[None]:
    """Widgets of a test are collected after it, not in the middle of a call from Qt (see `ui.shell.garbage`)."""
    was_on = gc.isenabled()
    gc.disable()
    yield
    gc.collect()
    if was_on:
        gc.enable()


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    if not qapp.styleSheet():
        dress(qapp)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    made = MainWindow(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(made)
    made.resize(1440, 900)
    yield made
    made.commands.dispose()
