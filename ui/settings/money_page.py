"""The page of money: what a run, a day and a month may cost, what today has cost, and the days before."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from pydantic import ValidationError
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from agent.models.settings import ModelSettings
from ui.settings.add_local import first_fault
from ui.settings.words import spoken_usd
from ui.style.parts import CheckBox, ComboBox, FigureBox, frame, label

if TYPE_CHECKING:
    from agent.money import Cost
    from app.models.access import ModelAccess
    from app.models.ledger import Ledger

CapName = Literal["run_usd", "day_usd", "tenant_usd"]
CAPS: tuple[tuple[CapName, str, str], ...] = (
    ("run_usd", "One run", "A request may say less: “no more than 20 cents”"),
    ("day_usd", "A day", "All runs of a day together"),
    ("tenant_usd", "A month", "All runs of a calendar month together"),
)
_USUAL: dict[CapName, float] = {"run_usd": 0.5, "day_usd": 5.0, "tenant_usd": 50.0}
_DAYS = 7
_MICRO = 1_000_000
_NOTHING = "Nothing was spent yet. Requests that are read by rules on this computer cost nothing."


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


class MoneyPage(QWidget):
    """Every change is kept at once. Emits `changed` after each."""

    changed = Signal()

    def __init__(self, models: "ModelAccess", ledger: "Ledger", now: Callable[[], datetime] = _now) -> None:
        super().__init__()
        self._models, self._ledger, self._now = models, ledger, now
        self._settings = ModelSettings()
        self.switches: dict[CapName, CheckBox] = {}
        self.amounts: dict[CapName, QDoubleSpinBox] = {}
        self.complaint = label("", "bad", wrap=True)
        self.complaint.hide()
        self.today, self.today_bar, self.held = label("", "display"), QProgressBar(), label("", "caption")
        self.today_bar.setAccessibleName("Part of the day's cap that is spent")
        self.today_bar.setRange(0, 1000)
        self.days = QGridLayout()
        self.days.setHorizontalSpacing(12)
        self.days.setVerticalSpacing(6)
        self.days.setColumnStretch(1, 1)
        self.empty = label(_NOTHING, "soft", wrap=True)
        self.quality = ComboBox()
        for value in ("draft", "standard", "high"):
            self.quality.addItem(value.capitalize(), value)
        self.quality.setAccessibleName("Quality when a request does not say it")
        self.quality.activated.connect(lambda _: self._change(quality=self.quality.currentData()))
        self._build()
        self.show_settings()

    def show_settings(self) -> None:
        """Read everything anew."""
        self._settings = self._models.settings()
        for name, _, _ in CAPS:
            cap = getattr(self._settings.caps, name)
            switch, amount = self.switches[name], self.amounts[name]
            for widget in (switch, amount):
                widget.blockSignals(True)
            switch.setChecked(cap is not None)
            amount.setEnabled(cap is not None)
            amount.setValue(_USUAL[name] if cap is None else cap)
            for widget in (switch, amount):
                widget.blockSignals(False)
        self.quality.setCurrentIndex(self.quality.findData(self._settings.quality))
        self._show_spent()

    def _show_spent(self) -> None:
        costs = self._ledger.by_day(_DAYS)
        today = next((cost for cost in costs if cost.name == f"{self._now():%Y-%m-%d}"), None)
        spent, cap = (today.micro_usd / _MICRO if today else 0.0), self._settings.caps.day_usd
        self.today.setText(spoken_usd(spent))
        calls = f"{today.calls:,} {'call' if today.calls == 1 else 'calls'}" if today else "No call"
        words = [calls, f"at most {spoken_usd(cap)} a day" if cap is not None else "without a cap"]
        if today and today.held_micro_usd:
            words.append(f"{spoken_usd(today.held_micro_usd / _MICRO)} held for calls under way")
        self.held.setText(" · ".join(words))
        self.today_bar.setVisible(cap is not None)
        self.today_bar.setValue(round(1000 * min(spent / cap, 1.0)) if cap else 0)
        self._show_days(costs)

    def _show_days(self, costs: Sequence["Cost"]) -> None:
        while (item := self.days.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        most = max((cost.micro_usd for cost in costs), default=0)
        for row, cost in enumerate(costs):
            bar = QProgressBar()
            bar.setRange(0, max(most, 1))
            bar.setValue(cost.micro_usd)
            amount = spoken_usd(cost.micro_usd / _MICRO)
            bar.setAccessibleName(f"{cost.name}: {amount}")
            self.days.addWidget(label(_day(cost.name), "soft"), row, 0)
            self.days.addWidget(bar, row, 1)
            self.days.addWidget(label(amount, "caption"), row, 2, Qt.AlignmentFlag.AlignRight)
        self.empty.setVisible(not costs)

    def _set_cap(self, name: CapName) -> None:
        on = self.switches[name].isChecked()
        self.amounts[name].setEnabled(on)
        caps = self._settings.caps.model_dump() | {name: self.amounts[name].value() if on else None}
        if caps != self._settings.caps.model_dump():
            self._change(caps=caps)

    def _change(self, **values: Any) -> None:
        from app.models.settings import ModelSettingsError

        words = ""
        try:
            if self._models.complaint:
                raise ModelSettingsError(self._models.complaint)
            settings = ModelSettings.model_validate(self._settings.model_dump() | values)
            self._models.change(settings)
        except ValidationError as error:
            words = first_fault(error)
        except ModelSettingsError as error:
            words = str(error)
        self.complaint.setText(words)
        self.complaint.setVisible(bool(words))
        self.show_settings()
        if not words:
            self.changed.emit()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 20, 20)
        column.setSpacing(12)
        column.addWidget(label("Money", "title"))
        column.addWidget(self._today_box())
        column.addWidget(label("May cost at most", "strong"))
        column.addLayout(self._cap_rows())
        column.addWidget(
            label(
                "A cap is held back before a call is made, so that it is never passed. At the cap a run stops and "
                "keeps what it has.",
                "caption",
                wrap=True,
            )
        )
        column.addWidget(self.complaint)
        quality = QHBoxLayout()
        quality.addWidget(label("Quality, when a request does not say it", "soft"))
        quality.addStretch(1)
        quality.addWidget(self.quality)
        column.addLayout(quality)
        column.addWidget(label("Lately", "strong"))
        column.addWidget(self.empty)
        column.addLayout(self.days)
        column.addStretch(1)

    def _today_box(self) -> QWidget:
        box = frame("inset")
        column = QVBoxLayout(box)
        column.setContentsMargins(16, 12, 16, 14)
        column.setSpacing(6)
        column.addWidget(label("Spent today", "caption"))
        column.addWidget(self.today)
        column.addWidget(self.today_bar)
        column.addWidget(self.held)
        return box

    def _cap_rows(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, (name, words, tip) in enumerate(CAPS):
            switch, amount = CheckBox(words), FigureBox()
            switch.setAccessibleName(f"Cap for {words.lower()}")
            amount.setRange(0.0, 1_000_000.0)
            amount.setDecimals(2)
            amount.setSingleStep(0.1 if name == "run_usd" else 1.0)
            amount.setPrefix("$ ")
            amount.setMinimumWidth(130)
            amount.setAlignment(Qt.AlignmentFlag.AlignRight)
            amount.setKeyboardTracking(False)
            amount.setAccessibleName(f"{words} may cost at most, in dollars")
            switch.toggled.connect(partial(self._set_cap_by, name))
            amount.valueChanged.connect(partial(self._set_cap_by, name))
            self.switches[name], self.amounts[name] = switch, amount
            grid.addWidget(switch, row, 0)
            grid.addWidget(label(tip, "caption"), row, 1)
            grid.addWidget(amount, row, 2)
        return grid

    def _set_cap_by(self, name: CapName, _: object) -> None:
        self._set_cap(name)


def _day(name: str) -> str:
    try:
        day = date.fromisoformat(name)
    except ValueError:
        return name
    return f"{day:%a} {day.day} {day:%b}"
