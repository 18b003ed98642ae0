"""The end of a run: a proposal of what was done, an answer, or a failure that names what was kept and what to do."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from agent.desk import Desk
from agent.events import Choice, Said, TurnEnded, TurnEvent
from agent.proposing import proposal_of, receipt_in_words
from agent.running.results import named
from agent.running.stepping import count_money
from agent.running.terms import AGAIN, ANOTHER_WAY
from agent.running.turn import Failed, Turn

NOTHING_CHANGED = "The scene is as it was before."


def ended_with(turn: Turn, desk: Desk) -> TurnEnded:
    """What to say of the desk as it lies there; steps that failed are named."""
    failed = list(turn.failures.values())
    desk.unmet += [f"{failure.step.title[:1].lower()}{failure.step.title[1:]}: {failure.what}" for failure in failed]
    common: dict[str, Any] = {"turn_id": turn.context.turn_id, "intent": desk.intent}
    proposal = proposal_of(desk)
    if proposal is not None:
        text = receipt_in_words(proposal, desk.intent.language)
        return TurnEnded(
            outcome="proposed", text=text, proposal=proposal, choices=_ways_on(failed), camera=desk.camera, **common
        )
    if failed:
        return _failed(turn, failed, common)
    if desk.camera is not None or desk.action:
        text = " ".join(desk.said)
        return TurnEnded(outcome="acted", text=text, camera=desk.camera, action=desk.action, ids=desk.ids, **common)
    text = " ".join(desk.said) or desk.tell.say("nothing.changes")
    return TurnEnded(outcome="answered", text=text, choices=desk.choices, **common)


async def in_words(turn: Turn, ended: TurnEnded, write: Callable[[TurnEvent], None]) -> TurnEnded:
    """An answer as a model words it, where one is asked to; what the planner had to say comes before it.

    An explanation keeps its facts (query, score, step, rule, who, when) below the model's words.
    """
    intent, phraser, turn_id = turn.intent, turn.shared.phraser, turn.context.turn_id
    if intent is None or ended.outcome not in ("answered", "acted"):
        return ended
    text = ended.text
    if phraser is not None and ended.outcome == "answered" and phraser.wants(intent):
        facts = text
        text = await phraser.phrased(turn.request, facts, turn.context, lambda piece: write(Said(turn_id, piece)))
        if intent.kind == "explain" and text != facts:
            text = f"{text}\n\n{facts}"
        await count_money(turn, write)
    return replace(ended, text=f"{intent.note} {text}".lstrip())


def _failed(turn: Turn, failed: Sequence[Failed], common: dict[str, Any]) -> TurnEnded:
    first = failed[0]
    there = named((step.title, turn.results[step.id]) for step in turn.workflow if step.id in turn.results)
    kept = first.kept or NOTHING_CHANGED
    if there:
        kept += f" Done already, and kept for the next try: {there}."
    advice = first.advice or "Try again in a moment."
    return TurnEnded(outcome="failed", text=first.what, kept=kept, advice=advice, choices=_ways_on(failed), **common)


def _ways_on(failed: Sequence[Failed]) -> tuple[Choice, ...]:
    if not failed or any(failure.cap for failure in failed):
        return ()
    return (Choice("Try again", AGAIN), Choice("Try a different approach", ANOTHER_WAY))
