"""RFC 9457 problems: every error says what happened, what was kept, what to do next, and its correlation id."""

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from platform_service.errors import ServiceError

log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
NOTHING = "Nothing was changed."


class Problem(BaseModel):
    """The body of every error."""

    type: str
    title: str
    status: int
    detail: str
    kept: str = ""
    advice: str = ""
    correlation_id: str = ""


def problem(
    status: int, kind: str, title: str, detail: str, kept: str, advice: str, correlation_id: str, **extra: object
) -> JSONResponse:
    """A problem as a response."""
    body = Problem(
        type=f"urn:vernissage:problem:{kind}",
        title=title,
        status=status,
        detail=detail,
        kept=kept,
        advice=advice,
        correlation_id=correlation_id,
    )
    return JSONResponse({**body.model_dump(), **extra}, status, media_type=MEDIA_TYPE)


def service_problem(error: ServiceError, correlation_id: str) -> JSONResponse:
    """The response to an error of our own tree."""
    extra = dict(error.extra)
    return problem(error.status, error.kind, error.title, error.what, error.kept, error.advice, correlation_id, **extra)


def correlation_of(request: Request) -> str:
    """The id that ties a request, its answer and its log lines together."""
    return str(request.scope.get("correlation_id", ""))


def answer_problems(app: FastAPI) -> None:
    """Answer every exception of `app` with a problem."""

    async def ours(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, ServiceError)
        answer = service_problem(error, correlation_of(request))
        answer.headers.update(error.headers)
        return answer

    async def invalid(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        return problem(
            422, "invalid", "The request is not well formed", _where(error), NOTHING,
            "Correct the named fields.", correlation_of(request),
        )  # fmt: skip

    async def plain(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        return problem(
            error.status_code, "http", str(error.detail), f"{request.method} {request.url.path}: {error.detail}",
            NOTHING, _advice(error.status_code), correlation_of(request),
        )  # fmt: skip

    app.add_exception_handler(ServiceError, ours)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, plain)


def _advice(status: int) -> str:
    return "Correct the body." if status == 400 else "Look at the path and the method."


def unexpected(correlation_id: str) -> JSONResponse:
    """The response to an error that nobody foresaw; the log has the rest."""
    return problem(
        500, "internal", "Something went wrong in the service", "An unexpected error; the service's log has it.",
        "Nothing of this request was stored; everything saved before is safe.",
        "Try again; if it happens again, report it with this correlation id.", correlation_id,
    )  # fmt: skip


def _where(error: RequestValidationError) -> str:
    parts = []
    for entry in error.errors()[:8]:
        place = ".".join(str(step) for step in entry["loc"] if step != "body")
        parts.append(f"{place or 'body'}: {entry['msg']}")
    return "; ".join(parts)
