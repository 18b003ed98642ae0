"""Numbers that are set are the numbers that are read, and what cannot be is refused in words."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scene.copies import hung_copies, refuse_misfits
from scene.edits import OperationRefused
from scene.fit import Surroundings
from scene.numbers import Measure, numbers_of, step_words, with_number
from scene.operations import align
from scene.records import Light, Opening, Placement
from scene.scene import Scene
from scene.sliding import half_extents, length_of
from tests.scene.test_sliding import HIGH_M, WALLS, hall, work


@given(
    st.sampled_from(["along", "height", "wide", "high", "tilt"]),
    st.floats(0.05, 3.0),
    st.floats(-40.0, 40.0),
)
def test_what_is_set_is_read_back_and_stays_on_the_wall(measure: Measure, value: float, tilt_deg: float) -> None:
    start = work("a", "right", 3.0, tilt_deg=tilt_deg)
    try:
        after = with_number(hall(start), ["a"], measure, value)[0]
    except OperationRefused:
        assert measure in ("wide", "high")
        return
    found = numbers_of(hall(after), ["a"])
    read = {"along": found.along_m, "height": found.height_m, "wide": found.wide_m, "high": found.high_m}
    half_m, rise_m = half_extents(after, WALLS["right"])
    low, high = {
        "along": (half_m, length_of(WALLS["right"]) - half_m), "height": (rise_m, HIGH_M - rise_m),
    }.get(measure, (0.0, math.inf))  # fmt: skip
    got = found.tilt_deg if measure == "tilt" else read[measure]
    assert got == pytest.approx(min(max(value, low), high), abs=1e-6)
    assert after.size_m[0] / after.size_m[1] == pytest.approx(1.0 / 0.8)


def test_what_differs_is_not_said() -> None:
    found = numbers_of(hall(work("a", along_m=1.0), work("b", along_m=4.0, height_m=2.0)), ["a", "b"])
    assert (found.along_m, found.height_m, found.wide_m, found.pinned, found.hung) == (None, None, 1.0, False, True)


def test_impossible_numbers_are_refused_in_words() -> None:
    scene = hall(work("a"), work("b", along_m=6.0).but(pinned=True))
    for measure, value, words in [
        ("wide", 0.0, "above zero"), ("wide", 20.0, "larger than the wall"), ("along", math.nan, "no number"),
    ]:  # fmt: skip
        with pytest.raises(OperationRefused, match=words):
            with_number(scene, ["a"], measure, value)  # type: ignore[arg-type]
    with pytest.raises(OperationRefused, match="pinned"):
        with_number(scene, ["b"], "height", 1.0)
    assert step_words("height", 1.5, "“A”") == "Set height of “A” to 1.50 m"


@given(st.lists(st.floats(0.5, 7.5), min_size=1, max_size=4), st.integers(1, 3))
def test_copies_hang_clear_of_everything_with_their_lamps(alongs_m: list[float], chosen: int) -> None:
    works = [work(f"w{n}", along_m=x_m, size_m=(0.6, 0.6)) for n, x_m in enumerate(alongs_m)]
    lamp = Light(id="lamp", for_id="w0", position_m=(0.0, 3.0, 1.0), target_m=works[0].position_m)
    door = Opening(id="door", wall_id="back", offset_m=4.0, width_m=1.0)
    scene = Scene.of([*hall(*works), lamp, door])
    try:
        change = hung_copies(scene, [w.id for w in works[:chosen]])
    except OperationRefused:
        return
    copies = [record for record in change.added.values() if isinstance(record, Placement)]
    lamps = [record for record in change.added.values() if isinstance(record, Light)]
    assert len(copies) == len(works[:chosen])
    assert [found.for_id for found in lamps] == [copies[0].id]
    assert Surroundings.of(scene, ()).broken(copies) == []
    assert not change.updated


def test_a_full_wall_has_no_room_for_a_copy() -> None:
    with pytest.raises(OperationRefused, match=r"no room for a copy of “?work x"):
        hung_copies(hall(work("a", size_m=(5.0, 1.0))), ["a"])


def test_lining_works_up_on_top_of_each_other_is_refused() -> None:
    scene = hall(work("a", along_m=1.0), work("b", along_m=4.0))
    with pytest.raises(OperationRefused, match="overlap"):
        refuse_misfits(scene, align(scene, ["a", "b"], "left"))
    refuse_misfits(scene, align(scene, ["a", "b"], "middle"))
