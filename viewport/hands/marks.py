"""What the hands draw over the picture, as plain shapes in pixels; who paints them decides the colours."""

from dataclasses import dataclass
from typing import Literal

Role = Literal["frame", "handle", "hot", "guide", "bad", "band"]
Pixel = tuple[float, float]


@dataclass(frozen=True)
class Line:
    """A line through pixels; closed ones may be filled with a tint."""

    points: tuple[Pixel, ...]
    role: Role
    closed: bool = False
    filled: bool = False
    dashed: bool = False


@dataclass(frozen=True)
class Knob:
    """A handle to grip: a square for size, a disc for turning, an arrow both ways for moving."""

    at: Pixel
    shape: Literal["square", "disc", "arrow"]
    role: Role = "handle"
    angle_deg: float = 0.0
    """Where an arrow points, clockwise from the right."""


@dataclass(frozen=True)
class Tag:
    """A few words beside a pixel."""

    at: Pixel
    text: str
    role: Role = "guide"


Mark = Line | Knob | Tag
