"""The scene that is open, the ghost over it, and every decision about the two."""

from collections.abc import Callable, Collection
from dataclasses import replace
from itertools import count
from typing import Literal, TypeVar

from agent.ports.projects import Project
from app.keeping.arrivals import what_in_words, who_in_words, works_in
from app.keeping.clash import both, is_theirs
from app.keeping.journal import Journal, JournalError, KeptScene
from app.keeping.letters import Letters
from app.keeping.proposal_versions import ProposalVersions
from app.keeping.replay import kept_as, replay
from app.keeping.scene_keeper import SceneKeeper
from app.mailbox import Mailbox
from app.messages import (
    ClashShown,
    Noticed,
    OthersChanged,
    ProjectOpened,
    RemoteSaved,
    SaveChanged,
)
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

T = TypeVar("T")

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
        self._versions = ProposalVersions()
        self.project: Project | None = None
        self.selection: frozenset[str] = frozenset()
        self.on_decided: Callable[[str, Literal["approved", "rejected", "taken_back"]], None] = lambda run_id, what: (
            None
        )
        """Told the run whose proposal was decided about."""
        self.look_only = ""
        """Why nothing may be changed here, in words; empty where it may."""
        self.name_of: Callable[[str], str] = lambda user: user
        """How a user is called, by id; of one that is not known the id is empty."""

    @property
    def store(self) -> SceneStore:
        """The open scene's only truth."""
        return self._keeper.store

    @property
    def proposal(self) -> Proposal | None:
        """The ghost, where there is one."""
        return self._versions.current

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
            self._tell("warning", what, f"The copy is kept as “{aside.name}” in the data folder.")

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
        self._versions = self._versions.with_new(joined)
        return joined

    def approve(self, ids: frozenset[str] | None = None) -> bool:
        """Commit the proposal, whole or these parts; what was left of it stays staged. Whether it was committed."""
        if self.proposal is None:
            return False
        proposal, shown = self.proposal, self.staged
        approval = approve(proposal, self.store.scene, ids)
        author: Author = "user" if is_theirs(proposal) else "agent"
        committed = self._edit(
            lambda: self._keeper.commit(proposal.title, approval.change, author, proposal.turn_id),
            "The proposal is still here.",
        )
        if committed is None:
            return False
        self._versions = ProposalVersions(approval.rest)
        if approval.conflicts:
            self._tell("warning", in_words(approval.conflicts), "Everything else was approved.")
        if is_theirs(proposal):
            if approval.rest is None:
                self._settled()
            return True
        self._letters.feedback(proposal.turn_id, "approved", "" if ids is None else "in part")
        self.on_decided(proposal.turn_id, "approved")
        self._book.decided("approved", proposal, shown, *self.place, in_part=approval.rest is not None)
        self.offer_clash()
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
        self._versions = self._versions.with_new(rest) if rest is not None else ProposalVersions()
        if is_theirs(proposal):
            if rest is None:
                self._settled()
            return
        self._letters.feedback(proposal.turn_id, "rejected", reason)
        if rest is None:
            self.on_decided(proposal.turn_id, "rejected")
        for work_id in wrong:
            self._letters.feedback(proposal.turn_id, "rejected", reason, works[work_id].asset_id)
        self._book.decided("rejected", proposal, shown, *self.place, reason=reason, about=wrong)
        self.offer_clash()

    def previous_version(self) -> None:
        """One version of the proposal back, down to none."""
        self._versions = self._versions.back()

    def next_version(self) -> bool:
        """One version forward again; whether there was one."""
        before, self._versions = self._versions, self._versions.forward()
        return self._versions is not before

    @property
    def version_to_undo(self) -> bool:
        """Whether what was done last made another version of the proposal, and no step of the scene came after it."""
        proposal = self.proposal
        return proposal is not None and bool(self._versions.earlier) and proposal.base == self.store.scene

    @property
    def version_to_redo(self) -> bool:
        """Whether a version of the proposal was undone last."""
        later = self._versions.later
        return self.proposal is not None and bool(later) and later[-1].base == self.store.scene

    # -- editing ---------------------------------------------------------------------------------

    def commit(self, name: str, change: SceneChange) -> bool:
        """One edit by hand as one step; whether it was kept."""
        return self._edit(lambda: self._keeper.commit(name, change)) is not None

    def undo(self) -> Step | None:
        """Take back the latest step; None when there was none."""
        return self._edit(self._keeper.undo)

    def redo(self) -> Step | None:
        """Bring back the step that was undone last; None when there was none."""
        return self._edit(self._keeper.redo)

    def take_back_turn(self, turn_id: str = "") -> Step | None:
        """Undo that turn of the agent, or its latest, and keep what was done since; None when there was none."""
        turn_id = turn_id or self.store.history.last_turn_id
        if turn_id and not self.store.history.of_turn(turn_id):
            return None
        taken = self._edit(lambda: self._keeper.take_back(turn_id)) if turn_id else None
        if taken is not None and taken.conflicts:
            self._tell("warning", in_words(taken.conflicts), "It stays as it is now.")
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
            self._tell("warning", in_words(carried.conflicts), "It stays as it is now.")
        if carried.change.is_empty:
            return None
        name = next((step.name for step in reversed(self.store.history.steps) if step.turn_id == turn_id), "Bring back")
        return self._edit(lambda: self._keeper.commit(name, carried.change, "agent", turn_id))

    def merge(self, newer: RemoteSaved) -> None:
        """Take over what somebody else saved, and go on from there; OthersChanged tells what became of it.

        A scene that is not open any more is left to the saver.
        """
        open_here = self._keeper.kept
        kept = self._journal.scene(newer.scene_id, open_here.seat) if open_here is not None else None
        if kept is None or open_here is None or open_here.scene_id != newer.scene_id or kept.version != newer.over:
            self._keeper.wake_saver(newer.scene_id)
            return
        theirs, base = newer.scene, replay(kept, ())
        moved = kept_as(kept, replace(base, scene=theirs), newer.version)
        who = who_in_words([self.name_of(user) for user in newer.by or ("",)])
        what = what_in_words(SceneChange.between(base.scene, theirs))
        before = self.store.scene
        conflicts = self._keeper.take_remote(f"{who} {what}"[:400], base.scene, moved, theirs, who)
        arrived = SceneChange.between(before, self.store.scene)
        if not arrived.is_empty:
            user = newer.by[0] if len(newer.by) == 1 else ""
            self._mailbox.post(OthersChanged(who, f"{who} {what_in_words(arrived)}", works_in(arrived), user))
        if not self.offer_clash(is_new=bool(conflicts)) and conflicts:
            self._tell("warning", f"{who} changed what you changed too. {in_words(conflicts)}", "Yours was kept.")

    def offer_clash(self, is_new: bool = False) -> bool:
        """Draw what clashes, as others have it, as a ghost, also what a window that ended left; whether it is drawn.

        Not over a run's proposal, and over another clash only one that is new: they come once that is decided about.
        """
        kept = self._keeper.kept
        if kept is None or (self.proposal is not None and not (is_new and self.has_clash)):
            return False
        ghost = self._keeper.clashes.next(kept, self.store.scene)
        if ghost is None:
            return False
        self._versions = ProposalVersions().with_new(ghost)
        self._mailbox.post(ClashShown(ghost.receipt.summary))
        return True

    def _settled(self) -> None:
        """Somebody has chosen: the next clash, where there is one."""
        self._keeper.clashes.settled()
        self.offer_clash()

    @property
    def has_clash(self) -> bool:
        """Whether the proposal is somebody else's version of what I changed too."""
        return self.proposal is not None and is_theirs(self.proposal)

    def take_both(self) -> bool:
        """Of a clash: keep mine and hang theirs beside it. Whether there was one."""
        proposal = self.proposal
        if proposal is None or not is_theirs(proposal):
            return False
        change = both(proposal, self.store.scene)
        if not change.is_empty and self._edit(lambda: self._keeper.commit("Keep both", change)) is None:
            return False
        self._versions = ProposalVersions()
        self._settled()
        return True

    # -- small parts -----------------------------------------------------------------------------

    def _edit(self, operation: Callable[[], T], kept: str = "The scene is as it was before.") -> T | None:
        if self.look_only:
            self._tell("warning", self.look_only, kept)
            return None
        try:
            outcome = operation()
        except (JournalError, ChangeDoesNotFit) as error:
            self._tell("error", str(error), kept)
            return None
        if outcome is not None:
            self._mailbox.post(SaveChanged("kept", "Kept on this computer"))
        return outcome

    def _tell_opened(self, kept: KeptScene) -> None:
        self.project = Project(id=kept.project_id, name=kept.project_name)
        self._versions, self.selection = ProposalVersions(), frozenset()
        self._keeper.clashes.opened()
        self._mailbox.post(ProjectOpened(self.project))

    def _tell(self, level: str, what: str, kept: str = "", advice: str = "") -> None:
        self._mailbox.post(Noticed("error" if level == "error" else "warning", what, kept, advice))
