"""The panel of runs: a list, the chosen run as a timeline, details and what can be done with it; recipes beside."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QSplitter,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from agent.templates import Template
from app.runs.history import RunDetail, RunSummary
from ui.runs.details import Details
from ui.runs.recipe_list import RecipeList
from ui.runs.run_list import RunList
from ui.runs.timeline import Timeline
from ui.style.parts import button, frame, label

_NOTHING = "Every request becomes a run that can be looked at here, step by step: what was called, how long it took."


@dataclass(frozen=True)
class Acts:
    """What can be done with the chosen run."""

    replay: bool = False
    roll_back: bool = False
    save: bool = False
    go_on: bool = False
    stop: bool = False


class RunsPanel(QWidget):
    """Emits what is wanted; `run_chosen` asks for `show_run`."""

    run_chosen = Signal(str)
    replay_wanted = Signal(str)
    roll_back_wanted = Signal(str)
    save_wanted = Signal(str)
    go_on_wanted = Signal(str)
    stop_wanted = Signal(str)
    came_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Runs")
        self.setMinimumHeight(140)
        self._run: RunDetail | None = None
        self.list, self.timeline, self.details, self.recipes = RunList(), Timeline(), Details(), RecipeList()
        self.list.chosen.connect(self.run_chosen)
        self.timeline.chosen.connect(self._show_step)
        self.go_on = button("Go on", lambda: self.go_on_wanted.emit(self.list.current), "primary")
        self.stop = button("Stop", lambda: self.stop_wanted.emit(self.list.current))
        self.stop.setToolTip("End this run; nothing is changed")
        self.replay = button("Replay", lambda: self.replay_wanted.emit(self.list.current))
        self.replay.setToolTip("Do the same again, without asking a model")
        self.roll_back = button("Roll back", lambda: self.roll_back_wanted.emit(self.list.current))
        self.roll_back.setToolTip("Undo what was approved of this run; what was done since stays")
        self.save = button("Save as recipe…", lambda: self.save_wanted.emit(self.list.current))
        self.save.setToolTip("Keep how the show on the stage was made, to make it again elsewhere")
        self.runs_side, self.recipes_side = _side("Runs"), _side("Recipes")
        self._sides = QButtonGroup(self)
        self._stack = QStackedLayout()
        self._build()
        self.show_runs(())
        self.show_acts(Acts())

    def showEvent(self, event: QShowEvent) -> None:
        """It can be seen now, so it has to be right."""
        super().showEvent(event)
        self.came_up.emit()

    def show_runs(self, runs: Sequence[RunSummary]) -> None:
        """The latest runs."""
        self.list.show_runs(runs)
        self._inner.setCurrentIndex(0 if runs else 1)

    def show_run(self, run: RunDetail | None, acts: Acts) -> None:
        """The chosen run, and what can be done with it."""
        if run == self._run and run is not None:
            self.show_acts(acts)
            return
        same = self._run is not None and run is not None and self._run.summary.run_id == run.summary.run_id
        self._run = run
        if not same:
            self.timeline.choose_nothing()
        self.timeline.show_steps(run.steps if run else (), run.summary.seconds if run else 0.0)
        self._show_step(self.timeline.step_chosen)
        self.show_acts(acts)

    def show_recipes(self, recipes: Sequence[Template]) -> None:
        """The saved recipes."""
        self.recipes.show_recipes(recipes)

    def show_side(self, side: str) -> None:
        """The runs or the recipes."""
        (self.recipes_side if side == "recipes" else self.runs_side).click()

    def show_acts(self, acts: Acts) -> None:
        """What can be done with the chosen run."""
        self.go_on.setVisible(acts.go_on)
        self.stop.setVisible(acts.stop)
        self.replay.setEnabled(acts.replay)
        self.roll_back.setEnabled(acts.roll_back)
        self.save.setEnabled(acts.save)

    def _show_step(self, step_id: str) -> None:
        step = next((one for one in self._run.steps if one.id == step_id), None) if self._run else None
        if self._run is None:
            self.details.show_nothing()
        elif step is None:
            self.details.show_run(self._run)
        else:
            self.details.show_step(self._run, step)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(10, 7, 12, 5)
        head.setSpacing(6)
        segments = frame("segments")
        sides = QHBoxLayout(segments)
        sides.setContentsMargins(2, 2, 2, 2)
        sides.setSpacing(2)
        for number, made in enumerate((self.runs_side, self.recipes_side)):
            self._sides.addButton(made, number)
            sides.addWidget(made)
        self._sides.idClicked.connect(self._turn)
        self.runs_side.setChecked(True)
        self._acts = (self.replay, self.roll_back, self.save)
        head.addWidget(segments)
        head.addStretch(1)
        for act in (self.stop, *self._acts, self.go_on):
            head.addWidget(act)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(self._stack, 1)
        self._stack.addWidget(self._runs_page())
        self._stack.addWidget(self.recipes)

    def _runs_page(self) -> QWidget:
        page, splitter = QWidget(), QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        for widget, stretch in ((self.list, 4), (self.timeline, 5), (self.details, 3)):
            widget.setMinimumWidth(180)
            splitter.addWidget(widget)
            splitter.setStretchFactor(splitter.count() - 1, stretch)
        splitter.setSizes([400, 520, 320])
        empty = label(_NOTHING, "soft", wrap=True)
        empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        empty.setContentsMargins(12, 8, 12, 8)
        self._inner = QStackedLayout(page)
        self._inner.addWidget(splitter)
        self._inner.addWidget(empty)
        return page

    def _turn(self, side: int) -> None:
        self._stack.setCurrentIndex(side)
        for act in self._acts:
            act.setVisible(side == 0)
        if side:
            self.go_on.hide()
            self.stop.hide()
        self.came_up.emit()


def _side(text: str) -> QToolButton:
    made = QToolButton()
    made.setText(text)
    made.setCheckable(True)
    made.setProperty("look", "segment")
    made.setAccessibleName(f"Show the {text.lower()}")
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made
