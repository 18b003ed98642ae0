"""What one request to the models took over all of its calls, also those that failed."""

from dataclasses import dataclass, field

from agent.ports.models import Spent


@dataclass
class Tally:
    """Counts up while providers are tried; `tried` says which failed and why."""

    started_s: float
    attempts: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    micro_usd: int | None = 0
    tried: list[str] = field(default_factory=list)

    def add(self, input_tokens: int | None, output_tokens: int | None, micro_usd: int | None) -> None:
        """One call was answered."""
        self.input_tokens += input_tokens or 0
        self.output_tokens += output_tokens or 0
        self.micro_usd = None if micro_usd is None or self.micro_usd is None else self.micro_usd + micro_usd

    def lost(self, micro_usd_held: int) -> None:
        """One call failed after it may have been paid for; what it really cost is not known."""
        if micro_usd_held:
            self.micro_usd = None

    def spent(self, provider: str, model: str, now_s: float) -> Spent:
        """The sum, in the name of the one that answered."""
        return Spent(provider, model, self.input_tokens, self.output_tokens, self.micro_usd, now_s - self.started_s,
                     max(self.attempts, 1))  # fmt: skip
