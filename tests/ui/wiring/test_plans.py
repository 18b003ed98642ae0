"""A request whose plan is shown first does nothing until it is run, and runs as it was edited."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.wiring.studio import Studio


def until_done(studio: Studio, qtbot: QtBot) -> str:
    session = studio.session
    assert session is not None
    qtbot.waitUntil(lambda: not session.running, timeout=30_000)
    return list(studio.window.chat.turns)[-1]


def test_a_plan_is_shown_edited_and_run(studio: Studio, qtbot: QtBot) -> None:
    chat, commands = studio.window.chat, studio.window.commands
    commands.run("turn.plan_first")
    assert commands.model.context["plan_first"]
    chat.composer.field.prefill("a gallery of neon in cyberpunk")
    qtbot.keyClick(chat.composer.field, Qt.Key.Key_Return)
    planned = chat.turns[until_done(studio, qtbot)]
    assert planned.plan is not None
    assert studio.session is not None
    assert studio.session.proposal is None
    planned.plan.drop("style")
    planned.plan.run.click()
    ran = chat.turns[until_done(studio, qtbot)]
    assert ran is not planned
    assert ran.ended is not None
    assert "style" not in [step.id for step in ran.ended.steps]
    commands.run("turn.plan_first")
    assert not chat.composer.plan_first.isChecked()
