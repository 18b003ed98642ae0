"""The named steps of a scene: who made them, in which turn, and which can be undone and redone."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from scene.change import SceneChange

Author = Literal["user", "agent", "remote"]


@dataclass(frozen=True)
class Step:
    """A named change that was committed."""

    id: str
    name: str
    change: SceneChange
    author: Author = "user"
    turn_id: str = ""
    """The turn that the step came from; empty for an edit by hand."""
    at: str = ""
    """UTC time, ISO 8601."""
    takes_back: str = ""
    """The turn that this step took back, if it is a take-back."""


@dataclass(frozen=True)
class Undone:
    """A step that was undone, with what undoing it changed; redoing is the reverse of that."""

    step: Step
    change: SceneChange


@dataclass(frozen=True)
class History:
    """Steps as an immutable value, oldest first. Remote steps are listed but never undone from here."""

    steps: tuple[Step, ...] = ()
    undone: tuple[Undone, ...] = ()
    """Last undone last."""

    @property
    def next_undo(self) -> Step | None:
        """The step that undo would take back: the latest one that is not remote."""
        return next((step for step in reversed(self.steps) if step.author != "remote"), None)

    @property
    def next_redo(self) -> Step | None:
        """The step that redo would bring back."""
        return self.undone[-1].step if self.undone else None

    @property
    def last_turn_id(self) -> str:
        """The latest agent turn that is still in effect; empty when there is none."""
        taken_back = set[str]()
        for step in reversed(self.steps):
            taken_back.add(step.takes_back)
            if step.author == "agent" and step.turn_id and step.turn_id not in taken_back:
                return step.turn_id
        return ""

    def of_turn(self, turn_id: str) -> tuple[Step, ...]:
        """The steps of one turn that are in effect, oldest first: those since it was last taken back."""
        since = max((n for n, step in enumerate(self.steps, 1) if step.takes_back == turn_id), default=0)
        return tuple(step for step in self.steps[since:] if turn_id and step.turn_id == turn_id)

    def take_back_of(self, turn_id: str) -> Step | None:
        """The step that took this turn back last; None while the turn is in effect, or was never."""
        if not turn_id or self.of_turn(turn_id):
            return None
        return next((step for step in reversed(self.steps) if step.takes_back == turn_id), None)

    def with_step(self, step: Step) -> "History":
        """The history after a step; a step of one's own ends what could be redone."""
        undone = self.undone if step.author == "remote" else ()
        return History((*self.steps, step), undone)

    def after_undo(self, step: Step, change: SceneChange) -> "History":
        """The history after `step` was undone by `change`."""
        return replace(
            self, steps=tuple(s for s in self.steps if s is not step), undone=(*self.undone, Undone(step, change))
        )

    def after_redo(self) -> "History":
        """The history after the last undone step was brought back."""
        return History((*self.steps, self.undone[-1].step), self.undone[:-1])

    def remote_since(self, step: Step) -> bool:
        """Whether a remote step came after `step`."""
        return any(later.author == "remote" for later in self.steps[self.steps.index(step) + 1 :])


def squashed(changes: Iterable[SceneChange]) -> SceneChange:
    """A sequence of changes as one."""
    result = SceneChange()
    for change in changes:
        result = result.then(change)
    return result
