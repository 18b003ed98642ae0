"""Automatic quality: it follows the machine, patiently, and a choice by hand stands."""

from hypothesis import given
from hypothesis import strategies as st

from viewport.governor import PATIENCE, RELIEVED_S, SLOW_S, Choice, Governor
from viewport.pace import Quality


def after_many(quality: Quality, seconds: float, choice: Choice = "automatic", frames: int = 200) -> Quality:
    governor = Governor(choice)
    for _ in range(frames):
        quality = governor.after(quality, seconds)
    return quality


def test_quick_machines_get_high_quality_slow_ones_drafts_and_the_rest_standard() -> None:
    assert after_many("standard", 0.004) == "high"
    assert after_many("standard", 0.035) == "standard"
    assert after_many("standard", 0.3) == "draft"
    assert after_many("high", 0.3) == "draft"
    assert after_many("draft", 0.004) == "high"


def test_one_slow_frame_changes_nothing() -> None:
    governor, quality = Governor(), "standard"
    for k in range(10 * PATIENCE):
        quality = governor.after(quality, 0.4 if k % PATIENCE == 0 else 0.03)  # type: ignore[arg-type,assignment]
    assert quality == "standard"


@given(st.floats(0.0, 1.0))
def test_the_same_time_again_and_again_comes_to_an_end(seconds: float) -> None:
    settled = after_many("standard", seconds)
    assert after_many(settled, seconds) == settled
    assert RELIEVED_S < SLOW_S


@given(st.lists(st.floats(0.0, 2.0), max_size=60))
def test_a_choice_by_hand_stands_whatever_the_machine_does(times_s: list[float]) -> None:
    governor = Governor()
    quality = governor.start("draft")
    for seconds in times_s:
        quality = governor.after(quality, seconds)
    assert quality == "draft"
    assert governor.start("automatic") == "standard"
