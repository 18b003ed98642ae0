"""Open Recent, over a real session: the projects of this computer, the last one first; what is gone is told."""

from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from agent.ports.projects import Project
from app.session import Session
from ui.wiring.project_wires import MOST_RECENT
from ui.wiring.studio import Studio


def recent(studio: Studio) -> QMenu:
    studio.window.menu_bar.rebuild("file")
    found = [action.menu() for action in studio.window.menu_bar.menus["file"].actions() if action.menu() is not None]
    return next(menu for menu in found if isinstance(menu, QMenu) and menu.title() == "Open Recent")


def test_the_projects_that_were_open_are_listed_and_opened(studio: Studio, session: Session) -> None:
    for name in ("Harbour", "Fish & chips"):
        session.new_project(name)
        studio.drain()
    lines = [action.text() for action in recent(studio).actions()]
    assert lines[0] == "&1  Harbour"
    assert not any("chips" in line for line in lines), "the one that is open is not listed"
    recent(studio).actions()[0].trigger()
    studio.drain()
    assert session.project is not None
    assert session.project.name == "Harbour"
    assert recent(studio).actions()[0].text() == "&1  Fish && chips"
    studio.run("project.previous")
    studio.drain()
    assert session.project.name == "Fish & chips"


def test_the_list_keeps_to_as_many_as_there_are_digits(studio: Studio, session: Session) -> None:
    for number in range(MOST_RECENT + 3):
        session.new_project(f"Show {number} of a very long name that nobody could read in a menu any more, ever")
    studio.drain()
    lines = [action.text() for action in recent(studio).actions()]
    assert len(lines) == MOST_RECENT
    assert all(len(line) < 70 for line in lines)


def test_a_project_that_is_gone_is_told_and_the_open_one_stays(studio: Studio, session: Session, qtbot: QtBot) -> None:
    assert session.project is not None
    before = session.project.id
    studio.open_project(Project(id="project-gone", name="Long ago"))

    def told() -> bool:
        studio.drain()
        return any("“Long ago” is no longer" in toast.notice.what for toast in studio.window.stage.toasts.shown)

    qtbot.waitUntil(told, timeout=10_000)
    assert session.project.id == before
