"""The steps of a run as they tick: pending, running, done, failed, each with its seconds."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from agent.events import StepState
from ui.settings.words import spoken_usd
from ui.style.mark import Mark
from ui.style.parts import colour_of_state, label

_ICONS = {"pending": "circle", "running": "spinner", "done": "check", "failed": "x", "skipped": "minus"}


class StepsView(QWidget):
    """One line a step; `show_step` changes one of them in place."""

    def __init__(self, steps: tuple[StepState, ...] = ()) -> None:
        super().__init__()
        self.setAccessibleName("Steps")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._lines: dict[str, tuple[Mark, QLabel, QLabel]] = {}
        self._steps: dict[str, StepState] = {}
        for step in steps:
            self.show_step(step)

    def show_step(self, step: StepState) -> None:
        """Add the step, or change its line."""
        self._steps[step.id] = step
        mark, words, seconds = self._lines.get(step.id) or self._add(step.id)
        mark.show_icon(_ICONS[step.state], colour_of_state(step.state))
        text = f"{step.title} — {step.result}" if step.result else step.title
        words.setText(text)
        words.setProperty("role", "soft" if step.state in ("done", "running") else "faint")
        words.style().polish(words)
        done = step.state in ("done", "failed")
        took = spoken_seconds(step.seconds) if done and not step.cached else ""
        tries = f"{step.attempts} tries" if step.attempts > 1 else ""
        cost = spoken_usd(step.cost_usd) if step.cost_usd > 0 else ""
        told = " · ".join(part for part in (tries, took, cost, "from before" if step.cached and done else "") if part)
        seconds.setText(told)
        words.setAccessibleName(", ".join(part for part in (text, step.state, told) if part))

    def skip_rest(self) -> None:
        """The turn ended: what has not been done will not be."""
        for step in tuple(self._steps.values()):
            if step.state in ("pending", "running"):
                self.show_step(replace(step, state="skipped"))

    def text_of(self, step_id: str) -> str:
        """The words of one step's line."""
        return self._lines[step_id][1].text()

    def _add(self, step_id: str) -> tuple[Mark, QLabel, QLabel]:
        row = len(self._lines)
        mark, words, seconds = Mark(14, above_px=2), label(role="faint", wrap=True), label(role="caption")
        corner = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
        for column, widget in enumerate((mark, words, seconds)):
            self._grid.addWidget(widget, row, column, Qt.AlignmentFlag(0) if widget is words else corner)
        seconds.setContentsMargins(0, 1, 0, 0)
        self._lines[step_id] = (mark, words, seconds)
        return self._lines[step_id]


def spoken_seconds(seconds: float) -> str:
    """A duration as people read it: "0.4 s", "1 min 20 s"; what nobody can feel is not said."""
    if seconds < 0.1:
        return ""
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 60:
        return f"{seconds:.0f} s"
    return f"{int(seconds // 60)} min {int(seconds % 60)} s"
