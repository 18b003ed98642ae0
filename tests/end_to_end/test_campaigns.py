"""Small campaigns of kills and faults in every test run, and proof that they catch what they are there to catch."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import agent.running.patience as patience
from agent.ports.projects import Canvas
from tests.load.kill_life import may_still_undo
from tests.load.kills import Moments, kill_again_and_again
from tests.load.tool_faults import conversations
from tests.platform_service.warm import warm


@pytest.mark.timeout(180)
def test_kills_lose_nothing_double_nothing_and_leave_nothing_stuck(tmp_path: Path, sample_pictures: Path) -> None:
    killed = kill_again_and_again(
        tmp_path / "data", sample_pictures, 6, seed=3, moments=Moments(acts=6, last_acts=3), start_program=warm()
    )
    assert killed.clean, killed.why
    assert killed.found["state"] > 6


def test_an_undo_stays_open_through_lives_that_were_killed_before_they_went_on_with_it() -> None:
    two, one = {"kind": "state", "steps": ["+a", "+b"]}, {"kind": "state", "steps": ["+a"]}
    undo, go_on = {"kind": "act", "what": "undo"}, {"kind": "act", "what": "go on"}
    assert may_still_undo(("+a", "+b"), [two, undo, two, two])
    assert may_still_undo(("+a", "+b"), [two, undo, two, go_on, two])
    assert not may_still_undo(("+a",), [two, undo, one, go_on, one])
    assert not may_still_undo(("+a", "+b"), [two, undo, one, {"kind": "act", "what": "say"}, two])


@pytest.mark.timeout(180)
@pytest.mark.parametrize(
    ("plant", "after", "found"), [("no journal", "approve", "lost"), ("late end", "undo", "doubled")]
)
def test_the_campaign_of_kills_catches_a_bug(
    tmp_path: Path, sample_pictures: Path, plant: str, after: str, found: str
) -> None:
    for seed in range(3, 8):  # on a busy machine a kill may come too late to meet the bug
        killed = kill_again_and_again(
            tmp_path / f"data-{seed}",
            sample_pictures,
            1,
            seed=seed,
            plant=plant,
            moments=Moments(after, last_acts=0),
            start_program=warm(),
        )
        if killed.found[found]:
            break
    assert killed.found[found], killed.told()
    assert killed.why


def test_workflows_finish_while_one_call_in_twenty_fails(tmp_path: Path) -> None:
    found = asyncio.run(conversations(tmp_path, 6))
    assert found.failed == []
    assert found.doubled == []
    assert found.faults.total() > 3


def test_the_campaign_of_faults_sees_impatience(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "ATTEMPTS", 1)
    assert asyncio.run(conversations(tmp_path, 4)).share < 0.99


def test_the_campaign_of_faults_sees_a_write_that_goes_out_under_a_new_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgetful(self: Any, canvas: Canvas, key: str) -> Any:
        keys = iter(f"{key}-{number}" for number in range(9))
        call: Callable[[], Any] = lambda: self._projects.save_canvas(canvas, next(keys))  # noqa: E731
        return patience.patiently(call, self._on_retry)

    monkeypatch.setattr(patience.PatientProjects, "save_canvas", forgetful)
    assert asyncio.run(conversations(tmp_path, 8, share=0.4, kinds=("lost answer",))).doubled
