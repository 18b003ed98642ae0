"""What earlier turns and verdicts mean for the next turn: preferences, deeds, recent requests; and keeping turns."""

from collections.abc import Sequence
from datetime import UTC, datetime

from agent.events import TurnEnded
from agent.house_rules import HouseRules
from agent.learning.preference import Preference
from agent.learning.suggesting import Said
from agent.ports.context import Deed, TurnContext
from app.house import House
from app.mailbox import Mailbox
from app.messages import Noticed
from app.open_scene import OpenScene
from app.remembering.memory import NotRemembered
from app.remembering.preferences import Preferences
from app.remembering.talk import PastTurn, Talk
from app.remembering.tree import Tree
from app.remembering.verdict_book import VerdictBook
from scene.history import Step
from scene.records import Placement

_MOST_DEEDS = 100
_MOST_WORKS = 500
_MOST_SAID = 200
_WORKED = ("proposed", "answered", "acted")


class Past:
    """Lives on the UI thread."""

    def __init__(
        self,
        scene: OpenScene,
        preferences: Preferences,
        talk: Talk,
        book: VerdictBook,
        mailbox: Mailbox,
        house: House,
    ) -> None:
        self._house = house
        self._scene = scene
        self._preferences = preferences
        self._talk = talk
        self._book = book
        self._mailbox = mailbox
        self._known_of = ""
        self._turns: tuple[PastTurn, ...] = ()
        self._said: list[Said] | None = None

    @property
    def turns(self) -> tuple[PastTurn, ...]:
        """What was said in the open project, oldest first, without branches that were left."""
        project_id = self._scene.place[1]
        if self._known_of != project_id:
            self._known_of, self._turns = project_id, self._talk.turns(project_id)
        return self._turns

    def tree(self) -> Tree:
        """All that was said in the open project, with the branches that were left."""
        return Tree(self._talk.turns(self._scene.place[1], aside=True))

    def approved_again(self, turn_id: str) -> None:
        """A turn that was taken back is in effect again."""
        try:
            self._talk.decided(turn_id, "approved")
        except NotRemembered as error:
            self._mailbox.post(Noticed("warning", str(error), "The turn is brought back all the same."))

    def recent_requests(self, most: int) -> tuple[str, ...]:
        """The latest requests of the open project."""
        return tuple(turn.request for turn in self.turns[-most:])

    def said(self) -> Sequence[Said]:
        """The latest requests of all projects with what they meant, oldest first."""
        if self._said is None:
            turns = self._talk.everywhere(_MOST_SAID)
            self._said = [Said(turn.request, turn.meant, turn.outcome in _WORKED) for turn in turns]
        return self._said

    def preferences(self) -> tuple[Preference, ...]:
        """The rules that hold in the open scene."""
        return self._preferences.holding(*self._scene.place)

    def house_rules(self) -> HouseRules:
        """What must not hang here."""
        return self._house.rules()

    def deeds(self) -> tuple[Deed, ...]:
        """The latest steps of the open scene, oldest first, each with the request that it came from."""
        if not self._scene.store.scene.placements:
            return ()
        said = {turn.turn_id: turn for turn in self.turns}
        steps = self._scene.store.history.steps[-_MOST_DEEDS:]
        return tuple(_deed(step, said.get(step.turn_id or step.takes_back)) for step in steps)

    def keep(self, ended: TurnEnded, request: str, context: TurnContext, branched_from: str = "") -> None:
        """Write a finished turn down; that it could not be is told."""
        because = self._book.understood(ended.intent, context) if ended.intent is not None else ()
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        here = context.project_id == self._scene.place[1]
        told = self.turns if here else self._talk.turns(context.project_id)
        after = next((turn.turn_id for turn in reversed(told) if turn.turn_id != ended.turn_id), "")
        try:
            self._talk.keep(
                ended, request, context.project_id, at, because=because, branched_from=branched_from, after=after
            )
        except NotRemembered as error:
            self._mailbox.post(Noticed("warning", str(error), "The turn itself is not affected."))
        self._known_of = ""
        if self._said is not None:
            self._said.append(Said(request, ended.intent, ended.outcome in _WORKED))

    def put_aside(self, turn_ids: tuple[str, ...], taken_up: tuple[str, ...] = ()) -> None:
        """These turns belong to a branch that is left, and those to the one that goes on."""
        try:
            self._talk.put_aside(turn_ids, taken_up)
        except NotRemembered as error:
            self._mailbox.post(Noticed("warning", str(error), "The new branch goes on all the same."))
        self._known_of = ""


def _deed(step: Step, turn: PastTurn | None) -> Deed:
    after = {**step.change.added, **{i: pair[1] for i, pair in step.change.updated.items()}}
    ids = [i for i, record in after.items() if isinstance(record, Placement)] if step.author == "user" else []
    return Deed(
        name=step.name,
        author=step.author,
        turn_id=step.turn_id,
        at=step.at,
        request=turn.request[:400] if turn is not None else "",
        because=turn.because if turn is not None else (),
        works=frozenset(ids[:_MOST_WORKS]),
    )
