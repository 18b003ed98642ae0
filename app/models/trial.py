"""Asks one provider for one word, and says how that went: what was seen, and what to do about it."""

import time
from dataclasses import dataclass
from uuid import uuid4

from agent.models.routed import RoutedModels
from agent.models.settings import ModelSettings
from agent.ports.models import CallTerms, ModelMessage, NoModel, Spent
from agent.ports.money import CapReached

_DEADLINE_S = 20.0
_TOKENS = 30
_ASKED = "Answer with the one word: ready."
_MOST_LETTERS = 80
_ADVICE = (
    ("accept the key", "Replace the key, and test again."),
    ("credit", "Fill up the account with the provider, or let another one go first."),
    ("allow this model", "Choose another model below, or ask for access to this one."),
    ("know the model", "Choose another model below, as the provider calls it."),
    ("too many requests", "Wait a moment, and test again."),
    ("could not be reached", "See that the address is right and the line is up."),
    ("cut the line", "See that the address is right and the line is up."),
    ("took too long", "Test again in a moment; until it answers, the next provider or the rules are asked."),
    ("overloaded", "Test again in a moment; until it answers, the next provider or the rules are asked."),
    ("could not be read", "See that this address speaks the provider's format."),
    ("said nothing", "See that this address speaks the provider's format."),
)


@dataclass(frozen=True)
class Tested:
    """How a provider did when it was asked for one word."""

    provider: str
    well: bool
    words: str
    seconds: float
    micro_usd: int | None = None


async def tried(models: RoutedModels, provider_id: str, settings: ModelSettings) -> Tested:
    """Ask; the time is that of the call alone. `models` know this provider and no other, and are loaded."""
    terms = CallTerms(f"test-{uuid4().hex}", "test", uuid4().hex, settings.quality, _DEADLINE_S, _TOKENS)
    started_s, said = time.monotonic(), ""
    spent: Spent | None = None
    try:
        async for item in models.stream("chat", (ModelMessage("user", _ASKED),), terms):
            if isinstance(item, Spent):
                spent = item
            else:
                said += item
    except NoModel as error:
        return Tested(provider_id, False, _why(error), time.monotonic() - started_s)
    except CapReached as error:
        words = f"{str(error)[:1].upper()}{str(error)[1:]}. Money holds the caps."
        return Tested(provider_id, False, words, time.monotonic() - started_s)
    cost = spent.micro_usd if spent is not None else None
    return Tested(provider_id, True, said.strip()[:_MOST_LETTERS], time.monotonic() - started_s, cost)


def _why(error: NoModel) -> str:
    if not error.tried:
        return "It has no model to chat with. Choose one below."
    why = error.tried[-1].partition(": ")[2]
    advice = next((what for part, what in _ADVICE if part in why), "")
    said = why if why[:1].isdigit() or why.startswith("it ") else f"it {why}"
    return f"{said[:1].upper()}{said[1:]}. {advice}".strip()
