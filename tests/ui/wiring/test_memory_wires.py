"""Earlier turns come back with their project, messages are edited, next requests offered, panels shown by asking."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from ui.wiring.studio import Studio


def say(studio: Studio, qtbot: QtBot, words: str) -> str:
    studio.ask(words)
    return until_done(studio, qtbot)


def until_done(studio: Studio, qtbot: QtBot) -> str:
    session = studio.session
    assert session is not None
    qtbot.waitUntil(lambda: not session.running, timeout=30_000)
    return list(studio.window.chat.turns)[-1]


def test_a_panel_and_a_view_are_shown_by_asking(studio: Studio, qtbot: QtBot) -> None:
    commands = studio.window.commands
    studio.window.docks["outline"].hide()
    say(studio, qtbot, "show the outline")
    assert not studio.window.docks["outline"].isHidden()
    for _ in range(2):
        say(studio, qtbot, "show the inspector")
        assert commands.model.context["inspector_shown"]
    say(studio, qtbot, "high quality rendering")
    assert commands.model.context["quality_high"]
    say(studio, qtbot, "standard rendering")
    assert commands.model.context["quality_standard"]


def test_earlier_turns_come_back_with_their_project(studio: Studio, qtbot: QtBot) -> None:
    session, chat = studio.session, studio.window.chat
    assert session is not None
    assert session.project is not None
    project = session.project
    first = say(studio, qtbot, "describe my library")
    said = chat.turns[first].text
    session.new_project("Another")
    qtbot.waitUntil(lambda: not chat.turns, timeout=10_000)
    session.open_project(project)
    qtbot.waitUntil(lambda: first in chat.turns, timeout=10_000)
    assert chat.turns[first].text == said


def test_an_edited_message_replaces_what_came_after_it(studio: Studio, qtbot: QtBot) -> None:
    chat = studio.window.chat
    first = say(studio, qtbot, "describe my library")
    second = say(studio, qtbot, "how many works are there?")
    third = say(studio, qtbot, "help")
    chat._bubbles[second].edit_wanted.emit()
    assert chat.composer.field.toPlainText() == "how many works are there?"
    assert chat._editing_line.isVisible()
    chat.composer.field.prefill("what can you do?")
    chat.composer.field.send()
    last = until_done(studio, qtbot)
    assert not chat._editing_line.isVisible()
    assert list(chat.turns) == [first, last]
    assert {second, third}.isdisjoint(chat.turns)


def test_the_branch_that_was_left_is_gone_back_to_from_the_message(studio: Studio, qtbot: QtBot) -> None:
    chat = studio.window.chat
    first = say(studio, qtbot, "describe my library")
    second = say(studio, qtbot, "how many works are there?")
    third = say(studio, qtbot, "help")
    assert all(bubble.versions is None for bubble in chat._bubbles.values())
    chat.edited.emit(second, "what can you do?")
    edited = until_done(studio, qtbot)
    switch = chat._bubbles[edited].versions
    assert switch is not None
    assert switch.words.text() == "2 of 2"
    assert not switch.later.isEnabled()
    qtbot.mouseClick(switch.earlier, Qt.MouseButton.LeftButton)
    assert list(chat.turns) == [first, second, third]
    back = chat._bubbles[second].versions
    assert back is not None
    assert back.words.text() == "1 of 2"
    qtbot.mouseClick(back.later, Qt.MouseButton.LeftButton)
    assert list(chat.turns) == [first, edited]


def test_escape_leaves_the_editing(studio: Studio, qtbot: QtBot) -> None:
    chat = studio.window.chat
    first = say(studio, qtbot, "help")
    chat._bubbles[first].edit_wanted.emit()
    qtbot.keyClick(chat, Qt.Key.Key_Escape)
    assert chat.composer.field.toPlainText() == ""
    say(studio, qtbot, "describe my library")
    assert next(iter(chat.turns)) == first


def test_likely_next_requests_are_offered_and_sent(studio: Studio, qtbot: QtBot) -> None:
    chat = studio.window.chat
    assert chat.next_requests.isHidden()
    say(studio, qtbot, "describe my library")
    assert chat.next_requests.isVisible()
    offered = chat.next_requests.shown
    assert 0 < len(offered) <= 3
    chip = chat.next_requests.findChildren(QToolButton)[-1]
    with qtbot.waitSignal(chat.next_requests.chosen):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    until_done(studio, qtbot)
    assert len(chat.turns) == 2
