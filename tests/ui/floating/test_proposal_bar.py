"""The proposal bar in each of its states."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from scene.proposal import Receipt
from tests.ui.samples import make_proposal
from ui.floating.proposal_bar import REASONS, Decided, ProposalBar, receipt_line
from ui.floating.receipt_popup import ReceiptPopup

RECEIPT = Receipt(
    summary="<b>6 works</b>",
    notes=("31 fit.",),
    unmet=("No wall is long enough.",),
    unplaced=("Rain: too wide", "Sea: too tall"),
)


@pytest.fixture
def bar(qtbot: QtBot) -> ProposalBar:
    made = ProposalBar()
    qtbot.addWidget(made)
    made.resize(640, 130)
    made.show_proposal(make_proposal(receipt=RECEIPT))
    return made


def test_it_is_there_only_with_a_proposal(bar: ProposalBar) -> None:
    assert bar.isVisible()
    bar.show_proposal(None)
    assert not bar.isVisible()


def test_title_and_summary_are_plain_text(bar: ProposalBar) -> None:
    shown = [found.text() for found in bar.findChildren(QLabel)]
    assert shown[:2] == ["Neon gallery", "<b>6 works</b>"]
    assert all(found.textFormat() == Qt.TextFormat.PlainText for found in bar.findChildren(QLabel))


def test_what_was_not_done_is_one_click_away(bar: ProposalBar) -> None:
    assert bar.unmet.text() == "1 point not met · 2 works left out"
    bar.unmet.click()
    popup = bar.findChild(ReceiptPopup)
    assert popup is not None
    lines = [found.text() for found in popup.findChildren(QLabel)]
    assert lines == [
        "Not met",
        "No wall is long enough.",
        "Left out",
        "Rain: too wide",
        "Sea: too tall",
        "Notes",
        "31 fit.",
    ]
    popup.close()


def test_a_summary_that_repeats_the_title_gives_way_to_a_note(bar: ProposalBar) -> None:
    bar.show_proposal(make_proposal(receipt=Receipt(summary="Neon gallery.", notes=("31 fit.",))))
    assert bar._summary.text() == "31 fit."
    assert receipt_line(make_proposal()) == ""


def test_approve_selected_counts_and_waits_for_a_selection(bar: ProposalBar, qtbot: QtBot) -> None:
    assert not bar.approve_selected.isEnabled()
    bar.show_selected(3)
    assert bar.approve_selected.text() == "Approve 3 selected"
    with qtbot.waitSignal(bar.approved_selected):
        qtbot.mouseClick(bar.approve_selected, Qt.MouseButton.LeftButton)


def test_the_verdicts_by_keyboard(bar: ProposalBar, qtbot: QtBot) -> None:
    for signal, made in (
        (bar.approved_all, bar.approve_all),
        (bar.change_wanted, bar.change),
        (bar.rejected, bar.reject),
    ):
        with qtbot.waitSignal(signal):
            qtbot.keyClick(made, Qt.Key.Key_Space)


def test_reject_takes_a_ready_reason_or_ones_own(bar: ProposalBar, qtbot: QtBot) -> None:
    menu = bar.reject_why.menu()
    with qtbot.waitSignal(bar.rejected) as caught:
        menu.actions()[0].trigger()
    assert caught.args == [REASONS[0]]
    qtbot.keyClicks(bar.reason_field, "too blue")
    with qtbot.waitSignal(bar.rejected) as caught:
        qtbot.keyClick(bar.reason_field, Qt.Key.Key_Return)
    assert caught.args == ["too blue"]


def test_before_and_after(bar: ProposalBar, qtbot: QtBot) -> None:
    assert bar.after.isChecked()
    with qtbot.waitSignal(bar.side_chosen) as caught:
        bar.toggle_side()
    assert caught.args == ["before"]
    bar.show_proposal(make_proposal())
    assert bar.after.isChecked()


def test_every_control_has_a_name(bar: ProposalBar) -> None:
    controls = (bar.approve_all, bar.approve_selected, bar.reject, bar.reject_why, bar.change, bar.before, bar.after)
    assert all(made.accessibleName() and made.focusPolicy() & Qt.FocusPolicy.TabFocus for made in controls)


def test_what_was_kept_is_said(bar: ProposalBar) -> None:
    assert not bar.progress.isVisible()
    bar.show_decided(Decided(kept=2))
    assert bar.progress.text() == "2 kept, 6 waiting"
    bar.show_decided(Decided(kept=2, dropped=1))
    assert bar.progress.text() == "2 kept, 1 left out, 6 waiting"
    bar.show_proposal(make_proposal())
    assert not bar.progress.isVisible()


def test_a_note_that_is_said_already_is_not_counted() -> None:
    repeated = Receipt(summary="Neon gallery.", notes=("31 fit.", "neon gallery"))
    assert receipt_line(make_proposal(receipt=repeated)) == ""
    more = Receipt(summary="Neon gallery.", notes=("31 fit.", "No people.", "By year."))
    assert receipt_line(make_proposal(receipt=more)) == "2 notes"
