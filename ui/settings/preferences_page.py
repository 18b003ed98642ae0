"""The page of what was learnt: every rule with its evidence and where it holds, to be edited or forgotten."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent.learning.evidence import Scope
from agent.learning.preference import Preference
from ui.settings.preference_card import PreferenceCard
from ui.style.parts import bring_into_view, button, frame, label

_INTRODUCTION = (
    "Approving and rejecting teaches rules. They shape the next proposal, and its receipt says so. A rule that you "
    "set yourself is left alone by later verdicts."
)
_NOTHING = (
    "Nothing was learnt yet. Reject a proposal with a reason, such as “too close together”, and a rule will stand here."
)


class RemembersRules(Protocol):
    """What is needed of a session, which is one."""

    def preferences(self, *, everywhere: bool = False) -> tuple[Preference, ...]: ...  # noqa: D102
    def edit_preference(  # noqa: D102
        self, preference_id: str, *, value: float | None = None, text: str | None = None, scope: Scope | None = None
    ) -> Preference: ...
    def forget_preference(self, preference_id: str) -> None: ...  # noqa: D102


class PreferencesPage(QWidget):
    """Every change is kept at once. Emits `changed` after each."""

    changed = Signal()

    def __init__(
        self, remembered: RemembersRules, themes: Mapping[str, str], project_id: Callable[[], str] = lambda: ""
    ) -> None:
        super().__init__()
        self._remembered, self._themes, self._project_id = remembered, themes, project_id
        self.cards: dict[str, PreferenceCard] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self.empty = label(_NOTHING, "soft", wrap=True)
        self.complaint = label("", "bad", wrap=True)
        self.complaint.hide()
        self.forget_all = button("Forget all…", self._ask, name="Forget all rules")
        self.sure = self._sure_box()
        self.sure.hide()
        head = QHBoxLayout()
        head.addWidget(label("Preferences", "title"))
        head.addStretch(1)
        head.addWidget(self.forget_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 20, 20)
        column.setSpacing(12)
        column.addLayout(head)
        for widget in (label(_INTRODUCTION, "soft", wrap=True), self.sure, self.complaint, self.empty):
            column.addWidget(widget)
        column.addLayout(self._list)
        column.addStretch(1)
        self.show_settings()

    def show_settings(self) -> None:
        """Read everything anew."""
        while (item := self._list.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        holding = {rule.id for rule in self._remembered.preferences()}
        rules = self._remembered.preferences(everywhere=True)
        self.cards = {}
        self._show("Hold in the open scene", [rule for rule in rules if rule.id in holding], elsewhere=False)
        others = [rule for rule in rules if rule.id not in holding]
        here = [rule for rule in others if rule.scope == "always" or rule.where == self._project_id()]
        self._show("Hold where nothing narrower does", here, elsewhere=False)
        self._show("Hold elsewhere", [rule for rule in others if rule not in here], elsewhere=True)
        self.empty.setVisible(not rules)
        self.forget_all.setVisible(bool(rules))
        self.sure.hide()

    def _show(self, title: str, rules: Sequence[Preference], *, elsewhere: bool) -> None:
        if not rules:
            return
        self._list.addWidget(label(title, "caption"))
        for rule in rules:
            card = PreferenceCard(rule, self._themes, elsewhere=elsewhere)
            card.edited.connect(partial(self._edit, rule.id))
            card.forgotten.connect(partial(self._forget, (rule.id,)))
            self.cards[rule.id] = card
            self._list.addWidget(card)

    def _edit(self, rule_id: str, values: Mapping[str, Any]) -> None:
        from app.remembering.memory import NotRemembered
        from app.remembering.preferences import NoSuchPreference

        try:
            self._remembered.edit_preference(rule_id, **values)
        except (NoSuchPreference, NotRemembered) as error:
            self._complain(str(error))
        else:
            self._complain("")
            self.changed.emit()
        self.show_settings()

    def _forget(self, rule_ids: Sequence[str]) -> None:
        from app.remembering.memory import NotRemembered
        from app.remembering.preferences import NoSuchPreference

        words = ""
        for rule_id in rule_ids:
            try:
                self._remembered.forget_preference(rule_id)
            except (NoSuchPreference, NotRemembered) as error:
                words = str(error)
        self._complain(words)
        self.changed.emit()
        self.show_settings()

    def _complain(self, words: str) -> None:
        self.complaint.setText(words)
        self.complaint.setVisible(bool(words))

    def _ask(self) -> None:
        count = len(self.cards)
        self._sure_words.setText(f"Forget {count} {'rule' if count == 1 else 'rules'} with all their evidence?")
        self.sure.show()
        self.keep.setFocus()
        bring_into_view(self.sure)

    def _sure_box(self) -> QWidget:
        box = frame("alarm")
        self._sure_words = label("", wrap=True)
        self.keep = button("Keep them", box.hide)
        row = QHBoxLayout(box)
        row.setContentsMargins(12, 8, 10, 8)
        row.addWidget(self._sure_words, 1)
        row.addWidget(self.keep)
        row.addWidget(button("Forget all", lambda: self._forget(tuple(self.cards)), name="Yes, forget all rules"))
        return box
