"""The wires between a real session (with its real platform) and the window; each test opens a project of its own."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog
from pytestqt.qtbot import QtBot

from agent.events import Camera, TurnEnded
from agent.ports.projects import Project
from app.messages import ImportProgressed, LibraryChanged, Noticed, PlatformStateChanged, SaveChanged
from app.session import Session
from scene.change import SceneChange
from scene.proposal import Proposal
from scene.records import Placement
from scene.scene import Scene
from tests.ui.samples import make_scene
from ui.commands.palette import CommandPalette
from ui.wiring.dialogs import open_projects
from ui.wiring.studio import Studio


def stage(studio: Studio, scene: Scene) -> None:
    """Put a proposal in hand, as the end of a turn does."""
    session = studio.session
    assert session is not None
    base = session.store.scene
    session.stage(Proposal("p", "t", "Neon gallery", SceneChange.between(base, scene), base))
    studio.receive(TurnEnded("t", "proposed", proposal=session.proposal))


def works(session: Session) -> list[str]:
    return [work.id for work in session.store.scene.placements]


def test_a_proposal_is_shown_approved_in_part_and_whole(studio: Studio, session: Session) -> None:
    stage(studio, make_scene(4))
    bar = studio.window.stage.proposal_bar
    assert bar.isVisible()
    assert not studio.window.stage.welcome.isVisible()
    studio.window.outline.show_selection(frozenset())
    studio.scene_wires.select(frozenset({"work-1"}))
    assert bar.approve_selected.text() == "Approve 1 selected"
    bar.approve_selected.click()
    assert works(session) == ["work-1"]
    bar.approve_all.click()
    assert works(session) == ["work-0", "work-1", "work-2", "work-3"]
    assert not bar.isVisible()
    assert studio.window.history.list.count() == 2


def test_rejecting_with_a_reason_changes_nothing(studio: Studio, session: Session) -> None:
    before = session.store.scene
    stage(studio, make_scene(4))
    studio.window.stage.proposal_bar.rejected.emit("too blue")
    assert session.proposal is None
    assert session.store.scene is before
    assert studio.window.stage.welcome.isVisible()


def test_before_and_after_switch_what_the_outline_lists(studio: Studio) -> None:
    stage(studio, make_scene(4))
    outline = studio.window.outline
    assert outline.model.index_of("work-0").isValid()
    studio.run("view.side")
    assert not outline.model.index_of("work-0").isValid()
    studio.run("view.side")
    assert outline.model.index_of("work-0").isValid()


def test_picking_selects_everywhere_and_extends(studio: Studio, session: Session) -> None:
    session.commit("Hang", SceneChange.between(session.store.scene, make_scene(4)))
    studio.scene_wires.pick("work-1", False)
    studio.scene_wires.pick("work-2", True)
    assert studio.window.outline.selected_ids() == session.selection == {"work-1", "work-2"}
    studio.scene_wires.pick("work-1", True)
    assert session.selection == {"work-2"}
    assert studio.window.status.selected.text() == "1 selected"
    studio.scene_wires.pick("", False)
    assert session.selection == frozenset()


def test_hand_edits_are_named_steps_that_history_walks(studio: Studio, session: Session) -> None:
    session.commit("Hang", SceneChange.between(session.store.scene, make_scene(4)))
    studio.run("select.all")
    studio.run("edit.pin")
    assert all(work.pinned for work in session.store.scene.all(Placement))
    studio.scene_wires.select(frozenset({"work-3"}))
    studio.run("edit.unpin")
    studio.run("edit.delete")
    assert works(session) == ["work-0", "work-1", "work-2"]
    history = studio.window.history
    names = [history.list.item(row).text() for row in range(history.list.count())]
    assert names == ["Remove “Work 3”", "Unpin “Work 3”", "Pin 4 works", "Hang"]
    history.wanted.emit(-2)
    assert works(session)[-1] == "work-3"
    studio.run("edit.redo")
    assert session.store.history.next_undo is not None
    assert session.store.history.next_undo.name == "Unpin “Work 3”"


def test_proposed_works_that_are_deleted_leave_the_proposal(studio: Studio, session: Session) -> None:
    stage(studio, make_scene(4))
    before = session.store.scene
    studio.scene_wires.select(frozenset({"work-1"}))
    studio.run("edit.delete")
    assert session.store.scene is before
    assert studio.window.stage.proposal_bar.progress.text() == "1 left out, 3 waiting"
    studio.run("proposal.approve")
    assert works(session) == ["work-0", "work-2", "work-3"]


def test_what_was_left_out_comes_back_with_undo(studio: Studio, session: Session) -> None:
    stage(studio, make_scene(4))
    delete = studio.window.commands.actions["edit.delete"]
    studio.scene_wires.select(frozenset({"work-1"}))
    assert delete.text() == "Leave Out"
    studio.run("edit.delete")
    assert session.proposal is not None
    assert [work.id for work in session.proposal.works] == ["work-0", "work-2", "work-3"]
    studio.run("edit.undo")
    bar = studio.window.stage.proposal_bar
    assert [work.id for work in session.proposal.works] == ["work-0", "work-1", "work-2", "work-3"]
    assert bar.progress.text() == ""
    studio.run("edit.redo")
    assert bar.progress.text() == "1 left out, 3 waiting"
    studio.run("edit.undo")
    studio.run("proposal.approve")
    studio.scene_wires.select(frozenset({"work-1"}))
    assert delete.text() == "Delete"
    assert works(session) == ["work-0", "work-1", "work-2", "work-3"]


def test_undo_over_a_ghost_takes_the_latest_back_whatever_it_was(studio: Studio, session: Session) -> None:
    session.commit("Hang", SceneChange.between(session.store.scene, make_scene(1)))
    stage(studio, make_scene(4))
    studio.scene_wires.select(frozenset({"work-1"}))
    studio.run("edit.delete")
    studio.scene_wires.select(frozenset({"work-0"}))
    studio.run("edit.pin")
    studio.run("edit.undo")
    assert session.store.history.next_undo is not None
    assert session.store.history.next_undo.name == "Hang", "the pin came last and is taken back first"
    assert session.proposal is not None
    assert len(session.proposal.works) == 2
    studio.run("edit.undo")
    assert len(session.proposal.works) == 3, "then what was left out"


def test_a_proposal_without_works_left_is_gone(studio: Studio, session: Session) -> None:
    stage(studio, make_scene(2))
    studio.run("select.all")
    studio.run("edit.delete")
    assert session.proposal is None
    assert studio.window.stage.welcome.isVisible()


def test_proposed_works_cannot_be_pinned_and_the_notice_goes_with_them(studio: Studio) -> None:
    stage(studio, make_scene(4))
    studio.run("select.all")
    studio.run("edit.pin")
    toasts = studio.window.stage.toasts
    assert [toast.notice.what for toast in toasts.shown] == ["Those works are only proposed."]
    studio.run("proposal.reject")
    assert toasts.shown == []


def test_a_part_that_was_approved_is_told(studio: Studio, session: Session) -> None:
    studio.window.chat.begin_turn("t", "neon")
    stage(studio, make_scene(4))
    studio.scene_wires.select(frozenset({"work-1", "work-2"}))
    studio.run("proposal.approve_selected")
    bar = studio.window.stage.proposal_bar
    assert bar.progress.text() == "2 kept, 2 waiting"
    assert not bar.approve_selected.isEnabled()
    studio.run("proposal.reject")
    lines = [line.text() for lines in studio.window.chat._notes.values() for line in lines]
    assert lines == ["Approved 2 of 4 works: Neon gallery", "Rejected: Neon gallery"]


def test_a_selection_from_before_says_nothing_about_a_later_proposal(studio: Studio, session: Session) -> None:
    session.commit("Hang", SceneChange.between(session.store.scene, make_scene(4)))
    studio.scene_wires.select(frozenset({"work-1", "work-2"}))
    moved = Scene.of(
        work.model_copy(update={"size_m": (0.6, 0.4)}) if isinstance(work, Placement) else work
        for work in make_scene(4)
    )
    stage(studio, moved)
    assert not studio.window.commands.can_run("proposal.approve_selected")
    studio.scene_wires.select(frozenset({"work-1"}))
    assert studio.window.stage.proposal_bar.approve_selected.text() == "Approve 1 selected"


def test_works_that_a_proposal_removes_are_not_offered(studio: Studio, session: Session) -> None:
    session.commit("Hang", SceneChange.between(session.store.scene, make_scene(4)))
    stage(studio, make_scene(2))
    studio.scene_wires.show_side("before")
    studio.scene_wires.select(frozenset({"work-3"}))
    assert not studio.window.commands.can_run("proposal.approve_selected")
    studio.scene_wires.show_side("after")
    assert session.selection == frozenset()


def test_before_an_empty_scene_is_the_empty_room(studio: Studio) -> None:
    stage(studio, make_scene(4))
    studio.run("view.side")
    assert not studio.window.stage.welcome.isVisible()
    studio.run("proposal.reject")
    assert studio.window.stage.welcome.isVisible()


def test_the_selection_survives_before_and_after(studio: Studio, session: Session) -> None:
    stage(studio, make_scene(4))
    studio.scene_wires.select(frozenset({"work-1"}))
    studio.run("view.side")
    studio.run("view.side")
    assert session.selection == {"work-1"}
    assert studio.window.stage.proposal_bar.approve_selected.text() == "Approve 1 selected"


def test_a_service_that_came_back_is_told(studio: Studio) -> None:
    studio.receive(PlatformStateChanged("starting", "It starts"))
    studio.receive(PlatformStateChanged("ready", "It is ready"))
    assert studio.window.stage.toasts.shown == []
    studio.receive(PlatformStateChanged("restarting", "It is being restarted"))
    studio.receive(PlatformStateChanged("ready", "It is ready"))
    assert [toast.notice.what for toast in studio.window.stage.toasts.shown] == [
        "The library service stopped and is back."
    ]


def test_a_theme_is_a_command_and_shows_in_the_picker(studio: Studio, session: Session) -> None:
    session.commit("Hang", SceneChange.between(session.store.scene, make_scene(2)))
    studio.run("theme.cyberpunk")
    assert session.store.scene.theme.theme == "cyberpunk"
    assert studio.window.tools.themes.text().strip() == session.themes["cyberpunk"].name
    studio.window.tools.themes.chosen.emit("noir")
    assert session.store.scene.theme.theme == "noir"


def test_viewpoints_are_commands(studio: Studio, session: Session) -> None:
    session.commit("Hang", SceneChange.between(session.store.scene, make_scene(2)))
    assert studio.window.commands.groups("viewpoints") == [["viewpoint.entrance"]]
    session.undo()
    assert studio.window.commands.groups("viewpoints") == []


def test_the_library_marks_what_hangs(studio: Studio, session: Session) -> None:
    session.commit("Hang", SceneChange.between(session.store.scene, make_scene(2)))
    assert studio.window.library.rows._hung == {f"{n:064x}" for n in range(2)}


def test_messages_reach_their_places(studio: Studio, session: Session) -> None:
    studio.receive(PlatformStateChanged("restarting", "It is being restarted"))
    studio.receive(SaveChanged("saved"))
    studio.receive(Noticed("error", "The disk is full.", "All is kept.", "Free some space."))
    studio.receive(ImportProgressed("i", "/walks", "running", 1, 2, 1, 0, 1.0, None))
    studio.receive(LibraryChanged(session.facets.model_copy(update={"total": 7})))
    window = studio.window
    assert window.status.platform.words.text() == "It is being restarted"
    assert window.status.save.words.text() == "Saved"
    assert window.stage.toasts.shown[0].notice.what == "The disk is full."
    assert "i" in window.library.imports
    assert "7 works are waiting" in window.stage.welcome.words.text()


def test_a_project_is_made_and_opened_from_the_list(studio: Studio, session: Session, qtbot: QtBot) -> None:
    first = session.project
    assert first is not None
    studio.run("project.new")
    dialog = studio.window.findChild(QInputDialog)
    assert dialog is not None
    dialog.setTextValue("Second show")
    dialog.accept()
    studio.drain()
    assert studio.window.windowTitle() == "Second show — Vernissage"
    palette = open_projects(studio, (Project(id=first.id, name=first.name),))
    assert palette.titles() == ["A show", "New project…"]
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    studio.drain()
    assert studio.window.windowTitle() == "A show — Vernissage"
    assert studio.window.findChild(CommandPalette) is None or not palette.isVisible()


def test_the_document_is_written_and_a_failure_is_said(studio: Studio, session: Session, tmp_path: Path) -> None:
    session.commit("Hang", SceneChange.between(session.store.scene, make_scene(2)))
    for name in ("show.json", "missing/show.json"):
        studio.run("export.document")
        dialog = studio.window.findChildren(QFileDialog)[-1]
        dialog.fileSelected.emit(str(tmp_path / name))
        dialog.close()
    assert "work-1" in (tmp_path / "show.json").read_text()
    newest, older = studio.window.stage.toasts.shown
    assert older.notice.what == "The scene was written to show.json."
    assert newest.notice.what.startswith("show.json could not be written: No such file")


def test_a_tour_goes_along_the_path_until_it_is_stopped(studio: Studio, session: Session) -> None:
    session.commit("Hang", SceneChange.between(session.store.scene, make_scene(2)))
    studio.receive(TurnEnded("t", "acted", action="tour", camera=Camera((0, 1, 2), (0, 1, 0))))
    assert not studio.wayfinding.tour.under_way


def test_the_theme_that_dresses_the_scene_is_ticked(studio: Studio, session: Session) -> None:
    def ticked() -> list[str]:
        actions = studio.window.commands.actions
        return [found for found, action in actions.items() if found.startswith("theme.") and action.isChecked()]

    session.commit("Hang", SceneChange.between(session.store.scene, make_scene(3)))
    studio.run("theme.noir")
    studio.drain()
    assert ticked() == ["theme.noir"]
    studio.window.commands.actions["theme.noir"].trigger()
    studio.drain()
    assert ticked() == ["theme.noir"], "a second click leaves it ticked"
    studio.run("edit.undo")
    studio.drain()
    assert ticked() != ["theme.noir"]
