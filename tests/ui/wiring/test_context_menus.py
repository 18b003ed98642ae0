"""The menus of the right button, over a real session."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QMenu

from app.session import Session
from scene.change import SceneChange
from tests.ui.samples import make_result, make_scene
from tests.ui.wiring.test_studio import stage
from ui.wiring.studio import Studio


def titles(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def choose(menu: QMenu, title: str) -> None:
    next(action for action in menu.actions() if action.text() == title).trigger()


def test_a_work_is_selected_with_its_menu(studio: Studio, session: Session) -> None:
    session.commit("Hang", SceneChange.between(session.store.scene, make_scene(4)))
    menu = studio.menus.record_menu("work-2")
    assert session.selection == {"work-2"}
    assert titles(menu)[:2] == ["Go There", "Why Is This Here?"]
    assert {"Pin", "Delete", "Select All on This Wall"} <= set(titles(menu))
    assert "Unpin" not in titles(menu)
    assert "Unpin" in titles(studio.menus.record_menu("work-1"))
    menu = studio.menus.record_menu("work-2")
    choose(menu, "Delete")
    assert "work-2" not in session.store.scene
    assert "Select All" in titles(studio.menus.room_menu())


def test_the_menu_of_several_keeps_them(studio: Studio, session: Session) -> None:
    session.commit("Hang", SceneChange.between(session.store.scene, make_scene(4)))
    studio.scene_wires.select(frozenset({"work-2", "work-3"}))
    studio.menus.record_menu("work-3")
    assert session.selection == {"work-2", "work-3"}


def test_a_proposed_work_can_be_approved_from_its_menu(studio: Studio, session: Session) -> None:
    stage(studio, make_scene(4))
    menu = studio.menus.record_menu("work-2")
    assert not {"Pin", "Unpin", "Duplicate"} & set(titles(menu))
    choose(menu, "Approve Selected")
    assert [work.id for work in session.store.scene.placements] == ["work-2"]


def test_a_proposed_work_can_be_left_out_with_a_reason(studio: Studio, session: Session) -> None:
    stage(studio, make_scene(4))
    menu = studio.menus.record_menu("work-2")
    why = next(action.menu() for action in menu.actions() if action.text() == "Leave Out Because")
    assert isinstance(why, QMenu)
    assert titles(why) == list(session.reject_reasons)
    choose(why, session.reject_reasons[0])
    assert session.proposal is not None
    assert [work.id for work in session.proposal.works] == ["work-0", "work-1", "work-3"]


def test_the_library_finds_where_a_work_hangs(studio: Studio, session: Session) -> None:
    session.commit("Hang", SceneChange.between(session.store.scene, make_scene(2)))
    studio.window.library.show_result(make_result(4))
    hung = make_result(4).hits[1].asset.id
    choose(studio.menus.library_menu(hung), "Go to Where It Hangs")
    assert session.selection == {"work-1"}
    assert "Go to Where It Hangs" not in titles(studio.menus.library_menu(make_result(4).hits[3].asset.id))
    assert titles(studio.menus.library_menu("")) == ["Import Folder…"]


def test_the_outline_opens_the_menu_of_a_row(studio: Studio, session: Session) -> None:
    session.commit("Hang", SceneChange.between(session.store.scene, make_scene(4)))
    outline = studio.window.outline
    index = outline.filter.mapFromSource(outline.model.index_of("work-2"))
    outline.tree.scrollTo(index)
    place = outline.tree.visualRect(index).center()
    outline.tree.customContextMenuRequested.emit(QPoint(place))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert "Why Is This Here?" in titles(menu)
    menu.close()
    assert session.selection == {"work-2"}
