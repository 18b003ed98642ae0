"""A plan is shown as steps that can be dropped and changed; what cannot be is said, and the plan stays."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from agent.events import Planned, Priced, Resumed, Said, Spending, StepChanged, StepPrice, StepState, TurnEnded
from agent.intent import Intent
from agent.ports.context import TurnContext
from agent.running.plan_fields import fields_of
from agent.running.steps import Workflow, steps_from_plain, steps_to_plain
from agent.workflow import workflow_of
from scene.scene import Scene
from ui.chat.editors import Option, Vocabulary
from ui.chat.plan_editor import PlanEditor
from ui.chat.plan_intent import as_planned
from ui.chat.turn_view import TurnView

INTENT = Intent.model_validate({"kind": "create", "subject": "neon", "query": {"words": "neon"}, "theme": "cyberpunk"})


def workflow() -> Workflow:
    return steps_from_plain(steps_to_plain(workflow_of(INTENT, TurnContext(Scene()))))


@pytest.fixture
def editor(qtbot: QtBot) -> PlanEditor:
    made = PlanEditor(workflow(), (Option("Cyberpunk", "cyberpunk"), Option("Forest", "forest")))
    qtbot.addWidget(made)
    made.show()
    return made


def line(editor: PlanEditor, *path: str) -> QLineEdit:
    found = editor.editors[path]
    assert isinstance(found, QLineEdit)
    return found


def test_values_are_changed_and_the_plan_runs_as_it_stands(editor: PlanEditor, qtbot: QtBot) -> None:
    words = line(editor, "search", "query", "words")
    words.setText("rain")
    qtbot.keyClick(words, Qt.Key.Key_Return)
    count = line(editor, "choose", "count")
    count.setText("8")
    qtbot.keyClick(count, Qt.Key.Key_Return)
    theme = editor.editors["style", "theme"]
    assert isinstance(theme, QComboBox)
    theme.setCurrentIndex(theme.findData("forest"))
    theme.activated.emit(theme.currentIndex())
    with qtbot.waitSignal(editor.run_wanted) as ran:
        editor.run.click()
    steps = {step.id: step for step in ran.args[0]}
    assert steps["search"].arguments["query"]["words"] == "rain"
    assert steps["choose"].arguments["count"] == 8
    assert steps["style"].arguments["theme"] == "forest"
    assert not editor.isEnabled()


def test_a_step_is_dropped_with_what_needs_it_and_comes_back(editor: PlanEditor) -> None:
    editor.drop("style")
    assert [step.id for step in editor.workflow] == ["search", "choose", "arrange"]
    assert editor.complaint.isHidden()
    editor.again.click()
    assert len(editor.workflow) == 4
    editor.drop("choose")
    assert "Lay out" in editor.complaint.text()
    assert "arrange" not in [step.id for step in editor.workflow]


@pytest.mark.parametrize("wrong", ["many", "-4", "1e9"])
def test_a_figure_that_cannot_be_is_refused(editor: PlanEditor, wrong: str, qtbot: QtBot) -> None:
    before = editor.workflow
    count = line(editor, "choose", "count")
    count.setText(wrong)
    qtbot.keyClick(count, Qt.Key.Key_Return)
    assert editor.complaint.isVisible()
    assert "as it was" in editor.complaint.text()
    assert editor.workflow == before


def test_a_turn_that_was_only_planned_shows_its_plan(qtbot: QtBot) -> None:
    turn = TurnView("t", Vocabulary())
    qtbot.addWidget(turn)
    turn.show()
    plain = tuple(steps_to_plain(workflow()))
    turn.show_event(TurnEnded("t", "planned", intent=INTENT, text="This is the plan.", workflow=plain))
    assert turn.plan is not None
    with qtbot.waitSignal(turn.plan_run) as ran:
        turn.plan.run.click()
    assert ran.args[0] == INTENT
    assert [step.id for step in ran.args[1]] == ["search", "choose", "arrange", "style"]


def test_the_price_is_told_before_and_counted_during_a_run(qtbot: QtBot) -> None:
    turn = TurnView("t", Vocabulary())
    qtbot.addWidget(turn)
    turn.show()
    turn.show_event(Priced("t", (), 0.0, 0.0, 0.5))
    assert turn.price.line.isHidden()
    asking = StepPrice("understand", "Understand", 1_200, 300, 0.0051)
    turn.show_event(Priced("t", (asking,), 0.0051, 0.02, 0.5))
    assert turn.price.line.text() == "About $0.0051, at most $0.020 · cap $0.50"
    assert "1,200 tokens in" in turn.price.line.toolTip()
    turn.show_event(Spending("t", 0.0048, 0.5))
    assert turn.price.line.text() == "$0.0048 so far · cap $0.50"
    turn.show_event(TurnEnded("t", "answered", text="There are 12.", seconds=1.2, cost_usd=0.0048))
    assert turn.price.line.isHidden()


def test_what_came_of_it_stands_below_the_steps_though_something_was_said_before(qtbot: QtBot) -> None:
    turn = TurnView("t", Vocabulary())
    qtbot.addWidget(turn)
    turn.show()
    turn.show_event(Said("t", "No language model could be asked."))
    step = StepState("search", "search", "Search", state="done")
    turn.show_event(Planned("t", (step,)))
    turn.show_event(TurnEnded("t", "answered", text="There are 12.", steps=(step,)))
    column = turn.layout()
    assert column is not None
    assert turn.steps is not None
    assert turn._words.isVisible()
    assert column.indexOf(turn._words) > column.indexOf(turn.steps)


def test_retries_and_steps_from_before_are_told(qtbot: QtBot) -> None:
    turn = TurnView("t", Vocabulary())
    qtbot.addWidget(turn)
    turn.show_event(Resumed("t", "a gallery", ("search",)))
    turn.show_event(StepChanged("t", StepState("search", "search", "Search", state="done", seconds=9.0, cached=True)))
    turn.show_event(StepChanged("t", StepState("choose", "choose", "Choose", state="done", seconds=1.25, attempts=3)))
    assert turn.steps is not None
    assert turn.steps._lines["search"][2].text() == "from before"
    assert turn.steps._lines["choose"][2].text() == "3 tries · 1.2 s"


def test_the_intent_keeps_in_step_with_an_edited_plan(editor: PlanEditor) -> None:
    before = editor.workflow
    editor.drop("style")
    count = next(field for step in editor.workflow for field in fields_of(step) if field.path == ("count",))
    editor.change(count, 9.0)
    intent = as_planned(INTENT, before, editor.workflow)
    assert (intent.wishes.count, intent.theme, intent.subject) == (9, None, "neon")
    assert as_planned(INTENT, before, before) == INTENT
