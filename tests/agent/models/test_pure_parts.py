"""The pure parts of the gateway: troubles, health, prices, settings, deployments."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from agent.models.deployments import deployments_of, serving
from agent.models.health import HealthWindow
from agent.models.prices import Price, estimate, plausible, price, tokens_in
from agent.models.settings import ModelSettings, ProviderSettings, micro_usd
from agent.models.trouble import Seen, Trouble, retry_after_s, trouble_of
from agent.ports.models import ModelMessage

NOW_S = 1_790_000_000.0


@pytest.mark.parametrize(
    ("status", "kind", "billed"),
    [(400, "permanent", False), (401, "auth", False), (402, "auth", False), (403, "auth", False),
     (404, "permanent", False), (408, "transient", False), (409, "transient", False), (413, "permanent", False),
     (422, "permanent", False), (429, "limited", False), (500, "transient", False), (529, "transient", False),
     (200, "transient", True)],
)  # fmt: skip
def test_a_status_decides_what_happens_next(status: int, kind: str, billed: bool) -> None:
    trouble = trouble_of("SomeError", "words", Seen(sent=True, status=status), NOW_S)
    assert (trouble.kind, trouble.billed) == (kind, billed)


def test_what_never_left_is_not_paid_and_what_may_have_arrived_is() -> None:
    assert not trouble_of("InternalServerError", "", Seen(), NOW_S).billed
    assert trouble_of("InternalServerError", "", Seen(sent=True), NOW_S).billed
    assert trouble_of("RateLimitError", "insufficient_quota", Seen(sent=True, status=429), NOW_S).kind == "auth"


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("", None), ("7", 7.0), ("1.5", 1.5), ("-3", None), ("soon", None), ("9999999", 86_400.0),
     ("Mon, 21 Sep 2026 14:13:30 GMT", 10.0), ("Mon, 21 Sep 2020 14:13:30 GMT", 0.0)],
)  # fmt: skip
def test_retry_after_in_both_forms(header: str, seconds: float | None) -> None:
    found = retry_after_s(header, NOW_S)
    assert found == (seconds if seconds is None else pytest.approx(seconds, abs=0.5))


@given(st.text(max_size=40))
def test_no_header_whatever_breaks_the_reading(header: str) -> None:
    found = retry_after_s(header, NOW_S)
    assert found is None or 0 <= found <= 86_400


def test_a_provider_rests_after_failures_in_a_row_longer_each_time_and_is_ready_after_one_success() -> None:
    clock = [0.0]
    window = HealthWindow("openai", lambda: clock[0])
    assert window.now().state == "unused"
    for _ in range(3):
        window.went_wrong(Trouble("transient", "503"), 0.1)
    assert (window.now().state, window.rests_for_s) == ("cooling", 15.0)
    clock[0] = 16.0
    assert window.rests_for_s == 0
    window.went_wrong(Trouble("transient", "503"), 0.1)
    assert window.rests_for_s == 30.0
    window.went_well(0.4)
    health = window.now()
    assert (health.cooling_for_s, health.median_s, health.last_error) == (0.0, 0.4, "503")
    assert health.error_rate == pytest.approx(0.8)
    clock[0] = 1_000.0
    assert window.now().state == "unused"


def test_a_refused_key_is_failing_and_content_is_no_illness() -> None:
    window = HealthWindow("openai", lambda: 0.0)
    for _ in range(5):
        window.went_wrong(Trouble("refusal", "would not answer"), 0.1)
    assert window.rests_for_s == 0
    window.went_wrong(Trouble("auth", "401"), 0.1)
    assert window.now().state == "failing"
    assert window.rests_for_s > 60


def test_what_rested_long_enough_is_not_called_failing_before_it_is_asked_again() -> None:
    clock = [0.0]
    for kind in ("auth", "transient"):
        window = HealthWindow("openai", lambda: clock[0])
        for _ in range(3):
            window.went_wrong(Trouble(kind, "no"), 0.1)
        assert window.now().state == ("failing" if kind == "auth" else "cooling")
        clock[0] += window.rests_for_s
        assert window.now().state == "untested"
        window.went_wrong(Trouble(kind, "no"), 0.1)
        assert window.now().state in ("failing", "cooling")
        window.went_well(0.1)
        assert window.now().state == "ready"


@given(st.text(max_size=400), st.integers(1, 4_000))
def test_the_most_is_never_less_than_what_is_likely(text: str, tokens: int) -> None:
    tag = estimate((ModelMessage("user", text),), "{}", tokens, Price(1e-6, 4e-6), 50_000)
    assert tag.micro_usd <= tag.most_micro_usd
    assert tag.input_tokens >= tokens_in(text)


def test_an_unknown_price_is_the_ceiling_and_nonsense_is_no_price() -> None:
    assert estimate((), "", 10, None, 777).most_micro_usd == 777
    assert price(None, 1) is None
    assert price(float("nan"), 1.0) is None
    assert price(-1.0, 1.0) is None
    assert [plausible(n, 100) for n in (50, 101, -1, 1.5, True, None)] == [50, None, None, None, None, None]


def test_an_address_is_safe_or_near() -> None:
    for good in (
        "https://models.example/v1",
        "http://127.0.0.1:11434/v1",
        "http://192.168.1.5/v1",
        "http://localhost:1",
    ):
        assert ProviderSettings(id="x", kind="local", base_url=good).base_url == good
    for bad in (
        "http://models.example/v1",
        "file:///etc/passwd",
        "https://user:pw@models.example",
        "ftp://x",
        "https://",
    ):
        with pytest.raises(ValidationError):
            ProviderSettings(id="x", kind="local", base_url=bad)
    with pytest.raises(ValidationError):
        ProviderSettings(id="x", kind="local")


def test_models_by_purpose_and_quality_fall_to_the_nearest_lower() -> None:
    own = ProviderSettings(id="x", kind="local", base_url="http://localhost:1", models={"plan": {"draft": "small"}})
    assert [own.model("plan", quality) for quality in ("draft", "standard", "high")] == ["small"] * 3
    assert own.model("embed", "standard") is None


def test_only_providers_with_keys_are_laid_out_in_order_and_keys_do_not_print() -> None:
    found = deployments_of(ModelSettings(), {"anthropic": "sk-hidden"})
    assert {deployment.provider for deployment in found} == {"anthropic"}
    assert serving(found, "embed", "standard") == []
    assert "sk-hidden" not in repr(found)
    assert micro_usd(0.2) == 200_000
