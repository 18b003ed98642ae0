"""The run inspector: a list, a trace of bars on one axis of time, details with a reference that can be copied."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from agent.events import StepState
from agent.templates import Template, shipped_templates, template_named
from app.runs.history import RunDetail, RunSummary
from ui.runs.panel import Acts, RunsPanel
from ui.runs.timeline import bar_of, label_at, place_of, span_of, ticks_of
from ui.runs.values_dialog import ValuesDialog
from ui.runs.words import exact_seconds, with_reading

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)


def summary(run_id: str, **changes: object) -> RunSummary:
    plain = {
        "run_id": run_id, "request": f"Request {run_id}", "state": "ended", "outcome": "proposed", "decided": "",
        "begun": NOW, "seconds": 1.5, "cost_usd": 0.0, "correlation_id": f"reference-{run_id}", "steps": 2,
        "failed_steps": 0, "retries": 1, "resumes": 0, "background": False,
    }  # fmt: skip
    return RunSummary(**(plain | changes))  # type: ignore[arg-type]


STEPS = (
    StepState("search", "search", "Search for “neon”", state="done", seconds=0.4, result="48 fit", attempts=3),
    StepState("arrange", "arrange", "Lay out", state="failed", seconds=0.6, started_s=0.5, needs=("search",)),
)
WORKFLOW = (
    {"id": "search", "tool": "search", "arguments": {"query": {"value": {"words": "neon"}}, "widen": {"value": False}}},
    {"id": "arrange", "tool": "arrange", "arguments": {"works": {"ref": ["search", "hits"]}}},
)


def detail(run_id: str, **changes: object) -> RunDetail:
    return RunDetail(summary(run_id, **changes), {"kind": "create"}, WORKFLOW, STEPS, 0.5, "A gallery.", "", "")


@pytest.fixture
def panel(qtbot: QtBot) -> RunsPanel:
    made = RunsPanel()
    qtbot.addWidget(made)
    made.resize(1200, 260)
    made.show()
    return made


def test_runs_are_listed_and_the_chosen_one_stays_chosen(panel: RunsPanel, qtbot: QtBot) -> None:
    panel.show_runs([summary("b"), summary("a", outcome="failed", decided="")])
    assert panel.list.current == "b"
    qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    assert panel.list.current == "a"
    panel.show_runs([summary("c"), summary("b"), summary("a", outcome="failed")])
    assert panel.list.current == "a"
    item = panel.list.currentItem()
    assert item is not None
    assert item.text(2) == "Failed"
    assert panel.list.isColumnHidden(4)
    panel.show_runs([summary("c", cost_usd=0.004)])
    panel.show_runs([summary("d"), summary("c", cost_usd=0.004)])
    assert panel.list.current == "d"
    assert not panel.list.isColumnHidden(4)


def test_a_step_shows_its_arguments_result_tries_and_what_it_needs(panel: RunsPanel, qtbot: QtBot) -> None:
    panel.show_run(detail("a"), Acts(replay=True))
    assert panel.details.rows["Outcome"] == "Proposed"
    before = panel.details.widget()
    panel.show_run(detail("a"), Acts())
    assert panel.details.widget() is before  # what is read or marked in it stays
    assert not panel.replay.isEnabled()
    assert not panel.timeline.isColumnHidden(3)
    qtbot.keyClick(panel.timeline, Qt.Key.Key_Down)
    qtbot.keyClick(panel.timeline, Qt.Key.Key_Home)
    assert panel.details.rows["Result"] == "48 fit"
    assert panel.details.rows["Tries"] == "3"
    assert panel.details.arguments is not None
    assert '"words": "neon"' in panel.details.arguments.toPlainText()
    assert "widen" not in panel.details.arguments.toPlainText()
    qtbot.keyClick(panel.timeline, Qt.Key.Key_Down)
    assert panel.details.rows["Needs"] == "Search for “neon”"
    assert panel.details.arguments is not None
    assert "@search.hits" in panel.details.arguments.toPlainText()


def test_the_reference_can_be_copied(panel: RunsPanel) -> None:
    panel.show_run(detail("a"), Acts())
    assert isinstance(panel.details.copy, QAbstractButton)
    panel.details.copy.click()
    assert QGuiApplication.clipboard().text() == "reference-a"


def test_only_what_can_be_done_with_a_run_is_offered(panel: RunsPanel, qtbot: QtBot) -> None:
    panel.show_runs([summary("a")])
    panel.show_run(detail("a"), Acts(replay=True, roll_back=True))
    assert panel.replay.isEnabled()
    assert panel.roll_back.isEnabled()
    assert not panel.save.isEnabled()
    assert panel.go_on.isHidden()
    with qtbot.waitSignal(panel.roll_back_wanted) as wanted:
        panel.roll_back.click()
    assert wanted.args == ["a"]
    panel.show_run(detail("a", state="running"), Acts(go_on=True))
    assert panel.go_on.isVisible()
    panel.show_side("recipes")
    assert panel.replay.isHidden()
    assert panel.recipes.empty.isVisible()


def test_recipes_are_replayed_renamed_and_deleted_after_asking(panel: RunsPanel, qtbot: QtBot) -> None:
    recipe = Template(id="recipe-a", name="Mine", intent={"kind": "create"}, saved_at="2026-11-21T10:00:00+00:00")
    panel.show_recipes([recipe])
    panel.show_side("recipes")
    recipes = panel.recipes
    assert recipes.current == "recipe-a"
    with qtbot.waitSignal(recipes.replay_wanted):
        recipes.replay.click()
    with qtbot.waitSignal(recipes.rename_wanted):
        recipes.rename.click()
    with qtbot.assertNotEmitted(recipes.delete_wanted):
        recipes.delete.click()
    with qtbot.waitSignal(recipes.delete_wanted) as wanted:
        recipes.delete.click()
    assert wanted.args == ["recipe-a"]


def test_values_of_a_template_are_asked_for_and_checked(qtbot: QtBot) -> None:
    template = template_named(shipped_templates(), "best_of")
    assert template is not None
    dialog = ValuesDialog(template, {"forest": "Forest"})
    dialog.show()
    count, subject = dialog.fields["count"], dialog.fields["subject"]
    assert isinstance(count, QLineEdit)
    assert isinstance(subject, QLineEdit)
    subject.setText("rain")
    count.setText("many")
    dialog._run()
    assert "is not a number" in dialog.complaint.text()
    count.setText("8")
    with qtbot.waitSignal(dialog.run_wanted) as wanted:
        dialog._run()
    assert template.filled(wanted.args[0]).wishes.count == 8


def test_a_theme_can_be_chosen_for_a_template(qtbot: QtBot) -> None:
    template = template_named(shipped_templates(), "theme_gallery")
    assert template is not None
    dialog = ValuesDialog(template, {"forest": "Forest"})
    qtbot.addWidget(dialog)
    boxes = [field for field in dialog.fields.values() if isinstance(field, QComboBox)]
    assert boxes[0].findData("forest") > 0


@given(st.floats(0.0, 600.0), st.floats(0.0, 600.0), st.floats(0.0, 600.0), st.integers(60, 2_000))
def test_every_bar_lies_within_its_column(started: float, took: float, run: float, width: int) -> None:
    step, rect = StepState("s", "t", "T", state="done", started_s=started, seconds=took), QRect(10, 0, width, 20)
    span = span_of((step,), run)
    bar = bar_of(step, span, rect)
    assert rect.left() <= bar.left()
    assert bar.right() <= rect.right() + 1
    assert bar.width() >= 3


@given(st.floats(0.001, 5_000.0), st.integers(40, 3_000))
def test_ticks_are_round_apart_and_on_the_axis(span: float, width: int) -> None:
    ticks = ticks_of(span, width)
    assert ticks[0] == 0.0
    assert ticks[-1] <= span * 1.001
    assert len(ticks) <= max(2, width // 80) + 1
    assert ticks == sorted(set(ticks))


@given(st.floats(0.001, 1e5), st.integers(120, 900), st.integers(0, 500))
def test_the_words_of_every_tick_end_within_the_column(span: float, width: int, left: int) -> None:
    rect, words_px = QRect(left, 0, width, 20), 45.0
    for at_s in ticks_of(span, width):
        begin = label_at(place_of(at_s, span, rect), words_px, rect)
        assert rect.left() <= begin
        assert begin + words_px <= rect.right()


def test_durations_are_exact() -> None:
    said = [exact_seconds(value) for value in (0.0, 0.0002, 0.034, 0.42, 12.44, 80.0)]
    assert said == ["", "1 ms", "34 ms", "0.42 s", "12.4 s", "1 min 20 s"]


def test_reading_the_request_is_the_first_row_of_a_trace() -> None:
    late = replace(detail("a"), steps=tuple(replace(step, started_s=step.started_s + 0.3) for step in STEPS))
    shown = with_reading(late, 0.0049)
    assert [step.id for step in shown.steps] == ["(read)", "search", "arrange"]
    assert (shown.steps[0].seconds, shown.steps[0].cost_usd) == (0.3, 0.0049)
    asked = with_reading(replace(late, steps=()), 0.0)
    assert [(step.title, step.seconds) for step in asked.steps] == [("Read the request", 1.5)]
    under_way = replace(detail("a", state="running"), steps=())
    assert with_reading(under_way, 0.0) == under_way
