"""How money, providers and their health are said in the window."""

from collections.abc import Sequence

from agent.ports.models import ProviderHealth

_NAMES = {"openai": "OpenAI", "anthropic": "Anthropic"}
_STATES = {"ready": "ready", "unused": "not asked yet", "cooling": "resting", "failing": "failing",
           "untested": "not asked since it failed"}  # fmt: skip


def provider_name(provider_id: str) -> str:
    """What a provider is called."""
    return _NAMES.get(provider_id, provider_id)


def spoken_usd(usd: float) -> str:
    """An amount with as many digits as it needs: "$2.50", "$0.012", "less than $0.0001"."""
    if usd <= 0:
        return "$0.00"
    if usd < 0.0001:
        return "less than $0.0001"
    if usd < 0.01:
        return f"${usd:.4f}"
    return f"${usd:,.3f}" if usd < 0.1 else f"${usd:,.2f}"


def health_state(health: ProviderHealth) -> str:
    """In a word or two."""
    if health.state == "cooling":
        rest_s = health.cooling_for_s
        return f"resting for {rest_s:.0f} s" if rest_s < 90 else f"resting for {rest_s / 60:.0f} min"
    return _STATES[health.state]


def health_lines(health: ProviderHealth) -> list[str]:
    """All that is known, a line each."""
    lines = [f"{provider_name(health.name)}: {health_state(health)}"]
    if health.median_s:
        lines.append(f"Answers in {health.median_s:.1f} s (median)")
    if health.state != "unused":
        lines.append(f"{health.error_rate:.0%} of the calls of the last 5 minutes failed".replace("%", " %"))
    if health.last_error:
        lines.append(f"Last error: {health.last_error[:200]}")
    return lines


def asked_next(healths: Sequence[ProviderHealth]) -> ProviderHealth | None:
    """The provider that the next request would go to; the first one where all rest."""
    able = [health for health in healths if health.state in ("ready", "unused", "untested")]
    return next(iter(able or healths), None)
