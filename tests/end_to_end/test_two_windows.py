"""Two real programs over one data folder: one is killed with steps that nobody has sent yet, and nothing is lost."""

from pathlib import Path

from tests.load.windows_killed import kill_in_turn


def test_a_window_that_is_killed_beside_another_loses_nothing(tmp_path: Path) -> None:
    found = kill_in_turn(tmp_path / "data", kills=1, seed=4)
    assert found.wrong == []
    assert (found.kills, found.kept > 3) == (1, True)
