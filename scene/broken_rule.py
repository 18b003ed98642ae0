"""One rule that does not hold in a scene, named in plain words."""

from dataclasses import dataclass
from typing import Literal

RuleName = Literal["number", "reference", "shape", "inside_room", "on_wall", "opening", "overlap", "pinned"]
SLACK_M = 0.01
"""How far a work may reach past a bound before it counts."""


@dataclass(frozen=True)
class BrokenRule:
    """The rule, the records it concerns, and one plain sentence."""

    rule: RuleName
    ids: tuple[str, ...]
    words: str
