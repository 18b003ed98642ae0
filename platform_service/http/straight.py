"""A route that is asked often: what is well formed goes straight to it, all else through FastAPI, which refuses it."""

import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError

Body = TypeVar("Body", bound=BaseModel)
JSON = "application/json"


def straight(kind: type[Body], answer: Callable[[Request, Body], Awaitable[Response]]) -> type[APIRoute]:
    """A kind of route whose body is `kind`; `answer` sees to all that the route declares, as FastAPI would."""

    class Straight(APIRoute):
        def get_route_handler(self) -> Callable[[Request], Any]:
            plain = super().get_route_handler()

            async def handled(request: Request) -> Response:
                body = await _well_formed(kind, request)
                return await plain(request) if body is None else await answer(request, body)

            return handled

    return Straight


async def _well_formed(kind: type[Body], request: Request) -> Body | None:
    if request.headers.get("content-type") != JSON:
        return None
    try:
        return kind.model_validate(json.loads(await request.body()))
    except (ValueError, RecursionError, ValidationError):
        return None
