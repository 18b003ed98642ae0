"""What turns a request into an intent: one small protocol, so that planners can stand behind each other."""

from typing import Protocol

from agent.intent import Intent
from agent.offline.understand import understand
from agent.ports.context import TurnContext
from agent.spoken import as_spoken
from agent.vocabulary import Vocabulary


class Planner(Protocol):
    """Understands requests. `plan` may ask a model; whatever comes back is only an intent, checked at the door."""

    async def plan(self, request: str, context: TurnContext, vocabulary: Vocabulary) -> Intent:
        """What the request means."""
        ...


class OfflinePlanner:
    """Understands by rules and words alone: no model, no network, no cost."""

    async def plan(self, request: str, context: TurnContext, vocabulary: Vocabulary) -> Intent:
        """What the request means."""
        return as_spoken(request, vocabulary.language, lambda words: understand(words, vocabulary, context))
