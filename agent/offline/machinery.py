"""Text in a request that is made for machines: calls of tools, markup, roles, code. It is data, never a wish."""

import re

from agent.intent import Intent
from agent.offline.normalise import MAX_CHARACTERS

_MADE_FOR_MACHINES = re.compile(
    r"```.*?(?:```|$)"
    r"|\[\[.*?(?:\]\]|$)|\{\{.*?(?:\}\}|$)"
    r"|<\|.*?\|>"
    r"|<(?P<tag>[a-z_][\w:-]*)[^<>]*>.*?</(?P=tag)\s*>"
    r"|</?[a-z_][\w:-]*(?:\s[^<>]*)?/?>"
    r"|\{[^{}]*[\"':][^{}]*(?:\}|$)"
    r"|\[/?[a-z_]+(?::[^\]]*|_[^\]]*)?\]|\[\w+\s*\([^\]]*\]"
    r"|`[^`\n]*[(;|~/$_][^`\n]*`"
    r"|\b\w*_\w*\s*\([^()]*\)(?:\.\w+(?:\([^()]*\))?)*"
    r"|\b[a-z]\w*(?:\.\w+)+\s*\([^()]*\)"
    r"|(?:^|(?<=[.!?\n\]]))\s*#{0,4}\s*(?:system|assistant|developer|tool|function|admin|root)\s*(?:prompt|message|override)?\s*:[^\n]*",
    re.IGNORECASE | re.DOTALL,
)
_MOST_NAMED = 3
_MOST_NESTED = 4


def without_machinery(text: str) -> tuple[str, tuple[str, ...]]:
    """The request without what is made for machines, and those parts."""
    text = text[:MAX_CHARACTERS]
    found: list[str] = []
    for _ in range(_MOST_NESTED):
        parts = [match[0].strip() for match in _MADE_FOR_MACHINES.finditer(text)]
        if not parts:
            break
        found += parts
        text = " ".join(_MADE_FOR_MACHINES.sub(" ", text).split())
    return text, tuple(part[:120] for part in found[:_MOST_NAMED])


def barred(intent: Intent, parts: tuple[str, ...]) -> Intent:
    """The intent, which names what was left out of it."""
    return intent.model_copy(update={"ignored": (*intent.ignored, *parts)[:20]})


def nothing_but_machinery(parts: tuple[str, ...], language: str) -> Intent:
    """There was no wish beside it."""
    return Intent(
        kind="unclear", missing="ability", name="run", subject=" ".join(parts)[:400], language=language, confidence=0.9
    )
