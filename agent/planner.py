"""What turns a request into an intent: one small protocol, so that planners can stand behind each other."""

import logging
from typing import Protocol

from agent.intent import Intent
from agent.offline.understand import understand
from agent.paraphrases import Paraphrases
from agent.ports.context import TurnContext
from agent.spoken import as_spoken
from agent.vocabulary import Vocabulary

log = logging.getLogger(__name__)


class Planner(Protocol):
    """Understands requests. `plan` may ask a model; whatever comes back is only an intent, checked at the door."""

    async def plan(self, request: str, context: TurnContext, vocabulary: Vocabulary) -> Intent:
        """What the request means."""
        ...


class OfflinePlanner:
    """Understands by rules and words, and by the closeness of paraphrases where there is one: no network, no cost."""

    def __init__(self, paraphrases: Paraphrases | None = None) -> None:
        self._paraphrases = paraphrases

    async def plan(self, request: str, context: TurnContext, vocabulary: Vocabulary) -> Intent:
        """What the request means."""

        def read(words: str) -> Intent:
            try:
                return as_spoken(words, vocabulary.language, lambda text: understand(text, vocabulary, context))
            except (ArithmeticError, LookupError, TypeError, ValueError):
                log.exception("The rules could not read a request of %d characters.", len(words))
                return Intent(kind="unclear", confidence=0.0)

        first = read(request)
        if self._paraphrases is None:
            return first
        return await self._paraphrases.better(request, context, vocabulary, first, read)
