"""Drives a session without a window: waits for what the window would show, turn by turn."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from agent.events import TurnEnded
from agent.intent import Intent, Targets
from agent.ports.library import Asset, SearchResult
from agent.ports.projects import Project
from app.messages import (
    ImportProgressed,
    LibraryChanged,
    Message,
    Noticed,
    PlatformStateChanged,
    ProjectOpened,
    ProjectsListed,
    SampleMade,
    SaveChanged,
    SearchAnswered,
)
from app.session import Session

M = TypeVar("M", bound=Message)

_TICK_S = 0.003
_AWAY_S = 20.0


class HeadlessError(Exception):
    """What the command line was waiting for did not happen; the message says what to do."""


class Headless:
    """A session with someone who waits; `on_message` sees everything that is posted meanwhile."""

    def __init__(self, session: Session, on_message: Callable[[Message], None] = lambda message: None) -> None:
        self.session = session
        self._on_message = on_message
        self._together: list[Message] = []
        """What came in one go with what was waited for last."""

    def open(self, project_name: str, timeout_s: float = 60.0) -> None:
        """Start the session on a project and wait until the platform is there."""
        self.session.start(project_name)
        state = self._wait(PlatformStateChanged, timeout_s, lambda state: state.state != "starting")
        if self.session.in_team and state.state in ("failed", "restarting"):
            state = self._back(state)
        if state.state != "ready":
            raise HeadlessError(state.text)
        if not any(isinstance(message, LibraryChanged) for message in self._together):
            self._wait(LibraryChanged, timeout_s)
        project = self.session.project
        if project_name and (project is None or project.name != project_name):
            self._wait(ProjectOpened, timeout_s, lambda opened: opened.project.name == project_name)

    def _back(self, away: PlatformStateChanged) -> PlatformStateChanged:
        """A team's platform may be away for a moment, as when a store of it is started again."""
        try:
            return self._wait(PlatformStateChanged, _AWAY_S, lambda state: state.state in ("ready", "signed_out"))
        except HeadlessError:
            return away

    def import_library(self, library: str, timeout_s: float = 24 * 3600.0) -> ImportProgressed | None:
        """Import "sample" or a folder, wait for the end, and search only there from then on.

        Raises HeadlessError for a folder that is not there.
        """
        if library == "sample":
            self.session.import_sample()
            made = self._wait(SampleMade, timeout_s)
            self.session.stay_inside((Path(made.folder).name,))
            return None
        folder = Path(library).expanduser().absolute()
        if not folder.exists():
            raise HeadlessError(f"There is no folder {folder}. Nothing was changed.")
        self.session.import_paths((folder,))
        ended = self._wait(ImportProgressed, timeout_s, lambda p: p.state in ("done", "cancelled", "failed"))
        if ended.state == "failed":
            raise HeadlessError(ended.error or f"{folder} could not be imported.")
        self.session.stay_inside((folder.name,) if folder.is_dir() else ())
        return ended

    def ask(self, request: str, timeout_s: float = 600.0) -> TurnEnded:
        """One turn up to its end."""
        return self._turn(self.session.ask(request), timeout_s)

    def go_on(self, timeout_s: float = 600.0) -> TurnEnded | None:
        """Take up the run that was interrupted when the program last ended; None when there is none."""
        turn_id = self.session.go_on()
        return self._turn(turn_id, timeout_s) if turn_id else None

    def wait_for(self, turn_id: str, timeout_s: float = 600.0) -> TurnEnded:
        """The end of a turn that was started otherwise."""
        return self._turn(turn_id, timeout_s)

    def select(self, words: str, timeout_s: float = 60.0) -> TurnEnded:
        """Select works on show by words."""
        return self._turn(self.session.ask(f"select {words}", _selecting(words)), timeout_s)

    def approve(self, timeout_s: float = 60.0) -> bool:
        """Approve the proposal and wait until the platform has saved it."""
        if not self.session.approve():
            return False
        self._wait(SaveChanged, timeout_s, lambda save: save.state in ("saved", "failed"))
        return True

    def search(self, words: str, timeout_s: float = 60.0) -> SearchResult:
        """Search the library."""
        number = self.session.search(words)
        return self._wait(SearchAnswered, timeout_s, lambda answer: answer.request_id == number).result

    def projects(self, timeout_s: float = 60.0) -> tuple[Project, ...]:
        """The projects there are."""
        self.session.list_projects()
        return self._wait(ProjectsListed, timeout_s).projects

    def assets_on_show(self, timeout_s: float = 60.0) -> Mapping[str, Asset]:
        """The assets of the works on show, by id."""
        ids = tuple({placement.asset_id for placement in self.session.staged.placements})
        return {asset.id: asset for asset in self.session.lookup(ids).result(timeout_s)} if ids else {}

    def _turn(self, turn_id: str, timeout_s: float) -> TurnEnded:
        return self._wait(TurnEnded, timeout_s, lambda ended: ended.turn_id == turn_id)

    def _wait(self, kind: type[M], timeout_s: float, holds: Callable[[M], bool] = lambda message: True) -> M:
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            found: M | None = None
            self._together = self.session.poll()
            for message in self._together:
                self._on_message(message)
                if isinstance(message, Noticed) and message.level == "error" and found is None:
                    raise HeadlessError(" ".join(filter(None, (message.what, message.kept, message.advice))))
                if isinstance(message, kind) and holds(message):
                    found = message
            if found is not None:
                return found
            time.sleep(_TICK_S)
        raise HeadlessError(f"This took longer than {timeout_s:.0f} s. What was approved is kept.")


def _selecting(words: str) -> Intent:
    return Intent(kind="select", targets=Targets(words=words))
