"""How much one picture may cost before it is refused."""

from dataclasses import dataclass

MIB = 1024 * 1024
RENDITION_EDGES_PX = (64, 256, 1024, 2048)
EDGES_AT_IMPORT_PX = (64, 256)
MEASURED_EDGE_PX = 256


@dataclass(frozen=True)
class Limits:
    """Bounds for one file and for the process that decodes it."""

    file_bytes: int = 256 * MIB
    pixels: int = 40_000_000
    deadline_s: float = 20.0
    """Wall clock time for one file in the decoder."""
    memory_bytes: int = 1536 * MIB
    """Address space of a decoder process."""
