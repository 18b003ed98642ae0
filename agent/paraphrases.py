"""Reads a request by meaning where the rules left something of it unread; without a model of closeness it is absent.

Only the creator's own words are ever encoded; what the library holds has no part in it.
"""

import asyncio
import logging
from dataclasses import dataclass

from agent.intent import Intent
from agent.offline.closest import learnt
from agent.offline.machinery import without_machinery
from agent.offline.meanings import ASIDE
from agent.offline.rereading import Read, Reader, Reread
from agent.offline.tongues import in_own_words
from agent.offline.unread import Phrase, phrases_around, unread_words
from agent.phrases import phrases
from agent.ports.closeness import Closeness, Vectors
from agent.ports.context import TurnContext
from agent.ports.errors import PortError
from agent.vocabulary import Vocabulary

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Patience:
    """How long a request waits to be compared; then it is read by rules alone."""

    first_s: float = 4.0
    """Until the model has answered once: it has to be loaded."""
    later_s: float = 2.0
    """A comparison takes a few milliseconds; the rest is for a busy computer."""


class Paraphrases:
    """What was learnt of paraphrases, and the port that encodes what was said."""

    def __init__(self, closeness: Closeness, patience: Patience | None = None) -> None:
        self._closeness, self._patience = closeness, patience or Patience()
        self._has_answered = False

    async def better(
        self, request: str, context: TurnContext, vocabulary: Vocabulary, first: Intent, read: Read
    ) -> Intent:
        """The reading with what was said in other words; the first one where that is no better, or cannot be had."""
        words, language = in_own_words(without_machinery(request)[0], vocabulary)
        unread = unread_words(words, first, vocabulary, context)
        said = phrases_around(words, unread, vocabulary) if unread else ()
        known = learnt(vocabulary.language) if said else None
        if known is None:
            return first
        spoken = await self._spoken(said)
        if spoken is None or spoken.model != known.model:
            return first
        reader = Reader(words, read, vocabulary, context)
        again = reader.again(first, known.matches(said, spoken.rows))
        return _told(again, language) if again.taken else first

    async def _spoken(self, said: tuple[Phrase, ...]) -> Vectors | None:
        within_s = self._patience.later_s if self._has_answered else self._patience.first_s
        try:
            async with asyncio.timeout(within_s):
                found = await self._closeness.vectors(tuple(phrase.text for phrase in said))
            self._has_answered = True
            return found
        except (PortError, TimeoutError, ConnectionError) as error:
            log.info("read by rules alone: %s", error)
            return None


def _told(again: Reread, language: str) -> Intent:
    """The new reading, which says what was taken for what, and what for talk beside the wish."""
    tell = phrases(language)
    pairs = [
        tell.say("read.pair", said=tell.quoted(match.phrase.text), meant=match.said.says)
        for match in again.taken
        if match.said.name != ASIDE
    ]
    beside = [tell.quoted(match.phrase.text) for match in again.taken if match.said.name == ASIDE]
    notes = [tell.say("read.as", what=tell.listed(pairs))] if pairs else []
    notes += [tell.say("read.beside", what=tell.listed(beside))] if beside else []
    return again.intent.model_copy(
        update={"language": language, "note": " ".join(notes)[:400], "reworded": again.text[:400]}
    )
