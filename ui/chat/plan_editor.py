"""A plan before it runs: its steps, which can be dropped, and their values, which can be changed; then Run."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from agent.running.plan_fields import PlanField, fields_of, with_field
from agent.running.steps import Step, Workflow
from agent.running.validation import BadWorkflow, DropStep, edited
from ui.chat.editors import Option
from ui.style.parts import ComboBox, button, icon_button, label

_NUMBER_PX = 18


class PlanEditor(QFrame):
    """Emits `run_wanted` with the workflow as it stands, or `left`."""

    run_wanted = Signal(object)
    left = Signal()

    def __init__(self, workflow: Workflow, themes: Sequence[Option]) -> None:
        super().__init__()
        self.setProperty("look", "inset")
        self.setAccessibleName("The plan")
        self._first, self.workflow, self._themes = workflow, workflow, tuple(themes)
        self.editors: dict[tuple[str, ...], QWidget] = {}
        self.drops: dict[str, QWidget] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self._holder: QWidget | None = None
        self.complaint = label("", "bad", wrap=True)
        self.complaint.hide()
        self.run = button("Run", self._run, "primary", name="Run this plan")
        self.again = button("Start over", self._start_over, "quiet", name="All steps as they were planned")
        self.leave = button("Leave it", self._leave, "quiet", name="Leave this plan")
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self.again)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        foot.addWidget(self.run)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 10, 10)
        column.setSpacing(9)
        column.addLayout(self._rows)
        column.addWidget(self.complaint)
        column.addLayout(foot)
        self._show()

    def end(self, words: str) -> None:
        """It has been decided about: one line is left of it."""
        for widget in (self._holder, self.again, self.leave, self.run):
            if widget is not None:
                widget.hide()
        self.setEnabled(False)
        self._say(words, "caption")

    # -- changes ---------------------------------------------------------------------------------

    def drop(self, step_id: str) -> None:
        """Leave a step out, with what cannot run without it."""
        try:
            changed = edited(self.workflow, [DropStep(step_id)])
        except BadWorkflow as error:
            self._complain(error)
            return
        gone = [step.title for step in self.workflow if step.id not in {one.id for one in changed}]
        self.workflow = changed
        self._show()
        also = [title for title in gone if title != gone[0]]
        self._say(f"With it went what needs it: {', '.join(also)}." if also else "", "caption")
        self.run.setFocus(Qt.FocusReason.OtherFocusReason)

    def change(self, field: PlanField, value: str | float | None) -> None:
        """Another value; one that cannot be is said and not taken."""
        if value == field.value or (value in (None, "") and field.value in (None, "")):
            return
        try:
            self.workflow = with_field(self.workflow, field, value)
        except BadWorkflow as error:
            self._complain(error)
            return
        self._show()
        self._say("")
        self._focus(field)

    def _complain(self, error: BadWorkflow) -> None:
        words = error.faults[0] if error.faults else str(error)
        self._show()
        self._say(f"That cannot be: {words.rpartition(': ')[2]}. The plan is as it was.")

    def _say(self, words: str, role: str = "bad") -> None:
        self.complaint.setText(words)
        self.complaint.setProperty("role", role)
        self.complaint.style().polish(self.complaint)
        self.complaint.setVisible(bool(words))

    def _start_over(self) -> None:
        self.workflow = self._first
        self._show()
        self._say("")

    def _run(self) -> None:
        self.end("Run as it stood; see below.")
        self.run_wanted.emit(self.workflow)

    def _leave(self) -> None:
        self.end("Left; nothing was changed.")
        self.left.emit()

    # -- parts -----------------------------------------------------------------------------------

    def _show(self) -> None:
        if self._holder is not None:
            self._rows.removeWidget(self._holder)
            self._holder.hide()
            self._holder.deleteLater()
        self._holder = QWidget()
        self.editors, self.drops = {}, {}
        grid = QGridLayout(self._holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for number, step in enumerate(self.workflow, start=1):
            self._add(grid, number, step)
        self._rows.addWidget(self._holder)
        self.again.setVisible(self.workflow != self._first)

    def _add(self, grid: QGridLayout, number: int, step: Step) -> None:
        row = grid.rowCount()
        count, title = label(f"{number}", "caption"), label(step.title, wrap=True)
        count.setFixedWidth(_NUMBER_PX)
        drop = icon_button("x", f"Leave out: {step.title}", partial(self.drop, step.id))
        drop.setEnabled(len(self.workflow) > 1)
        self.drops[step.id] = drop
        grid.addWidget(count, row, 0)
        grid.addWidget(title, row, 1)
        grid.addWidget(drop, row, 2)
        for field in fields_of(step):
            row = grid.rowCount()
            line = QHBoxLayout()
            line.setSpacing(8)
            words: QLabel = label(field.label, "caption")
            words.setFixedWidth(88)
            editor = self._editor(field, f"{step.title}: {field.label}")
            line.addWidget(words)
            line.addWidget(editor, 1)
            grid.addLayout(line, row, 1, 1, 2)
            self.editors[(field.step, *field.path)] = editor

    def _editor(self, field: PlanField, name: str) -> QWidget:
        made = self._choice(field) if field.kind in ("choice", "theme") else self._line(field)
        made.setAccessibleName(name)
        return made

    def _choice(self, field: PlanField) -> QComboBox:
        made = ComboBox()
        made.setMinimumContentsLength(6)
        if field.kind == "theme":
            made.addItem("As it is", None)
            for option in self._themes:
                made.addItem(option.label, option.value)
        for value in field.choices:
            made.addItem(value.capitalize(), value)
        if made.findData(field.value) < 0 and field.value is not None:
            made.addItem(str(field.value), field.value)
        made.setCurrentIndex(max(0, made.findData(field.value)))
        made.activated.connect(lambda _: self.change(field, made.currentData()))
        return made

    def _line(self, field: PlanField) -> QLineEdit:
        made = QLineEdit("" if field.value is None else _written(field.value))
        made.setPlaceholderText("as usual" if field.kind == "number" else "anything")
        made.setMaxLength(400)
        made.editingFinished.connect(lambda: self._typed(field, made.text().strip()))
        return made

    def _typed(self, field: PlanField, words: str) -> None:
        if field.kind != "number" or not words:
            self.change(field, words or None)
            return
        try:
            self.change(field, float(words.replace(",", ".")))
        except ValueError:
            self._say(f"“{words[:40]}” is not a number. The plan is as it was.")

    def _focus(self, field: PlanField) -> None:
        editor = self.editors.get((field.step, *field.path))
        if editor is not None:
            editor.setFocus(Qt.FocusReason.OtherFocusReason)


def _written(value: str | float) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
