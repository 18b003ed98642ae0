"""A request in the background leaves the conversation free, can be stopped, and shows what it made when asked."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from ui.wiring.studio import Studio


def test_what_is_made_in_the_background_is_shown_when_wanted(
    studio: Studio, qtbot: QtBot, sample_pictures: Path
) -> None:
    window, session = studio.window, studio.session
    assert session is not None
    session.import_paths([sample_pictures])
    qtbot.waitUntil(lambda: session.facets.total > 20, timeout=30_000)
    window.chat.composer.field.prefill("a gallery of everything")
    window.commands.run("turn.background")
    (aside,) = window.chat.turns.values()
    assert not window.commands.model.context["running"]
    qtbot.waitUntil(lambda: aside.ended is not None, timeout=30_000)
    assert session.proposal is None
    assert any(toast.notice.what.startswith("Ready in the background") for toast in window.stage.toasts.shown)
    assert aside.ended is not None
    aside.chosen.emit(aside.ended.choices[0].request)
    qtbot.waitUntil(lambda: session.proposal is not None, timeout=30_000)
    assert window.stage.proposal_bar.isVisibleTo(window.stage)


def test_a_run_in_the_background_is_stopped_where_it_is_told_of(studio: Studio, qtbot: QtBot) -> None:
    window, session = studio.window, studio.session
    assert session is not None
    studio.ask_aside("a gallery of everything")
    (aside,) = window.chat.turns.values()
    window.chat.aside_stopped.emit(aside.turn_id)
    qtbot.waitUntil(lambda: aside.ended is not None, timeout=30_000)
    assert aside.ended is not None
    assert aside.ended.outcome == "cancelled"
    assert session.in_background == ()
