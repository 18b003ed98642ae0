"""What turns a request into an intent: one small protocol, so that planners can stand behind each other."""

import logging
from typing import Protocol

from agent.intent import Intent
from agent.offline.machinery import without_machinery
from agent.offline.onshow.reading import READ_IN_FULL
from agent.offline.parts import in_parts
from agent.offline.second_chances import second_chance
from agent.offline.tongues import in_own_words
from agent.offline.understand import understand
from agent.paraphrases import Paraphrases, is_another_wording
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

        async def read_all(words: str) -> Intent:
            found = read(words)
            if self._paraphrases is not None and found.confidence != READ_IN_FULL:
                better = await self._paraphrases.better(words, context, vocabulary, found, read)
                if better is not found and is_another_wording(words, better):
                    return better
                acted = await self._paraphrases.acted(words, context, vocabulary, found, read)
                return better if acted is found else acted
            return found

        async def is_talk(words: str) -> bool:
            return self._paraphrases is not None and await self._paraphrases.is_talk(words, context, vocabulary)

        intent = await read_all(request)
        if intent.confidence == READ_IN_FULL:
            return intent
        intent = await in_parts(request, intent, context, vocabulary, read_all, is_talk)
        words, language = in_own_words(without_machinery(request)[0], vocabulary)
        again = second_chance(words, intent, context, vocabulary, read)
        return intent if again is intent else again.model_copy(update={"language": language})
