"""What a model is told before it reads a request: the instructions, and apart from them what there is, as data."""

import json
from functools import lru_cache
from typing import Any

import resources
from agent.intent import Intent
from agent.models.cleaning import MOST_CHARACTERS, cleaned, cleaned_values
from agent.ports.context import AND_THEN, TurnContext
from agent.ports.models import ModelMessage
from agent.vocabulary import Vocabulary

_MOST_TITLES = 16
_MOST_SELECTED = 8
_MOST_RECENT = 4
_MOST_WORDS = 60
_MOST_CREATORS = 20
_MOST_REQUEST = 4_000


@lru_cache(maxsize=1)
def _instructions() -> str:
    return (resources.folder("prompts") / "plan.md").read_text(encoding="utf-8").strip()


def system_text(vocabulary: Vocabulary) -> str:
    """The instructions with the themes that the house has."""
    themes = [f"{theme.id} ({', '.join([theme.name, *theme.words[:4]])})" for theme in vocabulary.themes]
    return f"{_instructions()}\n- `theme` is one of these ids, or left out: {'; '.join(themes)}."


def briefing(request: str, context: TurnContext, vocabulary: Vocabulary) -> tuple[ModelMessage, ...]:
    """The messages that ask what a request means."""
    asked = cleaned(request, _MOST_REQUEST)
    text = f"Today is {context.today.isoformat()}. The request is between the lines.\n---\n{asked}\n---"
    return ModelMessage("system", system_text(vocabulary)), ModelMessage("user", text, data_of(context, vocabulary))


def _in_short(intent: Intent) -> str:
    """What was understood, in a few words: "create: sea, gallery, noir, 24 works"."""
    query, count = intent.query, intent.wishes.count
    said = [intent.subject or query.words, intent.layout, intent.theme, *query.colours, *query.tags]
    parts = [*dict.fromkeys(part for part in said if part), *([f"{count} works"] if count else [])]
    return f"{intent.kind}: {', '.join(parts)}" if parts else intent.kind


def data_of(context: TurnContext, vocabulary: Vocabulary) -> str:
    """What there is, as one line of JSON a topic: cleaned, capped, and without ids."""
    scene = context.scene
    selected = [work.title for work in scene.placements if work.id in context.selection]
    arrangement = scene.arrangement
    topics: dict[str, Any] = {
        "works_on_show": len(scene.placements),
        "layout_on_show": arrangement.layout if arrangement else None,
        "titles_on_show": cleaned_values((work.title for work in scene.placements), _MOST_TITLES),
        "selected": len(selected),
        "titles_selected": cleaned_values(selected, _MOST_SELECTED),
        "creators_in_library": cleaned_values(vocabulary.creators, _MOST_CREATORS),
        "words_in_library": cleaned_values(sorted(vocabulary.library_words), _MOST_WORDS),
        "earlier_requests": cleaned_values(context.recent_requests[-_MOST_RECENT:], _MOST_RECENT),
        "understood_before": cleaned_values(map(_in_short, context.last_intents[-_MOST_RECENT:]), _MOST_RECENT),
    }
    if context.pending_question:
        topics["open_question"] = cleaned(context.pending_question)
        topics["question_is_about"] = cleaned(context.pending_request.replace(AND_THEN, "; "), 400)
    lines = [json.dumps({name: value}, ensure_ascii=False) for name, value in topics.items() if value not in (None, [])]
    kept: list[str] = []
    for line in lines:
        if sum(map(len, kept)) + len(line) < MOST_CHARACTERS:
            kept.append(line)
    return "\n".join(kept)
