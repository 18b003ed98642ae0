"""Edits of the open scene as the person hears of them: kept on disk, or told why not."""

from collections.abc import Callable
from typing import TypeVar

from app.keeping.journal import JournalError
from app.mailbox import Mailbox
from app.messages import Noticed, SaveChanged
from scene.change import ChangeDoesNotFit

T = TypeVar("T")


class Edits:
    """What every edit goes through."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox
        self.look_only = ""
        """Why nothing may be changed here, in words; empty where it may."""

    def kept(self, operation: Callable[[], T], kept: str = "The scene is as it was before.") -> T | None:
        """What came of an edit; None where it was not kept, or was nothing."""
        if self.look_only:
            self.tell("warning", self.look_only, kept)
            return None
        try:
            outcome = operation()
        except (JournalError, ChangeDoesNotFit) as error:
            self.tell("error", str(error), kept)
            return None
        if outcome is not None:
            self._mailbox.post(SaveChanged("kept", "Kept on this computer"))
        return outcome

    def tell(self, level: str, what: str, kept: str = "", advice: str = "") -> None:
        """A notice."""
        self._mailbox.post(Noticed("error" if level == "error" else "warning", what, kept, advice))
