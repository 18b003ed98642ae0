"""Peers that edit one scene, drop off and come back at random, over the desktop's own rebasing: who loses what?

The server keeps versions and receipts as the platform does; a peer sends what waits as one batch under one key, sends
the same batch again when no answer came, and rebases when the platform has moved on, as the saver does.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from app.keeping.rebasing import rebase
from scene.change import SceneChange
from scene.operations import remove
from scene.records import Placement
from scene.scene import Scene
from scene.store import SceneStore

Plant = Literal["", "overwrite", "drop", "deaf"]
"""A bug put in on purpose: save over others, drop what waits, skip a version."""


@dataclass
class Server:
    """Versions in one order, each saved once for its key."""

    versions: list[Scene] = field(default_factory=lambda: [Scene()])
    receipts: dict[str, int] = field(default_factory=dict)

    @property
    def head(self) -> int:
        return len(self.versions) - 1

    def save(self, key: str, based_on: int, scene: Scene) -> int | None:
        """The version; None when the scene has moved on."""
        if key in self.receipts:
            return self.receipts[key]
        if based_on != self.head:
            return None
        self.versions.append(scene)
        self.receipts[key] = self.head
        return self.head


@dataclass
class Stamp:
    """A mark that one edit left on one record; it must reach the platform, or somebody must have decided otherwise."""

    record_id: str
    mark: str
    settled: bool = False


class Peer:
    """One desktop: its store, what it has of the platform, and what waits."""

    def __init__(self, name: str, server: Server, dice: random.Random, plant: Plant) -> None:
        self.name, self.server, self.dice, self.plant = name, server, dice, plant
        self.store = SceneStore()
        self.base, self.version = Scene(), 0
        self.waiting = 0
        self.sent: tuple[str, Scene, int] | None = None
        self.online = True
        self.edits = 0
        self.stamps: list[Stamp] = []
        self.added: set[str] = set()
        self.removed: set[str] = set()
        self.named = 0

    # -- editing ---------------------------------------------------------------------------------

    def edit(self) -> None:
        """One random edit."""
        self.edits += 1
        scene = self.store.scene
        ids = sorted(scene.records)
        kinds: list[Callable[[], None]] = [self._hang]
        if ids:
            kinds += [lambda: self._mark(self.dice.choice(ids))] * 3
            kinds += [lambda: self._move(self.dice.choice(ids))] * 2
            kinds += [lambda: self._remove(self.dice.choice(ids)), self._undo, self._redo]
        self.dice.choice(kinds)()

    def _hang(self) -> None:
        name = f"{self.name}-{self.edits}"
        work = Placement(id=name, asset_id="a" * 64, title=name, position_m=(0.0, 1.5, 0.0), size_m=(1.0, 1.0))
        self._commit(SceneChange(added={name: work}))
        self.added.add(name)

    def _mark(self, record_id: str) -> None:
        mark = f"{self.name}:{self.edits}"
        self._settle(record_id)
        before = self.store.scene.records[record_id]
        self._commit(SceneChange(updated={record_id: (before, before.but(title=mark))}))
        self.stamps.append(Stamp(record_id, mark))

    def _move(self, record_id: str) -> None:
        before = self.store.scene.records[record_id]
        after = before.but(position_m=(round(self.dice.uniform(-9, 9), 3), 1.5, 0.0))
        self._commit(SceneChange(updated={record_id: (before, after)}))

    def _remove(self, record_id: str) -> None:
        self._settle(record_id)
        self.removed.add(record_id)
        self._commit(remove(self.store.scene, [record_id]))

    def _undo(self) -> None:
        before = self.store.scene
        if self.store.undo() is not None:
            self._took_back(before)

    def _redo(self) -> None:
        before = self.store.scene
        if self.store.redo() is not None:
            self._took_back(before)

    def _took_back(self, before: Scene) -> None:
        change = SceneChange.between(before, self.store.scene)
        for record_id in change.ids:
            self._settle(record_id)
        self.removed |= set(change.removed)
        self.waiting += 1

    def _commit(self, change: SceneChange) -> None:
        self.store.commit("Edit", change)
        self.waiting += 1

    def _settle(self, record_id: str) -> None:
        """My own later edit takes the place of my earlier mark."""
        for stamp in self.stamps:
            stamp.settled = stamp.settled or stamp.record_id == record_id

    # -- the line --------------------------------------------------------------------------------

    def talk(self, lossy: bool = True) -> None:
        """Save what waits; hear what others saved."""
        if self.waiting or self.sent is not None:
            self._save(lossy)
        elif self.server.head > self.version:
            self._take_over()

    def _save(self, lossy: bool) -> None:
        key, scene, waiting = self.sent or (f"{self.name}-{self.edits}-{self.version}", self.store.scene, self.waiting)
        self.sent = (key, scene, waiting)
        based_on = self.server.head if self.plant == "overwrite" else self.version
        version = self.server.save(key, based_on, scene)
        if lossy and self.dice.random() < 0.15:
            return  # the answer is lost: the same batch goes again
        self.sent = None
        if version is None:
            self._take_over()
            return
        self.base, self.version = scene, version
        self.waiting -= waiting

    def _take_over(self) -> None:
        version = self.server.head
        theirs = self.server.versions[version]
        if self.plant == "deaf" and self.dice.random() < 0.2:
            self.version = version
            return
        if self.plant == "drop":
            self.store.apply_remote("Theirs", SceneChange.between(self.store.scene, theirs))
            self.base, self.version, self.waiting = theirs, version, 0
            return
        rebased = rebase(self.store, "Theirs", self.base, theirs)
        self.named += len(rebased.conflicts)
        self.base, self.version = theirs, version
        self.waiting = 0 if rebased.mine.is_empty else 1


@dataclass
class Found:
    """What a seed, or all of them, came to."""

    seeds: int = 0
    edits: int = 0
    clashes: int = 0
    diverged: list[int] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Nobody sees something else, and nothing is gone."""
        return not (self.diverged or self.lost)


def one_seed(seed: int, edits: int = 200, peers: int = 4, plant: Plant = "") -> Found:
    """One story from its beginning until all are quiet."""
    dice, server = random.Random(seed), Server()
    team = [Peer(f"p{number}", server, dice, plant) for number in range(peers)]
    for _ in range(edits):
        peer = dice.choice(team)
        peer.edit()
        if dice.random() < 0.08:
            peer.online = not peer.online
        for other in team:
            if other.online and dice.random() < 0.4:
                other.talk()
    for peer in team * (4 * peers):
        peer.talk(lossy=False)
    return _judged(seed, edits, server, team)


def _judged(seed: int, edits: int, server: Server, team: list[Peer]) -> Found:
    final = server.versions[-1]
    found = Found(1, edits, sum(peer.named for peer in team))
    if any(peer.store.scene != final for peer in team):
        found.diverged.append(seed)
    removed = set[str]().union(*(peer.removed for peer in team))
    for peer in team:
        gone = sorted(peer.added - removed - set(final.records))
        found.lost += [f"seed {seed}: {record_id} of {peer.name} is gone" for record_id in gone]
    marks = {(record.id, record.title) for scene in server.versions for record in scene.placements}
    for peer in team:
        for stamp in peer.stamps:
            if not stamp.settled and (stamp.record_id, stamp.mark) not in marks:
                found.lost.append(f"seed {seed}: the mark {stamp.mark} on {stamp.record_id} never arrived")
    return found


def many_seeds(first: int, count: int, edits: int = 200, peers: int = 4, plant: Plant = "") -> Found:
    """All of them, one after another."""
    total = Found()
    for seed in range(first, first + count):
        one = one_seed(seed, edits, peers, plant)
        total.seeds += one.seeds
        total.edits += one.edits
        total.clashes += one.clashes
        total.diverged += one.diverged
        total.lost += one.lost
    return total
