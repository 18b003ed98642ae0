"""Commands: every one can be found, run, and reached by a key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from ui.commands.catalogue import COMMANDS, CONTEXTS, Command
from ui.commands.menu_bar import CommandMenuBar
from ui.commands.palette import CommandPalette, Entry
from ui.commands.ranking import fit
from ui.main_window import MainWindow


@pytest.fixture
def ran(window: MainWindow) -> list[str]:
    calls: list[str] = []
    window.commands.add_all(COMMANDS, {c.id: lambda c=c: calls.append(c.id) for c in COMMANDS})  # type: ignore[misc]
    window.use_commands()
    return calls


def test_no_key_is_used_twice() -> None:
    keys = [key for command in COMMANDS for key in command.keys]
    assert len(keys) == len(set(keys))


def test_contexts_that_commands_name_exist() -> None:
    named = {word for c in COMMANDS for word in f"{c.enabled} {c.checked}".split()}
    assert named - {"and", "or", "not"} <= set(CONTEXTS)


def test_a_command_runs_only_when_it_can(window: MainWindow, ran: list[str]) -> None:
    window.commands.run("edit.undo")
    assert ran == []
    assert not window.commands.actions["edit.undo"].isEnabled()
    window.commands.set_contexts(can_undo=True)
    window.commands.actions["edit.undo"].trigger()
    assert ran == ["edit.undo"]


def test_approve_selected_needs_both(window: MainWindow, ran: list[str]) -> None:
    window.commands.set_contexts(has_proposal=True)
    assert not window.commands.can_run("proposal.approve_selected")
    window.commands.set_contexts(has_selection=True)
    assert not window.commands.can_run("proposal.approve_selected")
    window.commands.set_contexts(has_proposed_selection=True)
    assert window.commands.can_run("proposal.approve_selected")


def test_a_removed_command_leaves_its_menu(window: MainWindow, ran: list[str]) -> None:
    window.commands.add(Command("viewpoint.a", "Entrance", "viewpoints"), lambda: None)
    assert window.commands.groups("viewpoints") == [["viewpoint.a"]]
    window.commands.remove("viewpoint.a")
    assert window.commands.groups("viewpoints") == []


def test_menus_hold_every_command_of_theirs(window: MainWindow, ran: list[str]) -> None:
    bar = window.menuBar()
    assert isinstance(bar, CommandMenuBar)
    actions = [action for menu in bar.menus.values() for action in menu.actions()]
    submenus = [menu for action in actions if isinstance(menu := action.menu(), QMenu)]
    found = {action.objectName() for action in [*actions, *(one for menu in submenus for one in menu.actions())]}
    assert {command.id for command in COMMANDS} <= found


def test_keys_reach_commands(window: MainWindow, ran: list[str], qtbot: QtBot) -> None:
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.commands.set_contexts(has_proposal=True)
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    window.chat.focus_input()
    qtbot.keyClick(window.chat.composer.field, Qt.Key.Key_K, control)
    qtbot.keyClick(window.chat.composer.field, Qt.Key.Key_P, control | shift)
    qtbot.keyClick(window.chat.composer.field, Qt.Key.Key_Return, control)
    qtbot.keyClick(window, Qt.Key.Key_2, control)
    qtbot.keyClick(window.outline, Qt.Key.Key_F1)
    assert ran == ["view.palette", "view.palette", "proposal.approve", "arrange.timeline", "help.shortcuts"]


def test_undo_in_an_empty_request_field_undoes_in_the_scene(window: MainWindow, ran: list[str], qtbot: QtBot) -> None:
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.commands.set_contexts(can_undo=True)
    field = window.chat.composer.field
    window.chat.focus_input()
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClicks(field, "abc")
    qtbot.keyClick(field, Qt.Key.Key_Z, control)
    assert (field.toPlainText(), ran) == ("", [])
    qtbot.keyClick(field, Qt.Key.Key_Z, control)
    assert ran == ["edit.undo"]


def test_the_palette_finds_runs_and_asks(window: MainWindow, ran: list[str], qtbot: QtBot) -> None:
    window.show()
    palette = window.open_palette()
    qtbot.keyClicks(palette.field, "timel")
    assert palette.titles() == ["As Timeline", "Ask: “timel”"]
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert ran == ["arrange.timeline"]
    palette = window.open_palette()
    qtbot.keyClicks(palette.field, "more rain in it")
    with qtbot.waitSignal(window.asked) as caught:
        qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert caught.args == ["more rain in it"]


def test_arrows_walk_the_palette_from_the_field(window: MainWindow, qtbot: QtBot) -> None:
    palette = CommandPalette([Entry("a", "Alpha"), Entry("b", "Beta"), Entry("c", "Gamma")], window)
    palette.open_over(window)
    with qtbot.waitSignal(palette.chosen) as caught:
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return):
            qtbot.keyClick(palette.field, key)
    assert caught.args == ["b"]


@pytest.mark.parametrize(("typed", "better", "worse"), [("un", "Undo", "Fly to Selection"), ("ag", "As Grid", "Quit")])
def test_closer_titles_come_first(typed: str, better: str, worse: str) -> None:
    assert fit(typed, better) > fit(typed, worse)


def test_what_does_not_occur_does_not_fit() -> None:
    assert fit("xyz", "Undo") == 0


def test_a_few_letters_do_not_bring_up_everything(window: MainWindow, qtbot: QtBot) -> None:
    names = ("Hall of Painted Things", "Stop 2: Portraits", "Corner of Points", "Entrance")
    places = [Entry(f"go:{name}", name, "Viewpoint") for name in names]
    palette = CommandPalette([Entry("a", "Pin", "Edit"), Entry("b", "Unpin", "Edit"), *places], window, asks=False)
    qtbot.keyClicks(palette.field, "pin")
    assert palette.titles() == ["Pin", "Unpin"]
    palette.close()


def test_initials_are_enough() -> None:
    assert fit("ag", "As Grid") > 0
    assert fit("frsel", "Frame Selection") > 0
    assert fit("pin", "Viewpoint Entrance") == 0


def test_a_method_of_qt_is_run_like_any_other(window: MainWindow, qtbot: QtBot) -> None:
    window.commands.add(Command("window.quit", "Quit", "file", "5", ("Ctrl+Q",)), window.close)
    window.show()
    window.commands.run("window.quit")
    assert not window.isVisible()


def test_a_list_that_comes_twice_is_open_once(window: MainWindow, qtbot: QtBot) -> None:
    """As when the first answer was slow and the list was asked for again."""
    window.show()
    first, second = (CommandPalette([Entry("a", "Alpha")], window, asks=False) for _ in range(2))
    first.open_over(window)
    assert first.isVisible()
    second.open_over(window)
    assert not first.isVisible()
    assert second.isVisible()
    qtbot.keyClicks(second.field, "al")
    assert second.titles() == ["Alpha"]
    second.close()
