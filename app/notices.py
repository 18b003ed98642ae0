"""What the team's platform tells this person, in words, and how far it was read: that outlives the program."""

import contextlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from app.mailbox import Mailbox
from app.messages import NoticeCame

_WORDS = {
    "proposed": "A proposal is ready",
    "answered": "A request was answered",
    "asked": "A request needs an answer",
    "failed": "A request could not be done",
    "refused": "A request was not understood",
}
_QUIET = ("cancelled",)


class Notices:
    """Lives on the background loop; `position` is that of the last notice which was told."""

    def __init__(self, file: Path, mailbox: Mailbox) -> None:
        self._file = file
        self._mailbox = mailbox
        self.position: int | None = self._kept()
        self.names: dict[str, str] = {}
        """How people are called, by id."""

    def begun(self, position: int) -> None:
        """The platform tells from now on; where this computer was never told, what came before is not new."""
        if self.position is None:
            self._keep(position)

    def came(self, told: Mapping[str, Any]) -> None:
        """One notice; raises KeyError, TypeError, ValueError for what is none."""
        position, what = int(told["position"]), told["what"]
        if self.position is not None and position <= self.position:
            return
        named = {**what, "user": self.names.get(str(what.get("user", "")), what.get("user", ""))}
        words, kind = in_words(str(told["kind"]), named)
        self._keep(position)
        if words:
            about = (str(what.get("project_id", "")), str(what.get("run_id", "")), told["kind"] == "import_ended")
            self._mailbox.post(NoticeCame(position, kind, words, str(told.get("at", "")), *about))

    def _kept(self) -> int | None:
        try:
            return int(json.loads(self._file.read_text("utf-8"))["position"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _keep(self, position: int) -> None:
        self.position = position
        staged = self._file.with_name(f".{self._file.name}.{os.getpid()}")
        with contextlib.suppress(OSError):  # then it is told once more after the next start
            staged.write_text(json.dumps({"position": position}), "utf-8")
            os.replace(staged, self._file)


def in_words(kind: str, what: Mapping[str, Any]) -> tuple[str, Literal["good", "people", "bad"]]:
    """What happened, and of which kind it is; empty words for what nobody has to be told."""
    by = str(what.get("user", ""))
    if kind == "run_ended":
        outcome = str(what.get("outcome", ""))
        words = "" if outcome in _QUIET else f"{_WORDS.get(outcome, 'A request has ended')} on the platform"
        return words, "bad" if outcome == "failed" else "good"
    if kind == "import_ended":
        added, bad = int(what.get("added", 0)), int(what.get("bad", 0))
        if what.get("state") != "done":
            return "An import has stopped before its end", "bad"
        return f"{added:,} pictures were imported" + (f", {bad:,} could not be" if bad else ""), "good"
    if kind == "approved":
        return f"{by} approved a proposal", "people"
    if kind == "project_shared":
        return f"{by} made a new project for the team", "people"
    return "", "good"
