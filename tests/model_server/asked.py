"""One request as a provider's server reads it, and what is answered to it, before either becomes bytes."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Provider = Literal["openai", "anthropic"]


@dataclass(frozen=True)
class ToolCall:
    """A tool that the scripted model calls, by whatever name."""

    name: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True)
class Scripted:
    """What the scripted model answers. `text` may be anything; `value` is sent as JSON in the wanted shape."""

    text: str = ""
    value: Any = None
    tool_calls: tuple[ToolCall, ...] = ()
    refusal: str = ""
    vectors: tuple[tuple[float, ...], ...] = ()
    usage: Mapping[str, Any] | None = None
    """Counts of tokens; counted from the words when left out."""
    stop: Literal["", "length", "content_filter"] = ""

    def written(self) -> str:
        """The text of the answer; numbers that JSON has no word for are written as Python has them."""
        return self.text if self.value is None else json.dumps(self.value, ensure_ascii=False)


@dataclass(frozen=True)
class Asked:
    """One request, with what scripts want to know of it."""

    provider: Provider
    operation: Literal["chat", "embed", "unknown"]
    path: str
    headers: Mapping[str, str]
    """Names in lower case."""
    body: Mapping[str, Any] = field(default_factory=dict)

    @property
    def model(self) -> str:
        return str(self.body.get("model", ""))

    @property
    def streams(self) -> bool:
        return self.body.get("stream") is True

    @property
    def system(self) -> str:
        """All system text."""
        if self.provider == "anthropic":
            return _text(self.body.get("system", ""))
        return "\n".join(_text(m.get("content")) for m in self._messages() if m.get("role") in ("system", "developer"))

    @property
    def user(self) -> str:
        """The text of the last message of the user."""
        said = [m for m in self._messages() if m.get("role") == "user"]
        return _text(said[-1].get("content")) if said else ""

    @property
    def all_text(self) -> str:
        """Everything the model is told, in order."""
        return "\n".join([self.system, *(_text(m.get("content")) for m in self._messages())])

    @property
    def schema(self) -> Mapping[str, Any] | None:
        """The JSON schema that the answer shall have, however this provider is told."""
        if self.provider == "openai":
            wanted = self.body.get("response_format") or {}
            return (wanted.get("json_schema") or {}).get("schema")
        forced = [t for t in self.body.get("tools", ()) if t.get("name") == self.forced_tool]
        return forced[0].get("input_schema") if forced else None

    @property
    def forced_tool(self) -> str:
        """The tool that must be used, where one must."""
        choice = self.body.get("tool_choice") or {}
        return str(choice.get("name", "")) if isinstance(choice, dict) else ""

    @property
    def pictures(self) -> int:
        """How many pictures came along."""
        parts = [p for m in self._messages() if isinstance(m.get("content"), list) for p in m["content"]]
        return sum(part.get("type") in ("image", "image_url") for part in parts)

    @property
    def texts(self) -> list[str]:
        """The texts to embed."""
        given = self.body.get("input", [])
        return [given] if isinstance(given, str) else [str(text) for text in given]

    def _messages(self) -> list[Mapping[str, Any]]:
        return [m for m in self.body.get("messages", ()) if isinstance(m, dict)]


Script = Callable[[Asked], Scripted]


def _text(content: Any) -> str:
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    return "\n".join(str(part.get("text", "")) for part in parts if isinstance(part, dict))


def plain(asked: Asked) -> Scripted:
    """A script for requests that nothing is scripted for: one sentence, or a vector a text."""
    if asked.operation == "embed":
        return Scripted(vectors=tuple((float(len(text)), 1.0, 0.5) for text in asked.texts))
    return Scripted("Four works by the sea hang here, newest first.")
