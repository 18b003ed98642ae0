"""In which project and scene a session is: told with each of its calls, in its line of the log and in its span."""

import logging
import time
from collections import OrderedDict

from platform_service.context.service import PersonContext
from platform_service.context.values import Working
from platform_service.errors import ServiceError

log = logging.getLogger(__name__)
BELIEVED_S, MOST = 5.0, 20_000
Place = dict[str, str]
Session = tuple[str, str, str]
"""Tenant, person and session."""


class Places:
    """What a replica knows of where sessions are: asked of the context once in a while, and told by every write."""

    def __init__(self) -> None:
        self._known: OrderedDict[Session, tuple[float, Place]] = OrderedDict()

    async def of(self, session: Session, mine: PersonContext) -> Place:
        """Where it is, as it was known within the last seconds; nothing while the stores are away."""
        read_s, place = self._known.get(session, (float("-inf"), {}))
        if time.monotonic() - read_s > BELIEVED_S:
            try:
                place = place_of(await mine.working(session[2]))
            except ServiceError as error:
                log.info("where a session is cannot be read just now: %s", error.kind)
                place = {}
            self.note(session, place)
        return place

    def note(self, session: Session, place: Place) -> None:
        """It is there now."""
        self._known[session] = (time.monotonic(), place)
        self._known.move_to_end(session)
        while len(self._known) > MOST:
            self._known.popitem(last=False)


def place_of(working: Working) -> Place:
    """Project and scene, where they are known."""
    named = {"project": working.project_id, "scene": working.scene_id}
    return {name: value for name, value in named.items() if value}
