"""The few fields that a server of one's own needs: a name, an address and a model."""

import re

from pydantic import ValidationError
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout

from agent.models.settings import ModelPrice, ProviderSettings
from ui.settings.price_fields import BadPrice, PriceFields, same_price
from ui.style.parts import bring_into_view, button, label

ADDRESS = "http://127.0.0.1:11434/v1"


class AddLocal(QFrame):
    """Emits `added` with the settings of the new provider, or `left`."""

    added = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "inset")
        self.setAccessibleName("Add a local server")
        self.name, self.address, self.model = QLineEdit("local"), QLineEdit(ADDRESS), QLineEdit()
        self.model.setPlaceholderText("As the server calls it, for example llama3.1:8b")
        self.price = PriceFields("the local server", ModelPrice(input_usd_per_million=0, output_usd_per_million=0))
        self.complaint = label("", "bad", wrap=True)
        self.complaint.hide()
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(7)
        grid.setColumnMinimumWidth(0, 62)
        rows = (("Name", self.name), ("Address", self.address), ("Model", self.model))
        for row, (words, field) in enumerate(rows):
            field.setAccessibleName(f"{words} of the local server")
            field.setMaxLength(400)
            field.returnPressed.connect(self._add)
            grid.addWidget(label(words, "caption"), row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(label("Price", "caption"), len(rows), 0)
        grid.addWidget(self.price, len(rows), 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.complaint, 1)
        buttons.addStretch(0)
        buttons.addWidget(button("Cancel", self._leave, "quiet"))
        buttons.addWidget(button("Add", self._add, "primary", name="Add the local server"))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 12, 12)
        column.setSpacing(9)
        column.addWidget(label("A server that speaks OpenAI's format: Ollama, llama.cpp, vLLM, LM Studio", "soft"))
        column.addLayout(grid)
        column.addLayout(buttons)
        self.hide()

    def open(self) -> None:
        """Show the fields."""
        self.complain("")
        self.show()
        self.model.setFocus()
        bring_into_view(self)

    def _leave(self) -> None:
        self.hide()
        self.left.emit()

    def complain(self, words: str) -> None:
        """Say why it cannot be added."""
        self.complaint.setText(words)
        self.complaint.setVisible(bool(words))

    def _add(self) -> None:
        model = self.model.text().strip()
        if not model:
            self.complain("Which model shall it be asked for?")
            self.model.setFocus()
            return
        name = re.sub(r"[^a-z0-9_-]+", "-", self.name.text().strip().casefold()).strip("-")[:40] or "local"
        models = {"plan": {"standard": model}, "chat": {"standard": model}}
        plain = {"id": name, "kind": "local", "base_url": self.address.text().strip(), "models": models}
        try:
            plain["prices"] = same_price((model,), self.price.price())
            made = ProviderSettings.model_validate(plain)
        except ValidationError as error:
            self.complain(first_fault(error))
            return
        except BadPrice as error:
            self.complain(str(error))
            return
        self.complain("")
        self.added.emit(made)


def first_fault(error: ValidationError) -> str:
    """The first thing that is wrong, in words."""
    words = error.errors(include_url=False, include_input=False, include_context=False)[0]["msg"]
    words = words.removeprefix("Value error, ")
    return words[:1].upper() + words[1:] + ("" if words.endswith(".") else ".")
