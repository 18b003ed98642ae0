"""What others do to the open scene: it is taken over, told, and where it clashes with mine, offered as a choice."""

from collections.abc import Callable
from dataclasses import replace

from app.keeping.arrivals import what_in_words, who_in_words, works_in
from app.keeping.clash import both
from app.keeping.edits import Edits
from app.keeping.ghost import Ghost
from app.keeping.journal import Journal
from app.keeping.replay import kept_as, replay
from app.keeping.scene_keeper import SceneKeeper
from app.mailbox import Mailbox
from app.messages import ClashShown, OthersChanged, RemoteSaved
from scene.change import SceneChange
from scene.conflict import in_words


class OthersWork:
    """Lives on the UI thread, beside the open scene."""

    def __init__(self, keeper: SceneKeeper, journal: Journal, mailbox: Mailbox, ghost: Ghost, edits: Edits) -> None:
        self._keeper = keeper
        self._journal = journal
        self._mailbox = mailbox
        self._ghost = ghost
        self._edits = edits
        self.name_of: Callable[[str], str] = lambda user: user
        """How a user is called, by id; of one that is not known the id is empty."""

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
        before = self._keeper.store.scene
        conflicts = self._keeper.take_remote(f"{who} {what}"[:400], base.scene, moved, theirs, who)
        arrived = SceneChange.between(before, self._keeper.store.scene)
        if not arrived.is_empty:
            user = newer.by[0] if len(newer.by) == 1 else ""
            self._mailbox.post(OthersChanged(who, f"{who} {what_in_words(arrived)}", works_in(arrived), user))
        if not self.offer_clash(is_new=bool(conflicts)) and conflicts:
            self._edits.tell("warning", f"{who} changed what you changed too. {in_words(conflicts)}", "Yours was kept.")

    def offer_clash(self, is_new: bool = False) -> bool:
        """Draw what clashes, as others have it, as a ghost, also what a window that ended left; whether it is drawn.

        Not over a run's proposal, and over another clash only one that is new: they come once that is decided about.
        """
        kept = self._keeper.kept
        if kept is None or (self._ghost.current is not None and not (is_new and self._ghost.is_theirs)):
            return False
        ghost = self._keeper.clashes.next(kept, self._keeper.store.scene)
        if ghost is None:
            return False
        self._ghost.begin(ghost)
        self._mailbox.post(ClashShown(ghost.receipt.summary))
        return True

    def settled(self) -> None:
        """Somebody has chosen: the next clash, where there is one."""
        self._keeper.clashes.settled()
        self.offer_clash()

    @property
    def has_clash(self) -> bool:
        """Whether the proposal in hand is somebody else's version of what I changed too."""
        return self._ghost.is_theirs

    def take_both(self) -> bool:
        """Of a clash: keep mine and hang theirs beside it. Whether there was one."""
        proposal = self._ghost.current
        if proposal is None or not self._ghost.is_theirs:
            return False
        change = both(proposal, self._keeper.store.scene)
        if not change.is_empty and self._edits.kept(lambda: self._keeper.commit("Keep both", change)) is None:
            return False
        self._ghost.begin()
        self.settled()
        return True
