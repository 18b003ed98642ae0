"""Logs of the desktop: JSON lines in one bounded file, with the correlation ids that the person may be shown."""

import logging
import logging.handlers
from pathlib import Path

import structlog

_MOST_BYTES = 5 * 2**20


def start_logging(folder: Path, name: str = "desktop") -> logging.Handler:
    """Send structured logs to `folder`/`name`.log; a folder that cannot be written means no log, not no program.

    Gives the handler, for a program that takes it off again before it ends.
    """
    try:
        handler: logging.Handler = logging.handlers.RotatingFileHandler(
            folder / f"{name}.log", maxBytes=_MOST_BYTES, backupCount=2, delay=True, encoding="utf-8"
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for chatty in ("httpx", "httpcore", "websockets", "openai", "anthropic"):  # below it they write headers, too
        logging.getLogger(chatty).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return handler
