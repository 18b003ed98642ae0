"""A model's judgement of works that are about to hang: may they, and do they fit; distrusted at the door."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

import resources
from agent.intent import Intent
from agent.ports.context import TurnContext
from agent.ports.library import Asset
from agent.ports.models import CallTerms, Estimate, ModelMessage, Models
from agent.ports.pictures import Pictures
from agent.wording import query_in_words
from scene.records import Placement

CHECK = "check"
"""The step under which the calls are booked."""
MOST_WORKS = 24
EDGE_PX = 256
_DEADLINE_S = 20.0
_TOKENS_AT_MOST, _TOKENS_A_JUDGEMENT = 150, 120
_USUAL_TITLE, _USUAL_TAGS = "A title of some words", ("subject", "colour", "place", "technique")


class Judgement(BaseModel):
    """What the model says of the picture with this number."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int
    may_hang: bool
    relevance: Annotated[float, Field(ge=0.0, le=1.0)] = 0.5
    why: Annotated[str, Field(max_length=300)] = ""


class Judgements(BaseModel):
    """One judgement for each picture."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    judgements: Annotated[tuple[Judgement, ...], Field(max_length=MOST_WORKS)] = ()


@dataclass(frozen=True)
class Judged:
    """A judgement with the work that it is about."""

    work: Placement
    judgement: Judgement


@lru_cache(maxsize=1)
def _prompt() -> str:
    return (resources.folder("judging") / "prompt.txt").read_text(encoding="utf-8").strip()


async def judged(
    works: Sequence[Placement],
    assets: Mapping[str, Asset],
    intent: Intent,
    context: TurnContext,
    models: Models,
    pictures: Pictures,
) -> list[Judged]:
    """The model's judgement of the first works; numbers that it made up count for nothing.

    Raises NoModel, CapReached.
    """
    first = list(works[:MOST_WORKS])
    pixels = await asyncio.gather(*(pictures.picture(work.asset_id, EDGE_PX) for work in first))
    seen = [(work, jpeg) for work, jpeg in zip(first, pixels, strict=True) if jpeg is not None]
    if not seen:
        return []
    listed = [
        {"number": n, "title": work.title, "tags": list(assets[work.asset_id].tags[:8])}
        for n, (work, _) in enumerate(seen, start=1)
        if work.asset_id in assets
    ]
    messages = _messages(intent, listed, tuple(jpeg for _, jpeg in seen))
    answer = await models.answer("vision", messages, Judgements, _terms(len(seen), intent, context))
    known = {one.number: one for one in answer.value.judgements}
    return [Judged(work, known[n]) for n, (work, _) in enumerate(seen, start=1) if n in known]


def estimated(pictures: int, intent: Intent, context: TurnContext, models: Models) -> Estimate:
    """The price tag of judging so many pictures, with titles and tags of usual length. It may import."""
    listed = [{"number": n + 1, "title": _USUAL_TITLE, "tags": list(_USUAL_TAGS)} for n in range(pictures)]
    messages = _messages(intent, listed, (b"",) * pictures)
    return models.estimate("vision", messages, _terms(pictures, intent, context))


def _messages(
    intent: Intent, listed: Sequence[Mapping[str, object]], pictures: tuple[bytes, ...]
) -> tuple[ModelMessage, ...]:
    data = json.dumps({"asked_for": query_in_words(intent.query), "pictures": listed}, ensure_ascii=False)
    asked = ModelMessage("user", "Judge these pictures.", data=data, pictures=pictures)
    return ModelMessage("system", _prompt()), asked


def _terms(pictures: int, intent: Intent, context: TurnContext) -> CallTerms:
    """So many pictures, so long an answer: two dozen judgements with their reasons must not be cut off."""
    most = _TOKENS_AT_MOST + _TOKENS_A_JUDGEMENT * pictures
    quality = intent.quality or "standard"
    return CallTerms(context.turn_id, CHECK, context.correlation_id, quality, _DEADLINE_S, most)
