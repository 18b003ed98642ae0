"""The price tag before a run, the cap that what was said sets, and understanding under that cap."""

import asyncio
from collections.abc import Callable
from typing import Protocol, runtime_checkable

from agent.events import Said, StepPrice, TurnEvent
from agent.intent import Intent
from agent.money import UNDERSTAND, micro_usd_of, price_tag
from agent.planner import OfflinePlanner
from agent.ports.context import TurnContext
from agent.ports.errors import PortError
from agent.ports.models import Estimate
from agent.ports.money import MICRO_USD, Accounts, CapReached
from agent.running.foreseen import foreseen
from agent.running.turn import Turn
from agent.vocabulary import Vocabulary
from agent.workflow import workflow_of

Write = Callable[[TurnEvent], None]


@runtime_checkable
class PricedPlanner(Protocol):
    """A planner that knows what asking it is likely to cost."""

    def estimate(self, request: str, context: TurnContext, vocabulary: Vocabulary) -> Estimate:
        """The price tag of `plan` with these arguments."""
        ...


async def understood(turn: Turn, write: Write) -> Intent:
    """What the request means. Its own words about money count before a model is asked; at the cap, rules alone."""
    accounts = turn.shared.accounts
    if accounts is None or not isinstance(turn.planner, PricedPlanner):
        return turn.adjust(await turn.planner.plan(turn.request, turn.context, turn.words))
    tag = await asyncio.to_thread(turn.planner.estimate, turn.request, turn.context, turn.words)  # it may import
    if not tag.most_micro_usd:  # no model will be asked, or it costs nothing
        return turn.adjust(await turn.planner.plan(turn.request, turn.context, turn.words))
    plain = await OfflinePlanner().plan(turn.request, turn.context, turn.words)
    run_id = turn.context.turn_id
    try:
        turn.cap_micro_usd = await accounts.limit_run(run_id, micro_usd_of(plain.budget_usd))
        await _tell_before(turn, tag, plain, accounts, write)
        return turn.adjust(await turn.planner.plan(turn.request, turn.context, turn.words))
    except (CapReached, PortError) as error:
        write(Said(run_id, f"No model was asked: {str(error).rstrip('.')}. Understood by rules instead. "))
        way_on = f". {error.way_on}" if isinstance(error, CapReached) else ""
        turn.notes.append(f"understood without a model: {error}{way_on}")
        return turn.adjust(plain)


async def _tell_before(turn: Turn, tag: Estimate, plain: Intent, accounts: Accounts, write: Write) -> None:
    """The price tag of the planner's own call and of what the rules foresee after it, at what such calls did cost."""
    run_id = turn.context.turn_id
    likely = min(round(tag.micro_usd * await accounts.factor(UNDERSTAND)), tag.most_micro_usd)
    await accounts.note_estimate(run_id, UNDERSTAND, tag.micro_usd)
    asking = StepPrice(UNDERSTAND, "Understand", tag.input_tokens, tag.output_tokens, likely / MICRO_USD)
    workflow = () if plain.missing else workflow_of(plain, turn.context)
    later = await foreseen(turn, plain, workflow, accounts)
    most_usd = (tag.most_micro_usd + later.most_micro_usd) / MICRO_USD
    write(price_tag(run_id, (), (asking, *later.rows), most_usd, turn.cap_micro_usd))


async def tell_price(turn: Turn, write: Write) -> None:
    """The cap that holds now that the request is understood, and what the whole run is likely to cost."""
    accounts, intent = turn.shared.accounts, turn.intent
    if accounts is None or intent is None:
        return
    try:
        turn.cap_micro_usd = await accounts.limit_run(turn.context.turn_id, micro_usd_of(intent.budget_usd))
        later = await foreseen(turn, intent, turn.workflow, accounts)
    except PortError:
        return
    rows, spent_usd = later.rows, turn.spent_micro_usd / MICRO_USD
    if rows and turn.spent_micro_usd:
        rows = (StepPrice(UNDERSTAND, "Understand", usd=spent_usd), *rows)
    most_usd = spent_usd + later.most_micro_usd / MICRO_USD
    write(price_tag(turn.context.turn_id, turn.workflow, rows, most_usd, turn.cap_micro_usd))
