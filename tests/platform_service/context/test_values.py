"""Histories are bounded, keep what was said last word for word, and are always summed up in the same way."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from platform_service.context.kinds import KINDS, table
from platform_service.context.summary import MOST_CHARACTERS, summarised
from platform_service.context.values import SAID_MOST, TURNS_FEWEST, History, Turn, Working

TEXTS = st.text(min_size=1, max_size=SAID_MOST)


def told(turns: list[tuple[str, str]]) -> History:
    history = History()
    for by, text in turns:
        history = history.and_then(Turn(by=by, text=text))
    return history


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["creator", "agent"]), TEXTS), max_size=24))
def test_a_history_is_bounded_whatever_is_said(turns):
    history = told(turns)
    latest = [text for _, text in turns[len(turns) - len(history.turns) :]]
    assert [turn.text for turn in history.turns] == latest
    assert history.summed_up + len(history.turns) == len(turns)
    assert len(history.turns) >= min(len(turns), TURNS_FEWEST)
    assert len(history.summary) <= MOST_CHARACTERS
    assert len(history.model_dump_json().encode()) <= KINDS["history"].most_bytes
    assert told(turns) == history


def test_what_a_session_turns_on_is_in_the_summary():
    said = [("creator", f"Put the harbour paintings of {place} on the north wall.") for place in ("Sylt", "Kiel")]
    chatter = [
        ("agent", f"Done, step {number}. " + "Nothing else was touched, all is well. " * 60) for number in range(12)
    ]
    history = told([*said, *chatter])
    assert history.summed_up > 2
    assert "harbour paintings of Sylt" in history.summary
    assert history.summary.count("all is well") <= 1


def test_a_summary_of_nothing_is_nothing():
    assert summarised("", []) == summarised("", [(True, "  \n...!")]) == ""


@pytest.mark.parametrize(
    "odd",
    [{"viewpoint_m": (float("inf"), 0, 0)}, {"selection": ("x",) * 401}, {"surprise": 1}, {"project_id": "x" * 65}],
)
def test_working_context_is_checked(odd):
    with pytest.raises(ValidationError):
        Working(**odd)


def test_the_documentation_shows_the_policy_of_the_code():
    text = (Path(__file__).parents[3] / "docs" / "platform.md").read_text("utf-8")
    assert table() in text
