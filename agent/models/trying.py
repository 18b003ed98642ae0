"""Who is asked next and for how long: providers in order, those at rest left out, and what is worth repeating."""

from collections.abc import Iterator, Mapping, Sequence

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt, stop_any, stop_before_delay
from tenacity.stop import stop_base
from tenacity.wait import wait_base, wait_exponential_jitter

from agent.models.deployments import Deployment
from agent.models.health import Clock, HealthWindow
from agent.models.trouble import Trouble

LEFT_IN_PEACE = "left in peace"
MOST_ATTEMPTS = 3
MOST_BILLED_ATTEMPTS = 2
"""Of calls that may have cost something although nothing came of them."""
_SHARE = 0.6
"""Of the time that is left, for a provider that others come after."""
_LEAST_S = 0.05
_PATIENCE_S = 2.0
"""The longest wait that a provider is granted while another one could be asked."""


def in_turn(
    deployments: Sequence[Deployment],
    windows: Mapping[str, HealthWindow],
    until_s: float,
    clock: Clock,
    tried: list[str],
) -> Iterator[tuple[Deployment, float, bool]]:
    """Each that may be asked now, until when, and whether it is the last; the others are noted as tried."""
    for index, deployment in enumerate(deployments):
        window, left_s = windows[deployment.provider], until_s - clock()
        if window.rests_for_s > 0:
            why = window.now().last_error
            tried.append(f"{deployment.provider}: {LEFT_IN_PEACE} for {window.rests_for_s:.0f} s ({why})")
        elif left_s <= _LEAST_S:
            tried.append(f"{deployment.provider}: no time was left")
        else:
            last = all(windows[other.provider].rests_for_s > 0 for other in deployments[index + 1 :])
            yield deployment, clock() + left_s * (1.0 if last else _SHARE), last


def attempts(seconds: float, last: bool) -> AsyncRetrying:
    """Repeats what may pass, with growing pauses or those that were asked for, inside of the time given."""
    return AsyncRetrying(
        retry=retry_if_exception(lambda error: isinstance(error, Trouble) and error.may_pass),
        stop=stop_any(stop_after_attempt(MOST_ATTEMPTS), stop_before_delay(seconds), _AsksTooMuch(last), _Costly()),
        wait=_Wait(),
        reraise=True,
    )


class _AsksTooMuch(stop_base):
    """The provider asks for a longer wait than it is granted while another one could be asked."""

    def __init__(self, last: bool) -> None:
        self._last = last

    def __call__(self, retry_state: RetryCallState) -> bool:
        asked_s = _asked_s(retry_state)
        return not self._last and asked_s is not None and asked_s > _PATIENCE_S


class _Costly(stop_base):
    """A lost call may have been paid for: fewer of them."""

    def __call__(self, retry_state: RetryCallState) -> bool:
        error = retry_state.outcome.exception() if retry_state.outcome is not None else None
        return isinstance(error, Trouble) and error.billed and retry_state.attempt_number >= MOST_BILLED_ATTEMPTS


class _Wait(wait_base):
    """What the provider asked for, else longer and longer."""

    def __init__(self) -> None:
        self._growing = wait_exponential_jitter(multiplier=0.2, max=4.0, jitter=0.2)

    def __call__(self, retry_state: RetryCallState) -> float:
        return max(self._growing(retry_state), _asked_s(retry_state) or 0.0)


def _asked_s(state: RetryCallState) -> float | None:
    error = state.outcome.exception() if state.outcome is not None else None
    return error.retry_after_s if isinstance(error, Trouble) else None
