"""Real desktops on a team's platform, without windows.

As a program (URL, FOLDER, NAME) it opens the shared project, hangs works until it is killed, and prints what was kept.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import httpx

from app.commands.headless import Headless
from app.compose import compose_session
from app.messages import LiveChanged, Message
from app.places import Places
from app.session import Session
from scene.change import SceneChange
from scene.records import AnyRecord, Placement
from tests.platform_service.team.conftest import Team

TOKEN = "VERNISSAGE_PLATFORM_TOKEN"
SHARED = "Shared"
PATIENCE_S = 60.0


class Desktop:
    """One desktop with what it was told."""

    def __init__(self, folder: Path, url: str, code: str) -> None:
        self.heard: list[Message] = []
        self._code = code
        self.studio = Headless(compose_session(Places.at(folder, url), date(2026, 1, 1)), self.heard.append)

    def open(self, project: str) -> None:
        before = os.environ.get(TOKEN)
        os.environ[TOKEN] = self._code
        try:
            self.studio.open(project, PATIENCE_S)
        finally:
            os.environ.pop(TOKEN) if before is None else os.environ.update({TOKEN: before})

    def open_shared(self) -> None:
        """Open the project that somebody else made, once it is there."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            found = next((project for project in self.studio.projects() if project.name == SHARED), None)
            if found is not None:
                self.session.open_project(found)
                return
            time.sleep(0.05)
        raise AssertionError("there is no shared project")

    @property
    def session(self) -> Session:
        return self.studio.session

    @property
    def records(self) -> Mapping[str, AnyRecord]:
        return self.session.store.scene.records

    def poll(self) -> None:
        self.heard += self.session.poll()

    def hang(self, name: str, x_m: float) -> None:
        made = Placement(id=name, asset_id="a" * 64, title=name, position_m=(x_m, 1.5, 0.0), size_m=(1.0, 1.0))
        assert self.session.commit(f"Hang {name}", SceneChange(added={name: made}))

    def move(self, name: str, x_m: float) -> None:
        before = self.records[name]
        after = before.but(position_m=(x_m, 1.5, 0.0))
        assert self.session.commit(f"Move {name}", SceneChange(updated={name: (before, after)}))

    def told(self, kind: type[Any]) -> list[Any]:
        return [message for message in self.heard if isinstance(message, kind)]


def poll_until(desktops: Sequence[Desktop], holds: Callable[[], object], patience_s: float = PATIENCE_S) -> float:
    """How long it took."""
    begun = time.monotonic()
    while not holds():
        assert time.monotonic() - begun < patience_s, [len(desktop.records) for desktop in desktops]
        for desktop in desktops:
            desktop.poll()
        time.sleep(0.003)
    return time.monotonic() - begun


def same(two: Sequence[Desktop], *names: str) -> bool:
    """Whether both see the same scene, with these in it."""
    ada, ben = two
    return ada.session.store.scene == ben.session.store.scene and set(names) <= set(ada.records)


def serve(team: Team, names: Sequence[str]) -> tuple[str, list[str]]:
    """Serve a team on a port, register people; gives the address and a code for each."""
    team.service.start(where=("--port", "0"))
    url = f"http://127.0.0.1:{json.loads(team.service.ready.read_text())['port']}"
    codes = []
    with httpx.Client(base_url=url, trust_env=False, timeout=20) as http:
        answer = http.post("/v1/identity/token", json={"refresh_code": team.add_tenant("north", "host")})
        http.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        for name in names:
            person = {"name": name, "role": "creator"}
            keyed = {"Idempotency-Key": f"person-{name}"}
            assert http.put(f"/v1/identity/users/{name}", json=person, headers=keyed).is_success
            keyed = {"Idempotency-Key": f"invited-{name}"}
            invited = http.post(f"/v1/identity/users/{name}/invitations", headers=keyed)
            codes.append(str(invited.json()["refresh_code"]))
    return url, codes


def open_two(folders: Sequence[Path], url: str, codes: Sequence[str]) -> tuple[Desktop, Desktop]:
    """Two desktops with the same scene open."""
    ada, ben = (Desktop(folder, url, code) for folder, code in zip(folders, codes, strict=False))
    ada.open(SHARED)
    ada.hang("first", 0.0)
    ben.open("Own")
    ben.open_shared()
    both = (ada, ben)
    poll_until(both, lambda: set(ben.records) == {"first"} and ben.told(LiveChanged) and ada.told(LiveChanged))
    return both


def main() -> None:
    """Hang works until the end; the code comes by the environment."""
    url, folder, name = sys.argv[1:4]
    desktop = Desktop(Path(folder), url, os.environ[TOKEN])
    desktop.open("Of " + name)
    desktop.open_shared()
    poll_until([desktop], lambda: "first" in desktop.records)
    for number in range(10_000):
        desktop.hang(f"{name}-{number}", 200.0 + number)
        print(f"{name}-{number}", flush=True)
        desktop.poll()
        time.sleep(0.01)


if __name__ == "__main__":
    main()
