"""Messages as they are sent: instructions in one part, data of the library in another that is marked as data."""

import base64
from collections.abc import Sequence
from typing import Any

from agent.models.cleaning import MOST_CHARACTERS
from agent.ports.models import ModelMessage

DATA_BEGINS = "<data>"
DATA_ENDS = "</data>"
"""Cleaned data has no angle brackets, so that nothing in it can end it."""
MOST_PICTURES = 8


def wire_messages(messages: Sequence[ModelMessage]) -> list[dict[str, Any]]:
    """OpenAI's form, which LiteLLM translates for others."""
    return [{"role": message.role, "content": _content(message)} for message in messages]


def _content(message: ModelMessage) -> str | list[dict[str, Any]]:
    if not message.data and not message.pictures:
        return message.text
    parts: list[dict[str, Any]] = [{"type": "text", "text": message.text}]
    if message.data:
        parts.append({"type": "text", "text": f"{DATA_BEGINS}\n{_fenced(message.data)}\n{DATA_ENDS}"})
    for picture in message.pictures[:MOST_PICTURES]:
        url = f"data:image/jpeg;base64,{base64.b64encode(picture).decode()}"
        parts.append({"type": "image_url", "image_url": {"url": url}})
    return parts


def _fenced(data: str) -> str:
    return data.replace("<", "‹").replace(">", "›")[:MOST_CHARACTERS]
