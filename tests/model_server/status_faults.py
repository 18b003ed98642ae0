"""Faults of the status: what providers and the proxies before them answer instead of an answer."""

from tests.model_server import anthropic_wire, openai_wire
from tests.model_server.asked import Asked
from tests.model_server.exchange import Exchange
from tests.model_server.fault import Fault
from tests.model_server.reply import Reply

_PROXY_PAGE = b"<html><head><title>Bad gateway</title></head><body><h1>Bad gateway</h1></body></html>"


def _status(name: str, status: int, message: str, code: str = "", **headers: str) -> Fault:
    async def send(asked: Asked, reply: Reply, exchange: Exchange) -> None:
        if asked.provider == "anthropic":
            await exchange.send(anthropic_wire.error(status, message, **headers))
        else:
            await exchange.send(openai_wire.error(status, message, code, **headers))

    return Fault(name, send=send)


def _page(name: str, status: int, body: bytes = _PROXY_PAGE, kind: str = "text/html") -> Fault:
    return Fault(name, mar=lambda reply: Reply(status, {"content-type": kind}, body))


_OVER = "Rate limit reached for requests"

STATUS_FAULTS = (
    _status("400", 400, "Unrecognized request argument"),
    _status("400_too_long", 400, "This model's maximum context length is 8192 tokens.", "context_length_exceeded"),
    _status("401", 401, "Incorrect API key provided.", "invalid_api_key"),
    _status("402", 402, "Your credit balance is too low."),
    _status("403", 403, "You are not allowed to use this model."),
    _status("404_model", 404, "The model does not exist or you do not have access to it.", "model_not_found"),
    _status("408", 408, "Request timed out"),
    _status("409", 409, "Conflict"),
    _status("413", 413, "Request too large"),
    _status("422", 422, "Unprocessable entity"),
    _status("429", 429, _OVER, "rate_limit_exceeded"),
    _status("429_short", 429, _OVER, "rate_limit_exceeded", retry_after="1"),
    _status("429_long", 429, _OVER, "rate_limit_exceeded", retry_after="3600"),
    _status("429_garbage", 429, _OVER, "rate_limit_exceeded", retry_after="soon; -5"),
    _status("429_date", 429, _OVER, "rate_limit_exceeded", retry_after="Wed, 21 Oct 2099 07:28:00 GMT"),
    _status("429_quota", 429, "You exceeded your current quota, please check your plan.", "insufficient_quota"),
    _status("500", 500, "The server had an error while processing your request"),
    _page("502_page", 502),
    _status("503", 503, "The engine is currently overloaded", retry_after="1"),
    _page("503_page", 503, b"", "text/plain"),
    _page("504_page", 504),
    _status("529", 529, "Overloaded"),
    _page("418", 418),
    _page("204_nothing", 204, b""),
)
