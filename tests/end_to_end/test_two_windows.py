"""Two real programs over one data folder: killed with steps that nobody has sent yet, they lose nothing."""

from pathlib import Path

from tests.end_to_end.forked import ForkedWindow
from tests.load.windows_killed import kill_in_turn


def test_windows_that_are_killed_lose_nothing(served: Path) -> None:
    found = kill_in_turn(served, kills=1, seed=4, start=ForkedWindow)
    assert found.wrong == []
    assert found.kills >= 1
    assert found.kept > 3
