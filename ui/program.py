"""The program `vernissage`: without a subcommand it opens the window, with one it hands over to the command line."""

import contextlib
import logging
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from app.allocation import keep_allocations_tight
from app.environment import prepare_environment
from app.turns import take_short_turns

prepare_environment()
keep_allocations_tight()
take_short_turns()

SUBCOMMANDS = ("ask", "replay", "recipes", "import", "search", "projects", "doctor", "models", "sign-in", "sign-out")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; gives its exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if _subcommand(arguments) in SUBCOMMANDS:
        from app.commands.command_line import main as command_line

        return command_line(arguments)
    from ui.window_program import run_window

    status = run_window(arguments)
    if argv is None:
        _end_at_once(status)
    return status


def _end_at_once(status: int) -> NoReturn:
    """All is kept and closed by now: what libraries still have in threads and at-exit hooks may take many seconds."""
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
    os._exit(status)


def _subcommand(arguments: Sequence[str]) -> str:
    """The first word that is neither an option nor an option's value."""
    rest = iter(arguments)
    for word in rest:
        if word in ("--data-dir", "--platform", "--library", "--project"):
            next(rest, "")
        elif not word.startswith("-"):
            return word
    return ""


if __name__ == "__main__":
    sys.exit(main())
