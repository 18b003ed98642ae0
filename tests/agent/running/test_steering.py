"""A correction changes which works are meant, also of a request that only rearranged those on show."""

from agent.intent import Intent
from agent.running.steering import steered


def test_other_works_are_exchanged_where_the_request_kept_those_on_show() -> None:
    before = Intent.model_validate({"kind": "refine", "layout": "timeline", "keep_works": True})
    blue = Intent.model_validate({"kind": "refine", "query": {"colours": ["blue"]}})
    after = steered(before, blue)
    assert after.layout == "timeline"
    assert after.query.colours == ("blue",)
    assert not after.keep_works


def test_another_layout_keeps_the_works_on_show() -> None:
    before = Intent.model_validate({"kind": "refine", "layout": "timeline", "keep_works": True})
    grid = Intent.model_validate({"kind": "refine", "layout": "grid", "keep_works": True})
    assert steered(before, grid).keep_works
