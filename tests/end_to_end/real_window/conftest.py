"""One window a file, with four pictures in its library, that a mouse and a keyboard of the X server drive."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent.ports.library import Asset
from app.compose import compose_session
from app.places import Places
from scene.scene import Scene
from tests.end_to_end.real_window.hand import RealHand
from tests.end_to_end.real_window.hung import PICTURES, HungWindow, hung, paint
from tests.platform_service.warm import warm
from ui.shell.single_instance import FirstInstance, server_name
from ui.window_program import WindowProgram


@dataclass
class Opened:
    """A window and the scene that every test of its file begins with."""

    program: WindowProgram
    scene: Scene


@pytest.fixture(scope="module")
def opened(
    qapp: QApplication, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Opened]:
    if QGuiApplication.platformName() != "xcb" or not shutil.which("xdotool"):
        pytest.skip("real events need an X server and xdotool")
    folder, qtbot = tmp_path_factory.mktemp("real"), QtBot(request)
    places = Places.at(folder / "data")
    places.make()
    compose = partial(compose_session, start_program=warm())
    program = WindowProgram(places, {"library": "", "project": ""}, FirstInstance(server_name(places.data)), compose)
    program.window.resize(1440, 880)
    try:
        yield _filled(program, paint(folder / "pictures"), qtbot)
    finally:
        program.close()
        program.window.close()
        program.window.deleteLater()


def _filled(program: WindowProgram, pictures: Path, qtbot: QtBot) -> Opened:
    program.open()
    studio = program.studio
    qtbot.waitUntil(lambda: studio.view is not None and studio.session is not None, timeout=30_000)
    studio.run("quality.draft")  # events are tested here, not pictures
    program.window.activateWindow()
    qtbot.waitActive(program.window)
    studio.import_paths([str(pictures)])
    rows = program.window.library.rows
    qtbot.waitUntil(lambda: rows.rowCount() == len(PICTURES), timeout=60_000)
    assets: dict[str, Asset] = {asset.file_name: asset for asset in map(rows.asset, range(rows.rowCount()))}
    return Opened(program, hung(assets[f"{name}.jpg"] for name in PICTURES))


@pytest.fixture
def hung_window(opened: Opened, qtbot: QtBot) -> HungWindow:
    made = HungWindow(opened.program, opened.scene, RealHand(qtbot), qtbot)
    made.afresh()
    return made
