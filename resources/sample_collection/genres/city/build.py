"""The quads of a street as they are put up."""

from dataclasses import dataclass, field

from resources.sample_collection.palette import Floats


@dataclass
class Build:
    """Quads in metres, back to front, each with what it sends out and what it merely shows."""

    quads: list[Floats] = field(default_factory=list)
    glowing: list[Floats] = field(default_factory=list)
    """Linear light per quad, up to 1; the light sheet multiplies it."""
    dull: list[Floats] = field(default_factory=list)
    """Linear colour per quad under the street's light."""

    def add(self, quads: Floats, glowing: Floats, dull: Floats) -> None:
        """Quads (N, 4, 3) with colours (N, 3) each."""
        self.quads.append(quads)
        self.glowing.append(glowing)
        self.dull.append(dull)
