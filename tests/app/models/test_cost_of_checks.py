"""What looking at the pictures cost belongs to the run that it was done for."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from agent.checking.all_checks import Examiner
from agent.checking.judging import Judgements
from agent.events import Priced, Spending, StepChanged, TurnEnded
from agent.money import Caps
from agent.ports.models import Answered, CallTerms, Estimate, ModelMessage, Spent
from agent.turn import Agent
from app.models.ledger import Ledger
from scene.scene import Scene
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

    def estimate(self, purpose: str, messages: Sequence[ModelMessage], terms: CallTerms) -> Estimate:
        pictures = sum(len(message.pictures) for message in messages)
        return Estimate(800 * pictures, 100, 900 * pictures, 2 * _MICRO_USD)

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


async def test_the_price_tag_tells_what_looking_at_the_pictures_will_cost_and_learns_from_the_bill(
    tmp_path: Path,
) -> None:
    talk, ledger = Talk(), Ledger(tmp_path / "ledger.sqlite", Caps())
    paid: Any = Paid(ledger)
    talk.agent = Agent(talk.library, talk.projects, THEMES, accounts=ledger, examiner=Examiner(paid, paid))
    told = []
    for _ in range(4):
        talk.scene = Scene()
        await talk.say("create a gallery of 8 crabs, in high quality")
        (tag,) = [event for event in talk.events if isinstance(event, Priced)]
        told.append((tag.steps[0].title, tag.steps[0].input_tokens, round(tag.total_usd, 6), round(tag.most_usd, 6)))
    assert told[0] == ("Look at the pictures", 6_400, 0.0072, 0.014)
    assert told[3] == ("Look at the pictures", 6_400, 0.007, 0.014)


async def test_nothing_is_foreseen_where_no_picture_will_be_looked_at(tmp_path: Path) -> None:
    talk, ledger = Talk(), Ledger(tmp_path / "ledger.sqlite", Caps())
    paid: Any = Paid(ledger)
    talk.agent = Agent(talk.library, talk.projects, THEMES, accounts=ledger, examiner=Examiner(paid, paid))
    for request in ("create a gallery of 8 crabs", "bigger gaps, in high quality", "how many from 2019?"):
        await talk.say(request)
        (tag,) = [event for event in talk.events if isinstance(event, Priced)]
        assert tag.steps == ()


async def test_looking_at_the_pictures_is_shown_as_a_step_of_its_own(tmp_path: Path) -> None:
    talk, ledger = Talk(), Ledger(tmp_path / "ledger.sqlite", Caps())
    paid: Any = Paid(ledger)
    talk.agent = Agent(talk.library, talk.projects, THEMES, accounts=ledger, examiner=Examiner(paid, paid))
    ended = await talk.say("create a gallery of 8 crabs, in high quality")
    states = [event.step.state for event in talk.events if isinstance(event, StepChanged) and event.step.id == "check"]
    assert states == ["running", "skipped"], "this one finds nothing to say"
    assert ended.steps[-1].title == "Look at the pictures"
    assert [step["id"] for step in ended.workflow] == ["search", "choose", "arrange"]
    await talk.say("create a gallery of 8 lighthouses")
    assert "check" not in {event.step.id for event in talk.events if isinstance(event, StepChanged)}
