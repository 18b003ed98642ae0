"""How fast pictures are imported, beside a plain full decode by Pillow on the same files and as many processes.

Run it with `python tests/load/bench_ingest.py [--pictures N] [--rounds N]`. Ours and the peer's take turns; medians
count. Processor time is told beside the rate: it stays true when the machine has other work.
"""

import argparse
import io
import itertools
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image

from platform_service.ingest.pipeline import Ingest
from platform_service.ingest.pool import DecoderPool
from platform_service.ingest.results import IngestedAsset

WIDTH, HEIGHT = 1600, 1200
WORKERS = 2


def picture(seed: int) -> bytes:
    """A JPEG of 1.9 megapixels with areas, edges, and the fine grain of a photograph (some 400 kB)."""
    rng = np.random.default_rng(seed)
    across, down = np.meshgrid(np.linspace(0, 1, WIDTH, dtype=np.float32), np.linspace(0, 1, HEIGHT, dtype=np.float32))
    shade = np.stack([90 + 120 * across, 60 + 130 * down, 200 - 150 * across * down], axis=2)
    for _ in range(14):
        x, y, r = rng.uniform(0, 1), rng.uniform(0, 1), rng.uniform(0.03, 0.2)
        shade[(across - x) ** 2 + (down - y) ** 2 < r * r] = rng.uniform(0, 255, 3)
    grain = rng.normal(0, 5, (HEIGHT, WIDTH, 1)).astype(np.float32)
    out = io.BytesIO()
    Image.fromarray((shade + grain).clip(0, 255).astype(np.uint8)).save(out, "JPEG", quality=88)
    return out.getvalue()


def full_decode(path: Path) -> float:
    """The peer: decode every pixel, shrink, encode; nothing is measured. Gives processor seconds."""
    begun = time.process_time()
    with Image.open(path) as image:
        image.load()
        small = image.convert("RGB")
    small.thumbnail((256, 256), Image.Resampling.BICUBIC)
    small.save(io.BytesIO(), "JPEG", quality=85)
    return time.process_time() - begun


def shrunk_decode(path: Path) -> float:
    """The bound: only decode, at the smallest scale that will do. Gives processor seconds."""
    begun = time.process_time()
    with Image.open(path) as image:
        image.draft("RGB", (256, 192))
        image.load()
    return time.process_time() - begun


class Ours:
    """The same pictures through the guarded decoders."""

    def __init__(self, folder: Path, originals: Path) -> None:
        self.pool = DecoderPool(WORKERS)
        self._originals = originals
        self._paths = sorted(originals.iterdir())
        self._folders = (folder / f"renditions {n}" for n in itertools.count())

    def thumbnails(self) -> float:
        """One size, no measures."""
        before = self._seconds()
        with ThreadPoolExecutor(WORKERS + 1) as threads:
            list(threads.map(lambda path: self.pool.decode({"edges_px": [256]}, path.read_bytes()), self._paths))
        return self._seconds() - before

    def imported(self) -> float:
        """The whole import: reading, digest, two renditions written, measures, features, metadata."""
        before = self._seconds()
        outcomes = list(Ingest(next(self._folders), pool=self.pool).start([self._originals]))
        assert all(isinstance(outcome, IngestedAsset) for outcome in outcomes)
        return self._seconds() - before

    def _seconds(self) -> float:
        """Processor time of this process and its decoders so far."""
        ticks = 0
        for pid in self.pool.process_ids:
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--pictures", type=int, default=120)
    asked.add_argument("--rounds", type=int, default=5)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report(Path(folder), options.pictures, options.rounds)


def report(folder: Path, count: int, rounds: int) -> None:
    originals = folder / "originals"
    originals.mkdir()
    for seed in range(count):
        (originals / f"{seed:04}.jpg").write_bytes(picture(seed))
    paths = sorted(originals.iterdir())
    size = sum(path.stat().st_size for path in paths) / count
    ours = Ours(folder, originals)
    with ProcessPoolExecutor(WORKERS) as peers:
        ways: dict[str, Callable[[], float]] = {
            "full decode to 256 px (Pillow)": lambda: sum(peers.map(full_decode, paths, chunksize=4)),
            "shrunk decode alone (bound)": lambda: sum(peers.map(shrunk_decode, paths, chunksize=4)),
            "ours: 256 px thumbnail": ours.thumbnails,
            "ours: import (64, 256, measures)": ours.imported,
        }
        found: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
        for turn in range(rounds + 1):  # the first one warms up
            for name, work in ways.items():
                begun = time.perf_counter()
                processor_s = work()
                if turn:
                    found[name].append((count / (time.perf_counter() - begun), processor_s / count * 1000))
    ours.pool.close()
    print(f"{count} JPEGs of {WIDTH} x {HEIGHT}, {size / 1000:.0f} kB each, {WORKERS} processes, {rounds} rounds")
    medians = {name: [statistics.median(values) for values in zip(*rows, strict=True)] for name, rows in found.items()}
    peer_rate, peer_ms = medians["full decode to 256 px (Pillow)"]
    for name, (rate, ms) in medians.items():
        print(f"{name:34} {rate:6.1f}/s ({rate / peer_rate:4.2f} x)   {ms:6.2f} ms processor ({peer_ms / ms:4.2f} x)")


if __name__ == "__main__":
    main()
