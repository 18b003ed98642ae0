"""Runs of a real session in the inspector; templates as commands."""

from pytestqt.qtbot import QtBot

from ui.runs.values_dialog import ValuesDialog
from ui.wiring.studio import Studio


def until_done(studio: Studio, qtbot: QtBot) -> str:
    session = studio.session
    assert session is not None
    qtbot.waitUntil(lambda: not session.running, timeout=30_000)
    return list(studio.window.chat.turns)[-1]


def test_a_run_is_inspected_and_replayed(studio: Studio, qtbot: QtBot) -> None:
    window, panel = studio.window, studio.window.runs
    assert window.docks["runs"].isHidden()
    studio.ask("describe my library")
    until_done(studio, qtbot)
    window.commands.run("view.runs")
    qtbot.waitUntil(lambda: panel.timeline.topLevelItemCount() > 0)
    assert panel.list.topLevelItemCount() == 1
    assert panel.details.rows["Outcome"] == "Answered"
    assert panel.replay.isEnabled()
    assert not panel.roll_back.isEnabled()
    panel.replay.click()
    until_done(studio, qtbot)
    studio.run_wires.refresh()
    assert panel.list.topLevelItemCount() == 2
    window.commands.run("view.runs")
    assert window.docks["runs"].isHidden()


def test_templates_are_commands_that_ask_for_their_values(studio: Studio, qtbot: QtBot) -> None:
    commands = studio.window.commands
    ids = [command_id for group in commands.groups("templates") for command_id in group]
    assert "template.best_of" in ids
    studio.window.use_commands()
    titles = [action.text() for action in studio.window.menu_bar.menus["arrange"].actions()]
    assert {"Templates", "Recipes"} <= set(titles)
    commands.run("template.best_of")
    dialog = studio.window.findChild(ValuesDialog)
    assert dialog is not None
    dialog._run()
    turn = studio.window.chat.turns[until_done(studio, qtbot)]
    assert turn.ended is not None


def test_nothing_to_save_is_said(studio: Studio) -> None:
    studio.run_wires._save_recipe("Mine")
    said = [toast.notice.what for toast in studio.window.stage.toasts.shown]
    assert any("saved as a recipe" in words for words in said)
    studio.run_wires.show_recipes()
    assert studio.window.runs.recipes.empty.isVisible()
