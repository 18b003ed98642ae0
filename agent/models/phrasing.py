"""Puts what the tools found into words of a model as they stream in; facts stay the tools', and are checked after."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

import resources
from agent.intent import Intent
from agent.models.cleaning import cleaned
from agent.ports.context import TurnContext
from agent.ports.models import CallTerms, Estimate, ModelMessage, Models, NoModel, Quality
from agent.ports.money import CapReached

PHRASE = "phrase"
"""The step under which the calls are booked."""
When = Literal["never", "other_languages", "always"]
_LOOKED_UP = frozenset({"count", "facet", "shown", "described", "extreme", "overview", ""})
_DEADLINE_S = 8.0
_MOST_TOKENS = 300
_MOST_FACTS = 3_000
_USUAL_FACTS = 200
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_QUOTED = re.compile(r"[“„«\"]([^“”„«»\"]+)[”“»\"]")
_ADDRESS = re.compile(r"https?:|www\.|\]\(", re.IGNORECASE)


class Phraser:
    """Words an answer in the creator's language; in English, the tools' own sentences stand unless told otherwise."""

    def __init__(self, models: Models, when: When = "other_languages", quality: Quality = "standard") -> None:
        self._models, self._when, self._quality = models, when, quality

    def wants(self, intent: Intent) -> bool:
        """Whether an answer to this is put into other words."""
        if intent.kind not in ("answer", "explain") or intent.about not in _LOOKED_UP:
            return False
        if (intent.quality or self._quality) == "draft" or self._when == "never":
            return False
        return self._when == "always" or intent.language != "en"

    def estimate(self, request: str, context: TurnContext) -> Estimate:
        """The price tag of putting an answer of usual length into words. It may import."""
        return self._models.estimate("chat", _messages(request, "x" * _USUAL_FACTS), self._terms(context))

    def _terms(self, context: TurnContext) -> CallTerms:
        return CallTerms(context.turn_id, PHRASE, context.correlation_id, self._quality, _DEADLINE_S, _MOST_TOKENS)

    async def phrased(self, request: str, facts: str, context: TurnContext, say: Callable[[str], None]) -> str:
        """The answer to keep: the model's words where they hold to the facts, else the facts as they are."""
        words = ""
        try:
            async for item in self._models.stream("chat", _messages(request, facts), self._terms(context)):
                if isinstance(item, str):
                    words += item
                    say(item)
        except (NoModel, CapReached):
            return facts
        words = " ".join(words.split())
        return words if holds_to(words, facts) else facts


def _messages(request: str, facts: str) -> tuple[ModelMessage, ...]:
    question = f"The question is between the lines.\n---\n{cleaned(request, 1_000)}\n---"
    return ModelMessage("system", _instructions()), ModelMessage("user", question, cleaned(facts, _MOST_FACTS))


def holds_to(words: str, facts: str) -> bool:
    """Whether every number and everything quoted was in the facts, and nothing leads away."""
    known = {_plain(number) for number in _NUMBER.findall(facts)}
    if not words or len(words) > 3 * len(facts) + 200 or _ADDRESS.search(words):
        return False
    if any(_plain(number) not in known for number in _NUMBER.findall(words)):
        return False
    said = cleaned(facts, _MOST_FACTS).casefold()
    return all(quote.strip().casefold() in said for quote in _QUOTED.findall(words))


def _plain(number: str) -> str:
    """ "1,200", "1.200" and "1200" are one number."""
    return re.sub(r"[.,]", "", number)


@lru_cache(maxsize=1)
def _instructions() -> str:
    return (resources.folder("prompts") / "phrase.md").read_text(encoding="utf-8").strip()
