"""What looking at the pictures cost belongs to the run that it was done for."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from agent.checking.all_checks import Examiner
from agent.checking.judging import Judgements
from agent.events import Spending, TurnEnded
from agent.money import Caps
from agent.ports.models import Answered, CallTerms, ModelMessage, Spent
from agent.turn import Agent
from app.models.ledger import Ledger
from tests.agent.turns import THEMES, Talk

_MICRO_USD = 7_000


class Paid:
    """Looks at any picture for a price, and finds nothing to say; its pixels are no picture."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    async def answer(
        self, purpose: str, messages: Sequence[ModelMessage], shape: type[Any], terms: CallTerms
    ) -> Answered[Any]:
        held = await self._ledger.reserve(terms.run_id, terms.step_id, 2 * _MICRO_USD)
        await self._ledger.settle(held, _MICRO_USD)
        return Answered(Judgements(), Spent("test", "test"))

    async def picture(self, asset_id: str, edge_px: int) -> bytes | None:
        return b"jpeg"


async def test_what_the_checks_cost_is_counted_before_the_run_ends(tmp_path: Path) -> None:
    talk, ledger = Talk(), Ledger(tmp_path / "ledger.sqlite", Caps())
    paid: Any = Paid(ledger)
    talk.agent = Agent(talk.library, talk.projects, THEMES, accounts=ledger, examiner=Examiner(paid, paid))
    ended = await talk.say("create a gallery of 8 crabs, in high quality")
    assert isinstance(ended, TurnEnded)
    assert ended.outcome == "proposed", ended.text
    assert ended.cost_usd == _MICRO_USD / 1_000_000
    assert [event.spent_usd for event in talk.events if isinstance(event, Spending)] == [ended.cost_usd]
