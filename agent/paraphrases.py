"""Reads a request by meaning where the rules left something of it unread; without a model of closeness it is absent.

Only the creator's own words are ever compared; what the library holds has no part in it.
"""

import asyncio
import logging

from agent.intent import Intent
from agent.offline.closest import matches
from agent.offline.machinery import without_machinery
from agent.offline.meanings import MeaningTable, meaning_table
from agent.offline.rereading import Read, Reader, Reread
from agent.offline.tongues import in_own_words
from agent.offline.unread import is_unread, phrases_around, unread_words, words_of
from agent.phrases import phrases
from agent.ports.closeness import Closeness, Vectors
from agent.ports.context import TurnContext
from agent.ports.errors import PortError
from agent.vocabulary import Vocabulary

log = logging.getLogger(__name__)
_PHRASES_S = 1.0
_TABLE_S = 6.0
"""The table is encoded once; who asks before that waits this long, and reads by rules alone after it."""
_AWAY = (PortError, TimeoutError, ConnectionError)


class Paraphrases:
    """The table of paraphrases with its vectors, fetched once, and the port that encodes what was said."""

    def __init__(self, closeness: Closeness, table: MeaningTable | None = None) -> None:
        self._closeness = closeness
        self._table = table
        self._rows: Vectors | None = None
        self._fetching: asyncio.Task[Vectors | None] | None = None

    async def warm_up(self) -> None:
        """Have the table's vectors ready before a request needs them."""
        try:
            await self._known()
        except _AWAY as error:
            log.info("paraphrases are not compared yet: %s", error)

    async def better(
        self, request: str, context: TurnContext, vocabulary: Vocabulary, first: Intent, read: Read
    ) -> Intent:
        """The reading with what was said in other words; the first one where that is no better, or cannot be had."""
        words, language = in_own_words(without_machinery(request)[0], vocabulary)
        whole = is_unread(first)
        unread = frozenset(words_of(words)) if whole else unread_words(first, vocabulary, context)
        said = phrases_around(words, unread, vocabulary, whole=whole) if unread else ()
        if not said:
            return first
        try:
            async with asyncio.timeout(_PHRASES_S):
                spoken = await self._closeness.vectors(tuple(phrase.text for phrase in said))
            if spoken is None:
                return first
            async with asyncio.timeout(_TABLE_S):
                known = await self._known(spoken.model)
        except _AWAY as error:
            log.info("read by rules alone: %s", error)
            return first
        if known is None or known.rows.shape[1] != spoken.rows.shape[1]:
            return first
        found = matches(said, spoken.rows, self._of(), known.rows)
        again = Reader(read, vocabulary, context).again(words, first, found)
        return _told(again, language) if again.taken else first

    def _of(self) -> MeaningTable:
        if self._table is None:
            self._table = meaning_table()
        return self._table

    async def _known(self, model: str = "") -> Vectors | None:
        """The table's vectors by that model, fetched once however many ask at a time."""
        if self._rows is not None and (not model or self._rows.model == model):
            return self._rows
        if self._fetching is None or self._fetching.done():
            self._fetching = asyncio.create_task(self._closeness.vectors(self._of().texts), name="paraphrases")
        self._rows = await asyncio.shield(self._fetching)
        return self._rows


def _told(again: Reread, language: str) -> Intent:
    """The new reading, which says what was taken for what."""
    tell = phrases(language)
    pairs = [tell.say("read.pair", said=tell.quoted(m.phrase.text, 60), meant=m.said.says) for m in again.taken]
    note = tell.say("read.as", what=tell.listed(pairs))
    return again.intent.model_copy(update={"language": language, "note": note[:400], "reworded": again.text[:400]})
