"""Which model serves which purpose in which quality: a field each, empty for the one that is taken anyway."""

from typing import get_args

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from agent.models.settings import ProviderSettings
from agent.ports.models import Purpose, Quality
from ui.style.parts import label

_PURPOSES: dict[Purpose, str] = {
    "plan": "Understand requests", "chat": "Put into words", "vision": "Look at pictures", "embed": "Compare meaning",
}  # fmt: skip
Models = dict[Purpose, dict[Quality, str]]


class ModelGrid(QWidget):
    """Emits `given` with the models by purpose and quality, without those left empty."""

    given = Signal(object)

    def __init__(self, provider: ProviderSettings, name: str) -> None:
        super().__init__()
        self._provider = provider
        self.fields: dict[tuple[Purpose, Quality], QLineEdit] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        qualities: tuple[Quality, ...] = get_args(Quality)
        for column, quality in enumerate(qualities, start=1):
            grid.addWidget(label(quality.capitalize(), "caption"), 0, column)
            grid.setColumnStretch(column, 1)
        for row, (purpose, words) in enumerate(_PURPOSES.items(), start=1):
            grid.addWidget(label(words, "caption"), row, 0)
            for column, quality in enumerate(qualities, start=1):
                field = self._field(purpose, quality, f"{words}, {quality} quality, {name}")
                grid.addWidget(field, row, column)
        self.first = self.fields["plan", "draft"]

    def _field(self, purpose: Purpose, quality: Quality, name: str) -> QLineEdit:
        made = QLineEdit(self._provider.models.get(purpose, {}).get(quality, ""))
        made.setPlaceholderText(self._provider.model(purpose, quality) or "none")
        made.setAccessibleName(name)
        made.setMaxLength(200)
        made.setCursorPosition(0)
        made.editingFinished.connect(self._edited)
        self.fields[purpose, quality] = made
        return made

    def _edited(self) -> None:
        found: Models = {}
        for (purpose, quality), field in self.fields.items():
            if name := field.text().strip():
                found.setdefault(purpose, {})[quality] = name
        if found != {purpose: dict(models) for purpose, models in self._provider.models.items()}:
            self.given.emit(found)
