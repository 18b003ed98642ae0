"""A replica's hub as a process of its own, in which somebody stands in a scene until the process is killed."""

import asyncio
import sys

from platform_service.live.backplane import Backplane
from platform_service.live.hub import Hub
from platform_service.live.presence_redis import PresenceInRedis


async def stand(url: str, prefix: str, scene_id: str, session_id: str, stays_s: float) -> None:
    """Say again and again where somebody stands, as a desktop does."""
    hub = Hub(Backplane(url), PresenceInRedis(url, stays_s))
    while True:
        told = {"session": session_id, "user": session_id, "position_m": [1.0, 1.6, 2.0], "holds": ["work-1"]}
        hub.present(prefix, scene_id, session_id, told)
        await asyncio.sleep(stays_s / 3)


if __name__ == "__main__":
    asyncio.run(stand(*sys.argv[1:5], stays_s=float(sys.argv[5])))  # type: ignore[arg-type]
