"""Small renditions of pictures, for checks that look at them."""

from typing import Protocol


class Pictures(Protocol):
    """Where the agent's checks get pixels from."""

    async def picture(self, asset_id: str, edge_px: int) -> bytes | None:
        """A JPEG whose longest edge is about `edge_px`; None when the picture cannot be read."""
        ...
