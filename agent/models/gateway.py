"""The one module that knows LiteLLM: a router over the configured models, called one at a time and without retries.

Importing it takes seconds; `agent.models.routed` does that off the event loop when a model is needed first.
"""

import asyncio
import logging
import os
import time
import warnings
from collections.abc import AsyncIterator, Callable, Sequence
from contextvars import ContextVar
from typing import Any

os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")  # else importing it asks the network
os.environ.setdefault("LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS", "True")
os.environ.setdefault("LITELLM_MODE", "PRODUCTION")  # else importing it reads .env from the working folder

import litellm
import openai
from litellm.llms.custom_httpx.http_handler import AsyncHTTPHandler
from litellm.llms.custom_llm import CustomLLM
from litellm.router import Router

from agent.models.calls import Raw, Wanted
from agent.models.deployments import Deployment
from agent.models.prices import Price, most_input_tokens, plausible, price
from agent.models.trouble import Seen, Trouble, trouble_of
from agent.models.wire import seen_of_call, transport_to
from agent.models.wire_messages import wire_messages

_OFFLINE = "vernissage-offline"
_ANSWER = "answer"
_LONGEST_CHARACTERS_A_TOKEN = 12
_ADDRESSES = {"openai": "https://api.openai.com/v1", "anthropic": "https://api.anthropic.com"}
_answer_of_call: ContextVar[Callable[[], str]] = ContextVar("answer_of_call")


class _OfflineModel(CustomLLM):
    """The offline planner as a provider of LiteLLM; what it answers comes with each call."""

    async def acompletion(self, *args: Any, **parts: Any) -> Any:
        response = parts["model_response"]
        response.choices[0].message.content = await asyncio.to_thread(_answer_of_call.get())
        response.choices[0].finish_reason = "stop"
        return response


def _quieten() -> None:
    """No telemetry, no printing, no callbacks, no counting of tokens of its own."""
    litellm.telemetry = False
    litellm.suppress_debug_info = True
    litellm.disable_streaming_logging = True
    litellm.disable_token_counter = True
    litellm.drop_params = True
    vars(litellm)["DEFAULT_MAX_RETRIES"] = 0  # its embeddings take 0 for "not said"
    warnings.filterwarnings("ignore", message=r"Item '.*' on TypedDict class", category=UserWarning)  # its own types
    for name in ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy", "openai"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    litellm.custom_provider_map = [{"provider": _OFFLINE, "custom_handler": _OfflineModel()}]


class Gateway:
    """A `Line` over LiteLLM's router: each deployment is a group of its own, so that money, health and deadlines are
    settled between two calls. Belongs to one event loop."""

    def __init__(self, deployments: Sequence[Deployment]) -> None:
        _quieten()
        self._handlers: dict[str, AsyncHTTPHandler] = {}
        self._clients: dict[str, Any] = {}
        for deployment in deployments:
            if deployment.provider not in self._clients:
                self._clients[deployment.provider] = self._client(deployment)
        models = [{"model_name": d.name, "litellm_params": self._parameters(d)} for d in deployments]
        models.append({"model_name": _OFFLINE, "litellm_params": {"model": f"{_OFFLINE}/planner"}})
        self._router = Router(model_list=models, num_retries=0, max_fallbacks=0, disable_cooldowns=True)

    def _client(self, deployment: Deployment) -> Any:
        url = deployment.base_url or _ADDRESSES[deployment.kind]
        handler = AsyncHTTPHandler(transport=transport_to(url), follow_redirects=False)
        self._handlers[deployment.provider] = handler
        if deployment.kind == "anthropic":
            return handler
        key = deployment.key or "none"
        return openai.AsyncOpenAI(api_key=key, base_url=url, http_client=handler.client, max_retries=0)

    def _parameters(self, deployment: Deployment) -> dict[str, Any]:
        maker = "anthropic" if deployment.kind == "anthropic" else "openai"
        parameters = {"model": f"{maker}/{deployment.model}", "api_key": deployment.key or "none", "max_retries": 0}
        return parameters | ({"api_base": deployment.base_url} if deployment.base_url else {})

    async def ask(self, wanted: Wanted) -> Raw:
        """A whole answer; raises Trouble."""
        seen = Seen()
        seen_of_call.set(seen)
        try:
            async with asyncio.timeout(wanted.timeout_s):
                response = await self._router.acompletion(**self._call(wanted))
            return _raw(response, wanted)
        except Exception as error:
            raise self._trouble(error, seen) from None

    async def stream(self, wanted: Wanted) -> AsyncIterator[str | Raw]:
        """Words as they come, then what is known of the whole; raises Trouble, also in the middle."""
        seen = Seen()
        seen_of_call.set(seen)
        usage: Any = None
        most, count, refused = wanted.most_output_tokens * _LONGEST_CHARACTERS_A_TOKEN, 0, False
        response: Any = None
        try:
            call = self._call(wanted) | {"stream": True, "stream_options": {"include_usage": True}}
            response = await self._router.acompletion(**call)
            async for chunk in response:
                usage = getattr(chunk, "usage", None) or usage
                if not chunk.choices:
                    continue
                words = chunk.choices[0].delta.content or ""
                refused = refused or bool(_refusal(chunk.choices[0].delta, chunk.choices[0]))
                count += len(words)
                if count > most:
                    break
                if words:
                    yield words
        except Exception as error:
            raise self._trouble(error, seen) from None
        finally:
            if response is not None:
                await _closed(response)
        yield Raw("", *_tokens(usage, wanted), refused=refused)

    async def embed(self, wanted: Wanted) -> Raw:
        """Vectors; raises Trouble."""
        seen = Seen()
        seen_of_call.set(seen)
        deployment = wanted.deployment
        try:
            async with asyncio.timeout(wanted.timeout_s):
                response = await self._router.aembedding(
                    model=deployment.name, input=list(wanted.texts), timeout=wanted.timeout_s,
                    client=self._clients[deployment.provider], encoding_format="float",
                )  # fmt: skip
            vectors = tuple(tuple(float(number) for number in row["embedding"]) for row in response.data)
            return Raw("", *_tokens(response.usage, wanted), vectors=vectors)
        except Exception as error:
            raise self._trouble(error, seen) from None

    async def ask_offline(self, wanted: Wanted, answer: Callable[[], str]) -> Raw:
        """The offline planner's answer, through the router like any other."""
        _answer_of_call.set(answer)
        call: dict[str, Any] = {"model": _OFFLINE, "messages": wire_messages(wanted.messages)}
        response: Any = await self._router.acompletion(**call)
        return Raw(response.choices[0].message.content or "", 0, 0)

    def price(self, deployment: Deployment) -> Price | None:
        """What the configuration says, else what LiteLLM's own list says; None for what neither knows."""
        if deployment.own_price is not None or deployment.kind == "local":
            return deployment.own_price
        listed = litellm.model_cost.get(deployment.model) or {}
        output = listed.get("output_cost_per_token", 0.0 if deployment.purpose == "embed" else None)
        return price(listed.get("input_cost_per_token"), output)

    async def close(self) -> None:
        """Close all connections."""
        for handler in self._handlers.values():
            await handler.client.aclose()

    def _call(self, wanted: Wanted) -> dict[str, Any]:
        call = {
            "model": wanted.deployment.name,
            "messages": wire_messages(wanted.messages),
            "client": self._clients[wanted.deployment.provider],
            "timeout": wanted.timeout_s,
            "max_tokens": wanted.most_output_tokens,
        }
        if wanted.correlation_id:
            call["extra_headers"] = {"X-Correlation-Id": wanted.correlation_id}
        return call | _asked_shape(wanted)

    def _trouble(self, error: Exception, seen: Seen) -> Trouble:
        if isinstance(error, Trouble):
            return error
        return trouble_of(type(error).__name__, str(error)[:2_000], seen, time.time())


def _asked_shape(wanted: Wanted) -> dict[str, Any]:
    """How a provider is told the wanted shape. Anthropic's is a tool that must be used: its own structured output
    takes neither recursive schemas nor as many optional parts as an intent has."""
    if wanted.schema is None:
        return {}
    if wanted.deployment.kind == "anthropic":
        function = {"name": _ANSWER, "description": "Give the answer.", "parameters": wanted.schema}
        return {
            "tools": [{"type": "function", "function": function}],
            "tool_choice": {"type": "function", "function": {"name": _ANSWER}},
        }
    shape = {"name": _ANSWER, "schema": wanted.schema, "strict": False}
    return {"response_format": {"type": "json_schema", "json_schema": shape}}


def _raw(response: Any, wanted: Wanted) -> Raw:
    choice = response.choices[0]
    text = choice.message.content
    text = text if isinstance(text, str) else ""
    if wanted.schema is not None:
        used = [call.function for call in choice.message.tool_calls or () if call.function.name == _ANSWER]
        text = str(used[0].arguments) if used else text
    refused = _refusal(choice.message, choice)
    return Raw("" if refused else text, *_tokens(response.usage, wanted), refused=bool(refused))


def _refusal(message: Any, choice: Any) -> bool:
    told = getattr(message, "refusal", None) or (getattr(message, "provider_specific_fields", None) or {}).get(
        "refusal"
    )
    return bool(told) or choice.finish_reason in ("content_filter", "refusal")


def _tokens(usage: Any, wanted: Wanted) -> tuple[int | None, int | None]:
    """The counts that the provider reports, None for what is missing or cannot be true."""
    schema = str(wanted.schema or "")
    told = plausible(
        getattr(usage, "prompt_tokens", None), most_input_tokens(wanted.messages, schema + "".join(wanted.texts))
    )
    said = plausible(getattr(usage, "completion_tokens", None), wanted.most_output_tokens)
    return told or None, said if told else None


async def _closed(response: Any) -> None:
    """Let go of a stream that may not have been read to its end."""
    for close in (
        getattr(response, "aclose", None),
        getattr(getattr(response, "completion_stream", None), "close", None),
    ):
        if close is None:
            continue
        try:
            done = close()
            if asyncio.iscoroutine(done):
                await done
        except Exception:
            logging.getLogger(__name__).debug("a stream had been closed already")
        return
