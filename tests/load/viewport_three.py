"""One case of the viewport benchmark as a three.js InstancedMesh page in headless Chromium: `python -m ... NAME COUNT`.

Chromium and npm are used where they are present; three.js is installed into build/peers.
"""

import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.load.viewport_cases import BUILD, SIZE_PX, Case, Thumbnails, case_of
from viewport.works.cards import Cards, cards_of

PAGE = Path(__file__).parent / "three_page"
PEERS = BUILD.parent / "peers"
LAYER_PX = 2048
PATIENCE_S = 240.0
ROUNDS = 2
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu-sandbox",
    "--ignore-gpu-blocklist",
    "--use-gl=angle",
    "--use-angle=gl-egl",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--window-size=1280,800",
]


def missing() -> str:
    """What keeps the page from being measured; "" when nothing does."""
    if _chromium() is None:
        return "Chromium is not installed"
    if not (PEERS / "node_modules/three").is_dir() and shutil.which("npm") is None:
        return "npm is not installed"
    return ""


def measure(case: Case, thumbnails: Thumbnails) -> dict[str, object]:
    """Frame times of the page."""
    library = _installed()
    cards = cards_of(case.scene.placements)
    tile_px = 64 if len(cards) <= 10_000 else 16
    columns = LAYER_PX // tile_px
    plan = {
        "count": len(cards),
        "columns": columns,
        "edge": LAYER_PX,
        "layers": math.ceil(len(cards) / columns**2),
        "width": SIZE_PX[0],
        "height": SIZE_PX[1],
        "rounds": ROUNDS,
        "poses": [{"position": list(p.position), "target": list(p.target)} for p in case.poses],
    }
    files = {
        "/plan.json": ("application/json", json.dumps(plan).encode()),
        "/matrices.bin": ("application/octet-stream", _matrices(cards).tobytes()),
        "/texels.bin": ("application/octet-stream", _texels(cards, thumbnails, tile_px).tobytes()),
        "/": ("text/html", (PAGE / "index.html").read_bytes()),
        "/cards.js": ("text/javascript", (PAGE / "cards.js").read_bytes()),
    }
    for script in library.glob("three.*.js"):
        files[f"/three/{script.name}"] = ("text/javascript", script.read_bytes())
    posted = _visited(files)
    frames = posted["frames"]
    return {
        "first_picture_ms": round(posted["first"]),
        "median_ms": round(float(np.median(frames)), 1),
        "p95_ms": round(float(np.percentile(frames, 95)), 1),
        "cpu_ms": round(float(posted["cpu_s"]) * 1000 / len(frames), 1) if posted["cpu_s"] else None,
        "renderer": posted["renderer"],
        "three": posted["revision"],
    }


def _chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def _installed() -> Path:
    library = PEERS / "node_modules/three/build"
    if not library.is_dir():
        PEERS.mkdir(parents=True, exist_ok=True)
        (PEERS / "package.json").write_text('{"private": true}\n')
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "three"], cwd=PEERS, check=True, stdout=sys.stderr)
    return library


def _matrices(cards: Cards) -> NDArray[np.float32]:
    """Column-major 4 x 4 matrices that put the unit square where each card hangs."""
    matrices = np.zeros((len(cards), 4, 4), np.float32)
    matrices[:, 0, :3] = cards.right * cards.size[:, :1]
    matrices[:, 1, :3] = cards.up * cards.size[:, 1:]
    matrices[:, 2, :3] = cards.normal
    matrices[:, 3, :3] = cards.centre
    matrices[:, 3, 3] = 1
    return matrices


def _texels(cards: Cards, thumbnails: Thumbnails, tile_px: int) -> NDArray[np.uint8]:
    """Layers of square cells, a thumbnail stretched over each."""
    columns = LAYER_PX // tile_px
    layers = math.ceil(len(cards) / columns**2)
    texels = np.full((layers, columns, tile_px, columns, tile_px, 4), 255, np.uint8)
    for number, asset_id in enumerate(cards.asset_ids):
        pixels = thumbnails.pixels(asset_id, 64)
        assert pixels is not None
        cell = np.asarray(Image.fromarray(pixels).resize((tile_px, tile_px)))[::-1]
        layer, seat = divmod(number, columns**2)
        texels[layer, seat // columns, :, seat % columns, :, :3] = cell
    return texels


class _Visit:
    """One visit of the page: what it asks for, and what it posts."""

    def __init__(self, files: dict[str, tuple[str, bytes]]) -> None:
        self.files = files
        self.posted: dict[str, Any] = {}
        self.browser: subprocess.Popen[bytes] | None = None
        self.done = threading.Event()

    def take(self, path: str, body: bytes) -> None:
        """What the page posted, and the processor time of the browser since it said that it began."""
        spent_s = cpu_s(self.browser.pid) if self.browser is not None else 0.0
        self.posted.update(json.loads(body))
        self.posted["cpu_s"] = spent_s - self.posted.get("began_cpu_s", 0.0)
        if path == "/began":
            self.posted["began_cpu_s"] = spent_s

    def open(self, address: str) -> None:
        """Open it in Chromium and wait for its result."""
        chromium = _chromium()
        assert chromium is not None
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            command = [chromium, *FLAGS, f"--user-data-dir={profile}", address]
            self.browser = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                self.done.wait(PATIENCE_S)
            finally:
                self.browser.terminate()
                self.browser.wait(20)


def _handler_of(visit: _Visit) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = visit.files.get(self.path, ("text/plain", b""))
            self.send_response(200 if self.path in visit.files else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            visit.take(self.path, self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()
            if self.path == "/result":
                visit.done.set()

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    return Handler


def _visited(files: dict[str, tuple[str, bytes]]) -> dict[str, Any]:
    """Serve the files on loopback, open the page in Chromium and wait for what it posts."""
    visit = _Visit(files)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(visit))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        visit.open(f"http://127.0.0.1:{server.server_port}/")
    finally:
        server.shutdown()
        server.server_close()
    if "frames" not in visit.posted:
        raise TimeoutError(f"The page posted nothing within {PATIENCE_S:.0f} s.")
    return visit.posted


def cpu_s(pid: int) -> float:
    """Processor time of a process and all below it so far, in seconds; 0 where the system has no /proc."""
    fields: dict[int, int] = {}
    below: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        fields[int(stat.parent.name)] = int(words[11]) + int(words[12])
        below.setdefault(int(words[1]), []).append(int(stat.parent.name))
    found, waiting = 0, [pid]
    while waiting:
        found += fields.get(waiting[-1], 0)
        waiting.extend(below.get(waiting.pop(), ()))
    return found / os.sysconf("SC_CLK_TCK") if fields else 0.0


def main() -> None:
    """Measure one case and print it as JSON."""
    lacking = missing()
    if lacking:
        print(json.dumps({"absent": lacking}))
        return
    name, count = sys.argv[1], int(sys.argv[2])
    print(json.dumps(measure(case_of(name, count), Thumbnails(count))))


if __name__ == "__main__":
    main()
