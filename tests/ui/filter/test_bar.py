"""The filter's bar: typing, chips, counts, Escape."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.filter.bar import FilterBar

COUNTS = [("colour", "red", 4), ("colour", "blue", 1), ("year", "1990s", 12), ("tag", "<b>neon</b> & rain", 3)]


@pytest.fixture
def bar(qtbot: QtBot) -> FilterBar:
    made = FilterBar()
    qtbot.addWidget(made)
    made.open()
    made.show_counts(COUNTS)
    made.show_fitting(20, 20)
    return made


def test_typing_tells_once_it_pauses_and_enter_goes_there(bar: FilterBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.changed, timeout=2_000):
        qtbot.keyClicks(bar.field, "rain")
    assert bar.words == "rain"
    with qtbot.waitSignals([bar.changed, bar.go_wanted], timeout=200):
        qtbot.keyClick(bar.field, Qt.Key.Key_Return)


def test_chips_say_what_they_are_and_choose(bar: FilterBar, qtbot: QtBot) -> None:
    names = [chip.accessibleName() for chip in bar.chips.values()]
    assert names[:2] == ["colour red, 4 works", "colour blue, 1 work"]
    with qtbot.waitSignal(bar.changed):
        bar.chips["colour", "red"].click()
    assert bar.chosen == {("colour", "red")}
    bar.show_counts([*COUNTS, ("tag", "sea", 1)])
    assert bar.chips["colour", "red"].isChecked(), "a chosen chip stays chosen when the counts change"
    bar.chips["colour", "red"].click()
    assert bar.chosen == frozenset()


def test_buttons_work_only_when_something_is_filtered_and_fits(bar: FilterBar, qtbot: QtBot) -> None:
    assert bar.count.text() == "20 works"
    assert not bar._select.isEnabled()
    bar.chips["colour", "red"].click()
    bar.show_fitting(4, 20)
    assert bar.count.text() == "4 of 20"
    with qtbot.waitSignal(bar.select_wanted):
        bar._select.click()
    bar.show_fitting(0, 20)
    assert not bar._canvas.isEnabled()


def test_escape_ends_the_filter(bar: FilterBar, qtbot: QtBot) -> None:
    bar.chips["colour", "red"].click()
    bar.field.setText("rain")
    with qtbot.waitSignal(bar.closed):
        qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.is_filtering
    assert bar.isHidden()
    qtbot.wait(300)
    assert not bar.chips["colour", "red"].isChecked()


@pytest.mark.parametrize("width_px", [380, 470, 560, 900])
def test_nothing_in_it_is_cut_whatever_the_width(qtbot: QtBot, width_px: int) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(width_px, 400)
    bar = FilterBar(holder)
    holder.show()
    bar.open()
    bar.show_counts(COUNTS)
    bar.show_fitting(20, 20)
    for _ in range(2):
        bar.resize(bar.sizeHint())
        qtbot.wait(1)
    assert bar.width() <= width_px
    for button in bar.findChildren(QPushButton):
        assert button.width() >= button.sizeHint().width(), button.text()
    assert bar.field.width() >= 130
    assert bar.rect().contains(bar.childrenRect())
