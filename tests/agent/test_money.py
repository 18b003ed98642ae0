"""Caps are whole micro-dollars, and the narrowest that would be passed is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.events import StepPrice
from agent.money import UNDERSTAND, Caps, Totals, cap_passed, learned_factor, micro_usd_of, narrower, price_tag
from agent.running.steps import Step, StepCost

amounts = st.integers(0, 10**9)
caps = st.builds(Caps, *[st.none() | amounts] * 3)
totals = st.builds(Totals, amounts, amounts, amounts)


@given(caps, totals, amounts)
def test_a_call_passes_exactly_when_it_fits_under_every_cap(limits: Caps, spent: Totals, asked: int) -> None:
    refused = cap_passed(limits, spent, asked)
    pairs = ((limits.run, spent.run), (limits.day, spent.day), (limits.tenant, spent.tenant))
    assert (refused is None) == all(cap is None or sum_ + asked <= cap for cap, sum_ in pairs)
    if refused is not None:
        assert refused.spent_micro_usd + refused.asked_micro_usd > refused.limit_micro_usd


def test_nobody_asks_for_less_than_nothing() -> None:
    with pytest.raises(ValueError, match="less than nothing"):
        cap_passed(Caps(), Totals(), -1)


@pytest.mark.parametrize(
    ("usd", "micro"),
    [(0.2, 200_000), (0.29, 290_000), (0.0, 0), (-3.0, 0), (None, None), (float("nan"), None), (float("inf"), None)],
)
def test_dollars_as_micro_dollars(usd: float | None, micro: int | None) -> None:
    assert micro_usd_of(usd) == micro


@given(st.none() | amounts, st.none() | amounts)
def test_what_is_said_never_widens(standing: int | None, said: int | None) -> None:
    found = narrower(standing, said)
    assert found in (standing, said)
    assert standing is None or (found is not None and found <= standing)


@given(st.lists(st.tuples(amounts, amounts), max_size=50))
def test_the_factor_is_bounded(bills: list[tuple[int, int]]) -> None:
    assert 0.1 <= learned_factor(bills) <= 10.0


def test_a_price_tag_names_what_costs() -> None:
    free, paid = Step("a", "search", "Search"), Step("b", "answer", "Judge", cost=StepCost(1_000, 200, 3_000, 5_000))
    tag = price_tag("t", (free, paid), (), 0.01, 200_000)
    assert [row.id for row in tag.steps] == ["b"]
    assert (tag.total_usd, tag.most_usd, tag.cap_usd) == (0.003, 0.015, 0.2)


def test_what_is_asked_beside_the_steps_stands_before_and_after_them() -> None:
    beside = (
        StepPrice("check", "Look at the pictures", 9_000, 600, 0.004),
        StepPrice(UNDERSTAND, "Understand", usd=0.002),
    )
    paid = Step("b", "answer", "Judge", cost=StepCost(1_000, 200, 3_000, 5_000))
    tag = price_tag("t", (paid,), beside, 0.01, None)
    assert [row.id for row in tag.steps] == [UNDERSTAND, "b", "check"]
    assert tag.total_usd == pytest.approx(0.009)
