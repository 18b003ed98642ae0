"""What the agent needs of whoever keeps the money: reserve before a call, settle after it, never pass a cap."""

from dataclasses import dataclass
from typing import Protocol

MICRO_USD = 1_000_000
"""Micro-dollars in a dollar; money is whole micro-dollars everywhere, so that sums are exact."""


@dataclass(frozen=True)
class Reservation:
    """Money held back for one call that is about to be made."""

    id: str
    run_id: str
    micro_usd: int


class CapReached(Exception):
    """A call would pass a cap; nothing was spent. `cap` is "run", "day" or "tenant"."""

    def __init__(self, cap: str, limit_micro_usd: int, spent_micro_usd: int, asked_micro_usd: int) -> None:
        super().__init__(
            f"the {cap} cap of ${limit_micro_usd / MICRO_USD:.2f} would be passed: "
            f"${spent_micro_usd / MICRO_USD:.4f} spent or held, ${asked_micro_usd / MICRO_USD:.4f} more asked"
        )
        self.cap = cap
        self.limit_micro_usd = limit_micro_usd
        self.spent_micro_usd = spent_micro_usd
        self.asked_micro_usd = asked_micro_usd

    @property
    def way_on(self) -> str:
        """What to say so that the call could be made; a cap of the day or of all is not the request's to raise."""
        if self.cap != "run":
            return "The caps of a day and of a month are in the settings."
        cents = -(-(self.spent_micro_usd + self.asked_micro_usd) * 100 // MICRO_USD)
        return f"Allow more, for example “up to ${cents / 100:.2f}”."


class Purse(Protocol):
    """Holds and counts what a run may spend. All calls are safe from many tasks and threads at once."""

    async def reserve(self, run_id: str, step_id: str, micro_usd: int) -> Reservation:
        """Hold back the most that a call can cost; raises CapReached where that would pass a cap."""
        ...

    async def settle(self, reservation: Reservation, micro_usd: int | None) -> None:
        """Book what the call did cost and release the rest; None books all that was held (the price is not known)."""
        ...

    async def release(self, reservation: Reservation) -> None:
        """The call was never made: give all of it back."""
        ...


class Accounts(Purse, Protocol):
    """A purse that also knows what a run may spend and has spent."""

    async def limit_run(self, run_id: str, micro_usd: int | None) -> int | None:
        """Set what was said about this run's cap; gives the cap that holds, None for no limit."""
        ...

    async def spent_by_run(self, run_id: str) -> int:
        """What the run has spent or holds back."""
        ...

    async def factor(self, step_id: str) -> float:
        """By how much estimates for such a step were off lately: multiply the next one by it."""
        ...

    async def note_estimate(self, run_id: str, step_id: str, micro_usd: int) -> None:
        """Remember what was told before the run, so that the next estimate can learn from the bill."""
        ...
