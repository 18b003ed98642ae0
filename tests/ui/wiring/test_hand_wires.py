"""Edits by hand through menus, inspector and library, over a real session: named steps, undo, and words where not."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from agent.events import TurnEnded
from app.messages import SignedInAs
from app.session import Session
from scene.change import SceneChange
from scene.document import write_document
from scene.proposal import Proposal
from scene.records import Placement
from tests.ui.samples import make_result, make_scene
from ui.library.rows import ASSETS_MIME
from ui.wiring.studio import Studio
from viewport.widget import ViewportWidget
from viewport.widget.grasp import ASSETS_MIME as VIEWPORT_MIME
from viewport.widget.grasp import asset_ids


def hang_some(studio: Studio, works: int = 5) -> None:
    assert studio.session is not None
    studio.session.commit("Hang", SceneChange.between(studio.session.store.scene, make_scene(works)))


def work(session: Session, work_id: str) -> Placement:
    found = session.store.scene.get(work_id)
    assert isinstance(found, Placement)
    return found


def last_step(session: Session) -> str:
    step = session.store.history.next_undo
    return step.name if step is not None else ""


def sign_in(studio: Studio, session: Session, role: str) -> None:
    session._mailbox.post(SignedInAs(user="ben", name="Ben", tenant="museum", role=role, team="the museum"))
    studio.drain()


def said(studio: Studio) -> str:
    return studio.window.stage.toasts.shown[0].notice.what


def test_the_inspector_shows_numbers_and_sets_them_as_one_step(studio: Studio, session: Session) -> None:
    hang_some(studio)
    inspector = studio.window.stage.inspector
    assert not inspector.isVisible()
    studio.scene_wires.select(frozenset({"work-2"}))
    assert inspector.isVisible()
    assert [field.value() for field in inspector.fields.values()] == [3.0, 1.5, 0.8, 0.6, 0.0]
    height = inspector.fields["height"]
    height.setFocus()
    height.selectAll()
    QTest.keyClicks(height, "1.8")
    QTest.keyClick(height, Qt.Key.Key_Return)
    assert work(session, "work-2").position_m == (3.0, 1.8, 0.04)
    assert last_step(session) == "Set height of “Work 2” to 1.80 m"
    studio.run("edit.undo")
    assert height.value() == 1.5
    inspector.fields["wide"].setValue(0.4)
    assert work(session, "work-2").size_m == pytest.approx((0.4, 0.3))


def test_a_number_that_would_overlap_is_refused_and_the_field_goes_back(studio: Studio, session: Session) -> None:
    hang_some(studio)
    studio.scene_wires.select(frozenset({"work-2"}))
    before = write_document(session.store.scene)
    field = studio.window.stage.inspector.fields["along"]
    field.setValue(3.7)
    assert said(studio) == "“Work 2” and “Work 3” overlap."
    assert field.value() == 3.0
    assert write_document(session.store.scene) == before


def test_every_field_has_a_name_and_several_works_show_what_they_share(studio: Studio) -> None:
    hang_some(studio)
    inspector = studio.window.stage.inspector
    studio.scene_wires.select(frozenset({"work-2", "work-3"}))
    assert all(field.accessibleName() for field in inspector.fields.values())
    assert not inspector.fields["along"].isVisible()
    assert inspector.fields["height"].value() == 1.5
    verbs = [button for button in inspector.findChildren(QToolButton) if button.isVisible()]
    assert len(verbs) == 9, "seven verbs, fold and close"
    assert all(button.accessibleName() for button in verbs)
    studio.run("view.inspector")
    assert not inspector.isVisible()
    studio.run("view.inspector")


def test_duplicate_align_and_distribute_are_single_steps(studio: Studio, session: Session) -> None:
    hang_some(studio, 4)
    studio.scene_wires.select(frozenset({"work-3"}))
    studio.run("edit.duplicate")
    assert last_step(session) == "Duplicate “Work 3”"
    assert session.selection == {"work-3-copy"}
    assert work(session, "work-3-copy").position_m[0] == pytest.approx(5.0)
    studio.scene_wires.select(frozenset({"work-2", "work-3", "work-3-copy"}))
    studio.run("arrange.align_top")
    assert last_step(session) == "Duplicate “Work 3”", "they were level already: no step"
    studio.run("arrange.align_left")
    assert "overlap" in said(studio)
    studio.run("edit.undo")
    studio.scene_wires.select(frozenset({"work-2", "work-3"}))
    studio.run("edit.delete")
    assert last_step(session) == "Remove 2 works"


def test_selecting_by_wall_and_the_other_way_round(studio: Studio, session: Session) -> None:
    hang_some(studio, 4)
    studio.scene_wires.select(frozenset({"work-0"}))
    studio.run("select.invert")
    assert session.selection == {"work-1", "work-2", "work-3"}
    studio.run("select.wall")
    assert session.selection == {"work-0", "work-1", "work-2", "work-3"}


def test_proposed_works_are_refused_with_a_word(studio: Studio, session: Session) -> None:
    base = session.store.scene
    session.stage(Proposal("p", "t", "Neon gallery", SceneChange.between(base, make_scene(3)), base))
    studio.receive(TurnEnded("t", "proposed", proposal=session.proposal))
    studio.scene_wires.select(frozenset({"work-2"}))
    assert not studio.window.stage.inspector.fields["height"].isEnabled()
    studio.run("edit.duplicate")
    assert said(studio) == "Those works are only proposed."
    assert session.store.scene is base
    session.reject()


def test_who_may_only_look_is_told_so_and_sees_no_handles(studio: Studio, session: Session) -> None:
    view = ViewportWidget(session.themes, session.renditions, body="raster")
    studio.use_view(view)
    hang_some(studio)
    studio.scene_wires.select(frozenset({"work-2"}))
    assert view.grasp.hands.gizmo() is not None
    sign_in(studio, session, "viewer")
    inspector = studio.window.stage.inspector
    assert view.grasp.hands.gizmo() is None
    assert inspector.isEnabled(), "it can be closed"
    assert not any(field.isEnabled() for field in inspector.fields.values())
    before = session.store.scene
    assert view.grasp.hands.nudge(0.1, 0.0)
    assert session.store.scene is before
    assert said(studio) == session.look_only
    sign_in(studio, session, "creator")
    assert view.grasp.hands.gizmo() is not None
    session.me = None
    view.stop()


def test_the_library_hangs_its_picked_works_in_the_room_that_is_seen(
    studio: Studio, session: Session, qtbot: QtBot
) -> None:
    view = ViewportWidget(session.themes, session.renditions, body="raster")
    studio.use_view(view)
    library = studio.window.library
    library.show_result(make_result(4))
    library.grid.selectAll()
    assert library.grid.picked_ids() == [library.rows.asset(row).id for row in range(4)]
    mime = library.rows.mimeData(library.grid.selectionModel().selectedIndexes())
    assert ASSETS_MIME == VIEWPORT_MIME
    assert asset_ids(mime) == library.grid.picked_ids()
    library.grid.activated_asset.emit(library.rows.asset(1).id)
    assert last_step(session) == "Hang “Work 1”"
    assert len(session.store.scene.rooms) == 1
    assert session.selection == {record.id for record in session.store.scene.placements}
    studio.run("library.hang")
    assert last_step(session) == "Hang 4 works"
    for _ in range(2):
        studio.run("edit.undo")
    assert len(session.store.scene) == 0
    qtbot.wait(10)


def test_the_inspector_tells_of_the_one_work_that_is_selected(studio: Studio, session: Session) -> None:
    hang_some(studio)
    facts = studio.window.stage.inspector._facts
    studio.window.library.show_result(make_result(4))
    studio.scene_wires.select(frozenset({"work-2"}))
    assert facts.text().replace("\u200b", "") == "1600 × 1066 px · 03 Jan 1992\nwork-2.jpg"
    assert facts.isVisible()
    studio.scene_wires.select(frozenset({"work-2", "work-3"}))
    assert not facts.isVisible()
