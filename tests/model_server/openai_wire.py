"""OpenAI's wire format: chat completions, whole and streamed, embeddings, and errors."""

import base64
import json
import struct
from typing import Any

from tests.model_server.asked import Asked, Scripted
from tests.model_server.reply import Reply, event_reply, json_reply, pieces


def reply_to(asked: Asked, answer: Scripted) -> Reply:
    """What OpenAI would send."""
    if asked.operation == "embed":
        return _embeddings(asked, answer)
    return _streamed(asked, answer) if asked.streams else _whole(asked, answer)


def error(status: int, message: str, code: str = "", **headers: str) -> Reply:
    """OpenAI's error body."""
    kind = "invalid_request_error" if status < 500 else "server_error"
    return json_reply({"error": {"message": message, "type": kind, "param": None, "code": code or None}}, status,
                      **headers)  # fmt: skip


def _finish(answer: Scripted) -> str:
    return answer.stop or ("tool_calls" if answer.tool_calls else "stop")


def _usage(asked: Asked, answer: Scripted) -> Any:
    if answer.usage is not None:
        return dict(answer.usage)
    told, said = len(asked.all_text) // 4 + 8, len(answer.written()) // 4 + 1
    return {"prompt_tokens": told, "completion_tokens": said, "total_tokens": told + said}


def _calls(answer: Scripted) -> list[dict[str, Any]]:
    return [
        {"id": f"call_{n}", "type": "function", "index": n,
         "function": {"name": call.name, "arguments": json.dumps(dict(call.arguments))}}
        for n, call in enumerate(answer.tool_calls)
    ]  # fmt: skip


def _whole(asked: Asked, answer: Scripted) -> Reply:
    message: dict[str, Any] = {"role": "assistant", "content": answer.written() or None, "refusal": None}
    if answer.refusal:
        message |= {"content": None, "refusal": answer.refusal}
    if answer.tool_calls:
        message["tool_calls"] = _calls(answer)
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": _finish(answer)}
    return json_reply({"id": "chatcmpl-1", "object": "chat.completion", "created": 1_790_000_000, "model": asked.model,
                       "choices": [choice], "usage": _usage(asked, answer)}, x_request_id="req_1")  # fmt: skip


def _streamed(asked: Asked, answer: Scripted) -> Reply:
    def chunk(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1_790_000_000, "model": asked.model,
                "choices": [choice]}  # fmt: skip

    chunks = [chunk({"role": "assistant", "content": ""})]
    if answer.refusal:
        chunks.append(chunk({"refusal": answer.refusal}))
    elif answer.tool_calls:
        chunks.append(chunk({"tool_calls": _calls(answer)}))
    else:
        chunks += [chunk({"content": piece}) for piece in pieces(answer.written())]
    chunks.append(chunk({}, _finish(answer)))
    if (asked.body.get("stream_options") or {}).get("include_usage"):
        chunks.append({**chunk({}), "choices": [], "usage": _usage(asked, answer)})
    events = [f"data: {json.dumps(c, ensure_ascii=False)}\n\n".encode() for c in chunks]
    return event_reply((*events, b"data: [DONE]\n\n"))


def _embeddings(asked: Asked, answer: Scripted) -> Reply:
    packed = asked.body.get("encoding_format") == "base64"
    data = [
        {"object": "embedding", "index": n,
         "embedding": base64.b64encode(struct.pack(f"<{len(v)}f", *v)).decode() if packed else list(v)}
        for n, v in enumerate(answer.vectors)
    ]  # fmt: skip
    told = sum(len(text) for text in asked.texts) // 4 + 1
    usage = answer.usage if answer.usage is not None else {"prompt_tokens": told, "total_tokens": told}
    return json_reply({"object": "list", "data": data, "model": asked.model, "usage": usage})
