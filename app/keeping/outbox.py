"""What waits in the journal for the platform, read and written in one go each, off the background loop's own thread."""

import json
from dataclasses import dataclass
from typing import Any

from app.keeping.clash import kept_clash
from app.keeping.journal import Entry, Journal, KeptScene, Letter
from app.keeping.rebasing import rebased_text
from app.keeping.replay import Replayed, kept_as, replay
from scene.conflict import Conflict
from scene.document import scene_to_plain
from scene.scene import Scene

LEFT_BEHIND = "Since another window of this computer ended, somebody"
"""Who changed what a program that has ended had changed, too."""


@dataclass(frozen=True)
class Batch:
    """The entries of a seat that go together, as they are sent."""

    kept: KeptScene
    entries: tuple[Entry, ...]
    replayed: Replayed
    document: dict[str, Any]
    """The scene with them, as the platform takes it."""

    @property
    def key(self) -> str:
        """The same for the same entries."""
        return f"{self.entries[0].key}-{self.entries[-1].key}"

    @property
    def steps(self) -> list[dict[str, Any]]:
        """What the version is made of."""
        return [{"cause": entry.cause, "step": entry.step} for entry in self.entries]


class Outbox:
    """Every method waits for the disk; each is one visit to a thread, which costs milliseconds while others compute."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def waits(self, everything: bool) -> tuple[list[Letter], list[KeptScene]]:
        """The letters, and the scenes to save; without `everything` no project that was not worked in yet."""
        letters = self._journal.letters()  # before the scenes, whose projects they name
        scenes = self._journal.scenes_to_save()
        if not everything:
            scenes = [kept for kept in scenes if self._is_worked_in(kept, letters)]
        return letters, scenes

    def _is_worked_in(self, kept: KeptScene, letters: list[Letter]) -> bool:
        return (
            kept.known_to_platform
            or bool(self._journal.entries(kept))
            or any(kept.project_id in letter.body for letter in letters)
        )

    def batch(self, kept: KeptScene) -> Batch:
        """What to send next from a seat, over what the platform has acknowledged to it by now."""
        entries = self._journal.batch(kept)
        now = self._journal.scene(kept.scene_id, kept.seat) or kept
        replayed = replay(now, entries)
        return Batch(now, tuple(entries), replayed, scene_to_plain(replayed.scene) if entries else {})

    def acknowledge(self, batch: Batch, version: int) -> bool:
        """The platform has a batch as this version; gives whether more waits at the seat."""
        up_to = batch.entries[-1].seq if batch.entries else 0
        self._journal.acknowledge(kept_as(batch.kept, batch.replayed, version), up_to)
        return bool(self._journal.entries(batch.kept))

    def carry_over(self, kept: KeptScene, theirs: Scene, version: int) -> tuple[Conflict, ...]:
        """Base what waits at a seat where nobody sits on a newer version; gives what clashes."""
        entries = self._journal.entries(kept)
        moved, change, clashes = rebased_text(kept, entries, theirs, version, "Changed elsewhere meanwhile")
        self._journal.rebase(moved, change, kept_clash(moved, clashes, theirs, LEFT_BEHIND))
        return clashes

    def resting(self, scene_id: str, seat: int) -> KeptScene | None:
        """What is acknowledged to a seat; None where something waits there."""
        kept = self._journal.scene(scene_id, seat)
        return None if kept is None or self._journal.entries(kept) else kept

    def version(self, scene_id: str, seat: int) -> int:
        """The version that was acknowledged to a seat last."""
        kept = self._journal.scene(scene_id, seat)
        return 0 if kept is None else kept.version

    def ripe(self, letters: list[Letter]) -> list[Letter]:
        """The letters whose project the platform has by now, as far as this computer knows; a run's before its
        feedback. The others wait: another window may be about to save their project."""
        ripe, waiting = [], set[str]()
        for letter in letters:
            about = json.loads(letter.body)
            if not self._journal.is_introduced(str(about.get("project_id", ""))) or about.get("run_id") in waiting:
                waiting.add(str(about.get("id", "")))
            else:
                ripe.append(letter)
        return ripe

    def letter_sent(self, letter: Letter) -> None:
        """Forget a letter that arrived, or that nobody takes."""
        self._journal.letter_sent(letter.seq)
