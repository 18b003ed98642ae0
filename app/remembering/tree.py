"""What was said, as a tree: an edited message begins another branch beside the one that was left."""

from collections import defaultdict
from collections.abc import Sequence

from app.remembering.talk import PastTurn


class Tree:
    """A value over the turns of a project, oldest first, those of left branches included."""

    def __init__(self, turns: Sequence[PastTurn]) -> None:
        self._turns = {turn.turn_id: turn for turn in turns}
        self._before = _before(turns)
        self._after: defaultdict[str, list[str]] = defaultdict(list)
        for turn_id, before in self._before.items():
            self._after[before].append(turn_id)

    def versions(self, turn_id: str) -> tuple[PastTurn, ...]:
        """The messages that were written at the place of this one, oldest first, itself among them."""
        if turn_id not in self._turns:
            return ()
        return tuple(self._turns[one] for one in self._after[self._before[turn_id]])

    def branch(self, turn_id: str) -> tuple[PastTurn, ...]:
        """All that was said from the first message up to this one, and on to the latest message after it."""
        path, at = list[str](), turn_id
        while at in self._turns and at not in path:
            path.insert(0, at)
            at = self._before[at]
        at = turn_id
        while later := self._after.get(at, []):
            at = later[-1]
            path.append(at)
        return tuple(self._turns[one] for one in path)


def _before(turns: Sequence[PastTurn]) -> dict[str, str]:
    """The turn before each; of turns that did not note it, as it follows from the messages that were edited."""
    before, latest = dict[str, str](), ""
    for turn in turns:
        if turn.after is not None:
            at = turn.after if turn.after in before else ""
        elif turn.branched_from in before:
            at = before[turn.branched_from]
        else:
            at = latest
        before[turn.turn_id] = at
        latest = turn.turn_id
    return before
