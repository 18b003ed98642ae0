"""What the gateway is asked and gives for one call of one model, without anything of how it does it."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from agent.models.deployments import Deployment
from agent.models.prices import Price
from agent.ports.models import ModelMessage


@dataclass(frozen=True)
class Wanted:
    """One call: to whom, what is said, in which shape the answer shall come, and within which limits."""

    deployment: Deployment
    messages: tuple[ModelMessage, ...]
    timeout_s: float
    most_output_tokens: int
    schema: dict[str, Any] | None = None
    correlation_id: str = ""
    texts: tuple[str, ...] = ()
    """What to embed."""


@dataclass(frozen=True)
class Raw:
    """What came, not yet looked at. Counts of tokens are None where they are missing or cannot be true."""

    text: str = ""
    input_tokens: int | None = None
    output_tokens: int | None = None
    refused: bool = False
    vectors: tuple[tuple[float, ...], ...] = field(default=())


class Line(Protocol):
    """Calls one model once. Every failure is a `Trouble`; nothing is tried again here."""

    async def ask(self, wanted: Wanted) -> Raw:
        """A whole answer."""
        ...

    def stream(self, wanted: Wanted) -> AsyncIterator[str | Raw]:
        """The words as they come; the last item is what is known of the whole."""
        ...

    async def embed(self, wanted: Wanted) -> Raw:
        """Vectors."""
        ...

    async def ask_offline(self, wanted: Wanted, answer: Callable[[], str]) -> Raw:
        """The answer of the planner that needs no network, as a model like others."""
        ...

    def price(self, deployment: Deployment) -> Price | None:
        """What the model costs; None where nobody knows."""
        ...

    async def close(self) -> None:
        """Close all connections."""
        ...


LineMaker = Callable[[Sequence[Deployment]], Line]
