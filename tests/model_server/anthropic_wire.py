"""Anthropic's wire format: messages, whole and streamed, tool use, structured output, and errors."""

import json
from typing import Any

from tests.model_server.asked import Asked, Scripted
from tests.model_server.reply import Reply, event_reply, json_reply, pieces

_KINDS = {
    400: "invalid_request_error", 401: "authentication_error", 403: "permission_error", 404: "not_found_error",
    413: "request_too_large", 429: "rate_limit_error", 500: "api_error", 529: "overloaded_error",
}  # fmt: skip
_STOPS = {"length": "max_tokens", "content_filter": "refusal"}


def reply_to(asked: Asked, answer: Scripted) -> Reply:
    """What Anthropic would send."""
    return _streamed(asked, answer) if asked.streams else _whole(asked, answer)


def error(status: int, message: str, **headers: str) -> Reply:
    """Anthropic's error body."""
    kind = _KINDS.get(status, "api_error" if status >= 500 else "invalid_request_error")
    return json_reply({"type": "error", "error": {"type": kind, "message": message}}, status, **headers)


def _blocks(asked: Asked, answer: Scripted) -> list[dict[str, Any]]:
    if answer.tool_calls:
        return [
            {"type": "tool_use", "id": f"toolu_{n}", "name": call.name, "input": dict(call.arguments)}
            for n, call in enumerate(answer.tool_calls)
        ]
    if answer.value is not None and asked.forced_tool:
        return [{"type": "tool_use", "id": "toolu_0", "name": asked.forced_tool, "input": answer.value}]
    return [{"type": "text", "text": answer.refusal or answer.written()}]


def _stop(answer: Scripted, blocks: list[dict[str, Any]]) -> str:
    if answer.refusal:
        return "refusal"
    return _STOPS.get(answer.stop) or ("tool_use" if blocks[0]["type"] == "tool_use" else "end_turn")


def _usage(asked: Asked, answer: Scripted) -> dict[str, Any]:
    if answer.usage is not None:
        renamed = {"prompt_tokens": "input_tokens", "completion_tokens": "output_tokens"}
        return {renamed[k]: v for k, v in answer.usage.items() if k in renamed}
    return {"input_tokens": len(asked.all_text) // 4 + 8, "output_tokens": len(answer.written()) // 4 + 1}


def _whole(asked: Asked, answer: Scripted) -> Reply:
    blocks = _blocks(asked, answer)
    return json_reply({"id": "msg_1", "type": "message", "role": "assistant", "model": asked.model, "content": blocks,
                       "stop_reason": _stop(answer, blocks), "stop_sequence": None, "usage": _usage(asked, answer)},
                      request_id="req_1")  # fmt: skip


def _streamed(asked: Asked, answer: Scripted) -> Reply:
    blocks, usage = _blocks(asked, answer), _usage(asked, answer)
    message = {"id": "msg_1", "type": "message", "role": "assistant", "model": asked.model, "content": [],
               "stop_reason": None, "stop_sequence": None, "usage": {**usage, "output_tokens": 1}}  # fmt: skip
    events: list[dict[str, Any]] = [{"type": "message_start", "message": message}]
    for index, block in enumerate(blocks):
        empty = {**block, "input": {}} if block["type"] == "tool_use" else {"type": "text", "text": ""}
        events.append({"type": "content_block_start", "index": index, "content_block": empty})
        if block["type"] == "tool_use":
            parts = [{"type": "input_json_delta", "partial_json": p} for p in pieces(json.dumps(block["input"]))]
        else:
            parts = [{"type": "text_delta", "text": p} for p in pieces(block["text"])]
        events += [{"type": "content_block_delta", "index": index, "delta": part} for part in parts]
        events.append({"type": "content_block_stop", "index": index})
    events.append({"type": "message_delta", "delta": {"stop_reason": _stop(answer, blocks), "stop_sequence": None},
                   "usage": {"output_tokens": usage.get("output_tokens", 0)}})  # fmt: skip
    events.append({"type": "message_stop"})
    return event_reply(tuple(_event(event) for event in events))


def _event(event: dict[str, Any]) -> bytes:
    return f"event: {event['type']}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n".encode()
