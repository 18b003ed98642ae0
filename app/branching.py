"""Going back to an earlier message and to left branches: what turns did goes or comes, what hands did stays."""

from collections import OrderedDict
from dataclasses import replace

from app.open_scene import OpenScene
from app.past import Past
from app.remembering.talk import PastTurn
from scene.carry_over import carry_over
from scene.proposal import Proposal

_MOST_KEPT = 50
_CHANGES_NOTHING = ("answered", "asked", "refused", "failed", "cancelled", "planned")


class Branching:
    """Lives on the UI thread. It remembers the latest proposals, so that a ghost can come back."""

    def __init__(self, scene: OpenScene, past: Past) -> None:
        self._scene = scene
        self._past = past
        self._proposals: OrderedDict[str, Proposal] = OrderedDict()

    def proposed(self, proposal: Proposal) -> None:
        """A proposal was staged."""
        self._proposals[proposal.turn_id] = proposal
        while len(self._proposals) > _MOST_KEPT:
            self._proposals.popitem(last=False)

    def back_to(self, turn_id: str) -> bool:
        """The scene as it was before that turn, with what was done by hand since; whether there is such a turn."""
        turns = self._past.turns
        at = next((n for n, turn in enumerate(turns) if turn.turn_id == turn_id), None)
        if at is None:
            return False
        left = tuple(turn.turn_id for turn in turns[at:])
        self._leave(left)
        self._past.put_aside(left)
        if self._scene.proposal is None:
            self._bring_back(turns[:at])
        return True

    def versions(self) -> dict[str, tuple[str, ...]]:
        """Of each message on show that was written more than once: all its versions by their turns, oldest first."""
        tree = self._past.tree()
        found = {turn.turn_id: tree.versions(turn.turn_id) for turn in self._past.turns}
        return {turn_id: tuple(one.turn_id for one in them) for turn_id, them in found.items() if len(them) > 1}

    def switch_to(self, turn_id: str) -> bool:
        """Go on in the branch that has this turn, as it was left; whether there is such a branch."""
        branch, now = self._past.tree().branch(turn_id), self._past.turns
        if not branch or turn_id in {turn.turn_id for turn in now}:
            return False
        ids, shown = [turn.turn_id for turn in branch], [turn.turn_id for turn in now]
        left = tuple(one for one in shown if one not in ids)
        taken_up = tuple(turn for turn in branch if turn.turn_id not in shown)
        self._leave(left)
        for turn in taken_up:
            if self._scene.bring_back_turn(turn.turn_id) is not None:
                self._past.approved_again(turn.turn_id)
        self._past.put_aside(left, tuple(turn.turn_id for turn in taken_up))
        self._bring_back(branch)
        return True

    def _leave(self, left: tuple[str, ...]) -> None:
        """Take back what these turns did, the latest first."""
        while self._scene.proposal is not None and self._scene.proposal.turn_id in left:
            self._scene.previous_version()
        for done in reversed(left):
            self._scene.take_back_turn(done)

    def _bring_back(self, before: tuple[PastTurn, ...]) -> None:
        """The ghost that was on show when the message was written, if it was not decided about by itself."""
        turn = next((turn for turn in reversed(before) if turn.outcome not in _CHANGES_NOTHING), None)
        proposal = self._proposals.get(turn.turn_id) if turn is not None else None
        if turn is None or proposal is None or turn.verdict or turn.outcome != "proposed":
            return
        if self._scene.proposal is not None and self._scene.proposal.turn_id == turn.turn_id:
            return
        scene = self._scene.store.scene
        change = carry_over(proposal.change, scene).change
        if not change.is_empty:
            self._scene.stage(replace(proposal, base=scene, change=change))
