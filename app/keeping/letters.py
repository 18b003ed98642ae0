"""Runs and feedback on their way to the platform: queued on disk, so that none is lost while it is away."""

import sqlite3
from collections.abc import Callable
from typing import Literal

from agent.events import TurnEnded
from agent.ports.projects import Feedback
from app.keeping.journal import Journal
from app.keeping.run_record import run_record
from app.mailbox import Mailbox
from app.messages import Noticed


class Letters:
    """Lives on the UI thread."""

    def __init__(self, journal: Journal, mailbox: Mailbox, wake_saver: Callable[[str], None]) -> None:
        self._journal = journal
        self._mailbox = mailbox
        self._wake_saver = wake_saver

    def run(self, ended: TurnEnded, request: str, project_id: str) -> None:
        """Keep a finished turn."""
        self._post("run", run_record(ended, request, project_id).model_dump_json())

    def feedback(
        self, run_id: str, verdict: Literal["approved", "rejected"], reason: str, asset_id: str | None = None
    ) -> None:
        """Keep what the creator thought of a run's proposal, or of one work of it."""
        feedback = Feedback(run_id=run_id, verdict=verdict, reason=reason[:2_000], asset_id=asset_id)
        self._post("feedback", feedback.model_dump_json())

    def _post(self, kind: str, body: str) -> None:
        try:
            self._journal.post_letter(kind, body)
        except sqlite3.Error as error:
            what = f"A note about this turn could not be kept ({error})."
            self._mailbox.post(Noticed("warning", what, "The scene is safe.", "Free some disk space."))
            return
        self._wake_saver("")
