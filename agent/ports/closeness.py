"""How near texts are to each other in meaning: unit vectors of a small model on the platform, where it has one."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Vectors:
    """One unit vector for each text, and the model that they come from: only those of one model can be compared."""

    model: str
    rows: NDArray[np.float32]
    """Shape (texts, dimensions)."""


class Closeness(Protocol):
    """Where the planner asks what words are near to. A call raises `agent.ports.errors.PortError` when it fails."""

    async def vectors(self, texts: tuple[str, ...]) -> Vectors | None:
        """The vectors of these texts, in their order; None where there is no model."""
        ...
