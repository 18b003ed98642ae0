"""The one truth for the open scene: it holds the scene and its history, and tells followers of every change."""

import uuid
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from scene.carry_over import CarriedOver, carry_over
from scene.change import ChangeDoesNotFit, SceneChange
from scene.conflict import Conflict
from scene.history import Author, History, Step, squashed
from scene.scene import Scene

Cause = Literal["commit", "undo", "redo", "take_back", "remote", "load"]
Follower = Callable[[SceneChange, Scene, Cause], None]


@dataclass(frozen=True)
class TakenBack:
    """What taking back a turn did: its step (None when nothing was left to take back) and what could not be undone."""

    step: Step | None
    conflicts: tuple[Conflict, ...] = ()


class SceneStore:
    """Belongs to one thread. Every edit goes through here, whole or not at all, and followers hear of it in order."""

    def __init__(self, scene: Scene | None = None, steps: Iterable[Step] = ()) -> None:
        self._scene = scene if scene is not None else Scene()
        self._history = History(tuple(steps))
        self._conflicts: tuple[Conflict, ...] = ()
        self._followers: dict[object, Follower] = {}
        self._untold: deque[tuple[SceneChange, Scene, Cause]] = deque()
        self._telling = False

    @property
    def scene(self) -> Scene:
        """The scene as it is now."""
        return self._scene

    @property
    def history(self) -> History:
        """The steps that led here, and those that can be redone."""
        return self._history

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What the last undo, redo, take-back or remote change could not do."""
        return self._conflicts

    def commit(self, name: str, change: SceneChange, author: Author = "user", turn_id: str = "") -> Step:
        """Make `change` one named step; raises ChangeDoesNotFit and keeps everything when it does not fit.

        An empty change is returned as a step but leaves no trace.
        """
        step = _step(name, change, author, turn_id)
        self._take(step, change, "commit")
        return step

    def undo(self) -> Step | None:
        """Take back the latest step that is not remote; None when there is none."""
        step = self._history.next_undo
        if step is None:
            return None
        carried, scene = self._backwards(step)
        self._history = self._history.after_undo(step, carried.change)
        self._become(scene, carried, "undo")
        return step

    def redo(self) -> Step | None:
        """Bring back the step that was undone last; None when there is none."""
        if not self._history.undone:
            return None
        undone = self._history.undone[-1]
        carried, scene = self._fitted(undone.change.reversed())
        self._history = self._history.after_redo()
        self._become(scene, carried, "redo")
        return undone.step

    def take_back(self, turn_id: str) -> TakenBack:
        """Undo one agent turn and keep what was done since; it is a step of its own and can be undone itself."""
        steps = self._history.of_turn(turn_id)
        scene, changes, conflicts = self._scene, list[SceneChange](), dict[str, Conflict]()
        for step in reversed(steps):
            carried = carry_over(step.change.reversed(), scene)
            scene = carried.change.apply_to(scene)
            changes.append(carried.change)
            conflicts |= {conflict.record_id: conflict for conflict in carried.conflicts}
        change = squashed(changes)
        self._conflicts = tuple(conflicts.values())
        if change.is_empty:
            return TakenBack(None, self._conflicts)
        taken = _step(f"Take back “{steps[-1].name}”", change, "user", "", takes_back=turn_id)
        self._take(taken, change, "take_back", self._conflicts)
        return TakenBack(taken, self._conflicts)

    def apply_remote(self, name: str, change: SceneChange) -> CarriedOver:
        """Take over somebody else's change as far as it fits; it never enters this store's undo."""
        carried = carry_over(change, self._scene)
        self._take(_step(name, carried.change, "remote", ""), carried.change, "remote", carried.conflicts)
        return carried

    def load(self, scene: Scene, steps: Iterable[Step] = ()) -> None:
        """Hold another scene with its steps; nothing can be redone then."""
        change = SceneChange.between(self._scene, scene)
        self._scene, self._history, self._conflicts = scene, History(tuple(steps)), ()
        self._tell(change, "load")

    def put_back(self, scene: Scene, history: History) -> None:
        """Hold a scene and a history that this store held before, as when the disk refused what came after them."""
        change = SceneChange.between(self._scene, scene)
        self._scene, self._history, self._conflicts = scene, history, ()
        self._tell(change, "load")

    def follow(self, callback: Follower) -> Callable[[], None]:
        """Call `callback(change, scene, cause)` after every change from now on; returns what ends it."""
        key = object()
        self._followers[key] = callback
        return lambda: self._followers.pop(key, None) and None

    def _take(self, step: Step, change: SceneChange, cause: Cause, conflicts: tuple[Conflict, ...] = ()) -> None:
        scene = change.apply_to(self._scene)
        self._conflicts = conflicts
        if change.is_empty:
            return
        self._scene, self._history = scene, self._history.with_step(step)
        self._tell(change, cause)

    def _become(self, scene: Scene, carried: CarriedOver, cause: Cause) -> None:
        self._scene, self._conflicts = scene, carried.conflicts
        if not carried.change.is_empty:
            self._tell(carried.change, cause)

    def _backwards(self, step: Step) -> tuple[CarriedOver, Scene]:
        change = step.change.reversed()
        return self._carried(change) if self._history.remote_since(step) else self._fitted(change)

    def _fitted(self, change: SceneChange) -> tuple[CarriedOver, Scene]:
        """Exactly `change` where it fits; a remote change may have come between, so it is carried over where not."""
        try:
            return CarriedOver(change), change.apply_to(self._scene)
        except ChangeDoesNotFit:
            return self._carried(change)

    def _carried(self, change: SceneChange) -> tuple[CarriedOver, Scene]:
        carried = carry_over(change, self._scene)
        return carried, carried.change.apply_to(self._scene)

    def _tell(self, change: SceneChange, cause: Cause) -> None:
        """Tell all followers, change by change even when one of them commits; the first error is raised at the end."""
        self._untold.append((change, self._scene, cause))
        if self._telling:
            return
        self._telling, errors = True, list[Exception]()
        try:
            while self._untold:
                told = self._untold.popleft()
                errors += [error for follower in tuple(self._followers.values()) if (error := _told(follower, told))]
        finally:
            self._telling = False
        if errors:
            raise errors[0]


def _told(follower: Follower, told: tuple[SceneChange, Scene, Cause]) -> Exception | None:
    try:
        follower(*told)
    except Exception as error:
        return error
    return None


def _step(name: str, change: SceneChange, author: Author, turn_id: str, takes_back: str = "") -> Step:
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    return Step(uuid.uuid4().hex, name, change, author, turn_id, at, takes_back)
