"""Runs that nobody waits for: they go on beside the conversation; what they propose is shown when it is asked for."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from agent.events import Choice, TurnEnded
from agent.ports.context import TurnContext
from agent.running.terms import Terms
from app.runs.turn_runner import TurnRunner
from scene.carry_over import carry_over
from scene.conflict import in_words
from scene.proposal import Proposal
from scene.scene import Scene

_WORDS = (
    r"in (?:the )?background|im hintergrund|en arri[èe]re[ -]plan|en segundo plano|em segundo plano|"
    r"in background|in sottofondo|op de achtergrond"
)
_LEADING = re.compile(rf"^\W*(?:{_WORDS})\W*[,:;.–—-]\s*(?P<request>\S.*)$", re.IGNORECASE | re.DOTALL)
_TRAILING = re.compile(
    rf"^(?P<request>.*\S)\s*[,;.–—-]\s*(?:and |but )?(?:(?:do|run|make|prepare) (?:it |this |that )?)?(?:{_WORDS})\W*$",
    re.IGNORECASE | re.DOTALL,
)
_AT_ONCE = "What acts at once is not done in the background. Say it again without “in the background”."


def in_background(text: str) -> str:
    """The request without the words that send it to the background; empty where there are none.

    A painting may have "mountains in the background": the words count only where a comma or a full stop parts them.
    """
    found = _LEADING.match(text) or _TRAILING.match(text)
    return found["request"].strip() if found is not None else ""


@dataclass(frozen=True)
class _Run:
    request: str
    context: TurnContext
    scene_id: str


class Beside:
    """Lives on the UI thread. Requests of the conversation go first, step by step (`agent.running.lanes`)."""

    def __init__(self, turns: TurnRunner, place: Callable[[], str]) -> None:
        self._turns = turns
        self._place = place
        self._going: dict[str, _Run] = {}
        self._ready: dict[str, tuple[_Run, Proposal]] = {}

    @property
    def going(self) -> tuple[str, ...]:
        """The ids of the runs under way, oldest first."""
        return tuple(self._going)

    def begin(self, request: str, context: TurnContext, terms: Terms) -> str:
        """Start a run; gives its id."""
        self._going[context.turn_id] = _Run(request, context, self._place())
        self._turns.start(request, context, replace(terms, background=True))
        return context.turn_id

    def cancel(self, turn_id: str = "") -> bool:
        """Stop this run, or the latest; whether there was one. Its end follows."""
        chosen = turn_id or next(reversed(self._going), "")
        return chosen in self._going and self._turns.cancel_background(chosen)

    def ended(self, ended: TurnEnded) -> tuple[TurnEnded, str, TurnContext] | None:
        """The end as it is told, its request and what it was told; None for a run of the conversation."""
        run = self._going.pop(ended.turn_id, None)
        if run is None:
            return None
        if ended.outcome == "acted":
            ended = replace(ended, outcome="refused", action="", ids=(), text=_AT_ONCE)
        if ended.outcome == "proposed" and ended.proposal is not None:
            self._ready[ended.turn_id] = (run, ended.proposal)
            ended = replace(ended, choices=(Choice("Show it", _show(run.request)),))
        return ended, run.request, run.context

    def shown(self, text: str, scene: Scene) -> tuple[Proposal, str] | None:
        """The proposal that these words want to see, over the scene as it is now, and what to say; None without one."""
        for turn_id, (run, proposal) in reversed(self._ready.items()):
            if run.scene_id == self._place() and text.strip() == _show(run.request):
                del self._ready[turn_id]
                carried = carry_over(proposal.change, scene)
                lost = f" What no longer fits was left out: {in_words(carried.conflicts)}" if carried.conflicts else ""
                made = replace(proposal, base=scene, change=carried.change)
                return made, f"Made in the background: {proposal.title}.{lost}"
        return None


def _show(request: str) -> str:
    return f"Show “{request[:200]}”"
