"""The clashes of a scene that nobody has chosen about yet: on disk, whoever has ended, and offered one at a time."""

import structlog

from app.keeping.clash import kept_as_ghost
from app.keeping.journal import Journal, KeptClash, KeptScene
from app.keeping.seats import Seats
from scene.proposal import Proposal
from scene.scene import Scene

log = structlog.get_logger()


class Clashes:
    """Lives on the UI thread. A clash belongs to a seat; where nobody sits there any more, to whoever comes first."""

    def __init__(self, journal: Journal, seats: Seats) -> None:
        self._journal = journal
        self._seats = seats
        self._offered = 0

    def opened(self) -> None:
        """A scene was opened: what was offered before is not in hand any more."""
        self._offered = 0

    def next(self, kept: KeptScene, mine: Scene) -> Proposal | None:
        """The newest clash that is to be chosen about at this seat, as a ghost over mine; None where there is none."""
        known = self._journal.clashes(kept.scene_id)
        for number, clash in enumerate(known):
            if clash.seq == self._offered or not self._is_seen(clash, kept):
                continue
            newer = [one for one in known[:number] if one.seat == clash.seat]
            try:
                ghost = kept_as_ghost(clash, newer, mine)
            except ValueError as error:
                log.error("a clash that was kept cannot be read; it is left as it is", why=str(error))
                continue
            if not self._is_ours(clash, kept.seat):
                continue
            if ghost is not None:
                self._offered = clash.seq
                return ghost
            self._journal.clash_settled(clash.seq)
        return None

    def settled(self) -> None:
        """Somebody has chosen about the one that was offered."""
        self._journal.clash_settled(self._offered)
        self._offered = 0

    def _is_seen(self, clash: KeptClash, kept: KeptScene) -> bool:
        """Whether what was kept there is in this seat's scene, too."""
        return clash.seat == kept.seat or clash.version < kept.version

    def _is_ours(self, clash: KeptClash, seat: int) -> bool:
        if clash.seat == seat:
            return True
        with self._seats.left_behind(clash.scene_id, clash.seat) as free:
            return free and self._journal.take_clash(clash, seat)
