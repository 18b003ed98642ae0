"""A purse that keeps exact books in memory, with a cap, so that tests can look at every reservation."""

import itertools

from agent.ports.money import CapReached, Reservation


class BookedPurse:
    """The whole of `agent.ports.money.Purse` for one run."""

    def __init__(self, cap_micro_usd: int = 10_000_000) -> None:
        self.cap_micro_usd = cap_micro_usd
        self.spent_micro_usd = 0
        self.held: dict[str, int] = {}
        self.log: list[tuple[str, int | None]] = []
        self._numbers = itertools.count(1)

    async def reserve(self, run_id: str, step_id: str, micro_usd: int) -> Reservation:
        taken = self.spent_micro_usd + sum(self.held.values())
        if taken + micro_usd > self.cap_micro_usd:
            raise CapReached("run", self.cap_micro_usd, taken, micro_usd)
        reservation = Reservation(f"r{next(self._numbers)}", run_id, micro_usd)
        self.held[reservation.id] = micro_usd
        self.log.append(("reserve", micro_usd))
        return reservation

    async def settle(self, reservation: Reservation, micro_usd: int | None) -> None:
        held = self.held.pop(reservation.id)
        self.spent_micro_usd += held if micro_usd is None else micro_usd
        self.log.append(("settle", micro_usd))

    async def release(self, reservation: Reservation) -> None:
        self.held.pop(reservation.id)
        self.log.append(("release", reservation.micro_usd))
