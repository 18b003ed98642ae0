"""What floats over the viewport keeps its place; notices come, count and go."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from agent.events import Planned, StepChanged, StepState, TurnEnded
from app.messages import Noticed
from app.unforeseen import not_foreseen
from tests.ui.samples import make_proposal, make_scene
from ui.floating.corners import middle_of
from ui.floating.stage import Stage
from ui.floating.toasts import MOST_TOASTS, headline

STEPS = tuple(StepState(str(n), "tool", f"Step {n}") for n in range(4))


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    made = Stage()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def test_bar_and_progress_stack_at_the_foot(stage: Stage, qtbot: QtBot) -> None:
    stage.proposal_bar.show_proposal(make_proposal())
    stage.progress.begin()
    qtbot.waitUntil(stage.progress.isVisible)
    bar, progress = stage.proposal_bar.geometry(), stage.progress.geometry()
    assert bar.bottom() < stage.height()
    assert progress.bottom() < bar.top()
    assert abs(bar.center().x() - stage.width() // 2) <= 1


@pytest.mark.parametrize("width", [420, 560, 1600])
def test_the_bar_fits_any_width(stage: Stage, qtbot: QtBot, width: int) -> None:
    stage.proposal_bar.show_proposal(make_proposal())
    stage.resize(width, 500)
    qtbot.wait(20)
    assert stage.rect().contains(stage.proposal_bar.geometry())
    assert stage.proposal_bar.minimumSizeHint().width() <= stage.proposal_bar.width()


def test_progress_follows_the_turn_and_can_be_stopped(stage: Stage, qtbot: QtBot) -> None:
    stage.progress.begin()
    assert not stage.progress.isVisible()
    qtbot.waitUntil(stage.progress.isVisible)
    stage.progress.show_event(Planned("t", STEPS))
    stage.progress.show_event(StepChanged("t", StepState("0", "tool", "Step 0", state="done")))
    stage.progress.show_event(StepChanged("t", StepState("1", "tool", "Step 1", state="running")))
    shown = [found.text() for found in stage.progress.findChildren(QLabel)]
    assert shown[0] == "Step 1…"
    assert shown[1].startswith("2 of 4")
    with qtbot.waitSignal(stage.progress.stopped):
        stage.progress.findChildren(QPushButton)[0].click()
    stage.progress.show_event(TurnEnded("t", "cancelled"))
    assert not stage.progress.isVisible()


def test_a_quick_turn_shows_no_progress(stage: Stage, qtbot: QtBot) -> None:
    stage.progress.begin()
    stage.progress.end()
    qtbot.wait(300)
    assert not stage.progress.isVisible()


def test_notices_count_repeat_and_leave(stage: Stage) -> None:
    for _ in range(3):
        stage.toasts.show_notice(Noticed("error", "No <b>space</b> left.", "All is kept.", "Free some."))
    assert len(stage.toasts.shown) == 1
    toast = stage.toasts.shown[0]
    assert "No <b>space</b> left. (×3)" in [found.text() for found in toast.findChildren(QLabel)]
    for number in range(MOST_TOASTS + 2):
        stage.toasts.show_notice(Noticed("info", f"Notice {number}"))
    assert len(stage.toasts.shown) == MOST_TOASTS
    while stage.toasts.close_newest():
        pass
    assert not stage.toasts.isVisible()


def test_a_long_notice_leads_with_its_first_sentence() -> None:
    what = "The step could not be written to journal.sqlite (disk is full). The scene is as it was. Free some space."
    assert headline(what) == (
        "The step could not be written to journal.sqlite (disk is full).",
        "The scene is as it was. Free some space.",
    )
    assert headline("Rolled back. Undo brings it back.") == ("Rolled back. Undo brings it back.", "")
    assert headline("One sentence only, however long it may be, and however many words it may have in it.")[1] == ""


def test_details_of_a_notice_are_shown_when_they_are_wanted(stage: Stage, qtbot: QtBot) -> None:
    stage.toasts.show_notice(not_foreseen(ValueError("no such wall"), "a1b2c3"))
    toast = stage.toasts.shown[0]
    words = {found.text(): found for found in toast.findChildren(QLabel)}
    assert "Reference a1b2c3" in words
    assert words["ValueError: no such wall"].isHidden()
    more, before = toast.findChildren(QPushButton)[0], stage.toasts.height()
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert words["ValueError: no such wall"].isVisible()
    assert stage.toasts.height() > before
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert words["ValueError: no such wall"].isHidden()


def test_the_welcome_says_what_to_do(stage: Stage, qtbot: QtBot) -> None:
    welcome = stage.welcome
    welcome.show_library(0)
    assert welcome.title.text() == "Bring your pictures"
    with qtbot.waitSignal(welcome.import_wanted):
        welcome._import.click()
    welcome.show_library(120)
    assert not welcome._import.isVisible()
    with qtbot.waitSignal(welcome.asked) as caught:
        welcome._requests.findChildren(QPushButton)[0].click()
    assert caught.args == ["Create a cyberpunk gallery"]


def test_the_viewport_lies_under_everything(stage: Stage) -> None:
    view = QWidget()
    stage.set_view(view)
    assert view.geometry() == stage.rect()
    assert stage.childAt(stage.rect().center()) is not view
    stage.welcome.hide()
    stage.resize(700, 500)
    assert view.geometry() == stage.rect()


def test_the_welcome_waits_for_pictures_on_their_way(stage: Stage) -> None:
    welcome = stage.welcome
    welcome.show_library(0)
    welcome.show_preparing()
    welcome.show_library(0)
    assert welcome.title.text() == "Your pictures are on their way"
    welcome.end_preparing()
    assert welcome.title.text() == "Bring your pictures"


@pytest.mark.parametrize("width", [420, 640, 1100])
def test_the_welcome_is_whole_whenever_it_comes(qtbot: QtBot, width: int) -> None:
    stage = Stage()
    qtbot.addWidget(stage)
    stage.welcome.hide()
    stage.welcome.show_library(120)
    stage.resize(width, 600)
    stage.show()
    stage.proposal_bar.show_proposal(make_proposal())
    stage.proposal_bar.show_proposal(None)
    stage.welcome.show()
    qtbot.wait(30)
    welcome = stage.welcome
    shown = [welcome.title, welcome.words, *welcome._requests.findChildren(QPushButton)]
    for widget in shown:
        needed = widget.heightForWidth(widget.width()) if widget.hasHeightForWidth() else widget.sizeHint().height()
        assert widget.height() >= needed
        assert stage.rect().contains(QRect(widget.mapTo(stage, QPoint(0, 0)), widget.size()))
    assert all(b.width() >= b.sizeHint().width() for b in welcome._requests.findChildren(QPushButton))


def test_the_keyboard_goes_to_the_viewport_when_its_button_goes(stage: Stage, qtbot: QtBot) -> None:
    view = QWidget()
    view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    stage.set_view(view)
    bar, welcome = stage.proposal_bar, stage.welcome
    bar.show_proposal(make_proposal())
    bar.show_selected(2)
    for press, go in (
        (bar.approve_all, lambda: bar.show_proposal(None)),
        (bar.approve_selected, lambda: bar.show_selected(0)),
        (welcome._sample, welcome.show_preparing),
    ):
        bar.show_proposal(make_proposal())
        bar.show_selected(2)
        welcome.show_library(0)
        press.setFocus()
        assert stage.focusWidget() is press
        go()
        assert stage.focusWidget() is view


def test_a_notice_that_held_the_keyboard_gives_it_to_the_viewport(stage: Stage) -> None:
    view = QWidget()
    stage.set_view(view)
    stage.toasts.show_notice(Noticed("error", "The disk is full."))
    stage.toasts.shown[0].findChildren(QToolButton)[0].setFocus()
    stage.toasts.drop("Something else.")
    assert len(stage.toasts.shown) == 1
    stage.toasts.drop("The disk is full.")
    assert stage.toasts.shown == []
    assert stage.focusWidget() is view


def test_the_plan_covers_neither_the_middle_nor_the_bar(stage: Stage) -> None:
    stage.plan.view.show_scene(make_scene(6))
    for width, height in ((763, 811), (900, 600), (1400, 900), (560, 480)):
        stage.resize(width, height)
        stage.proposal_bar.show_proposal(make_proposal())
        stage.place()
        plan = stage.plan.geometry()
        assert not plan.intersects(stage.proposal_bar.geometry())
        assert stage.plan.gives_way or not plan.intersects(middle_of(stage.size()))
        stage.proposal_bar.show_proposal(None)
    assert stage.plan.gives_way, "so small a picture has no place for a plan"
    stage.resize(1400, 900)
    assert not stage.plan.gives_way


def test_a_plan_that_gives_way_opens_when_it_is_wanted(stage: Stage) -> None:
    stage.plan.view.show_scene(make_scene(6))
    stage.resize(520, 460)
    stage.proposal_bar.show_proposal(make_proposal())
    assert stage.plan.gives_way
    assert stage.plan.view.isHidden()
    stage.plan.toggle()
    assert not stage.plan.view.isHidden()
    assert not stage.plan.is_folded, "the creator's own choice for other windows stays"
    stage.plan.toggle()
    assert stage.plan.view.isHidden()


def test_a_notice_comes_beside_the_plan_and_moves_nothing(stage: Stage, qtbot: QtBot) -> None:
    stage.plan.view.show_scene(make_scene(6))
    for width, height in ((762, 806), (900, 600), (1400, 900), (700, 640)):
        stage.resize(width, height)
        stage.inspector.show()
        stage.place()
        before = stage.plan.geometry()
        stage.toasts.show_notice(Noticed("info", "“Autumn” and “Grey” overlap.", "It went back."))
        qtbot.wait(5)
        assert stage.plan.geometry() == before
        assert not stage.toasts.geometry().intersects(before)
        assert stage.rect().contains(stage.toasts.geometry())
        stage.toasts.close_newest()
        stage.place()
        assert stage.plan.geometry() == before


def test_the_plan_is_as_large_as_it_says_whether_shown_or_not(stage: Stage) -> None:
    stage.plan.view.show_scene(make_scene(6))
    stage.resize(1400, 900)
    shown = stage.plan.full_size()
    assert stage.plan.sizeHint() == shown
    stage.plan.give_way(True)
    assert stage.plan.full_size() == shown


def test_the_veil_lifts_when_the_works_are_drawn(stage: Stage, qtbot: QtBot) -> None:
    drawn = [False]
    stage.veil.cover_until(lambda: drawn[0])
    assert stage.veil.isVisible()
    assert stage.veil.geometry() == stage.rect()
    words = stage.veil.findChildren(QLabel)[0]
    assert not words.isVisible(), "what takes a moment needs no words"
    qtbot.waitUntil(words.isVisible)
    drawn[0] = True
    qtbot.waitUntil(lambda: not stage.veil.isVisible())
