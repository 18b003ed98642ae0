"""What the live line told of scenes: which version somebody saved, who did, and what became of the records."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from app.keeping.journal import KeptScene
from app.keeping.replay import replay
from scene.change import ChangeDoesNotFit
from scene.document import DocumentError, change_from_plain, scene_to_plain
from scene.scene import Scene

_MOST_EVENTS = 200

Brought = tuple[Scene, int]
"""A scene as the platform has it, and the version."""


class News:
    """Noted on the background loop, read from its threads too."""

    def __init__(self) -> None:
        self._latest: dict[str, int] = {}
        self._events: dict[str, dict[int, Mapping[str, Any]]] = {}
        """What was told of each version of a scene."""

    def came(self, scene_id: str, version: int, told: Mapping[str, Any]) -> None:
        """The platform has this version; `told` is the event of it, where it was one."""
        self._latest[scene_id] = max(version, self._latest.get(scene_id, 0))
        events = self._events.setdefault(scene_id, {})
        if told:
            events[version] = told
            for oldest in sorted(events)[:-_MOST_EVENTS]:
                del events[oldest]

    @property
    def scenes(self) -> list[tuple[str, int]]:
        """The scenes of which there is news, each with the newest version."""
        return list(self._latest.items())

    def seen(self, scene_id: str, version: int) -> None:
        """This version is known here: nothing up to it is news any more."""
        if self._latest.get(scene_id, 0) <= version:
            self._latest.pop(scene_id, None)
        self._events[scene_id] = {one: told for one, told in self._events.get(scene_id, {}).items() if one > version}

    def who(self, scene_id: str, after: int) -> tuple[str, ...]:
        """Who saved a scene after that version, as far as it was told."""
        events = sorted(self._events.get(scene_id, {}).items())
        users = (str(told.get("user", "")) for version, told in events if version > after)
        return tuple(dict.fromkeys(user for user in users if user))

    def brought(self, kept: KeptScene) -> Brought | None:
        """What the events make of a kept scene, and the version; None where they do not lead to the newest one.

        It has the digest that the platform told, so the whole need not be fetched.
        """
        events, version, digest = self._events.get(kept.scene_id, {}), kept.version, ""
        try:
            scene = replay(kept, ()).scene
            while told := events.get(version + 1):
                scene, version = change_from_plain(told["change"]).apply_to(scene), version + 1
                digest = str(told["digest"])
            if version > kept.version and version >= self._latest.get(kept.scene_id, 0) and _digest(scene) == digest:
                return scene, version
        except (KeyError, DocumentError, ChangeDoesNotFit):
            return None
        return None


def _digest(scene: Scene) -> str:
    """As the platform makes it of a stored document."""
    plain = scene_to_plain(scene)
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
