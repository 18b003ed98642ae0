"""The session of one creator: every use case of the window and of the command line, on the UI thread, without Qt."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal, TypeVar
from uuid import uuid4

from agent.events import TurnEnded
from agent.intent import Intent
from agent.ports.context import TurnContext
from agent.ports.library import Asset, Facets, Query
from agent.ports.projects import Feedback, Project
from app.journal import Journal, JournalError
from app.mailbox import Mailbox
from app.messages import LibraryChanged, Message, Noticed, ProjectFetched, ProjectOpened, RemoteSaved, SaveChanged
from app.replay import kept_as, replay
from app.run_record import run_record
from app.scene_keeper import SceneBusy, SceneKeeper
from app.scene_locks import SceneLocks
from app.services import Services
from scene.carry_over import carry_over
from scene.change import ChangeDoesNotFit, SceneChange
from scene.document import DocumentError, read_document, write_document
from scene.operations import approve, set_theme
from scene.proposal import Proposal
from scene.scene import Scene
from scene.store import SceneStore
from scene.themes import Theme

T = TypeVar("T")

FIRST_PROJECT = "My first show"
_MOST_REQUEST_CHARACTERS = 20_000


class Session:
    """Belongs to the UI thread; `poll` once a frame brings in what the background loop has posted."""

    def __init__(
        self,
        journal: Journal,
        locks: SceneLocks,
        mailbox: Mailbox,
        services: Services,
        themes: Mapping[str, Theme],
        today: date,
    ) -> None:
        self._locks = locks
        self._journal = journal
        self._mailbox = mailbox
        self._services = services
        self._keeper = SceneKeeper(SceneStore(), journal, locks, services.wake_saver)
        self._today = today
        self._running: TurnContext | None = None
        self._request = ""
        self._requests: list[str] = []
        self._asked: tuple[str, str] = ("", "")
        self._last_query: Query | None = None
        self.themes = themes
        self.renditions = services.renditions
        self.proposal: Proposal | None = None
        self.selection: frozenset[str] = frozenset()
        self.viewpoint_m: tuple[float, float, float] = (0.0, 1.6, 0.0)
        self.facets = Facets()
        self.project: Project | None = None

    @property
    def store(self) -> SceneStore:
        """The open scene's only truth."""
        return self._keeper.store

    @property
    def running(self) -> bool:
        """Whether a turn is under way."""
        return self._running is not None

    # -- life ------------------------------------------------------------------------------------

    def start(self, project_name: str = "") -> None:
        """Open the last scene from this disk at once, or that project's; the platform comes up in the background."""
        kept = self._journal.scene_of_name(project_name) if project_name else self._journal.last_opened()
        try:
            if kept is not None:
                self._keeper.open(kept)
        except SceneBusy:
            if project_name:
                raise
            kept = None
        except (DocumentError, ChangeDoesNotFit) as error:
            self._warn(
                "error",
                f"The last scene could not be read: {error}",
                "It was left on disk as it is.",
                "A new project was opened; the library service keeps the versions saved earlier.",
            )
            kept = None
        if kept is None:
            kept = self._keeper.open_new(project_name or FIRST_PROJECT)
        self._services.start()
        self._tell_opened(kept.project_id, kept.project_name)

    def stop(self) -> None:
        """End the turn, let the saver finish what it can, and let go of the platform."""
        self._services.stop()
        self._journal.close()
        self._locks.release_all()

    def poll(self) -> list[Message]:
        """What has happened since the last frame, already applied to this session, in order."""
        return [message for posted in self._mailbox.drain() for message in self._received(posted)]

    # -- talking ---------------------------------------------------------------------------------

    def ask(self, text: str, intent: Intent | None = None) -> str:
        """Start a turn with this request (or a corrected intent); gives the turn's id."""
        context = self._context()
        self._running, self._request = context, text[:_MOST_REQUEST_CHARACTERS]
        self._services.turns.start(text, context, intent)
        return context.turn_id

    def arrange(self, layout: str) -> str:
        """Lay the works on show out anew, without any planner: the same tools, from the menu."""
        intent = Intent.model_validate({"kind": "refine", "layout": layout, "keep_works": True})
        return self.ask(f"Arrange as {layout}", intent)

    def cancel(self) -> None:
        """Stop the turn under way."""
        self._services.turns.cancel()

    def _context(self) -> TurnContext:
        return TurnContext(
            scene=self.staged,
            project_id=self.project.id if self.project else "",
            session_id=self._services.session_id,
            turn_id=uuid4().hex,
            correlation_id=uuid4().hex,
            selection=self.selection,
            today=self._today,
            viewpoint_m=self.viewpoint_m,
            recent_requests=tuple(self._requests[-10:]),
            last_query=self._last_query,
            pending_question=self._asked[0],
            pending_request=self._asked[1],
            can_undo_turn=self.proposal is not None or bool(self.store.history.last_turn_id),
        )

    @property
    def staged(self) -> Scene:
        """The scene as the creator sees it: with the ghost, where there is one."""
        if self.proposal is None:
            return self.store.scene
        return carry_over(self.proposal.change, self.store.scene).change.apply_to(self.store.scene)

    # -- deciding --------------------------------------------------------------------------------

    def approve(self, ids: frozenset[str] | None = None) -> bool:
        """Commit the proposal, whole or these parts; on disk when this returns. Whether anything was committed."""
        if self.proposal is None:
            return False
        proposal = self.proposal
        approval = approve(proposal, self.store.scene, ids)
        try:
            self._keeper.commit(proposal.title, approval.change, "agent", proposal.turn_id)
        except JournalError as error:
            self._warn("error", str(error), "The proposal is still here.")
            return False
        self.proposal = approval.rest
        self._kept()
        if approval.conflicts:
            words = " ".join(conflict.words for conflict in approval.conflicts)
            self._warn("warning", words, "Everything else was approved.")
        self._feedback(proposal, "approved", "" if ids is None else "in part")
        return True

    def reject(self, reason: str = "") -> None:
        """Drop the proposal; the scene stays byte for byte as it is."""
        if self.proposal is not None:
            proposal, self.proposal = self.proposal, None
            self._feedback(proposal, "rejected", reason)

    def undo(self) -> bool:
        """Take back the latest step; whether there was one."""
        return self._edit(self._keeper.undo) is not None

    def redo(self) -> bool:
        """Bring back the step that was undone last; whether there was one."""
        return self._edit(self._keeper.redo) is not None

    def take_back_turn(self) -> bool:
        """Undo the agent's latest turn and keep what was done by hand since; whether there was one."""
        turn_id = self.store.history.last_turn_id
        if not turn_id:
            return False
        taken = self._edit(lambda: self._keeper.take_back(turn_id))
        if taken is not None and taken.conflicts:
            self._warn("warning", " ".join(conflict.words for conflict in taken.conflicts), "It stays as it is now.")
        return taken is not None and taken.step is not None

    def commit(self, name: str, change: SceneChange) -> bool:
        """One edit by hand as one step; whether it was kept."""
        return self._edit(lambda: self._keeper.commit(name, change)) is not None

    def set_theme(self, theme_id: str) -> bool:
        """Dress the scene in another theme."""
        change = set_theme(self.store.scene, theme_id)
        return not change.is_empty and self.commit(f"Theme: {self.themes[theme_id].name}", change)

    def select(self, ids: frozenset[str]) -> None:
        """What the creator has selected."""
        self.selection = ids

    # -- library and projects --------------------------------------------------------------------

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Import files and folders; ImportProgressed follows."""
        self._services.import_paths(paths)

    def import_sample(self) -> None:
        """Make the sample collection where it is missing, and import it as it grows."""
        self._services.import_sample()

    def stay_inside(self, folders: tuple[str, ...]) -> None:
        """Search only below these folders from now on; all of the library when there are none."""
        self._services.stay_inside(folders)

    def cancel_import(self, import_id: str) -> None:
        """Stop an import; what was added stays."""
        self._services.cancel_import(import_id)

    def search(self, words: str) -> int:
        """Search for the library panel; SearchAnswered with the id given here follows."""
        return self._services.search(words)

    def lookup(self, ids: tuple[str, ...]) -> "Future[tuple[Asset, ...]]":
        """The assets of these ids; unknown ones are left out."""
        return self._services.lookup(ids)

    def request_rendition(self, asset_id: str, edge_px: int) -> None:
        """Fetch a thumbnail; RenditionReady follows."""
        self._services.request_rendition(asset_id, edge_px)

    def rendition_path(self, asset_id: str, edge_px: int) -> Path | None:
        """A thumbnail that is on disk already."""
        return self.renditions.path(asset_id, edge_px)

    def list_projects(self) -> None:
        """ProjectsListed follows."""
        self._services.list_projects()

    def new_project(self, name: str) -> None:
        """Open an empty project; the proposal in hand is dropped."""
        kept = self._keeper.open_new(name)
        self._tell_opened(kept.project_id, kept.project_name)

    def open_project(self, project: Project) -> None:
        """Open a project from this disk, else from the platform; ProjectOpened follows."""
        kept = self._journal.scene_of_project(project.id)
        if kept is None:
            self._services.fetch_project(project)
            return
        self._keeper.open(kept)
        self._tell_opened(kept.project_id, kept.project_name)

    def export_document(self, path: Path) -> None:
        """Write the scene as a JSON document; raises OSError."""
        staged = path.with_name(f".{path.name}.new")
        staged.write_text(write_document(self.store.scene), encoding="utf-8")
        staged.replace(path)

    # -- what comes in ---------------------------------------------------------------------------

    def _received(self, message: Message) -> list[Message]:
        match message:
            case TurnEnded():
                return self._turn_ended(message)
            case LibraryChanged(facets=facets):
                self.facets = facets
            case RemoteSaved():
                self._merge(message)
            case ProjectFetched():
                self._open_fetched(message)
        return [message]

    def _turn_ended(self, ended: TurnEnded) -> list[Message]:
        context = self._running
        if context is None or ended.turn_id != context.turn_id:
            return [ended]
        self._running = None
        if ended.intent is not None and ended.outcome in ("proposed", "asked", "acted"):
            self._last_query = ended.intent.query
        self._asked = (ended.text, self._request) if ended.outcome == "asked" else ("", "")
        if ended.outcome == "proposed" and ended.proposal is not None:
            ended = replace(ended, proposal=self._joined(ended.proposal))
            self.proposal = ended.proposal
        self._act(ended)
        self._requests.append(self._request)
        self._keep_run(ended)
        return [ended]

    def _joined(self, proposal: Proposal) -> Proposal:
        """A proposal over the staged scene as one over the scene itself, so that approving takes both."""
        base = self.store.scene
        return replace(proposal, base=base, change=SceneChange.between(base, proposal.preview))

    def _act(self, ended: TurnEnded) -> None:
        match ended.action:
            case "undo_turn" | "undo_step" if self.proposal is not None:
                self.reject("taken back")
            case "undo_turn":
                self.take_back_turn()
            case "undo_step":
                self.undo()
            case "redo":
                self.redo()
            case "select":
                self.selection = frozenset(ended.ids)

    def _merge(self, newer: RemoteSaved) -> None:
        kept = self._journal.scene(newer.scene_id)
        if kept is None:
            return
        theirs = read_document(newer.document)
        base = replay(kept, ())
        moved = kept_as(kept, replace(base, scene=theirs), newer.version)
        if self._keeper.kept is None or newer.scene_id != self._keeper.kept.scene_id:
            self._journal.rebase(moved, "")
            return
        change = SceneChange.between(base.scene, theirs)
        words = self._keeper.take_remote("Saved elsewhere", change, moved, theirs)
        if words:
            self._warn("warning", "This scene was also saved elsewhere. " + " ".join(words), "Yours was kept.")

    def _open_fetched(self, fetched: ProjectFetched) -> None:
        if fetched.kept is None:
            kept = self._keeper.open_new(fetched.project.name, fetched.project.id, known=False)
        else:
            kept = fetched.kept
            self._keeper.open(kept)
        self._tell_opened(kept.project_id, kept.project_name)

    # -- small parts -----------------------------------------------------------------------------

    def _tell_opened(self, project_id: str, name: str) -> None:
        self.project, self.proposal, self.selection = Project(id=project_id, name=name), None, frozenset()
        self._asked, self._last_query = ("", ""), None
        self._mailbox.post(ProjectOpened(self.project))

    def _kept(self) -> None:
        self._mailbox.post(SaveChanged("kept", "Kept on this computer"))

    def _warn(self, level: str, what: str, kept: str = "", advice: str = "") -> None:
        self._mailbox.post(Noticed("error" if level == "error" else "warning", what, kept, advice))

    def _edit(self, operation: Callable[[], T]) -> T | None:
        try:
            outcome = operation()
        except (JournalError, ChangeDoesNotFit) as error:
            self._warn("error", str(error), "The scene is as it was before.")
            return None
        self._kept()
        return outcome

    def _keep_run(self, ended: TurnEnded) -> None:
        if self.project is None:
            return
        run = run_record(ended, self._request, self.project.id)
        self._post_letter("run", run.model_dump_json())

    def _feedback(self, proposal: Proposal, verdict: Literal["approved", "rejected"], reason: str) -> None:
        feedback = Feedback(run_id=proposal.turn_id, verdict=verdict, reason=reason[:2_000])
        self._post_letter("feedback", feedback.model_dump_json())

    def _post_letter(self, kind: str, body: str) -> None:
        try:
            self._journal.post_letter(kind, body)
        except sqlite3.Error as error:
            self._warn("warning", f"A note about this turn could not be kept ({error}).", "The scene is safe.")
            return
        self._services.wake_saver()
