"""Faults of the content: the line is fine and the status 200, and what came is not what was asked for."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.model_server.asked import Asked, Scripted, ToolCall
from tests.model_server.fault import Fault
from tests.model_server.reply import Reply

_NOWHERE = "f" * 64


def _body(name: str, body: bytes, kind: str = "application/json") -> Fault:
    return Fault(name, mar=lambda reply: Reply(200, {"content-type": kind}, body))


def _marred(name: str, change: Callable[[bytes], bytes]) -> Fault:
    return Fault(
        name, mar=lambda reply: replace(reply, body=change(reply.body), events=tuple(change(e) for e in reply.events))
    )


def _text(name: str, text: str) -> Fault:
    """Another text than the one that was scripted; another number of vectors for a request to embed."""
    return Fault(name, twist=lambda asked, answer: replace(answer, value=None, text=text, vectors=answer.vectors[:-1]))


def _value(name: str, change: Callable[[dict[str, Any]], Any]) -> Fault:
    def twist(asked: Asked, answer: Scripted) -> Scripted:
        value = change(dict(answer.value)) if isinstance(answer.value, dict) else answer.value
        bad = tuple((float("nan"), *vector[1:]) for vector in answer.vectors)
        return replace(answer, value=value, vectors=bad)

    return Fault(name, twist=twist)


def _usage(name: str, usage: dict[str, Any]) -> Fault:
    return Fault(name, twist=lambda asked, answer: replace(answer, usage=usage))


def _halved(body: bytes) -> bytes:
    return body[: len(body) // 2]


def _doubled(reply: Reply) -> Reply:
    return replace(reply, events=tuple(event for event in reply.events for _ in range(2)))


def _turned(reply: Reply) -> Reply:
    return replace(reply, events=tuple(reversed(reply.events)))


def _error_in_stream(reply: Reply) -> Reply:
    event = b'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n\n'
    body = b'{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}'
    return replace(reply, body=body, events=(*reply.events[:3], event) if reply.events else ())


def _nested(depth: int) -> str:
    return '{"kind":' * depth + '"create"' + "}" * depth


CONTENT_FAULTS = (
    _body("garbage_json", b"}{ not json at all"),
    _marred("truncated_json", _halved),
    _body("html_with_200", b"<html><body>Please log in to the hotel's network</body></html>", "text/html"),
    _body("empty_body", b""),
    _body("empty_object", b"{}"),
    _body("a_list", b"[1, 2, 3]"),
    _body("null", b"null"),
    _body("no_choices", b'{"id":"x","object":"chat.completion","choices":[],"content":[],"data":[]}'),
    _marred("not_utf8", lambda body: body.replace(b"e", b"\xff\xfe")),
    Fault("wrong_content_type", mar=lambda reply: replace(reply, headers={"content-type": "image/png"})),
    Fault("duplicated_chunks", mar=_doubled),
    Fault("reversed_chunks", mar=_turned),
    Fault("error_in_stream", mar=_error_in_stream),
    _text("empty_text", ""),
    _text("words_instead_of_json", "Sure! I would suggest a gallery by the sea."),
    _text("deeply_nested", _nested(3_000)),
    _text("enormous_text", "sea " * 400_000),
    _text("nan_text", '{"kind": "create", "confidence": NaN, "light": Infinity}'),
    _value("missing_fields", lambda value: {}),
    _value("wrong_types", lambda value: {**value, "kind": 7, "query": "all of it", "wishes": []}),
    _value("unknown_kind", lambda value: {**value, "kind": "approve"}),
    _value("extra_fields", lambda value: {**value, "approve": True, "run": "rm -rf /", "url": "http://127.0.0.1:9/"}),
    _value("nan_numbers", lambda value: {**value, "confidence": float("nan"), "light": float("inf")}),
    _value("huge_numbers", lambda value: {**value, "wishes": {"count": 10**18, "gap_m": 1e308}}),
    _value("hallucinated_ids", lambda value: {**value, "query": {"asset_ids": [_NOWHERE], "like_asset_id": _NOWHERE}}),
    Fault("hallucinated_tool", twist=lambda asked, answer: replace(
        answer, value=None, text="", tool_calls=(ToolCall("approve_everything", {"yes": True}),),
        vectors=answer.vectors * 3)),
    Fault("refusal", twist=lambda asked, answer: replace(
        answer, value=None, text="", refusal="I can't help with that.", vectors=())),
    Fault("content_filter", twist=lambda asked, answer: replace(
        answer, value=None, text="", stop="content_filter", vectors=())),
    Fault("cut_by_length", twist=lambda asked, answer: replace(
        answer, text=answer.written()[: len(answer.written()) // 2], value=None, stop="length", vectors=())),
    _usage("usage_negative", {"prompt_tokens": -5, "completion_tokens": -7, "total_tokens": -12}),
    _usage("usage_enormous", {"prompt_tokens": 10**15, "completion_tokens": 10**15, "total_tokens": 2 * 10**15}),
    _usage("usage_missing", {}),
)  # fmt: skip
