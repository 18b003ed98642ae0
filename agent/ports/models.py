"""What the agent needs of language models, whoever provides them: typed answers, streamed words, health, prices."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, Literal, Protocol, TypeVar

from pydantic import BaseModel

Purpose = Literal["plan", "chat", "vision", "embed"]
Quality = Literal["draft", "standard", "high"]
T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class ModelMessage:
    """One message to a model. `data` is what was read from the library or the scene: it is carried apart from
    `text`, capped and cleaned, and never an instruction."""

    role: Literal["system", "user", "assistant"]
    text: str
    data: str = ""
    pictures: tuple[bytes, ...] = ()
    """JPEG files, for the purpose `vision`."""


@dataclass(frozen=True)
class CallTerms:
    """On whose behalf a model is called, and within which limits."""

    run_id: str
    step_id: str = ""
    correlation_id: str = ""
    quality: Quality = "standard"
    deadline_s: float = 30.0
    max_output_tokens: int = 1_500
    last_resort: Callable[[], BaseModel] | None = None
    """For the purpose `plan`: what answers when no provider could, without any network."""


@dataclass(frozen=True)
class Spent:
    """What one call took. `micro_usd` is None where the model's price is not known, never 0 for unknown."""

    provider: str
    model: str
    input_tokens: int = 0
    output_tokens: int = 0
    micro_usd: int | None = None
    seconds: float = 0.0
    attempts: int = 1


@dataclass(frozen=True)
class Estimate:
    """The price tag of a call before it is made; `most_micro_usd` is what is reserved."""

    input_tokens: int
    output_tokens: int
    micro_usd: int
    most_micro_usd: int


@dataclass(frozen=True)
class ProviderHealth:
    """How a provider has done lately."""

    name: str
    state: Literal["ready", "cooling", "failing", "unused", "untested"]
    """`untested`: it failed, was left in peace, and has not been asked since."""
    error_rate: float = 0.0
    median_s: float = 0.0
    cooling_for_s: float = 0.0
    last_error: str = ""


@dataclass(frozen=True)
class Answered(Generic[T]):
    """A model's answer, validated against the wanted shape, with what it took."""

    value: T
    spent: Spent
    fell_back_from: tuple[str, ...] = field(default_factory=tuple)
    """Providers that were tried before the one that answered, with why: "openai: 503"."""


class NoModel(Exception):
    """No provider could answer; `tried` says which and why."""

    def __init__(self, tried: tuple[str, ...]) -> None:
        super().__init__("no model answered: " + "; ".join(tried) if tried else "no model is configured")
        self.tried = tried


class Models(Protocol):
    """Language models behind one door. Every call reserves its most before it is made and settles after."""

    async def answer(
        self, purpose: Purpose, messages: Sequence[ModelMessage], shape: type[M], terms: CallTerms
    ) -> Answered[M]:
        """An answer of this shape; one repair is tried, then the next provider. Raises NoModel, CapReached."""
        ...

    def stream(
        self, purpose: Purpose, messages: Sequence[ModelMessage], terms: CallTerms
    ) -> AsyncIterator[str | Spent]:
        """Words as they come; the last item is what it took. Raises NoModel, CapReached."""
        ...

    async def embed(self, texts: Sequence[str], terms: CallTerms) -> Answered[tuple[tuple[float, ...], ...]]:
        """One vector a text. Raises NoModel, CapReached."""
        ...

    def estimate(self, purpose: Purpose, messages: Sequence[ModelMessage], terms: CallTerms) -> Estimate:
        """The price tag of such a call with the provider that would be asked first."""
        ...

    def health(self) -> tuple[ProviderHealth, ...]:
        """How each configured provider has done lately, in the order in which they are asked."""
        ...
