"""What can go wrong with the places where runs are kept."""

from agent.ports.errors import PortError


class CheckpointsFail(PortError):
    """Where a run stands cannot be read or written."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"Where this run stands could not be kept ({why}).",
            "The scene is as it was before.",
            "Try again in a moment.",
        )
