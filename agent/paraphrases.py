"""Reads a request by meaning where the rules left something of it unread; without a model of closeness it is absent.

Only the creator's own words are ever encoded; what the library holds has no part in it.
"""

import asyncio
import logging
from dataclasses import dataclass

from agent.intent import Intent
from agent.offline.accounts import keeps, may_be_an_act, turns_round, unaccounted
from agent.offline.acts_learnt import learnt_acts
from agent.offline.closest import learnt
from agent.offline.machinery import without_machinery
from agent.offline.meanings import ASIDE
from agent.offline.parts import is_joined
from agent.offline.rereading import Read, Reader, Reread
from agent.offline.tongues import in_own_words
from agent.offline.unread import is_unread, phrases_around, unread_words, words_of
from agent.phrases import phrases
from agent.ports.closeness import Closeness, Vectors
from agent.ports.context import TurnContext
from agent.ports.errors import PortError
from agent.vocabulary import Vocabulary

_SHORT = 3
_MOST_WORDS = 12
"""Words of one act; a longer request is read in parts."""
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
        spoken = await self._spoken(tuple(phrase.text for phrase in said))
        if spoken is None or spoken.model != known.model:
            return first
        reader = Reader(words, read, vocabulary, context)
        again = reader.again(first, known.matches(said, spoken.rows))
        return _told(again, language) if again.taken else first

    async def acted(
        self, request: str, context: TurnContext, vocabulary: Vocabulary, first: Intent, read: Read
    ) -> Intent:
        """The reading as an act over the show that the request comes nearest to, where the first one leaves words."""
        words, language = in_own_words(without_machinery(request)[0], vocabulary)
        known = learnt_acts(vocabulary.language) if context.scene.placements else None
        if known is None or not 1 < len(words_of(words)) <= _MOST_WORDS or is_joined(words) or not may_be_an_act(first):
            return first
        lost = unaccounted(words, first, vocabulary, context)
        if not lost and not is_unread(first):
            return first
        ways = known.masked(words, vocabulary, context)
        spoken = await self._spoken(tuple(way.text for way in ways))
        if spoken is None or spoken.model != known.model:
            return first
        for said in known.readings(spoken.rows, ways):
            intent = read(said)
            kept = is_unread(first) or first.kind == "create" or keeps(first, intent, vocabulary)
            if kept and intent.kind != "unclear" and not intent.missing and not turns_round(words, intent, vocabulary):
                return _said_as(intent, words, said, language)
        return first

    async def is_talk(self, text: str, context: TurnContext, vocabulary: Vocabulary) -> bool:
        """Whether something is only told beside a wish."""
        known = learnt_acts(vocabulary.language) if context.scene.placements else None
        if known is None:
            return False
        ways = known.masked(text, vocabulary, context)[:1]
        spoken = await self._spoken((ways[0].text,))
        return spoken is not None and spoken.model == known.model and known.is_talk(spoken.rows[0])

    async def _spoken(self, said: tuple[str, ...]) -> Vectors | None:
        within_s = self._patience.later_s if self._has_answered else self._patience.first_s
        try:
            async with asyncio.timeout(within_s):
                found = await self._closeness.vectors(said)
            self._has_answered = True
            return found
        except (PortError, TimeoutError, ConnectionError) as error:
            log.info("read by rules alone: %s", error)
            return None


def is_another_wording(text: str, intent: Intent) -> bool:
    """Whether all of a text was taken for something, and that is no refusal."""
    said, put = set(words_of(text)), set(words_of(intent.reworded))
    return intent.missing != "ability" and not {word for word in said & put if len(word) > _SHORT}


def _said_as(intent: Intent, text: str, said: str, language: str) -> Intent:
    """The act, which says what the words were taken for."""
    tell = phrases(language)
    pair = tell.say("read.pair", said=tell.quoted(text), meant=said)
    note = tell.say("read.as", what=pair)
    return intent.model_copy(
        update={
            "language": language,
            "note": note[:400],
            "reworded": said[:400],
            "understood": (text[:400], *intent.understood)[:40],
        }
    )


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
