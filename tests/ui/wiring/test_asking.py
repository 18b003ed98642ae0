"""What is asked in the window, on its way to a real session and back; each test opens a project of its own."""

from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from pytestqt.qtbot import QtBot

from agent.events import TurnEnded
from agent.intent import Intent
from agent.ports.library import Facet
from app.messages import ImportProgressed, LibraryChanged
from app.session import Session
from scene.change import SceneChange
from scene.proposal import Proposal
from tests.ui.samples import make_scene
from ui.main_window import MainWindow
from ui.wiring.correction import correction_note
from ui.wiring.studio import Studio


def test_words_that_approve_are_shown_like_other_turns(studio: Studio, session: Session) -> None:
    studio.window.chat.begin_turn("t", "approve")
    stage_only = make_scene(2)
    base = session.store.scene
    session.stage(Proposal("p", "t", "Neon gallery", SceneChange.between(base, stage_only), base))
    studio.scene_wires.show_proposal()
    session.approve()
    studio.receive(TurnEnded("t", "acted", text="Approved: Neon gallery."))
    assert studio.window.chat.turns["t"].text == "Approved: Neon gallery."
    assert not studio.window.stage.proposal_bar.isVisible()


def test_what_is_asked_while_a_turn_runs_waits_for_it(studio: Studio, session: Session, qtbot: QtBot) -> None:
    studio.ask("zzzz qqqq")
    assert session.running
    studio.ask("how many pictures are there?")
    assert len(studio.window.chat.turns) == 2
    qtbot.waitUntil(lambda: not session.running, timeout=60_000)
    assert [turn.ended is not None for turn in studio.window.chat.turns.values()] == [True, True]
    assert not studio.window.commands.actions["turn.stop"].isEnabled()


def test_a_corrected_intent_is_asked_with_a_note(studio: Studio, session: Session, qtbot: QtBot) -> None:
    intent = Intent(kind="create", layout="timeline")
    before = Intent(kind="create", layout="gallery", subject="rain")
    note = correction_note(studio.window.chat.known, intent.model_copy(update={"subject": "rain"}), before)
    assert note == "Corrected to: timeline"
    assert "no longer" in correction_note(studio.window.chat.known, Intent(kind="create", layout="gallery"), before)
    studio.window.chat.corrected.emit("make it nice", intent, before)
    assert session.running
    qtbot.waitUntil(lambda: not session.running, timeout=60_000)
    turn = next(iter(studio.window.chat.turns.values()))
    assert turn.ended is not None
    assert turn.ended.intent is not None
    assert turn.ended.intent.layout == "timeline"


def test_words_typed_before_the_session_are_asked_when_it_is_there(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    window = MainWindow(QSettings(str(tmp_path / "w.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(window)
    studio = Studio(window)
    qtbot.keyClicks(window.chat.composer.field, "hello there")
    qtbot.keyClick(window.chat.composer.field, Qt.Key.Key_Return)
    session.new_project("Early")
    studio.attach(session)
    assert len(window.chat.turns) == 1
    qtbot.waitUntil(lambda: not session.running, timeout=60_000)
    studio.detach()
    window.commands.dispose()


def test_requests_to_start_from_stay_put_while_pictures_come_in(studio: Studio, session: Session) -> None:
    def known(total: int, tag: str) -> None:
        tags = (Facet(value=tag, count=total // 5),)
        session.facets = session.facets.model_copy(update={"total": total, "tags": tags})
        studio.receive(LibraryChanged(session.facets))

    window = studio.window
    studio.receive(ImportProgressed("i", "/walks", "running", 40, 400, 40, 0, 9.0, 40.0))
    known(40, "harbour")
    assert "Harbour in a white cube" in window.chat.suggestions.shown
    known(60, "italy")
    assert "Harbour in a white cube" in window.chat.suggestions.shown, "nothing moves under the pointer"
    known(90, "italy")
    assert "Italy in a white cube" in window.chat.suggestions.shown
    known(120, "winter")
    studio.receive(ImportProgressed("i", "/walks", "done", 400, 400, 120, 0, 9.0, 0.0))
    assert "Winter in a white cube" in window.chat.suggestions.shown
    assert window.stage.welcome.requests == window.chat.suggestions.shown[:3]
