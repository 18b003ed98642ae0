"""What is known of the chosen run, or of the chosen step of it, with a reference that can be copied."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from agent.events import StepState
from app.runs.history import RunDetail
from ui.runs.words import cost_if_any, exact_seconds, spoken_arguments, spoken_outcome
from ui.settings.words import spoken_usd
from ui.style.parts import Column, icon_button, label


class Details(QScrollArea):
    """Shows one of them at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Details")
        self.arguments: QPlainTextEdit | None = None
        self.copy: QWidget | None = None
        self._rows: dict[str, str] = {}
        self.show_nothing()

    @property
    def rows(self) -> dict[str, str]:
        """What is written, by name."""
        return dict(self._rows)

    def show_nothing(self) -> None:
        """No run is chosen."""
        self._begin("")
        self._end()

    def show_run(self, run: RunDetail) -> None:
        """A run as a whole."""
        told = run.summary
        self._begin(told.request)
        self._row("Outcome", spoken_outcome(told))
        self._row("Said", run.text)
        self._row("Kept", run.kept)
        self._row("Advice", run.advice)
        self._row("Took", exact_seconds(told.seconds))
        self._row("Cost", cost_if_any(told.cost_usd))
        self._row("Cap", spoken_usd(run.cap_usd) if run.cap_usd is not None and told.cost_usd > 0 else "")
        self._row("Resumed", f"{told.resumes} times" if told.resumes > 1 else "once" if told.resumes else "")
        self._reference(told.correlation_id)
        self._end()

    def show_step(self, run: RunDetail, step: StepState) -> None:
        """One step of a run."""
        self._begin(step.title)
        self._row("Tool", step.tool)
        self._row("State", f"{step.state}, taken over from before" if step.cached else step.state)
        self._row("Result", step.result)
        self._row("Took", exact_seconds(step.seconds))
        self._row("Began", f"{exact_seconds(step.started_s) or '0 s'} into the run")
        self._row("Tries", str(step.attempts) if step.attempts > 1 else "")
        cost = cost_if_any(step.cost_usd)
        told = f" (told before: {spoken_usd(step.estimate_usd)})" if step.estimate_usd > 0 else ""
        self._row("Cost", f"{cost}{told}" if cost else "")
        titles = {one.id: one.title for one in run.steps}
        self._row("Needs", ", ".join(titles.get(need, need) for need in step.needs))
        self._arguments(spoken_arguments(run.workflow, step.id))
        self._reference(run.summary.correlation_id)
        self._end()

    # -- parts -----------------------------------------------------------------------------------

    def _begin(self, title: str) -> None:
        self._holder = Column()
        self._rows, self.arguments, self.copy = {}, None, None
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(14, 8, 12, 10)
        self._column.setSpacing(8)
        if title:
            self._column.addWidget(label(title[:600], "strong", wrap=True))
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(12)
        self._form.setVerticalSpacing(4)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._column.addLayout(self._form)

    def _end(self) -> None:
        self._column.addStretch(1)
        self.setWidget(self._holder)

    def _row(self, name: str, words: str) -> None:
        if not words:
            return
        value = label(words[:2_000], "soft", wrap=True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._form.addRow(label(name, "caption"), value)
        self._rows[name] = words

    def _arguments(self, words: str) -> None:
        if not words:
            return
        made = QPlainTextEdit(words)
        made.setReadOnly(True)
        made.setTabChangesFocus(True)
        made.setAccessibleName("Arguments of the step")
        made.setProperty("look", "code")
        lines = min(words.count("\n") + 1, 12)
        made.setFixedHeight(made.fontMetrics().lineSpacing() * lines + 22)
        self._column.addWidget(label("Arguments", "caption"))
        self._column.addWidget(made)
        self.arguments = made

    def _reference(self, correlation_id: str) -> None:
        if not correlation_id:
            return
        self._rows["Reference"] = correlation_id
        line = QHBoxLayout()
        line.setSpacing(6)
        words = label(correlation_id, "caption", wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        line.addWidget(words, 1)
        self.copy = icon_button(
            "copy", "Copy the reference", lambda: QGuiApplication.clipboard().setText(correlation_id)
        )
        line.addWidget(self.copy)
        self._form.addRow(label("Reference", "caption"), line)
