"""A sample of the campaign of faults (`python -m tests.load model_faults`), and proof that it would notice a bug."""

import pytest

from agent.models import trying
from agent.models.trouble import Trouble
from tests.load.model_faults import Case, cases, run_cases, wrong
from tests.model_server.faults import FAULTS, TRANSPORT_FAULTS

SAMPLE = ("refused", "cut_in_event", "429_long", "401", "hallucinated_ids")


def test_there_are_at_least_forty_seven_faults_of_line_and_status() -> None:
    assert len(TRANSPORT_FAULTS) >= 47
    assert set(SAMPLE) <= set(FAULTS)


async def test_a_sample_of_faults_ends_in_success_fallback_or_a_clean_stop() -> None:
    ended = await run_cases(list(cases(SAMPLE)), deadline_s=20.0, side_by_side=4)
    assert wrong(ended) == []
    assert {one.end for one in ended} == {"success", "fallback", "clean stop"}


async def test_the_campaign_notices_a_gateway_that_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def only_the_first(deployments, *others):  # type: ignore[no-untyped-def]
        return in_turn(deployments[:1], *others)

    in_turn = trying.in_turn
    monkeypatch.setattr("agent.models.routed.in_turn", only_the_first)
    (ended,) = await run_cases([Case("503", "openai", "chat", helped=True)], deadline_s=4.0)
    assert (ended.end, ended.why) == ("WRONG", "a healthy provider was there")


async def test_the_campaign_notices_money_that_is_never_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    async def forgets(self, held, trouble: Trouble, health, started_s) -> Trouble:  # type: ignore[no-untyped-def]
        return trouble

    monkeypatch.setattr("agent.models.paying.Paying._failed", forgets)
    (ended,) = await run_cases([Case("401", "openai", "plan", helped=True)], deadline_s=4.0)
    assert (ended.end, ended.why) == ("WRONG", "money is still held")
