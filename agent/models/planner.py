"""The planner that may ask a language model: our own rules first, a model where they do not suffice, rules after it."""

from agent.intent import Intent
from agent.models.briefing import briefing
from agent.models.door import at_the_door
from agent.models.grounding import grounded, is_sure
from agent.models.heard import HeardIntent
from agent.models.routed import OFFLINE
from agent.models.trying import LEFT_IN_PEACE
from agent.offline.understand import understand
from agent.planner import OfflinePlanner
from agent.ports.context import TurnContext
from agent.ports.models import Answered, CallTerms, Estimate, Models, NoModel, Quality
from agent.vocabulary import Vocabulary

UNDERSTAND = "understand"
"""The step under which the calls are booked."""
_MOST_OUTPUT_TOKENS = 1_200
_NO_PRICE = Estimate(0, 0, 0, 0)
_UNSURE = 0.5


class ModelPlanner:
    """Fills `agent.planner.Planner`. What the creator pays for is only what our own rules cannot read.

    A model is asked: in draft quality, when the rules make nothing of a request; in standard, when they left a word
    or are not sure; in high, always but for what acts at once. Raises CapReached; without a model, the rules decide.
    """

    def __init__(
        self,
        models: Models,
        quality: Quality = "standard",
        deadline_s: float = 20.0,
        offline: OfflinePlanner | None = None,
    ) -> None:
        self._models = models
        self._offline = offline or OfflinePlanner()
        self._quality = quality
        self._deadline_s = deadline_s

    def estimate(self, request: str, context: TurnContext, vocabulary: Vocabulary) -> Estimate:
        """The price tag of `plan` with these arguments; nothing where no model would be asked."""
        plain = understand(request, vocabulary, context)
        quality = plain.quality or self._quality
        if not asks_a_model(plain, quality, context, request):
            return _NO_PRICE
        return self._models.estimate(
            "plan", briefing(request, context, vocabulary), self._terms(context, quality, plain)
        )

    async def plan(self, request: str, context: TurnContext, vocabulary: Vocabulary) -> Intent:
        """What the request means. Raises CapReached."""
        plain = understand(request, vocabulary, context)
        quality = plain.quality or self._quality
        if not asks_a_model(plain, quality, context, request):
            return plain
        terms = self._terms(context, quality, plain)
        try:
            answered = await self._models.answer("plan", briefing(request, context, vocabulary), HeardIntent, terms)
        except NoModel as none:
            return _noted(await self._offline.plan(request, context, vocabulary), none.tried)
        if answered.spent.provider == OFFLINE:
            return _noted(await self._offline.plan(request, context, vocabulary), answered.fell_back_from)
        intent = taken(answered.value, plain, context, vocabulary)
        return intent if intent.note else intent.model_copy(update={"note": _by_another(answered)})

    def _terms(self, context: TurnContext, quality: Quality, plain: Intent) -> CallTerms:
        return CallTerms(
            run_id=context.turn_id,
            step_id=UNDERSTAND,
            correlation_id=context.correlation_id,
            quality=quality,
            deadline_s=self._deadline_s,
            max_output_tokens=_MOST_OUTPUT_TOKENS,
            last_resort=lambda: HeardIntent.model_construct(intent=plain, dropped=()),
        )


def asks_a_model(plain: Intent, quality: Quality, context: TurnContext, request: str) -> bool:
    """Whether a model could read the request better than our own rules did."""
    if not request.strip() or plain.missing or plain.continues:
        return False
    if quality == "high":
        return not (is_sure(plain) and plain.kind in ("undo", "redo", "export", "canvas", "project"))
    if quality == "draft":
        return plain.kind == "unclear" or plain.confidence < _UNSURE
    return not is_sure(plain)


def taken(heard: HeardIntent, plain: Intent, context: TurnContext, vocabulary: Vocabulary) -> Intent:
    """What is made of a model's answer: real, bounded, carried by the creator's words; the rest is named."""
    fits, left_out = at_the_door(heard.intent, context, vocabulary)
    ground = grounded(fits, plain)
    if ground.intent is plain:
        return plain
    ignored = dict.fromkeys((*ground.intent.ignored, *left_out))
    note = ground.intent.note
    if ground.refused and not note:
        note = f"Not done, since it was not said in plain words: {', '.join(ground.refused)}."
    if heard.dropped and not note:
        note = f"The model's answer had parts that a model may not say; they were left out: {', '.join(heard.dropped)}."
    return ground.intent.model_copy(update={"ignored": tuple(ignored)[:20], "note": note[:400]})


def _noted(intent: Intent, tried: tuple[str, ...]) -> Intent:
    return intent.model_copy(update={"note": f"{_without_a_model(tried)} {intent.note}".strip()[:400]})


def _by_another(answered: Answered[HeardIntent]) -> str:
    """Who read the request after others had been asked in vain; one that is left in peace was told of before."""
    failed = [why for why in answered.fell_back_from if LEFT_IN_PEACE not in why]
    return f"Read by {answered.spent.provider} instead ({'; '.join(failed)})."[:400] if failed else ""


def _without_a_model(tried: tuple[str, ...]) -> str:
    why = f" ({'; '.join(tried)})" if tried else ""
    return f"No language model could be asked{why}, so I read this by my own rules."[:400]
