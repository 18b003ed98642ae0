"""The conversation: requests, turns as they go, choices, errors, and text that stays text."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from agent.events import Choice, Planned, Said, StepChanged, StepState, TurnEnded, Understood
from agent.intent import Intent
from ui.chat.panel import MOST_TURNS, SENT_MEANWHILE, ChatPanel

HOSTILE = "<img src=file:///etc/passwd><b>bold</b> &amp;"
STEPS = (StepState("1", "search", "Search the library"), StepState("2", "arrange", "Hang them"))


@pytest.fixture
def panel(qtbot: QtBot) -> ChatPanel:
    made = ChatPanel()
    qtbot.addWidget(made)
    made.resize(380, 800)
    made.show()
    return made


def labels(widget: QWidget) -> list[str]:
    return [found.text().replace("\u200b", "") for found in widget.findChildren(QLabel) if not found.isHidden()]


def test_a_suggestion_asks(panel: ChatPanel, qtbot: QtBot) -> None:
    first = panel.suggestions.findChildren(QPushButton)[0]
    with qtbot.waitSignal(panel.asked) as caught:
        qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert caught.args == ["Create a cyberpunk gallery"]


def test_when_an_offer_is_taken_the_keyboard_goes_to_where_the_next_request_is_typed(
    panel: ChatPanel, qtbot: QtBot
) -> None:
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.begin_turn("t", "show me seas")
    panel.show_event(TurnEnded("t", "asked", text="Only 7 fit.", choices=(Choice("Widen", "widen the search"),)))
    offer = next(button for button in panel.turns["t"].findChildren(QPushButton) if button.text() == "Widen")
    offer.setFocus()
    qtbot.keyClick(offer, Qt.Key.Key_Space)
    assert panel.composer.field.hasFocus()


def test_steps_tick(panel: ChatPanel) -> None:
    panel.begin_turn("t", "create a gallery")
    panel.show_event(Planned("t", STEPS))
    panel.show_event(StepChanged("t", StepState("1", "search", "Search the library", state="running")))
    done = StepState("1", "search", "Search the library", state="done", seconds=0.042, result="48 found, 31 fit")
    panel.show_event(StepChanged("t", done))
    steps = panel.turns["t"].steps
    assert steps is not None
    assert steps.text_of("1") == "Search the library — 48 found, 31 fit"
    assert not any(text.endswith("ms") for text in labels(steps))
    assert not panel.suggestions.isVisible()


def test_a_corrected_chip_comes_with_its_request(panel: ChatPanel, qtbot: QtBot) -> None:
    intent = Intent(kind="create", layout="gallery")
    panel.begin_turn("t", "create a gallery")
    panel.show_event(Understood("t", intent))
    chips = panel.turns["t"].chips
    assert chips is not None
    changed = intent.model_copy(update={"layout": "grid"})
    with qtbot.waitSignal(panel.corrected) as caught:
        chips.corrected.emit(changed)
    assert caught.args == ["create a gallery", changed, intent]


def test_a_choice_asks_its_request_once(panel: ChatPanel, qtbot: QtBot) -> None:
    panel.begin_turn("t", "neon")
    choices = (Choice("Widen", "widen the search"), Choice("Stop at 7", "stop at 7"))
    panel.show_event(TurnEnded("t", "asked", text="Only 7 fit.", choices=choices))
    widen = next(b for b in panel.turns["t"].findChildren(QPushButton) if b.text() == "Widen")
    with qtbot.waitSignal(panel.asked) as caught:
        qtbot.mouseClick(widen, Qt.MouseButton.LeftButton)
    assert caught.args == ["widen the search"]
    assert not widen.isEnabled()


def test_an_error_says_what_happened_what_was_kept_and_what_to_do(panel: ChatPanel) -> None:
    panel.begin_turn("t", "neon")
    failed = TurnEnded(
        "t", "failed", text="No answer.", kept="All is kept.", advice="Ask again.", correlation_id="ab12"
    )
    panel.show_event(failed)
    assert [text for text in labels(panel.turns["t"]) if text] == [
        "No answer.",
        "All is kept.",
        "Ask again.",
        "Reference ab12",
    ]


def ended(text: str) -> TurnEnded:
    return TurnEnded("t", "answered", text=text)


def failed(text: str) -> TurnEnded:
    return TurnEnded("t", "failed", text=text, kept=text, advice=text, correlation_id=text)


def asked(text: str) -> TurnEnded:
    step = StepState("1", "search", text, state="done", result=text)
    return TurnEnded("t", "asked", text=text, steps=(step,), choices=(Choice(text, text),))


@pytest.mark.parametrize("end", [ended, failed, asked])
def test_markup_stays_text(panel: ChatPanel, end: Callable[[str], TurnEnded]) -> None:
    panel.begin_turn("t", HOSTILE)
    panel.show_event(Understood("t", Intent(kind="create", subject=HOSTILE, ignored=(HOSTILE,))))
    panel.show_event(Said("t", HOSTILE))
    panel.show_event(end(HOSTILE))
    assert any(HOSTILE in text for text in labels(panel))
    assert all(found.textFormat() == Qt.TextFormat.PlainText for found in panel.findChildren(QLabel))


def test_long_requests_are_folded_and_long_words_do_not_widen(panel: ChatPanel, qtbot: QtBot) -> None:
    panel.begin_turn("t", "x" * 20_000)
    more = next(b for b in panel.findChildren(QPushButton) if b.text() == "Show all")
    qtbot.wait(20)
    content = panel.turns["t"].parentWidget()
    assert content is not None
    assert content.width() <= panel.width()
    assert len(max(labels(panel), key=len)) < 1_000
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert more.text() == "Show less"
    assert content.width() <= panel.width()


def test_the_foot_stays_in_view(panel: ChatPanel, qtbot: QtBot) -> None:
    for number in range(12):
        panel.begin_turn(f"t{number}", f"request {number}")
        panel.show_event(TurnEnded(f"t{number}", "answered", text="A long answer. " * 20))
    bar = panel._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())


def test_old_turns_leave(panel: ChatPanel) -> None:
    for number in range(MOST_TURNS + 3):
        panel.begin_turn(f"t{number}", "again")
    assert len(panel.turns) == MOST_TURNS
    panel.show_event(TurnEnded("t0", "answered", text="too late"))


def test_stop_is_there_while_a_turn_runs(panel: ChatPanel, qtbot: QtBot) -> None:
    panel.set_running(True)
    with qtbot.waitSignal(panel.stopped):
        panel.composer._stop.click()
    panel.set_running(False)
    assert panel.composer._stop.isHidden()


def test_steps_that_were_not_reached_are_skipped_at_the_end(panel: ChatPanel) -> None:
    panel.begin_turn("t", "create a gallery")
    panel.show_event(Planned("t", STEPS))
    panel.show_event(TurnEnded("t", "refused", text="The library is empty.", steps=STEPS))
    steps = panel.turns["t"].steps
    assert steps is not None
    assert [label.accessibleName() for label in steps.findChildren(QLabel) if label.accessibleName()] == [
        "Search the library, skipped",
        "Hang them, skipped",
    ]


def test_letters_and_spaces_go_to_the_request_field(panel: ChatPanel, qtbot: QtBot) -> None:
    first = panel.suggestions.findChildren(QPushButton)[0]
    first.setFocus()
    with qtbot.assertNotEmitted(panel.asked):
        qtbot.keyClick(first, "a")
        first.setFocus()
        qtbot.keyClick(first, Qt.Key.Key_Space)
    assert panel.composer.field.toPlainText() == "a "
    assert panel.focusWidget() is panel.composer.field
    with qtbot.waitSignal(panel.asked):
        qtbot.keyClick(first, Qt.Key.Key_Return)


def test_a_refusal_over_an_empty_library_offers_pictures(panel: ChatPanel, qtbot: QtBot) -> None:
    for empty in (False, True):
        panel.library_empty = empty
        panel.begin_turn(f"t{empty}", "neon")
        panel.show_event(TurnEnded(f"t{empty}", "refused", text="The library is empty."))
        buttons = {found.text(): found for found in panel.turns[f"t{empty}"].findChildren(QPushButton)}
        assert bool(buttons) is empty
    with qtbot.waitSignal(panel.import_wanted):
        buttons["Import a folder…"].click()
    with qtbot.waitSignal(panel.sample_wanted):
        buttons["Use the sample collection"].click()


def test_verdicts_leave_a_line_that_goes_with_its_turn(panel: ChatPanel) -> None:
    panel.note("Nothing was asked yet.")
    panel.begin_turn("t", "neon")
    panel.note("Approved: Neon gallery, 24 works")
    assert "Approved: Neon gallery, 24 works" in labels(panel)
    assert "Nothing was asked yet." not in labels(panel)
    panel.clear()
    assert not panel._notes


def test_long_offers_end_in_dots_where_there_is_no_room(panel: ChatPanel, qtbot: QtBot) -> None:
    words = "Die nächsten 24 Werke trotz geringer Übereinstimmung zeigen"
    panel.resize(280, 600)
    panel.begin_turn("t", "seas")
    panel.show_event(TurnEnded("t", "asked", text="?", choices=(Choice(words, "x"), Choice("No", "no"))))
    qtbot.wait(20)
    long, short = (b for b in panel.turns["t"].findChildren(QPushButton) if b.text() in (words, "No"))
    assert long.width() < long.sizeHint().width()
    assert panel.rect().contains(long.mapTo(panel, long.rect().bottomRight()))
    edges = [_ink(long, x) for x in (2, long.width() - 4)]
    assert edges == [0, 0], "words are not cut at the edges"
    assert (long.toolTip(), long.accessibleName()) == (words, words)
    assert short.width() == short.sizeHint().width()


def _ink(button: QPushButton, x: int) -> int:
    """How many pixels of a column are as bright as letters."""
    image = button.grab().toImage()
    return sum(image.pixelColor(x, y).lightness() > 120 for y in range(4, image.height() - 4))


def test_the_choices_of_the_last_turn_are_reached_from_the_field_by_keyboard(panel: ChatPanel, qtbot: QtBot) -> None:
    choices = (Choice("Widen", "widen the search"), Choice("Stop at 7", "stop at 7"))
    for turn_id in ("t", "u"):
        panel.begin_turn(turn_id, "a gallery")
        panel.show_event(TurnEnded(turn_id, "asked", text="Only 7 fit.", choices=choices))
    widen, stop = panel.turns["u"].offers
    qtbot.waitUntil(stop.isVisible)
    panel.focus_input()
    at: QWidget = panel.composer.field
    walked = []
    for key in (Qt.Key.Key_Backtab, Qt.Key.Key_Backtab, Qt.Key.Key_Tab, Qt.Key.Key_Tab):
        qtbot.keyClick(at, key)
        found = panel.focusWidget()
        assert found is not None
        at = found
        walked.append(at)
    assert walked == [stop, widen, stop, panel.composer.field]
    with qtbot.waitSignal(panel.asked) as asked:
        qtbot.keyClick(widen, Qt.Key.Key_Space)
    assert asked.args == ["widen the search"]


def test_a_request_that_waits_says_so_until_it_begins(panel: ChatPanel) -> None:
    panel.begin_turn("t", "a gallery")
    panel.begin_turn("u", "make it noir", SENT_MEANWHILE)
    assert "Reading your request…" in labels(panel.turns["t"])
    assert labels(panel.turns["u"]) == ["Waiting for the run before this one…"]
    panel.show_event(Understood("u", Intent(kind="restyle", theme="noir")))
    assert "Waiting for the run before this one…" not in labels(panel.turns["u"])


def test_an_answer_that_was_clicked_is_told_in_the_words_of_its_button(panel: ChatPanel) -> None:
    panel.begin_turn("t", "crea una galería")
    panel.show_event(TurnEnded("t", "asked", text="Solo 3", choices=(Choice("Ampliar la búsqueda", "widen"),)))
    panel.asked.connect(lambda words: panel.begin_turn("u", words))
    offer = panel.turns["t"].offers[0]
    assert isinstance(offer, QPushButton)
    offer.click()
    assert "Ampliar la búsqueda" in labels(panel)
    assert "widen" not in labels(panel)
    panel.show_event(TurnEnded("u", "answered", text="30 obras"))
    panel.begin_turn("v", "widen")
    assert "widen" in labels(panel), "typed, it is what was typed"
