"""What the command line prints for people while it works: steps on standard error, receipts on standard output."""

import sys

from agent.events import StepChanged, TurnEnded, Understood
from app.messages import ImportProgressed, Message, Noticed, PlatformStateChanged, SamplePainted

_MOST_LINES = 6


class TurnPrinter:
    """Called with every message; `quiet` keeps standard output for JSON."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._progress_shown = False

    def __call__(self, message: Message) -> None:
        """Print one message as it comes."""
        match message:
            case StepChanged(step=step) if step.state in ("done", "failed"):
                self._aside(f"  {'✓' if step.state == 'done' else '✗'} {step.title}: {step.result}")
            case Understood(intent=intent):
                parts = (intent.kind, intent.theme or "", intent.subject, intent.layout or "")
                self._aside("  understood as: " + ", ".join(part for part in parts if part))
            case SamplePainted(done=done, total=total) if done and (done % 25 == 0 or done == total):
                self._aside(f"  the sample collection: {done} of {total} pictures are there")
            case ImportProgressed(state="running"):
                self._show_progress(message)
            case Noticed():
                self._aside(" ".join(filter(None, (message.what, message.kept, message.advice))))
            case PlatformStateChanged(state="restarting" | "failed", text=text):
                self._aside(text)

    def ended(self, ended: TurnEnded) -> None:
        """Print a turn's outcome."""
        print(ended.text)
        if ended.proposal is not None:
            unsaid = tuple(wish for wish in ended.proposal.receipt.unmet if wish not in ended.text)
            for line in _shortened("not met", unsaid):
                print(line)
            for line in _shortened("left out", ended.proposal.receipt.unplaced):
                print(line)
        for choice in ended.choices:
            print(f"  - {choice.label}: “{choice.request}”")
        for line in filter(None, (ended.kept, ended.advice)):
            print(line)

    def imported(self, ended: ImportProgressed) -> None:
        """Print an import's outcome."""
        if ended.total == 0:
            print(f"{ended.folder}: there are no pictures in it.")
            return
        print(f"{ended.folder}: {ended.added} added, {ended.already_there} there already, {len(ended.bad)} left out.")
        for bad in ended.bad:
            print(f"  {bad.path}: {bad.why}")

    def note(self, text: str) -> None:
        """Print a line for people; kept out of the way of JSON."""
        if self._quiet:
            self._aside(text)
        else:
            print(text)

    def _show_progress(self, progress: ImportProgressed) -> None:
        left = "" if progress.seconds_left is None else f", about {progress.seconds_left:.0f} s left"
        line = f"  importing: {progress.done} of {progress.total}, {progress.rate_per_s:.0f} a second{left}"
        if sys.stderr.isatty():
            print(f"\r{line:<78}", end="\n" if progress.done == progress.total else "", file=sys.stderr, flush=True)

    def _aside(self, text: str) -> None:
        print(text, file=sys.stderr, flush=True)


def _shortened(what: str, lines: tuple[str, ...]) -> list[str]:
    more = len(lines) - _MOST_LINES
    shown = [f"  {what}: {line}" for line in lines[:_MOST_LINES]]
    return [*shown, f"  {what}: and {more} more"] if more > 0 else shown
