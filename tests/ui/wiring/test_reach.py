"""What the keyboard reaches, in which order, and what words over the picture keep clear of."""

from itertools import pairwise

from pytestqt.qtbot import QtBot

from app.messages import LibraryChanged
from app.session import Session
from scene.change import SceneChange
from tests.ui.samples import make_scene
from ui.wiring.studio import Studio
from viewport.widget import ViewportWidget


def test_tab_goes_over_the_window_from_left_to_right(studio: Studio, session: Session, qtbot: QtBot) -> None:
    window = studio.window
    session.commit("Hang", SceneChange.between(session.store.scene, make_scene(4)))
    studio.receive(LibraryChanged(session.facets))  # while it is being opened it has nothing to press
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    parts = {"bar": window.tools, "library": window.library, "outline": window.outline, "stage": window.stage}
    parts["conversation"] = window.chat
    window.chat.composer.field.setFocus()
    seen: list[str] = []
    for _ in range(120):
        focused = window.focusWidget()
        name = next((name for name, part in parts.items() if part is focused or part.isAncestorOf(focused)), "")
        if name and (not seen or seen[-1] != name):
            seen.append(name)
        window.focusNextChild()
    ways = set(pairwise(seen))
    assert ways == set(pairwise([*parts, "bar"])), "each part at one go, in the order of the window"


def test_words_on_the_picture_keep_clear_of_the_inspector(studio: Studio, session: Session) -> None:
    view = ViewportWidget(session.themes, session.renditions, body="raster")
    studio.use_view(view)
    session.commit("Hang", SceneChange.between(session.store.scene, make_scene(4)))
    inspector = studio.window.stage.inspector
    assert inspector.geometry() not in [over.toRect() for over in view.grasp.glass.covered()]
    studio.scene_wires.select(frozenset({"work-2"}))
    assert inspector.geometry() in [over.toRect() for over in view.grasp.glass.covered()]
    view.stop()
