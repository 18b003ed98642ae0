"""Never lost, in a real window with real keys and clicks: walls, plan, the way back, viewpoints, flights, filter."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from scene.collision import BODY_M, clearance
from scene.records import Viewpoint
from tests.end_to_end.test_window_story import import_pictures, say
from ui.window_program import WindowProgram

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def program(qtbot: QtBot, open_studio: Callable[..., WindowProgram], sample_pictures: Path) -> WindowProgram:
    made = open_studio()
    made.window.resize(1280, 800)
    made.studio.run("quality.draft")
    made.window.activateWindow()
    qtbot.waitActive(made.window)
    import_pictures(qtbot, made, sample_pictures)
    say(qtbot, made, "create a museum gallery of 14 works in two rooms")
    made.studio.run("proposal.approve")
    landed(qtbot, made)
    return made


def landed(qtbot: QtBot, program: WindowProgram) -> None:
    """Wait until nothing is made ready and neither the eye nor the works fly."""
    view = program.studio.view.view
    qtbot.wait(60)
    qtbot.waitUntil(lambda: not (view.camera.is_flying or view.staging.busy or view.staging.morph), timeout=20_000)


def answer(qtbot: QtBot, program: WindowProgram, words: str) -> None:
    """Type into the dialog that asks for a name."""
    qtbot.waitUntil(lambda: bool(program.window.findChildren(QInputDialog)), timeout=5_000)
    dialog = program.window.findChildren(QInputDialog)[-1]
    dialog.setTextValue(words)
    dialog.accept()


def stopped(qtbot: QtBot, program: WindowProgram) -> None:
    """Wait until the eye has not moved for a while, although a key is held."""
    camera, looks = program.studio.view.view.camera, 0
    while looks < 6:
        before = camera.position_m
        qtbot.wait(50)
        looks = looks + 1 if camera.position_m == before else 0


def test_never_lost(qtbot: QtBot, program: WindowProgram) -> None:
    filter_and_keep(qtbot, program)
    walk_into_the_wall(qtbot, program)
    jump_on_the_plan_and_back(qtbot, program)
    keep_rename_and_remove_a_viewpoint(qtbot, program)
    land_with_the_works(qtbot, program)


def walk_into_the_wall(qtbot: QtBot, program: WindowProgram) -> None:
    """The key stays down, and one stands a body's width off the wall, in a room."""
    widget = program.studio.view
    assert widget is not None
    widget.setFocus()
    QTest.keyPress(widget, Qt.Key.Key_W, Qt.KeyboardModifier.ShiftModifier)
    before = widget.view.camera.position_m
    qtbot.waitUntil(lambda: widget.view.camera.position_m != before, timeout=10_000)
    stopped(qtbot, program)
    QTest.keyRelease(widget, Qt.Key.Key_W)
    nearest = clearance(
        widget.view.guide.walls.between(1.0, 1.7), np.array(widget.view.camera.position_m)[[0, 2]]
    ).min()
    assert nearest >= BODY_M - 1e-3
    assert program.window.stage.plan.view.standing_in


def jump_on_the_plan_and_back(qtbot: QtBot, program: WindowProgram) -> None:
    """A click on the plan leads into the other room; keys and the mouse's side buttons lead back and forth."""
    widget, plan = program.studio.view, program.window.stage.plan.view
    room = plan.standing_in
    other = next(found for found in plan.plan.rooms if found.name != room)
    left = widget.view.camera.position_m
    spot = plan.projection.point_px(*other.middle_m)
    qtbot.mouseClick(plan, LEFT, pos=QPoint(round(spot[0]), round(spot[1])))
    landed(qtbot, program)
    assert plan.standing_in == other.name
    qtbot.keyClick(widget, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    landed(qtbot, program)
    assert widget.view.camera.position_m == pytest.approx(left, abs=0.05)
    QTest.mouseClick(widget, Qt.MouseButton.ForwardButton, Qt.KeyboardModifier.NoModifier, QPoint(300, 300))
    landed(qtbot, program)
    assert plan.standing_in == other.name


def keep_rename_and_remove_a_viewpoint(qtbot: QtBot, program: WindowProgram) -> None:
    """A place of one's own is kept under a name, called otherwise, and taken away."""
    window, session = program.window, program.studio.session
    here = program.studio.view.view.camera.position_m
    window.commands.run("viewpoint.keep")
    answer(qtbot, program, "My corner")
    kept = [found for found in session.store.scene.all(Viewpoint) if found.name == "My corner"]
    assert [found.position_m for found in kept] == [pytest.approx(here)]
    assert session.store.history.steps[-1].name == "Save viewpoint “My corner”"
    assert f"viewpoint.{kept[0].id}" in window.commands.known
    assert window.outline.model.index_of(kept[0].id).isValid()
    program.studio.wayfinding.rename_viewpoint(kept[0].id)
    answer(qtbot, program, "Her corner")
    assert session.store.scene.get(kept[0].id).name == "Her corner"
    program.studio.wayfinding.remove_viewpoint(kept[0].id)
    assert kept[0].id not in session.store.scene


def land_with_the_works(qtbot: QtBot, program: WindowProgram) -> None:
    """The works fly to another layout and land exactly."""
    widget, session = program.studio.view, program.studio.session
    program.studio.arrange("grid")
    qtbot.waitUntil(lambda: session.proposal is not None, timeout=30_000)
    landed(qtbot, program)
    cards = widget.view.composition.cards
    for work in session.staged.placements:
        assert tuple(cards.centre[cards.row[work.id]]) == pytest.approx(work.position_m, abs=1e-9)


def filter_and_keep(qtbot: QtBot, program: WindowProgram) -> None:
    """A filter dims, counts, selects and becomes a canvas."""
    widget, window, session = program.studio.view, program.window, program.studio.session
    qtbot.keyClick(widget, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    bar = window.stage.filter_bar
    qtbot.waitUntil(lambda: bar.isVisible() and bool(bar.chips), timeout=20_000)
    (facet, value), chip = next(iter(bar.chips.items()))
    qtbot.mouseClick(chip, LEFT)
    wires = program.studio.filter
    qtbot.waitUntil(lambda: wires.fitting is not None, timeout=5_000)
    assert wires.fitting
    total = len(session.store.scene.placements)
    assert 0 < len(wires.fitting) < total
    assert bar.count.text() == f"{len(wires.fitting)} of {total}"
    assert bar.chosen == {(facet, value)}

    def undimmed() -> set[str]:
        strengths = widget.view.composition.tiers.holding.strengths
        assert strengths is not None
        return {i for i, row in widget.view.composition.cards.row.items() if strengths[row] == 1}

    qtbot.waitUntil(lambda: undimmed() == wires.fitting, timeout=5_000)

    bar._select.click()
    assert session.selection == wires.fitting
    bar._canvas.click()
    answer(qtbot, program, "The first chip")
    toasts = window.stage.toasts
    qtbot.waitUntil(lambda: any("The first chip" in toast.notice.what for toast in toasts.shown), timeout=20_000)

    bar.chips[facet, value].click()
    qtbot.keyClicks(bar.field, "zzz no such thing")
    qtbot.waitUntil(lambda: bar.count.text() == f"0 of {total}", timeout=20_000)
    assert not bar._select.isEnabled()
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    assert wires.fitting is None
    assert (widget.view.composition.tiers.holding.strengths == 1).all()
