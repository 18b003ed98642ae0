"""What a model of one's own costs: dollars for a million tokens read and written; empty where nobody knows."""

from collections.abc import Iterable

from pydantic import ValidationError
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from agent.models.settings import ModelPrice, ProviderSettings
from ui.style.parts import label

_TIP = "Dollars for a million tokens. 0 is free. Empty: not known, and each call counts as the dearest it may be."


class BadPrice(ValueError):
    """What was typed is no price; the message says so."""


class PriceFields(QWidget):
    """Two figures. Emits `edited` when a field was left after a change."""

    edited = Signal()

    def __init__(self, name: str, price: ModelPrice | None) -> None:
        super().__init__()
        told = ("", "") if price is None else (price.input_usd_per_million, price.output_usd_per_million)
        self.read, self.written = (QLineEdit(f"{one:g}" if one != "" else "") for one in told)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for field, words in ((self.read, "read"), (self.written, "written")):
            field.setAccessibleName(f"Price of {name}, a million tokens {words}, in dollars")
            field.setPlaceholderText("not known")
            field.setToolTip(_TIP)
            field.setMaxLength(20)
            field.setFixedWidth(84)
            field.editingFinished.connect(self._left)
            row.addWidget(field)
            row.addWidget(label(f"$ {words}", "caption"))
        row.addWidget(label("a million tokens", "caption"))
        row.addStretch(1)

    def _left(self) -> None:
        """Whoever goes on to the other field has not ended yet."""
        begun = self.sender()
        if QApplication.focusWidget() not in {self.read, self.written} - {begun}:
            self.edited.emit()

    def price(self) -> ModelPrice | None:
        """What the fields say; None where both are empty. Raises BadPrice."""
        told = [field.text().strip().lstrip("$").replace(",", ".") for field in (self.read, self.written)]
        if not any(told):
            return None
        try:
            return ModelPrice(input_usd_per_million=float(told[0]), output_usd_per_million=float(told[1]))
        except (ValueError, ValidationError):
            raise BadPrice("A price is a number of dollars from 0 to 1,000,000, in both fields or in none.") from None


def known_price(provider: ProviderSettings) -> ModelPrice | None:
    """The price of the provider's models, as the first of them has it."""
    return next(iter(provider.prices.values()), None)


def same_price(models: Iterable[str], price: ModelPrice | None) -> dict[str, dict[str, float]]:
    """This price for all of these models, as the settings keep it."""
    return {} if price is None else {model: price.model_dump() for model in dict.fromkeys(models)}


def models_of(provider: ProviderSettings) -> tuple[str, ...]:
    """Every model that the settings name for a provider."""
    return tuple(dict.fromkeys(name for by_quality in provider.models.values() for name in by_quality.values()))
