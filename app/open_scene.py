"""The scene that is open, the ghost over it, and every decision about the two."""

from collections.abc import Callable, Collection
from dataclasses import replace
from itertools import count
from typing import Literal

from agent.ports.projects import Project
from app.keeping.clash import is_theirs
from app.keeping.edits import Edits
from app.keeping.ghost import Ghost
from app.keeping.journal import Journal, JournalError, KeptScene
from app.keeping.letters import Letters
from app.keeping.scene_keeper import SceneKeeper
from app.mailbox import Mailbox
from app.messages import Noticed, ProjectOpened
from app.others_work import OthersWork
from app.remembering.verdict_book import VerdictBook
from scene.approval import leave_out
from scene.carry_over import carry_over
from scene.change import ChangeDoesNotFit, SceneChange
from scene.conflict import in_words
from scene.document import DocumentError
from scene.history import Author, Step
from scene.operations import approve
from scene.proposal import Proposal
from scene.scene import Scene
from scene.store import SceneStore

FIRST_PROJECT = "My first show"


class OpenScene:
    """Lives on the UI thread. What was approved or edited is on disk when a method returns True."""

    def __init__(
        self, keeper: SceneKeeper, journal: Journal, letters: Letters, mailbox: Mailbox, book: VerdictBook
    ) -> None:
        self._book = book
        self._keeper = keeper
        self._journal = journal
        self._letters = letters
        self._mailbox = mailbox
        self._ghost = Ghost()
        self.edits = Edits(mailbox)
        self.others = OthersWork(keeper, journal, mailbox, self._ghost, self.edits)
        self.project: Project | None = None
        self.selection: frozenset[str] = frozenset()
        self.on_decided: Callable[[str, Literal["approved", "rejected", "taken_back"]], None] = lambda run_id, what: (
            None
        )
        """Told the run whose proposal was decided about."""

    @property
    def store(self) -> SceneStore:
        """The open scene's only truth."""
        return self._keeper.store

    @property
    def proposal(self) -> Proposal | None:
        """The ghost, where there is one."""
        return self._ghost.current

    @property
    def staged(self) -> Scene:
        """The scene as the creator sees it: with the ghost, where there is one."""
        if self.proposal is None:
            return self.store.scene
        return carry_over(self.proposal.change, self.store.scene).change.apply_to(self.store.scene)

    @property
    def place(self) -> tuple[str, str]:
        """The ids of the scene and of the project that are open."""
        scene_id = self._keeper.kept.scene_id if self._keeper.kept is not None else ""
        return scene_id, self.project.id if self.project is not None else ""

    @property
    def waiting_steps(self) -> int:
        """How many steps of the open scene wait on this disk for the platform."""
        return len(self._journal.entries(self._keeper.kept)) if self._keeper.kept is not None else 0

    def has_step_of(self, turn_id: str) -> bool:
        """Whether a step of this turn, or one that takes it back, was kept by any program that had the scene open."""
        return self._journal.has_step_of(self.place[0], turn_id)

    @property
    def is_on_platform(self) -> bool:
        """Whether the platform had the open scene when it was opened."""
        return self._keeper.kept is not None and self._keeper.kept.known_to_platform

    # -- opening ---------------------------------------------------------------------------------

    def open_first(self, project_name: str) -> None:
        """The last scene of this computer, or that project's; a new one where there is none."""
        kept = self._journal.scene_of_name(project_name) if project_name else self._journal.last_opened()
        if kept is None or not self._opened(kept):
            kept = self._keeper.open_new(project_name or self._unused_name())
        self._tell_opened(kept)

    def open(self, kept: KeptScene) -> None:
        """Open a scene that this computer or the platform has; other programs may have it open, too."""
        self._keeper.open(kept)
        self._tell_opened(kept)

    def open_saved(self, kept: KeptScene) -> None:
        """Open what the platform has saved; a copy of this computer that cannot be read is kept as a file."""
        try:
            aside = self._keeper.open_saved(kept)
        except (DocumentError, ChangeDoesNotFit, JournalError) as error:
            what = f"“{kept.project_name}” could not be read."
            self._mailbox.post(Noticed("error", what, "It was left as it is.", "", "", str(error)))
            return
        self._tell_opened(kept)
        if aside is not None:
            what = f"This computer's copy of “{kept.project_name}” was damaged: this is how the library has it."
            self.edits.tell("warning", what, f"The copy is kept as “{aside.name}” in the data folder.")

    def open_new(self, name: str, project_id: str = "") -> None:
        """Open an empty scene, in a new project or in one that the platform knows by its id."""
        self._tell_opened(self._keeper.open_new(name, project_id))

    def _unused_name(self) -> str:
        """ "My first show", or the next one where that is taken."""
        names = (FIRST_PROJECT if number == 1 else f"{FIRST_PROJECT} {number}" for number in count(1))
        return next(name for name in names if self._journal.scene_of_name(name) is None)

    def _opened(self, kept: KeptScene) -> bool:
        try:
            self._keeper.open(kept)
        except (DocumentError, ChangeDoesNotFit) as error:
            what = f"“{kept.project_name}” could not be read, so a new project was opened."
            advice = "Open it from the list of projects to have it as the library saved it."
            self._mailbox.post(Noticed("error", what, "It was left on disk as it is.", advice, "", str(error)))
            return False
        return True

    # -- deciding --------------------------------------------------------------------------------

    def stage(self, proposal: Proposal) -> Proposal:
        """Show a proposal; one made over a ghost is joined with it, so that approving takes both."""
        base = self.store.scene
        joined = replace(proposal, base=base, change=SceneChange.between(base, proposal.preview))
        self._ghost.show(joined)
        return joined

    def approve(self, ids: frozenset[str] | None = None) -> bool:
        """Commit the proposal, whole or these parts; what was left of it stays staged. Whether it was committed."""
        if self.proposal is None:
            return False
        proposal, shown = self.proposal, self.staged
        approval = approve(proposal, self.store.scene, ids)
        author: Author = "user" if is_theirs(proposal) else "agent"
        committed = self.edits.kept(
            lambda: self._keeper.commit(proposal.title, approval.change, author, proposal.turn_id),
            "The proposal is still here.",
        )
        if committed is None:
            return False
        self._ghost.begin(approval.rest)
        if approval.conflicts:
            self.edits.tell("warning", in_words(approval.conflicts), "Everything else was approved.")
        if is_theirs(proposal):
            if approval.rest is None:
                self.others.settled()
            return True
        self._letters.feedback(proposal.turn_id, "approved", "" if ids is None else "in part")
        self.on_decided(proposal.turn_id, "approved")
        self._book.decided("approved", proposal, shown, *self.place, in_part=approval.rest is not None)
        self.others.offer_clash()
        return True

    def reject(self, reason: str = "", about: Collection[str] = ()) -> None:
        """Drop the proposal, or only these works of it; the scene stays byte for byte as it is."""
        proposal, shown = self.proposal, self.staged
        if proposal is None:
            return
        works = {work.id: work for work in proposal.works}
        wrong = [work_id for work_id in about if work_id in works]
        if about and not wrong:
            return
        rest = leave_out(proposal, self.store.scene, wrong) if wrong else None
        if rest is not None:
            self._ghost.show(rest)
        else:
            self._ghost.begin()
        if is_theirs(proposal):
            if rest is None:
                self.others.settled()
            return
        self._letters.feedback(proposal.turn_id, "rejected", reason)
        if rest is None:
            self.on_decided(proposal.turn_id, "rejected")
        for work_id in wrong:
            self._letters.feedback(proposal.turn_id, "rejected", reason, works[work_id].asset_id)
        self._book.decided("rejected", proposal, shown, *self.place, reason=reason, about=wrong)
        self.others.offer_clash()

    def previous_version(self) -> None:
        """One version of the proposal back, down to none."""
        self._ghost.versions = self._ghost.versions.back()

    def next_version(self) -> bool:
        """One version forward again; whether there was one."""
        before, self._ghost.versions = self._ghost.versions, self._ghost.versions.forward()
        return self._ghost.versions is not before

    @property
    def version_to_undo(self) -> bool:
        """Whether what was done last made another version of the proposal, and no step of the scene came after it."""
        proposal = self.proposal
        return proposal is not None and bool(self._ghost.versions.earlier) and proposal.base == self.store.scene

    @property
    def version_to_redo(self) -> bool:
        """Whether a version of the proposal was undone last."""
        later = self._ghost.versions.later
        return self.proposal is not None and bool(later) and later[-1].base == self.store.scene

    # -- editing ---------------------------------------------------------------------------------

    def commit(self, name: str, change: SceneChange) -> bool:
        """One edit by hand as one step; whether it was kept."""
        return self.edits.kept(lambda: self._keeper.commit(name, change)) is not None

    def undo(self) -> Step | None:
        """Take back the latest step; None when there was none."""
        return self.edits.kept(self._keeper.undo)

    def redo(self) -> Step | None:
        """Bring back the step that was undone last; None when there was none."""
        return self.edits.kept(self._keeper.redo)

    def take_back_turn(self, turn_id: str = "") -> Step | None:
        """Undo that turn of the agent, or its latest, and keep what was done since; None when there was none."""
        turn_id = turn_id or self.store.history.last_turn_id
        if turn_id and not self.store.history.of_turn(turn_id):
            return None
        taken = self.edits.kept(lambda: self._keeper.take_back(turn_id)) if turn_id else None
        if taken is not None and taken.conflicts:
            self.edits.tell("warning", in_words(taken.conflicts), "It stays as it is now.")
        if taken is not None and taken.step is not None:
            self._book.taken_back(turn_id)
            self.on_decided(turn_id, "taken_back")
        return None if taken is None else taken.step

    def bring_back_turn(self, turn_id: str) -> Step | None:
        """Do again what taking that turn back undid, as far as it fits by now; None when there was nothing."""
        taken = self.store.history.take_back_of(turn_id)
        if taken is None:
            return None
        carried = carry_over(taken.change.reversed(), self.store.scene)
        if carried.conflicts:
            self.edits.tell("warning", in_words(carried.conflicts), "It stays as it is now.")
        if carried.change.is_empty:
            return None
        name = next((step.name for step in reversed(self.store.history.steps) if step.turn_id == turn_id), "Bring back")
        return self.edits.kept(lambda: self._keeper.commit(name, carried.change, "agent", turn_id))

    # -- small parts -----------------------------------------------------------------------------

    def _tell_opened(self, kept: KeptScene) -> None:
        self.project = Project(id=kept.project_id, name=kept.project_name)
        self._ghost.begin()
        self.selection = frozenset()
        self._keeper.clashes.opened()
        self._mailbox.post(ProjectOpened(self.project))
