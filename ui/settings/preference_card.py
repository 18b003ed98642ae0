"""One learnt rule: what it does, what it rests on, where it holds; to be edited or forgotten."""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from agent.learning.evidence import Evidence
from agent.learning.preference import Preference
from agent.learning.rules import LIMITS
from ui.style.parts import ComboBox, FigureBox, button, label

SCOPES = (("here", "In this scene"), ("project", "In this project"), ("always", "Everywhere"))
_UNITS = {"gap_m": " m", "eye_height_m": " m", "count": " works"}
_MOST_EVIDENCE = 30


class PreferenceCard(QFrame):
    """Emits `edited` (what is set: value, text or scope) and `forgotten`."""

    edited = Signal(object)
    forgotten = Signal()

    def __init__(self, rule: Preference, themes: Mapping[str, str], *, elsewhere: bool) -> None:
        super().__init__()
        self.setProperty("look", "inset")
        self.setAccessibleName(rule.words)
        self.rule = rule
        self.scope = self._scope_box(elsewhere)
        self.value: QDoubleSpinBox | None = self._value_box() if rule.value is not None else None
        self.theme: QComboBox | None = self._theme_box(themes) if rule.topic == "theme" else None
        self.evidence = self._evidence_list()
        self.evidence.hide()
        title = label(rule.rule[:1].upper() + rule.rule[1:], "strong", wrap=True)
        why = label(rule.why[:1].upper() + rule.why[1:], "soft", wrap=True)
        self.why_button = button(_evidence_words(rule), self._toggle, "link", name=f"What “{rule.rule}” rests on")
        self.why_button.setVisible(bool(rule.evidence))
        forget = button("Forget", self.forgotten.emit, "quiet", name=f"Forget “{rule.rule}”")
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for chooser in (self.value, self.theme, self.scope):
            if chooser is not None:
                foot.addWidget(chooser)
        foot.addStretch(1)
        foot.addWidget(forget)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 11, 12, 11)
        column.setSpacing(5)
        for widget in (title, why, self.why_button, self.evidence):
            column.addWidget(widget)
        column.addSpacing(3)
        column.addLayout(foot)

    def _toggle(self) -> None:
        self.evidence.setVisible(self.evidence.isHidden())

    def _value_box(self) -> QDoubleSpinBox:
        made, (low, high) = FigureBox(), LIMITS.get(self.rule.topic, (0.0, 1_000.0))
        whole = self.rule.topic == "count"
        made.setRange(low, high)
        made.setDecimals(0 if whole else 2)
        made.setSingleStep(1.0 if whole else 0.05)
        made.setSuffix(_UNITS.get(self.rule.topic, ""))
        made.setValue(self.rule.value or 0.0)
        made.setKeyboardTracking(False)
        made.setMinimumWidth(100)
        made.setAccessibleName(f"Figure of “{self.rule.rule}”")
        made.editingFinished.connect(self._give_value)
        return made

    def _give_value(self) -> None:
        if self.value is not None and abs(self.value.value() - (self.rule.value or 0.0)) > 0.004:
            self.edited.emit({"value": self.value.value()})

    def _theme_box(self, themes: Mapping[str, str]) -> QComboBox:
        made = ComboBox()
        for theme_id, name in themes.items():
            made.addItem(name, theme_id)
        made.setCurrentIndex(max(0, made.findData(self.rule.text)))
        made.setAccessibleName("Theme that is preferred")
        made.activated.connect(lambda _: self.edited.emit({"text": made.currentData()}))
        return made

    def _scope_box(self, elsewhere: bool) -> QComboBox:
        made = ComboBox()
        for scope, words in SCOPES:
            other = elsewhere and scope == self.rule.scope and scope != "always"
            made.addItem(words.replace("this", "another") if other else words, scope)
        made.setCurrentIndex(max(0, made.findData(self.rule.scope)))
        made.setAccessibleName(f"Where “{self.rule.rule}” holds")
        made.activated.connect(lambda _: self._give_scope(str(made.currentData())))
        return made

    def _give_scope(self, scope: str) -> None:
        if scope != self.rule.scope:
            self.edited.emit({"scope": scope})

    def _evidence_list(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(12, 0, 0, 2)
        column.setSpacing(2)
        for one in reversed(self.rule.evidence[-_MOST_EVIDENCE:]):
            column.addWidget(label(evidence_in_words(one), "caption", wrap=True))
        return holder


def evidence_in_words(one: Evidence) -> str:
    """When it was, what was decided, and what was said: "21 Nov 14:30 · rejected · “too close together”"."""
    try:
        at = datetime.fromisoformat(one.at).astimezone()
        when = f"{at.day} {at:%b %H:%M}"
    except ValueError:
        when = ""
    return " · ".join(part for part in (when, one.verdict, f"“{one.said}”" if one.said else "", one.name) if part)


def _evidence_words(rule: Preference) -> str:
    count = len(rule.evidence)
    return f"{count} {'verdict' if count == 1 else 'verdicts'} behind it"
