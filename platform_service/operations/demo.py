"""Fills a local team with a demo: pictures that are painted here, a project, a canvas and a scene; twice is once.

`python -m platform_service.operations.demo --folder build/team` while `make team` runs.
"""

import argparse
import json
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from platform_service.local_team.layout import TENANT, Layout

COLOURS = {
    "blue hour": ((24, 42, 96), (222, 140, 92)),
    "forest edge": ((24, 66, 40), (160, 178, 96)),
    "red room": ((140, 24, 30), (40, 16, 22)),
    "winter field": ((226, 232, 240), (150, 170, 190)),
}
EACH = 6
PATIENCE_S = 120.0


class _Platform:
    def __init__(self, address: str, key: str) -> None:
        self._address = address
        self._key = key

    def ask(self, method: str, path: str, body: object = None, name: str = "") -> Any:
        """Send a request; the same name is the same request, however often it is sent."""
        headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}
        headers |= {"Idempotency-Key": f"demo-{name}"} if name else {}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._address + path, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read() or b"null")


def paint(folder: Path) -> int:
    """Paint the demo's pictures; gives how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(7)
    for name, (top, bottom) in COLOURS.items():
        for number in range(EACH):
            height, width = (480, 640) if number % 2 else (640, 480)
            share = np.linspace(0, 1, height)[:, None, None] ** rng.uniform(0.6, 1.8)
            pixels = np.array(top) * (1 - share) + np.array(bottom) * share + np.zeros((height, width, 3))
            pixels += rng.normal(0, 6, (height, width, 1))
            x, y, radius = rng.uniform(0.2, 0.8) * width, rng.uniform(0.2, 0.8) * height, rng.uniform(30, 120)
            rows, columns = np.ogrid[:height, :width]
            pixels[(columns - x) ** 2 + (rows - y) ** 2 < radius**2] *= rng.uniform(0.5, 1.5)
            file = folder / f"{name} {number + 1}.jpg"
            Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(file, quality=90)
    return len(COLOURS) * EACH


def seed(layout: Layout) -> dict[str, Any]:
    """Fill the running set-up; gives the ids of what was made."""
    address = json.loads((layout.folder / "address.json").read_text("utf-8"))["address"]
    platform = _Platform(address, (layout.secrets / "service.key").read_text("utf-8").strip())
    folder = layout.imports / TENANT / "Demo"
    count = paint(folder)
    started = platform.ask("POST", "/v1/imports", {"paths": [str(folder)]}, "import")
    deadline_s = time.monotonic() + PATIENCE_S
    while platform.ask("GET", f"/v1/imports/{started['id']}")["state"] not in ("done", "failed", "cancelled"):
        if time.monotonic() > deadline_s:
            raise TimeoutError("the import does not end")
        time.sleep(0.2)
    project = platform.ask("POST", "/v1/projects", {"name": "Demo"}, "project")["id"]
    scene = platform.ask("POST", f"/v1/projects/{project}/scenes", {"name": "First room"}, "scene")["scene_id"]
    return {"pictures": count, "project": project, "scene": scene}


def main() -> int:
    """Fill it; gives 1 when no set-up runs in the folder."""
    parser = argparse.ArgumentParser("demo", description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("build/team"), help="the folder of the local set-up")
    given = parser.parse_args()
    try:
        print(json.dumps(seed(Layout(given.folder.absolute()))))
    except (OSError, KeyError, ValueError) as error:
        print(f"No set-up answers in {given.folder}: {error}. Start it with `make team` first.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
