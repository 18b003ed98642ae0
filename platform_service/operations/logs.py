"""Logs of a team's service: one JSON object a line, each with the correlation id of the request that it belongs to."""

import logging
from collections.abc import Mapping
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any

import structlog

CORRELATION: ContextVar[str] = ContextVar("correlation", default="")
TRACE: ContextVar[str] = ContextVar("trace", default="")
AT: ContextVar[Mapping[str, str]] = ContextVar("at", default=MappingProxyType({}))
"""Whose run is carried out, and where its session is: in each line that is written meanwhile."""


def configure() -> None:
    """Write everything that is logged in this process as JSON to the standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                _with_request,
                _with_fields,
                structlog.processors.format_exc_info,
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)


def _with_request(_logger: Any, _name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    for name, value in (("correlation_id", CORRELATION.get()), ("trace_id", TRACE.get()), *AT.get().items()):
        if value:
            event.setdefault(name, value)
    return event


def _with_fields(_logger: Any, _name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """What a line was given to tell besides its words."""
    record = event.get("_record")
    event.update(getattr(record, "fields", {}))
    return event
