"""Two windows clash, and both end before anybody has chosen: the next start still offers mine, theirs or both."""

import pytest

from app.messages import ClashShown
from app.places import Places
from tests.app.test_two_windows import Window, alike, until


def clash(two: list[Window], name: str, x_m: float) -> float:
    """Both windows move one work at once; gives where it hangs then."""
    one, other = two
    one.hang(name, x_m)
    until(two, lambda: alike(two, name))
    one.move(name, x_m + 1.0)
    other.move(name, x_m + 2.0)
    until(two, lambda: one.told(ClashShown) or other.told(ClashShown))
    until(two, lambda: alike(two) and not one.session.waiting_steps and not other.session.waiting_steps)
    for window in two:
        window.heard.clear()
    return one.works[name]


def test_clashes_that_outlived_their_windows_are_offered_one_by_one_at_the_next_start(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    places = Places.at(tmp_path_factory.mktemp("clash") / "data")
    two = [Window(places).open(), Window(places).open()]
    mine = {name: clash(two, name, x_m) for name, x_m in (("a", 0.0), ("b", 10.0), ("c", 20.0))}
    theirs = {"a": 3.0 - mine["a"], "b": 23.0 - mine["b"], "c": 43.0 - mine["c"]}
    for window in two:
        window.session.stop()
    later = Window(places).open()
    for chosen in ("both", "mine", "theirs"):
        until([later], lambda: later.session.has_clash)
        ghost = later.session.proposal
        assert ghost is not None
        (name,) = ghost.change.updated
        assert later.works[name] == mine[name], "mine is kept until somebody chooses"
        if chosen == "mine":
            later.session.reject()
        else:
            assert later.session.approve() if chosen == "theirs" else later.session.take_both()
        copies = {x_m for one, x_m in later.works.items() if one.startswith(name)}
        assert copies == {"theirs": {theirs[name]}, "mine": {mine[name]}, "both": {mine[name], theirs[name]}}[chosen]
    assert not later.session.has_clash
    later.session.stop()
