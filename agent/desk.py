"""What lies before the agent during one turn: the context, the ports, the draft scene and what the tools noted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from agent.events import Action, Camera, Choice
from agent.intent import Intent
from agent.phrases import Phrases, phrases
from agent.ports.context import TurnContext
from agent.ports.library import Facets, Library
from agent.ports.projects import Projects
from agent.vocabulary import NamedTheme, Vocabulary
from scene.scene import Scene


class TurnStops(Exception):
    """The turn ends here in words: a question with choices, or a refusal."""

    def __init__(self, text: str, choices: tuple[Choice, ...] = (), *, refused: bool = False, advice: str = "") -> None:
        super().__init__(text)
        self.text, self.choices, self.refused, self.advice = text, choices, refused, advice


@dataclass
class Desk:
    """The working state of one turn. Tools change `scene`, which is a draft, and add to the notes; nothing else."""

    request: str
    context: TurnContext
    intent: Intent
    vocabulary: Vocabulary
    themes: Mapping[str, NamedTheme]
    library: Library
    projects: Projects
    scene: Scene
    facets: Facets = field(default_factory=Facets)
    results: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    """What each step gave, by step id; later steps refer to it."""
    said: list[str] = field(default_factory=list)
    """The answer, sentence by sentence."""
    notes: list[str] = field(default_factory=list)
    unmet: list[str] = field(default_factory=list)
    unplaced: list[tuple[str, str]] = field(default_factory=list)
    """Works left out: title and why."""
    laid_out: str = ""
    """How the layout says it hung the works."""
    choices: tuple[Choice, ...] = ()
    title: str = ""
    camera: Camera | None = None
    action: Action = ""
    ids: tuple[str, ...] = ()

    @property
    def tell(self) -> Phrases:
        """The messages in the language of the request."""
        return phrases(self.intent.language)


@dataclass(frozen=True)
class Call:
    """One call of a tool: who asks, and the idempotency key of its writes."""

    step_id: str
    context: TurnContext
    correlation_id: str
    key: str


@dataclass(frozen=True)
class Outcome:
    """What a tool gave: one line for people, and the named values that later steps use."""

    text: str
    values: Mapping[str, Any] = field(default_factory=dict)
