"""What others did is told in words of the people who did it."""

import pytest

from app.keeping.arrivals import SOMEBODY, what_in_words, who_in_words, works_in
from scene.change import SceneChange
from scene.records import Placement, Room, ThemeChoice


def work(name: str, x_m: float = 0.0) -> Placement:
    return Placement(id=name, asset_id="a" * 64, title=name.title(), position_m=(x_m, 1.5, 0.0), size_m=(1.0, 1.0))


@pytest.mark.parametrize(
    ("names", "words"),
    [([], SOMEBODY), ([""], SOMEBODY), (["Ada", "Ada"], "Ada"), (["Ada", "Ben"], "Ada and Ben"),
     (["Ada", "Ben", "Cem"], "Ada and 2 others")],
)  # fmt: skip
def test_who(names: list[str], words: str) -> None:
    assert who_in_words(names) == words


def test_what() -> None:
    one, two = work("one"), work("two")
    assert what_in_words(SceneChange(added={"one": one})) == "hung “One”"
    assert what_in_words(SceneChange(added={"one": one, "two": two})) == "hung 2 works"
    moved = SceneChange(updated={"one": (one, work("one", 3.0))}, removed={"two": two})
    assert what_in_words(moved) == "moved “One” and took down “Two”"
    assert works_in(moved) == ("one",)
    pinned = SceneChange(updated={"one": (one, one.but(pinned=True))})
    assert what_in_words(pinned) == "changed “One”"
    room = Room(id="r", min_corner_m=(0.0, 0.0), max_corner_m=(4.0, 4.0))
    built = SceneChange(added={"r": room, "theme": ThemeChoice(theme="white_cube")})
    assert what_in_words(built) == "rebuilt the rooms and chose the theme white cube"
    assert what_in_words(SceneChange()) == "changed the scene"
