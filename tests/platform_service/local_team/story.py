"""The story of a team on one machine: `python -m tests.platform_service.local_team.story` kills every process in it."""

import argparse
import os
import shutil
import signal
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

import httpx

from platform_service.local_team.layout import TENANT, Layout
from platform_service.local_team.run import LocalTeam
from platform_service.operations.demo import seed
from tests.platform_service.conftest import picture, until

PROCESSES = ("replica-1", "replica-2", "worker", "redis", "postgres", "proxy")
PATIENCE_S = 60.0


class Creator:
    """A client that sends a write again, with its key, until it is answered."""

    def __init__(self, team: LocalTeam) -> None:
        key = (team.layout.secrets / "service.key").read_text().strip()
        self._http = httpx.Client(
            base_url=team.address, headers={"Authorization": f"Bearer {key}"}, timeout=10, trust_env=False
        )
        self.slowest_s = 0.0

    def ask(self, method: str, path: str, body: object = None, key: str = "") -> Any:
        """The answer, however often the request has to be sent; anything but a passing failure is an error."""
        headers = {"Idempotency-Key": key or uuid.uuid4().hex}
        began_s = time.monotonic()
        while True:
            try:
                answer = self._http.request(method, path, json=body, headers=headers)
                if answer.is_success:
                    self.slowest_s = max(self.slowest_s, time.monotonic() - began_s)
                    return answer.json() if answer.content else None
                assert answer.status_code in (502, 503, 504), answer.text
            except httpx.TransportError as error:
                if time.monotonic() - began_s > PATIENCE_S:
                    raise AssertionError(f"no answer to {method} {path}") from error
            assert time.monotonic() - began_s < PATIENCE_S, f"no good answer to {method} {path}"
            time.sleep(0.1)

    def close(self) -> None:
        """Hang up."""
        self._http.close()


def story(team: LocalTeam, pictures: int = 6) -> tuple[Creator, str]:
    """Import, find and hang; gives the creator and the scene."""
    creator, folder = Creator(team), team.layout.imports / TENANT / "Sea"
    for number in range(pictures):
        picture(folder / f"blue sea {number}.jpg", ((30, 90, 210), (230, 225, 210)), number, (320, 240))
    started = creator.ask("POST", "/v1/imports", {"paths": [str(folder)]})
    path = f"/v1/imports/{started['id']}"
    until(lambda: creator.ask("GET", path)["state"] == "done", PATIENCE_S)
    until(lambda: len(creator.ask("POST", "/v1/search", {"words": "blue sea"})["hits"]) == pictures, PATIENCE_S)
    project = creator.ask("POST", "/v1/projects", {"name": "Sea"})["id"]
    return creator, creator.ask("POST", f"/v1/projects/{project}/scenes", {"name": "Sea room"})["scene_id"]


def save(creator: Creator, scene_id: str, version: int) -> None:
    """Save the next version; it has one step that no other has."""
    body = {"based_on": version, "document": {"title": f"Version {version + 1}"}, "steps": [{"name": str(version)}]}
    saved = creator.ask("POST", f"/v1/scenes/{scene_id}/versions", body)
    assert saved["version"] == version + 1, saved


def kill(team: LocalTeam, name: str) -> None:
    """End one process as a crash would."""
    os.kill(int(team.states()[name]["pid"]), signal.SIGKILL)


def killed_through(team: LocalTeam, creator: Creator, scene_id: str, rounds: int) -> int:
    """Kill every process in turn under a creator who goes on saving; gives how many versions there are."""
    version = 0
    for _ in range(rounds):
        for name in PROCESSES:
            kill(team, name)
            for _ in range(3):
                save(creator, scene_id, version)
                version += 1
            until(lambda name=name: team.states()[name]["state"] == "RUNNING", PATIENCE_S)
    return version


def lost(creator: Creator, scene_id: str, versions: int) -> list[str]:
    """What is not there, or there twice, of so many acknowledged saves."""
    found = creator.ask("GET", f"/v1/scenes/{scene_id}")
    steps = [step["name"] for step in found["steps"]]
    wrong = [] if found["version"] == versions else [f"the scene is at {found['version']}, not {versions}"]
    return wrong + ([] if steps == [str(n) for n in range(versions)] else [f"the steps are {steps}"])


def main() -> int:
    """Run it in a folder of its own; gives 1 when anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=4)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="vl-"))
    folder.chmod(0o711)
    layout = Layout(folder / "t")
    team = LocalTeam(layout, 0, by_meaning=False)
    try:
        team.start()
        creator, scene_id = story(team)
        versions = killed_through(team, creator, scene_id, given.rounds)
        wrong = lost(creator, scene_id, versions)
        slowest_s = creator.slowest_s
        demo = seed(layout)
        wrong += [] if seed(layout) == demo else ["the demo was made twice"]
        creator.close()
        team.stop()
        team = LocalTeam(layout, 0, by_meaning=False)
        team.start()
        again = Creator(team)
        wrong += lost(again, scene_id, versions)
        again.close()
    finally:
        team.stop()
        shutil.rmtree(folder, ignore_errors=True)
    kills = given.rounds * len(PROCESSES)
    print(f"{kills} kills, {versions} saves acknowledged, the slowest after {slowest_s:.1f} s; {wrong or 0} lost")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
