"""What a refinement makes of the earlier query and wishes."""

from hypothesis import given
from hypothesis import strategies as st

from agent.ports.context import TurnContext
from agent.ports.library import Query
from agent.refining import base_query, is_hard, refined, refined_wishes
from scene.layouts.contract import Wishes
from scene.records import Arrangement
from scene.scene import Scene

NAMES = st.lists(st.sampled_from(["red", "blue", "rain", "sun"]), max_size=3, unique=True).map(tuple)


def test_less_and_more_of_the_same_cancel() -> None:
    base = Query(words="crabs", more_colours=("purple", "red"), less_words=("rain",))
    found = refined(base, Query(less_colours=("purple",), more_words=("rain",)))
    assert found.more_colours == ("red",)
    assert found.less_colours == ("purple",)
    assert (found.more_words, found.less_words, found.words) == (("rain",), (), "crabs")


def test_filters_replace_and_exclusions_add_up() -> None:
    base = Query(colours=("blue",), without_words=("people",))
    found = refined(base, Query(colours=("red",), without_words=("cars",)))
    assert found.colours == ("red",)
    assert found.without_words == ("people", "cars")


def test_asking_for_a_colour_takes_back_its_exclusion() -> None:
    assert refined(Query(without_colours=("red",)), Query(colours=("red",))).without_colours == ()


@given(NAMES, NAMES, NAMES)
def test_refining_with_nothing_changes_nothing_and_twice_is_once(
    more: tuple[str, ...], less: tuple[str, ...], no: tuple[str, ...]
) -> None:
    base, delta = Query(words="sea", more_words=more, less_words=less), Query(less_words=no, more_colours=more)
    assert refined(base, Query()) == base
    once = refined(base, delta)
    assert refined(once, delta) == once


def test_only_filters_and_exclusions_send_works_away() -> None:
    assert is_hard(Query(without_words=("people",)))
    assert is_hard(Query(colours=("red",)))
    assert not is_hard(Query(less_colours=("red",), more_words=("rain",), like_asset_id="a"))


def test_an_arrangement_that_cannot_be_read_is_no_query() -> None:
    scene = Scene.of([Arrangement(query_json="not json", wishes_json='{"gap_m": "wide"}')])
    assert base_query(TurnContext(scene=scene)) == Query()
    assert refined_wishes(TurnContext(scene=scene), Wishes(rooms=2), "gallery") == Wishes(rooms=2)


def test_hanging_wishes_do_not_outlive_their_layout() -> None:
    scene = Scene.of([Arrangement(layout="gallery", wishes_json='{"gap_m": 1.0, "order": "newest"}')])
    context = TurnContext(scene=scene)
    assert refined_wishes(context, Wishes(), "gallery") == Wishes(gap_m=1.0, order="newest")
    assert refined_wishes(context, Wishes(), "timeline") == Wishes(order="newest")
