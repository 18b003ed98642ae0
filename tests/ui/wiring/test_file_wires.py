"""Show in folder, over a real session: the file where it lies, or what is known of it."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.messages import FileFound
from app.session import Session
from scene.change import SceneChange
from tests.ui.samples import make_result, make_scene
from tests.ui.wiring.test_context_menus import titles
from ui.wiring.file_wires import FileWires
from ui.wiring.studio import Studio


def said(studio: Studio) -> str:
    notice = studio.window.stage.toasts.shown[0].notice
    return f"{notice.what} {notice.kept} {notice.advice}"


@pytest.mark.parametrize("answers", [True, False])
def test_the_first_place_that_is_still_there_is_shown(studio: Studio, tmp_path: Path, answers: bool) -> None:
    shown: list[Path] = []

    def show(path: Path) -> bool:
        shown.append(path)
        return answers

    wires, there = FileWires(studio, show), tmp_path / "harbour.jpg"
    there.write_bytes(b"picture")
    before = len(studio.window.stage.toasts.shown)
    wires.receive(FileFound("a", (str(tmp_path / "gone.jpg"), str(there))))
    assert shown == [there]
    assert len(studio.window.stage.toasts.shown) == before + (not answers)
    if not answers:
        assert str(tmp_path) in said(studio)


def test_a_file_that_is_gone_is_told_with_its_last_place(studio: Studio, tmp_path: Path) -> None:
    studio.receive(FileFound("a", (str(tmp_path / "harbour.jpg"),)))
    assert "harbour.jpg is not where it was." in said(studio)
    assert str(tmp_path) in said(studio)


def test_a_file_of_another_computer_is_told(studio: Studio) -> None:
    studio.receive(FileFound("a", ()))
    assert "not on this computer" in said(studio)


def test_an_unknown_work_is_told_by_the_library(studio: Studio, session: Session, qtbot: QtBot) -> None:
    session.commit("Hang", SceneChange.between(session.store.scene, make_scene(2)))
    studio.scene_wires.select(frozenset({"work-1"}))
    assert "Show in Folder" in titles(studio.menus.record_menu("work-1"))
    studio.run("library.folder")
    qtbot.waitUntil(lambda: bool(studio.window.stage.toasts.shown), timeout=5_000)
    assert "There is no asset" in said(studio)


def test_in_a_team_no_files_are_offered(studio: Studio) -> None:
    studio.window.library.show_result(make_result(2))
    studio.window.library.grid.selectAll()
    assert "Show in Folder" in titles(studio.menus.library_menu(f"{0:064x}"))
    studio.window.commands.set_contexts(in_team=True)
    assert "Show in Folder" not in titles(studio.menus.library_menu(f"{0:064x}"))
    studio.window.commands.set_contexts(in_team=False)
