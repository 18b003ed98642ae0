"""A closer look at works of the library, and works on the clipboard, over a real session and a real viewport."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.messages import ImportProgressed, RenditionReady
from app.session import Session
from scene.change import SceneChange
from tests.ui.samples import make_result, make_scene
from ui.library.closer_look import EDGE_PX
from ui.wiring.library_wires import WORKS_MIME, works_of
from ui.wiring.studio import Studio
from viewport.widget import ViewportWidget


@pytest.fixture
def viewed(studio: Studio, session: Session) -> Iterator[Studio]:
    view = ViewportWidget(session.themes, session.renditions, body="raster")
    studio.use_view(view)
    studio._timer.stop()  # no answer of the real library takes the place of these works
    studio.window.library.show_result(make_result(4))
    yield studio
    view.stop()


def test_space_looks_closer_and_escape_leads_back(viewed: Studio, qtbot: QtBot, tmp_path: Path) -> None:
    grid, closer = viewed.window.library.grid, viewed.library_wires.closer
    assert not closer.isVisible()
    grid.setCurrentIndex(grid.rows.index(1, 0))
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert closer.isVisible()
    assert closer.geometry() == viewed.window.stage.rect()
    assert closer.accessibleName() == "A closer look at Work 1"
    picture = QImage(80, 40, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    path = tmp_path / "large.jpg"
    assert picture.save(str(path))
    other = RenditionReady(grid.rows.asset(2).id, EDGE_PX, str(path))
    viewed.receive(other)
    assert closer.picture.pixmap is None, "that picture is of another work"
    qtbot.keyClick(closer, Qt.Key.Key_Right)
    assert closer.accessibleName() == "A closer look at Work 2"
    viewed.receive(other)
    assert closer.picture.pixmap is not None
    assert closer.rect().contains(closer.picture.place())
    for _ in range(5):
        qtbot.keyClick(closer, Qt.Key.Key_Right)
    assert closer.accessibleName() == "A closer look at Work 3", "the last one stays"
    qtbot.keyClick(closer, Qt.Key.Key_Escape)
    assert not closer.isVisible()
    assert closer.picture.pixmap is None
    assert grid.currentIndex().row() == 3


def test_works_go_from_project_to_project_by_the_clipboard(viewed: Studio, session: Session) -> None:
    session.commit("Hang", SceneChange.between(session.store.scene, make_scene(3)))
    viewed.scene_wires.select(frozenset({"work-0", "work-2"}))
    viewed.run("edit.copy")
    assert QApplication.clipboard().text() == "Work 0\nWork 2"
    session.new_project("Another show")
    viewed.drain()
    viewed.run("edit.paste")
    found = {work.asset_id: work for work in session.store.scene.placements}
    assert set(found) == {f"{0:064x}", f"{2:064x}"}
    assert session.selection == {work.id for work in found.values()}
    viewed.run("edit.cut")
    assert session.store.scene.placements == []
    viewed.run("edit.undo")
    assert len(session.store.scene.placements) == 2
    viewed.run("edit.paste")
    assert len(session.store.scene.placements) == 4


def test_what_is_picked_is_counted_and_can_be_hung(viewed: Studio) -> None:
    library, commands = viewed.window.library, viewed.window.commands
    assert not commands.can_run("library.hang")
    library.grid.selectAll()
    assert library._picked.text() == "4 picked"
    assert commands.can_run("library.hang")
    library.show_result(make_result(2))
    assert library._picked.text() == ""
    assert not commands.can_run("library.hang")


@pytest.mark.parametrize("told", [b"", b"no json", b"[1, 2]", b'[["a", "b", "wide"]]', b'[["a", "b", 0]]', b"{}"])
def test_strange_things_on_the_clipboard_are_no_works(viewed: Studio, told: bytes) -> None:
    data = QMimeData()
    data.setData(WORKS_MIME, told)
    assert works_of(data) == []
    QApplication.clipboard().setMimeData(data)
    viewed.run("edit.paste")
    assert viewed.window.stage.toasts.shown[0].notice.what == "No works were copied yet."


def test_works_are_told_as_the_clipboard_has_them() -> None:
    data = QMimeData()
    data.setData(WORKS_MIME, json.dumps([["id", "Harbour", 1.5]]).encode())
    assert [(one.asset_id, one.title, one.aspect) for one in works_of(data)] == [("id", "Harbour", 1.5)]


def test_a_pasted_work_keeps_its_size_and_its_pin(viewed: Studio, session: Session) -> None:
    session.commit("Hang", SceneChange.between(session.store.scene, make_scene(3)))
    viewed.scene_wires.select(frozenset({"work-1", "work-2"}))  # the first of them is pinned
    viewed.run("edit.copy")
    session.new_project("Another show")
    viewed.drain()
    viewed.run("edit.paste")
    found = {work.title: work for work in session.store.scene.placements}
    assert {title: work.size_m for title, work in found.items()} == {"Work 1": (0.8, 0.6), "Work 2": (0.8, 0.6)}
    assert (found["Work 1"].pinned, found["Work 2"].pinned) == (True, False)
    viewed.run("edit.undo")
    assert session.store.scene.placements == []


def test_a_work_that_is_too_high_for_the_walls_hangs_smaller_and_that_is_told(viewed: Studio, session: Session) -> None:
    data = QMimeData()
    data.setData(WORKS_MIME, json.dumps([["id", "Tower", 0.5, 9.0, False]]).encode())
    QApplication.clipboard().setMimeData(data)
    viewed.run("edit.paste")
    (work,) = session.store.scene.placements
    assert work.size_m[0] < 9.0
    assert work.size_m[0] / work.size_m[1] == pytest.approx(0.5, rel=1e-3)
    told = [toast.notice.what for toast in viewed.window.stage.toasts.shown]
    assert "“Tower” hangs smaller than before: the walls are lower here." in told


@pytest.mark.parametrize("width_m", ["NaN", "-1", "0", "1e9", '"wide"'])
def test_a_strange_width_on_the_clipboard_is_no_work(viewed: Studio, width_m: str) -> None:
    data = QMimeData()
    data.setData(WORKS_MIME, f'[["id", "Harbour", 1.5, {width_m}, true]]'.encode())
    assert works_of(data) == []


def test_the_order_of_the_library_is_kept_for_the_next_start(viewed: Studio) -> None:
    viewed.window.library.order.actions_of["title"].trigger()
    assert viewed.window.settings.value("library/order") == "title"


def test_while_the_first_pictures_come_in_the_empty_room_says_so(viewed: Studio) -> None:
    welcome = viewed.window.stage.welcome
    welcome.show_library(0)

    def progress(state: str) -> ImportProgressed:
        return ImportProgressed("i", "/pictures", state, 0, 9, 0, 0, 0.0, None)  # type: ignore[arg-type]

    viewed.receive(progress("scanning"))
    assert welcome.title.text() == "Your pictures are on their way"
    assert welcome._ways_in.isHidden()
    viewed.receive(progress("failed"))
    assert welcome.title.text() == "Bring your pictures"
    assert not welcome._ways_in.isHidden()
