"""One call of a model with its money: the most is held back before it, and what it cost is booked after it."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from agent.models.calls import Line, Raw, Wanted
from agent.models.health import Clock, HealthWindow
from agent.models.prices import Price, estimate
from agent.models.tally import Tally
from agent.models.trouble import Trouble
from agent.ports.models import CallTerms, Estimate, ModelMessage
from agent.ports.money import Purse, Reservation


@dataclass(frozen=True)
class Paying:
    """Makes calls on one request's behalf and keeps purse, health and tally in step with them."""

    line: Line
    purse: Purse
    terms: CallTerms
    tally: Tally
    clock: Clock
    ceiling_micro_usd: int
    """Held for a call whose price is not known."""

    def price_tag(self, wanted: Wanted) -> Estimate:
        """What the call will cost, and the most that it can."""
        price = self.line.price(wanted.deployment)
        said = (*wanted.messages, *(ModelMessage("user", text) for text in wanted.texts))
        return estimate(said, str(wanted.schema or ""), wanted.most_output_tokens, price, self.ceiling_micro_usd)

    async def call(self, wanted: Wanted, make: Callable[[Wanted], Awaitable[Raw]], health: HealthWindow) -> Raw:
        """One whole answer. Raises Trouble and CapReached."""
        held = await self._hold(wanted)
        started_s = self.clock()
        try:
            async with asyncio.timeout(wanted.timeout_s):
                raw = await make(wanted)
        except TimeoutError:
            raise await self._failed(held, _too_slow(), health, started_s) from None
        except Trouble as trouble:
            raise await self._failed(held, trouble, health, started_s) from None
        except BaseException:
            await self.purse.settle(held, None)  # cancelled in the middle: nobody knows what it cost
            raise
        await self._booked(held, raw, wanted)
        health.went_well(self.clock() - started_s)
        return raw

    async def stream(self, wanted: Wanted, health: HealthWindow) -> AsyncGenerator[str | Raw, None]:
        """Words as they come; the time limit holds for all of them together. Raises Trouble and CapReached."""
        held = await self._hold(wanted)
        started_s = self.clock()
        until_s = started_s + wanted.timeout_s
        words = self.line.stream(wanted)
        last = Raw()
        open_ = True
        try:
            while True:
                try:
                    async with asyncio.timeout(max(until_s - self.clock(), 0.0)):
                        item = await anext(words)
                except StopAsyncIteration:
                    break
                except TimeoutError:
                    open_ = False
                    raise await self._failed(held, _too_slow(), health, started_s) from None
                except Trouble as trouble:
                    open_ = False
                    raise await self._failed(held, trouble, health, started_s) from None
                if isinstance(item, Raw):
                    last = item
                else:
                    yield item
            open_ = False
            await self._booked(held, last, wanted)
            health.went_well(self.clock() - started_s)
        finally:
            if open_:
                await self.purse.settle(held, None)
            await _ended(words)
        yield last

    async def _hold(self, wanted: Wanted) -> Reservation:
        most = self.price_tag(wanted).most_micro_usd
        held = await self.purse.reserve(self.terms.run_id, self.terms.step_id, most)
        self.tally.attempts += 1
        return held

    async def _failed(self, held: Reservation, trouble: Trouble, health: HealthWindow, started_s: float) -> Trouble:
        health.went_wrong(trouble, self.clock() - started_s)
        if trouble.billed:
            self.tally.lost(held.micro_usd)
            await self.purse.settle(held, None)
        else:
            await self.purse.release(held)
        return trouble

    async def _booked(self, held: Reservation, raw: Raw, wanted: Wanted) -> None:
        cost = _cost(raw, self.line.price(wanted.deployment), wanted.deployment.purpose == "embed")
        self.tally.add(raw.input_tokens, raw.output_tokens, cost)
        await self.purse.settle(held, cost)


def _cost(raw: Raw, price: Price | None, only_input: bool) -> int | None:
    """What a call cost; None where price or counts are not known."""
    if price is None:
        return None
    if price.micro_usd(1_000_000, 1_000_000) == 0:
        return 0
    if raw.input_tokens is None or (raw.output_tokens is None and not only_input):
        return None
    return price.micro_usd(raw.input_tokens, raw.output_tokens or 0)


def _too_slow() -> Trouble:
    return Trouble("transient", "took too long", billed=True)


async def _ended(words: AsyncIterator[str | Raw]) -> None:
    close = getattr(words, "aclose", None)
    if close is not None:
        await close()
