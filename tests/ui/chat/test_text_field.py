"""The request field by keyboard."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.chat.text_field import TextField


def field_in(qtbot: QtBot) -> TextField:
    field = TextField()
    qtbot.addWidget(field)
    field.resize(300, 40)
    field.show()
    return field


def test_enter_sends_and_empties(qtbot: QtBot) -> None:
    field = field_in(qtbot)
    qtbot.keyClicks(field, "create a gallery")
    with qtbot.waitSignal(field.sent) as caught:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert caught.args == ["create a gallery"]
    assert field.toPlainText() == ""


def test_shift_enter_breaks_the_line(qtbot: QtBot) -> None:
    field = field_in(qtbot)
    height = field.height()
    qtbot.keyClicks(field, "one")
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(field, "two")
    assert field.toPlainText() == "one\ntwo"
    assert field.height() > height


def test_nothing_is_not_sent(qtbot: QtBot) -> None:
    field = field_in(qtbot)
    qtbot.keyClicks(field, "   ")
    with qtbot.assertNotEmitted(field.sent):
        qtbot.keyClick(field, Qt.Key.Key_Return)


def test_up_and_down_walk_the_history_and_keep_the_draft(qtbot: QtBot) -> None:
    field = field_in(qtbot)
    for words in ("first", "second"):
        qtbot.keyClicks(field, words)
        qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClicks(field, "draft")
    seen = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(field, key)
        seen.append(field.toPlainText())
    assert seen == ["second", "first", "first", "second", "draft"]


def test_it_stops_growing(qtbot: QtBot) -> None:
    field = field_in(qtbot)
    field.setPlainText("\n" * 200)
    assert field.height() < 220


def test_the_invitation_fits_on_one_line(qtbot: QtBot) -> None:
    field = TextField()
    qtbot.addWidget(field)
    words = ("Say what to show, or what to change…", "Say what to show…")
    field.resize(400, 40)
    field.show()
    field.invite(words)
    assert field.placeholderText() == words[0]
    field.resize(150, 40)
    assert field.placeholderText() == words[1]
