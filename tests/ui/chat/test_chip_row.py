"""Chips are corrected in place, by mouse or keyboard, and say so with one signal."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QMenu, QScrollArea, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from agent.intent import Intent
from agent.ports.library import Query
from scene.layouts.contract import Wishes
from ui.chat.aspects import BY_KEY, addable, chips_of
from ui.chat.chip_editor import NumberField, WordsField, YearsField, aspect_menu, corner_for, value_menu
from ui.chat.chip_row import ChipRow
from ui.chat.editors import Chip, Option, Value, Vocabulary

KNOWN = Vocabulary(themes=(Option("Cyberpunk", "cyberpunk"), Option("Noir", "noir")), colours=("teal",))
INTENT = Intent(
    kind="create", theme="cyberpunk", layout="gallery", query=Query(colours=("magenta",)), wishes=Wishes(count=24)
)


def chip_of(aspect: str) -> Chip:
    return next(chip for chip in chips_of(INTENT, KNOWN) if chip.aspect == aspect)


def menu_of(row: ChipRow, aspect: str) -> QMenu:
    chip = chip_of(aspect)
    return value_menu(row, BY_KEY[aspect].editor(KNOWN), chip, lambda value: row.correct(chip, value))


def test_choosing_another_layout_emits_the_corrected_intent(qtbot: QtBot) -> None:
    row = ChipRow(INTENT, KNOWN)
    qtbot.addWidget(row)
    timeline = next(action for action in menu_of(row, "layout").actions() if action.text() == "Timeline")
    with qtbot.waitSignal(row.corrected) as caught:
        timeline.trigger()
    assert caught.args == [INTENT.model_copy(update={"layout": "timeline"})]


def test_choosing_what_is_chosen_says_nothing(qtbot: QtBot) -> None:
    row = ChipRow(INTENT, KNOWN)
    qtbot.addWidget(row)
    with qtbot.assertNotEmitted(row.corrected):
        row.correct(chip_of("layout"), "gallery")


def test_a_number_is_typed_and_sent_with_enter(qtbot: QtBot) -> None:
    row = ChipRow(INTENT, KNOWN)
    qtbot.addWidget(row)
    field = menu_of(row, "count").findChild(NumberField)
    assert field is not None
    field.spin.selectAll()
    qtbot.keyClicks(field.spin, "12")
    with qtbot.waitSignal(row.corrected) as caught:
        qtbot.keyClick(field.spin, Qt.Key.Key_Return)
    assert caught.args[0].wishes.count == 12


def test_words_of_ones_own_are_taken(qtbot: QtBot) -> None:
    row = ChipRow(INTENT, KNOWN)
    qtbot.addWidget(row)
    field = menu_of(row, "colours").findChild(WordsField)
    assert field is not None
    qtbot.keyClicks(field.line, "saffron")
    with qtbot.waitSignal(row.corrected) as caught:
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert caught.args[0].query.colours == ("saffron",)


def test_years_the_wrong_way_round_are_put_right(qtbot: QtBot) -> None:
    taken: list[Value | None] = []
    menu = value_menu(None, BY_KEY["dates"].editor(KNOWN), Chip("dates", "", (None, None)), taken.append)  # type: ignore[arg-type]
    qtbot.addWidget(menu)
    field = menu.findChild(YearsField)
    assert field is not None
    field.first.setValue(1999)
    field.last.setValue(1990)
    qtbot.keyClick(field.last, Qt.Key.Key_Return)
    assert taken == [(1990, 1999)]


def test_remove_is_in_the_menu_of_what_can_be_removed(qtbot: QtBot) -> None:
    row = ChipRow(INTENT, KNOWN)
    qtbot.addWidget(row)
    assert "Remove" in [action.text() for action in menu_of(row, "theme").actions()]
    assert "Remove" not in [action.text() for action in menu_of(row, "kind").actions()]


def test_every_chip_has_a_name_and_takes_the_keyboard(qtbot: QtBot) -> None:
    row = ChipRow(INTENT, KNOWN)
    qtbot.addWidget(row)
    assert [made.accessibleName() for made in row.buttons][1] == "layout: gallery. Press to correct."
    assert all(made.accessibleName() for made in row.buttons)
    assert all(made.focusPolicy() & Qt.FocusPolicy.TabFocus for made in row.buttons)


def test_what_was_not_used_is_named(qtbot: QtBot) -> None:
    row = ChipRow(INTENT.model_copy(update={"ignored": ("sparkly",)}), KNOWN)
    qtbot.addWidget(row)
    assert "Not used: “sparkly”" in [found.text() for found in row.findChildren(QLabel)]


def test_the_menu_of_what_can_be_added_is_short(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    menu = aspect_menu(parent, addable(INTENT), KNOWN, lambda aspect, value: None)
    assert len(menu.actions()) == 5
    below = [top.menu() for top in menu.actions()]
    assert all(isinstance(one, QMenu) for one in below)
    inside = [sub for one in below if isinstance(one, QMenu) for sub in one.actions()]
    assert len(inside) == len(addable(INTENT))
    assert max(len(one.actions()) for one in below if isinstance(one, QMenu)) <= 11


def test_a_menu_opens_above_when_it_would_cover_the_request_field(qtbot: QtBot) -> None:
    area, content, anchor = QScrollArea(), QWidget(), QToolButton()
    qtbot.addWidget(area)
    anchor.setParent(content)
    content.resize(280, 380)
    area.setWidget(content)
    area.resize(300, 400)
    area.show()
    menu = QMenu(anchor)
    for number in range(4):
        menu.addAction(f"Entry {number}")
    foot = area.mapToGlobal(area.rect().bottomLeft()).y()
    for top in (10, 340):
        anchor.move(10, top)
        assert corner_for(anchor, menu).y() + menu.sizeHint().height() <= foot
    assert corner_for(anchor, menu).y() < anchor.mapToGlobal(QPoint(0, 0)).y()
