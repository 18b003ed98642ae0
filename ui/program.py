"""The program `vernissage`: without a subcommand it opens the window, with one it hands over to the command line."""

import sys
from collections.abc import Sequence

from app.allocation import keep_allocations_tight
from app.environment import prepare_environment

prepare_environment()
keep_allocations_tight()

SUBCOMMANDS = ("ask", "replay", "recipes", "import", "search", "projects", "doctor", "models", "sign-in", "sign-out")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; gives its exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if _subcommand(arguments) in SUBCOMMANDS:
        from app.commands.command_line import main as command_line

        return command_line(arguments)
    from ui.window_program import run_window

    return run_window(arguments)


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
