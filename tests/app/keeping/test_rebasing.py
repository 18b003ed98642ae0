"""Four peers with random disconnects on one scene converge, and nothing of anybody's is lost."""

import pytest

from tests.load.convergence import Plant, many_seeds


def test_all_see_the_same_in_the_end_and_nothing_is_lost() -> None:
    found = many_seeds(0, 500)
    assert (found.diverged, found.lost) == ([], [])
    assert found.seeds == 500
    assert found.clashes > 5_000


@pytest.mark.parametrize("plant", ["overwrite", "drop", "deaf"])
def test_the_campaign_notices_a_bug(plant: Plant) -> None:
    assert not many_seeds(0, 10, plant=plant).clean
