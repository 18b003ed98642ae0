"""The proposal bar: what is staged, what it could not do, before and after, and the verdict."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from agent.learning.noticing import known_reasons
from scene.proposal import Proposal
from ui.floating.receipt_popup import ReceiptPopup
from ui.style.icons import icon
from ui.style.parts import breakable, button, frame, label

REASONS = known_reasons().chips

_ROOMY_PX = 560


@dataclass(frozen=True)
class Decided:
    """How many of a proposal's works were kept already, and how many left out."""

    kept: int = 0
    dropped: int = 0


class ProposalBar(QFrame):
    """Emits the verdict: `approved_all`, `approved_selected`, `rejected` (reason), `change_wanted`, `side_chosen`."""

    approved_all = Signal()
    approved_selected = Signal()
    rejected = Signal(str)
    both_kept = Signal()
    change_wanted = Signal()
    side_chosen = Signal(str)
    keyboard_left = Signal()
    """The button that had the keyboard can no longer be used."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.setAccessibleName("Proposal")
        self.proposal: Proposal | None = None
        self._selected, self._roomy, self._look_only = 0, True, ""
        self._title, self._summary = label("", "strong", wrap=True), label("", "soft", wrap=True)
        self.progress = label("", "accent")
        self.unmet = button("", self._show_receipt, "link")
        self.before, self.after = self._side("Before", "before"), self._side("After", "after")
        self.approve_all = button("Approve all", self.approved_all.emit, "primary")
        self.approve_all.setToolTip("Approve everything (Ctrl+Return)")
        self.approve_selected = button("Approve selected", self.approved_selected.emit)
        self.change = button("Say what to change", self.change_wanted.emit, "quiet")
        self.keep_both = button("Keep both", self.both_kept.emit)
        self.keep_both.setToolTip("Keep yours and hang theirs beside it")
        self.reject = button("Reject", lambda: self.rejected.emit(""), "split", name="Reject the proposal")
        self.reject.setToolTip("Reject: the scene stays as it is (Ctrl+Backspace)")
        self.reject_why = self._why_button()
        self._build()
        self.show_clash(False)
        self.hide()

    def show_proposal(self, proposal: Proposal | None) -> None:
        """Show a proposal, or hide when there is none."""
        self.proposal = proposal
        self.setVisible(proposal is not None)
        if proposal is None:
            return
        self._title.setText(breakable(proposal.title))
        summary = summary_of(proposal)
        self._summary.setText(breakable(summary))
        self._summary.setVisible(bool(summary))
        words = receipt_line(proposal)
        self.unmet.setText(words)
        self.unmet.setVisible(bool(words))
        self.show_side("after")
        self.show_selected(0)
        self.show_decided(Decided())

    def show_clash(self, is_clash: bool) -> None:
        """Whether the proposal is somebody else's version of what was changed here too: then both can be kept."""
        self.keep_both.setVisible(is_clash)
        self.approve_selected.setVisible(not is_clash)
        self.change.setVisible(not is_clash)
        self.approve_all.setText("Take theirs" if is_clash else "Approve all")
        self.reject.setText("Keep mine" if is_clash else "Reject")

    def show_look_only(self, reason: str) -> None:
        """Why nothing may be approved here; empty where it may."""
        for made in (self.approve_all, self.keep_both):
            made.setEnabled(not reason)
        self.approve_all.setToolTip(reason or "Approve everything (Ctrl+Return)")
        self._look_only = reason
        self.show_selected(self._selected)

    def show_decided(self, decided: Decided) -> None:
        """What has been decided of it so far."""
        words = progress_line(decided, len(self.proposal.works)) if self.proposal is not None else ""
        self.progress.setText(words)
        self.progress.setVisible(bool(words))

    def show_selected(self, count: int) -> None:
        """How many of the selected works belong to the proposal."""
        if not count and self.window().focusWidget() is self.approve_selected:
            self.keyboard_left.emit()
        self._selected = count
        self._name_selected()
        self.approve_selected.setEnabled(count > 0 and not self._look_only)
        tip = "Approve only the selected works" if count else "Select works in the viewport or the outline first"
        self.approve_selected.setToolTip(self._look_only or tip)

    def show_side(self, side: str) -> None:
        """Which side the viewport shows."""
        (self.before if side == "before" else self.after).setChecked(True)

    def toggle_side(self) -> None:
        """The other side."""
        (self.after if self.before.isChecked() else self.before).click()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With little room, the words of the least needed button give way."""
        super().resizeEvent(event)
        self._roomy = event.size().width() >= _ROOMY_PX
        self.change.setText("Say what to change" if self._roomy else "")
        self._name_selected()

    def _name_selected(self) -> None:
        counted = f"{self._selected:,} selected" if self._selected else "selected"
        self.approve_selected.setText(f"Approve {counted}" if self._roomy else counted.capitalize())
        self.approve_selected.setAccessibleName(f"Approve {counted}")

    def sizeHint(self) -> QSize:
        """A comfortable width; the height follows from the words."""
        return QSize(640, super().sizeHint().height())

    def _show_receipt(self) -> None:
        if self.proposal is not None:
            popup = ReceiptPopup(self.proposal.receipt, self)
            popup.open_above(self.unmet)

    def _side(self, text: str, side: str) -> QToolButton:
        made = QToolButton()
        made.setText(text)
        made.setCheckable(True)
        made.setProperty("look", "segment")
        made.setAccessibleName(f"Show the scene {side} the proposal")
        made.setToolTip(f"{text} (B switches)")
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.clicked.connect(lambda: self.side_chosen.emit(side))
        return made

    def _why_button(self) -> QToolButton:
        made = QToolButton()
        made.setIcon(icon("caret-down"))
        made.setIconSize(QSize(11, 11))
        made.setProperty("look", "split")
        made.setAccessibleName("Reject with a reason")
        made.setToolTip("Reject with a reason")
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.setMenu(self._reason_menu())
        return made

    def _reason_menu(self) -> QMenu:
        menu = QMenu("Reject with a reason", self)
        menu.setAccessibleName("Reject with a reason")
        for reason in REASONS:
            menu.addAction(reason, partial(self.rejected.emit, reason))
        menu.addSeparator()
        self.reason_field = QLineEdit()
        self.reason_field.setPlaceholderText("Another reason, then Enter")
        self.reason_field.setAccessibleName("Another reason")
        self.reason_field.setMaxLength(400)
        self.reason_field.setMinimumWidth(220)
        self.reason_field.returnPressed.connect(lambda: self._reject_with(menu))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(6, 4, 6, 4)
        row.addWidget(self.reason_field)
        action = QWidgetAction(menu)
        action.setDefaultWidget(holder)
        menu.addAction(action)
        return menu

    def _reject_with(self, menu: QMenu) -> None:
        reason = self.reason_field.text().strip()
        self.reason_field.clear()
        menu.close()
        self.rejected.emit(reason)

    def _build(self) -> None:
        segments = frame("segments")
        sides = QHBoxLayout(segments)
        sides.setContentsMargins(2, 2, 2, 2)
        sides.setSpacing(2)
        group = QButtonGroup(self)
        for made in (self.before, self.after):
            group.addButton(made)
            sides.addWidget(made)
        words = QVBoxLayout()
        words.setSpacing(3)
        for widget in (self._title, self._summary, self.progress, self.unmet):
            words.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft if widget is self.unmet else Qt.AlignmentFlag(0))
        top = QHBoxLayout()
        top.setSpacing(14)
        top.addLayout(words, 1)
        top.addWidget(segments, 0, Qt.AlignmentFlag.AlignTop)
        verdict = QHBoxLayout()
        verdict.setSpacing(8)
        verdict.addWidget(self.change)
        verdict.addStretch(1)
        rejecting = QHBoxLayout()
        rejecting.setSpacing(0)
        rejecting.addWidget(self.reject)
        rejecting.addWidget(self.reject_why)
        verdict.addLayout(rejecting)
        verdict.addWidget(self.keep_both)
        verdict.addWidget(self.approve_selected)
        verdict.addWidget(self.approve_all)
        self.change.setIcon(icon("chat-circle", "soft"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 13, 14, 13)
        column.setSpacing(11)
        column.addLayout(top)
        column.addLayout(verdict)


def summary_of(proposal: Proposal) -> str:
    """What stands below the title: the receipt's summary, or its first note when the title says the same."""
    summary, notes = proposal.receipt.summary, proposal.receipt.notes
    if _plain(summary) != _plain(proposal.title):
        return summary
    return notes[0] if notes else ""


def receipt_line(proposal: Proposal) -> str:
    """What the receipt has to say beyond its summary, as the text of the link that opens it."""
    receipt = proposal.receipt
    parts = []
    if receipt.unmet:
        parts.append(f"{len(receipt.unmet)} {'point' if len(receipt.unmet) == 1 else 'points'} not met")
    if receipt.unplaced:
        parts.append(f"{len(receipt.unplaced)} {'work' if len(receipt.unplaced) == 1 else 'works'} left out")
    notes = _further_notes(proposal)
    if not parts and notes:
        parts.append(f"{notes} {'note' if notes == 1 else 'notes'}")
    return " · ".join(parts)


def progress_line(decided: Decided, waiting: int) -> str:
    """What has been decided of a proposal and what has not, such as "2 kept, 22 waiting"; "" before any verdict."""
    parts = [f"{decided.kept:,} kept"] if decided.kept else []
    parts += [f"{decided.dropped:,} left out"] if decided.dropped else []
    return ", ".join([*parts, f"{waiting:,} waiting"]) if parts else ""


def _further_notes(proposal: Proposal) -> int:
    """How many notes say something that the bar does not say already."""
    said = {_plain(proposal.title), _plain(proposal.receipt.summary), _plain(summary_of(proposal))}
    return sum(1 for note in proposal.receipt.notes if _plain(note) not in said)


def _plain(words: str) -> str:
    return words.strip().rstrip(".").casefold()
