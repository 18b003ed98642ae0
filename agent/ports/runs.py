"""What the agent needs of whoever keeps its runs: what each step gave is on disk before the next one starts."""

from dataclasses import dataclass
from typing import Protocol

from agent.events import StepState


@dataclass(frozen=True)
class KeptStep:
    """What a finished step gave: `key` says of what (tool, arguments, draft), `body` is its plain form."""

    step_id: str
    key: str
    body: bytes


class RunKeeper(Protocol):
    """Keeps runs while they go on. A run is finished when the session that took in its end says so, never before."""

    async def planned(self, run_id: str, intent_json: str, workflow_json: str, cap_usd: float | None) -> None:
        """The request is understood and the steps are known; the same run may be planned again."""
        ...

    async def stepped(self, run_id: str, state: StepState, kept: KeptStep | None) -> None:
        """A step has ended, done or failed, with what it gave; one commit."""
        ...

    async def kept_steps(self, run_id: str) -> tuple[KeptStep, ...]:
        """What the finished steps of a run gave."""
        ...
