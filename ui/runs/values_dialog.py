"""Asks for the values of a template or a recipe before it runs; each is filled in already."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from agent.templates import BadTemplate, Parameter, Template, Value
from ui.style.parts import ComboBox, button, label


class ValuesDialog(QDialog):
    """Emits `run_wanted` with the values by name; what does not fit is said and can be put right."""

    run_wanted = Signal(object)

    def __init__(self, template: Template, themes: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._template, self._themes = template, themes
        self.setWindowTitle(template.name)
        self.fields: dict[str, QWidget] = {}
        self.complaint = label("", "bad", wrap=True)
        self.complaint.hide()
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, parameter in enumerate(template.parameters):
            field = self._field(parameter)
            field.setAccessibleName(parameter.label)
            self.fields[parameter.name] = field
            grid.addWidget(label(parameter.label, "soft"), row, 0)
            grid.addWidget(field, row, 1)
        run = button("Run", self._run, "primary")
        run.setDefault(True)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button("Cancel", self.reject))
        foot.addWidget(run)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 16)
        column.setSpacing(12)
        column.addWidget(label(template.name, "title"))
        if template.description:
            column.addWidget(label(template.description, "soft", wrap=True))
        column.addLayout(grid)
        column.addWidget(self.complaint)
        column.addLayout(foot)
        self.setMinimumWidth(420)

    def _field(self, parameter: Parameter) -> QWidget:
        if parameter.kind in ("theme", "choice"):
            box = ComboBox()
            box.addItem("As it is", None)
            pairs = self._themes.items() if parameter.kind == "theme" else ((one, one) for one in parameter.choices)
            for value, words in pairs:
                box.addItem(words, value)
            box.setCurrentIndex(max(0, box.findData(parameter.default)))
            return box
        line = QLineEdit("" if parameter.default is None else str(parameter.default))
        line.setPlaceholderText("Anything" if parameter.kind == "words" else "As many as fit")
        line.setMaxLength(400)
        return line

    def _run(self) -> None:
        values = {name: _value(field) for name, field in self.fields.items()}
        try:
            self._template.filled(values)
        except BadTemplate as error:
            self.complaint.setText(str(error))
            self.complaint.show()
            return
        self.accept()
        self.run_wanted.emit(values)


def _value(field: QWidget) -> Value:
    if isinstance(field, QComboBox):
        found = field.currentData()
        return str(found) if found is not None else None
    return field.text().strip() if isinstance(field, QLineEdit) else None
