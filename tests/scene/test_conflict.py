"""Conflicts are told in a few sentences about what people see, never about lamps one by one."""

from scene.carry_over import carry_over
from scene.change import SceneChange
from scene.conflict import Conflict, in_words
from scene.records import Light, Placement
from scene.scene import Scene


def test_a_lamp_is_not_told_beside_its_work() -> None:
    work = Placement(id="w", asset_id="a", title="Alley", position_m=(0, 1.5, 0), size_m=(1, 1))
    lamp = Light(id="spot-w", position_m=(0, 3, 0), target_m=(0, 1.5, 0), for_id="w")
    change = SceneChange(removed={"w": work, "spot-w": lamp})
    moved = Scene.of(
        [work.model_copy(update={"position_m": (2.0, 1.5, 0.0)}), lamp.model_copy(update={"intensity": 2})]
    )
    words = in_words(carry_over(change, moved).conflicts)
    assert "“Alley”" in words
    assert "spot" not in words


def test_many_are_counted() -> None:
    conflicts = [Conflict(str(number), f"work {number}", "was not moved", "it is gone") for number in range(5)]
    assert in_words(conflicts).count("was not moved") == 3
    assert in_words(conflicts).endswith("So it is with 2 more.")


def test_nothing_but_lamps_is_still_told() -> None:
    assert "was not added" in in_words([Conflict("l", "light l", "was not added", "it is gone", "light")])


def test_nothing_is_nothing() -> None:
    assert in_words(()) == ""
