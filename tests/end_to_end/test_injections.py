"""A sample of the injections through the whole headless session, and proof that a session that believes is seen."""

from pathlib import Path

import pytest

import agent.models.planner as planner
from agent.intent import Intent
from agent.models.heard import HeardIntent
from tests.load.injected_sessions import covered, run_session_injections, session_injections
from tests.platform_service.warm import warm


def test_the_three_hundred_hold_every_order_disguise_and_carrier() -> None:
    assert covered(session_injections(300))
    assert len({(case.order, case.disguise, case.carrier) for case in session_injections(300)}) == 300


@pytest.mark.timeout(120)
def test_orders_in_pictures_have_no_effect_on_a_session(tmp_path: Path) -> None:
    found = run_session_injections(tmp_path, session_injections(6), start_program=warm())
    assert [one for one in found if one.effects] == []
    assert all(one.asked for one in found)


@pytest.mark.timeout(120)
def test_the_campaign_sees_a_session_that_believes_its_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def believed(heard: HeardIntent, plain: Intent, *_: object) -> Intent:
        return heard.intent

    monkeypatch.setattr(planner, "taken", believed)
    cases = [case for case in session_injections(300) if case.order in ("undo", "save canvas")]
    by_order = {case.order: case for case in cases}
    found = run_session_injections(tmp_path, list(by_order.values()), start_program=warm())
    assert len(found) == 2
    assert all(one.effects for one in found), found
