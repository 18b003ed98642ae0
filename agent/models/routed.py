"""The agent's language models: providers tried in order, within a deadline, a purse and a memory of how they did."""

import asyncio
import math
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Any, TypeVar

from agent.models.calls import Line, LineMaker, Raw, Wanted
from agent.models.deployments import Deployment, deployments_of, serving
from agent.models.health import Clock, HealthWindow
from agent.models.paying import Paying
from agent.models.settings import ModelSettings, micro_usd
from agent.models.shapes import Unshapely, json_schema, shaped
from agent.models.tally import Tally
from agent.models.trouble import Trouble
from agent.models.trying import attempts, in_turn
from agent.ports.models import (
    Answered,
    CallTerms,
    Estimate,
    M,
    ModelMessage,
    NoModel,
    ProviderHealth,
    Purpose,
    Spent,
)
from agent.ports.money import CapReached, Purse

OFFLINE = "offline"
FROM_OFFLINE = "from_offline"
"""In the context of validation: the answer comes from our own rules, not from a model."""
_MOST_REPEATED = 4_000
_MOST_TEXTS = 2_048
_EMBED_TOKENS = 1
_GO_ON = "Your answer was cut off there. Go on exactly where it stops, without repeating anything and without a remark."
R = TypeVar("R")
Ask = Callable[[Paying, Deployment, float], Awaitable[R]]


def litellm_line(deployments: Sequence[Deployment]) -> Line:
    """The real one."""
    from agent.models.gateway import Gateway  # LiteLLM takes seconds to import: only when a model is really needed

    return Gateway(deployments)


class RoutedModels:
    """Fills `agent.ports.models.Models`. Belongs to one event loop; `load` may be called before, from any thread."""

    def __init__(
        self,
        settings: ModelSettings,
        keys: Mapping[str, str],
        purse: Purse,
        *,
        clock: Clock = time.monotonic,
        make_line: LineMaker = litellm_line,
    ) -> None:
        self._deployments = deployments_of(settings, keys)
        self._purse = purse
        self._clock = clock
        self._make_line = make_line
        self._line: Line | None = None
        self._loading = threading.Lock()
        self._ceiling = micro_usd(settings.unknown_price_ceiling_usd)
        self._windows = {
            name: HealthWindow(name, clock) for name in dict.fromkeys(d.provider for d in self._deployments)
        }

    @property
    def configured(self) -> tuple[str, ...]:
        """The providers that can be asked, in order; none when nothing is configured."""
        return tuple(self._windows)

    def serves(self, purpose: Purpose) -> bool:
        """Whether any provider has a model for this purpose."""
        return any(deployment.purpose == purpose for deployment in self._deployments)

    def load(self) -> Line:
        """Import what takes seconds, once."""
        with self._loading:
            if self._line is None:
                self._line = self._make_line(self._deployments)
            return self._line

    async def _ready(self) -> Line:
        line = self._line
        return line if line is not None else await asyncio.to_thread(self.load)

    async def close(self) -> None:
        """Close all connections."""
        if self._line is not None:
            await self._line.close()

    # -- the port ----------------------------------------------------------------------------------

    async def answer(
        self, purpose: Purpose, messages: Sequence[ModelMessage], shape: type[M], terms: CallTerms
    ) -> Answered[M]:
        """An answer of this shape; one repair is tried, then the next provider. Raises NoModel, CapReached."""
        schema = json_schema(shape)

        async def ask(paying: Paying, deployment: Deployment, until_s: float) -> M:
            wanted = self._wanted(deployment, tuple(messages), terms, until_s, schema)
            return await self._shaped(paying, wanted, shape, until_s)

        tally = Tally(self._clock())
        try:
            return await self._first(purpose, terms, tally, ask)
        except NoModel:
            if purpose != "plan" or terms.last_resort is None or not self._deployments:
                raise
            return await self._offline(tuple(messages), shape, terms, tally)

    async def stream(
        self, purpose: Purpose, messages: Sequence[ModelMessage], terms: CallTerms
    ) -> AsyncIterator[str | Spent]:
        """Words as they come; the last item is what it took. After a cut, the next one goes on where it stopped."""
        tally, said, cap = Tally(self._clock()), "", None
        paying = await self._paying(terms, tally)
        until_s = self._clock() + terms.deadline_s
        for deployment, until, last in self._in_turn(purpose, terms, until_s, tally):
            try:
                async for attempt in attempts(until - self._clock(), last):
                    with attempt:
                        wanted = self._wanted(deployment, _going_on(messages, said), terms, until)
                        begun = len(said)
                        async with aclosing(paying.stream(wanted, self._windows[deployment.provider])) as items:
                            async for item in items:
                                if isinstance(item, str):
                                    said += item
                                    yield item
                                elif item.refused:
                                    raise Trouble("refusal", "would not answer")
                        if len(said) == begun:
                            raise Trouble("invalid", "said nothing")
                        yield tally.spent(deployment.provider, deployment.model, self._clock())
                        return
            except Trouble as trouble:
                tally.tried.append(f"{deployment.provider}: {trouble.why}")
            except CapReached as reached:
                cap = reached
        raise cap or NoModel(tuple(tally.tried))

    async def embed(self, texts: Sequence[str], terms: CallTerms) -> Answered[tuple[tuple[float, ...], ...]]:
        """One vector a text, all of one model: `spent.model` says which. Raises NoModel, CapReached."""
        if not 0 < len(texts) <= _MOST_TEXTS:
            raise ValueError(f"from 1 to {_MOST_TEXTS} texts at once")

        async def ask(paying: Paying, deployment: Deployment, until_s: float) -> tuple[tuple[float, ...], ...]:
            wanted = replace(self._wanted(deployment, (), terms, until_s), texts=tuple(texts))
            wanted = replace(wanted, most_output_tokens=_EMBED_TOKENS)
            raw = await paying.call(wanted, paying.line.embed, self._windows[deployment.provider])
            _check_vectors(raw.vectors, len(texts))
            return raw.vectors

        return await self._first("embed", terms, Tally(self._clock()), ask)

    def estimate(self, purpose: Purpose, messages: Sequence[ModelMessage], terms: CallTerms) -> Estimate:
        """The price tag of such a call; nothing where no provider would be asked. `load` first: it may import."""
        chosen = serving(self._deployments, purpose, terms.quality)
        rested = [d for d in chosen if self._windows[d.provider].rests_for_s <= 0]
        if not chosen:
            return Estimate(0, 0, 0, 0)
        paying = Paying(self.load(), self._purse, terms, Tally(self._clock()), self._clock, self._ceiling)
        return paying.price_tag(self._wanted((rested or chosen)[0], tuple(messages), terms, self._clock() + 1.0))

    def health(self) -> tuple[ProviderHealth, ...]:
        """How each configured provider has done lately, in the order in which they are asked."""
        return tuple(window.now() for window in self._windows.values())

    def learn_health(self, other: "RoutedModels") -> None:
        """How providers did elsewhere, as in a test, counts from now on: whatever they rested for before is over."""
        for name in self._windows.keys() & other._windows.keys():
            self._windows[name] = other._windows[name]

    # -- within ------------------------------------------------------------------------------------

    async def _first(self, purpose: Purpose, terms: CallTerms, tally: Tally, ask: Ask[R]) -> Answered[R]:
        """What the first provider gives that does what was asked."""
        paying = await self._paying(terms, tally)
        cap: CapReached | None = None
        until_s = self._clock() + terms.deadline_s
        for deployment, until, last in self._in_turn(purpose, terms, until_s, tally):
            try:
                async for attempt in attempts(until - self._clock(), last):
                    with attempt:
                        value = await ask(paying, deployment, until)
                        spent = tally.spent(deployment.provider, deployment.model, self._clock())
                        return Answered(value, spent, tuple(tally.tried))
            except Trouble as trouble:
                tally.tried.append(f"{deployment.provider}: {trouble.why}")
            except CapReached as reached:
                cap = reached
        raise cap or NoModel(tuple(tally.tried))

    async def _paying(self, terms: CallTerms, tally: Tally) -> Paying:
        if not self._deployments:
            raise NoModel(())
        line = await self._ready()
        return Paying(line, self._purse, terms, tally, self._clock, self._ceiling)

    def _in_turn(self, purpose: Purpose, terms: CallTerms, until_s: float, tally: Tally) -> Any:
        chosen = serving(self._deployments, purpose, terms.quality)
        return in_turn(chosen, self._windows, until_s, self._clock, tally.tried)

    def _wanted(
        self,
        deployment: Deployment,
        messages: tuple[ModelMessage, ...],
        terms: CallTerms,
        until_s: float,
        schema: dict[str, Any] | None = None,
    ) -> Wanted:
        timeout_s = max(until_s - self._clock(), 0.01)
        return Wanted(deployment, messages, timeout_s, terms.max_output_tokens, schema, terms.correlation_id)

    async def _shaped(self, paying: Paying, wanted: Wanted, shape: type[M], until_s: float) -> M:
        """The answer in its shape, after one repair at most. Raises Trouble."""
        window = self._windows[wanted.deployment.provider]
        raw = await paying.call(wanted, paying.line.ask, window)
        try:
            return _read(raw, shape)
        except Unshapely as error:
            if until_s - self._clock() <= 0.05:
                raise Trouble("invalid", "did not answer in the form that was asked for") from None
            again = replace(wanted, messages=(*wanted.messages, *_repair(raw.text, str(error))),
                            timeout_s=until_s - self._clock())  # fmt: skip
        raw = await paying.call(again, paying.line.ask, window)
        try:
            return _read(raw, shape)
        except Unshapely:
            raise Trouble("invalid", "did not answer in the form that was asked for") from None

    async def _offline(
        self, messages: tuple[ModelMessage, ...], shape: type[M], terms: CallTerms, tally: Tally
    ) -> Answered[M]:
        """The planner that needs no network, as the last provider of all."""
        resort = terms.last_resort
        assert resort is not None
        line = await self._ready()
        deployment = Deployment("plan", terms.quality, OFFLINE, "local", "planner")
        wanted = Wanted(deployment, messages[:1], terms.deadline_s, terms.max_output_tokens)
        raw = await line.ask_offline(wanted, lambda: resort().model_dump_json())
        value = shape.model_validate_json(raw.text, context={FROM_OFFLINE: True})
        spent = Spent(OFFLINE, "planner", 0, 0, tally.micro_usd, self._clock() - tally.started_s, tally.attempts + 1)
        return Answered(value, spent, tuple(tally.tried))


def _read(raw: Raw, shape: type[M]) -> M:
    if raw.refused:
        raise Trouble("refusal", "would not answer")
    return shaped(raw.text, shape)


def _repair(text: str, complaint: str) -> tuple[ModelMessage, ...]:
    """What is said after an answer that did not fit."""
    said = ModelMessage("assistant", text[:_MOST_REPEATED] or "(nothing)")
    return said, ModelMessage("user", f"{complaint} Answer again, with the corrected JSON alone.")


def _going_on(messages: Sequence[ModelMessage], said: str) -> tuple[ModelMessage, ...]:
    if not said.strip():
        return tuple(messages)
    return (*messages, ModelMessage("assistant", said.rstrip()), ModelMessage("user", _GO_ON))


def _check_vectors(vectors: tuple[tuple[float, ...], ...], count: int) -> None:
    sizes = {len(vector) for vector in vectors}
    if len(vectors) != count or len(sizes) != 1 or 0 in sizes:
        raise Trouble("invalid", "sent another number of vectors than of texts")
    if not all(math.isfinite(number) for vector in vectors for number in vector):
        raise Trouble("invalid", "sent vectors that hold no numbers")
