"""What each tool touches and gives: by this the engine orders steps, caches results and checks references."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Touches = Literal["nothing", "reads", "writes"]


@dataclass(frozen=True)
class Trait:
    """How a tool stands to the draft scene, and what it gives to later steps."""

    draft: Touches = "reads"
    """Whether it looks at the draft or changes it."""
    gives: tuple[str, ...] = ()
    pure: bool = False
    """The same arguments over the same scene and library give the same: its result may be taken over."""
    outside: bool = False
    """It writes beyond the draft, with an idempotency key."""


TRAITS: Mapping[str, Trait] = {
    "search": Trait("nothing", ("hits", "fitting", "total"), pure=True),
    "choose": Trait("nothing", ("works",), pure=True),
    "recall": Trait("reads", ("shown",), pure=True),
    "select": Trait("reads", ("ids", "others"), pure=True),
    "exchange": Trait("reads", ("works",), pure=True),
    "arrange": Trait("writes", ("placed",), pure=True),
    "style": Trait("writes", (), pure=True),
    "edit": Trait("writes", ("ids",), pure=True),
    "navigate": Trait("reads"),
    "explain": Trait("reads"),
    "answer": Trait("reads"),
    "canvas": Trait("reads", outside=True),
    "project": Trait("nothing", outside=True),
    "export": Trait("reads"),
    "undo": Trait("nothing"),
}


def trait_of(tool: str) -> Trait:
    """The tool's trait; one that is not known is taken to write the draft and to keep nothing."""
    return TRAITS.get(tool, Trait("writes"))
