"""Search against LanceDB's own paths on the same rows, alternating in one run: `python tests/load/bench_search.py`.

Exact nearest ten, the same with a filter that two in a hundred pass, full text, and a whole search end to end.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from agent.ports.library import Asset, Query, Swatch
from platform_service.search.associations import read_associations
from platform_service.search.lance_index import TABLE, IndexRow, LanceIndex
from platform_service.search.mirror import Mirror, Row
from platform_service.search.search import Search
from resources import folder
from resources.sample_collection.catalogue import catalogue

COLOURS = ("black", "navy", "blue", "purple", "magenta", "cyan", "teal", "green", "gold", "orange", "red", "white")
ASKED = ("neon", "harbour", "contours", "rain", "fruit", "moon", "grid")
ROUNDS = 7


def library(count: int) -> tuple[Mirror, np.ndarray]:
    """Assets that carry the sample collection's words, shuffled, with random unit vectors."""
    rng = np.random.default_rng(7)
    pieces = catalogue()
    words = sorted({tag for piece in pieces for tag in piece.tags})
    vectors = rng.standard_normal((count, 384), np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    visual = rng.random((count, 58), np.float32)
    visual /= np.linalg.norm(visual, axis=1, keepdims=True)
    mirror = Mirror()
    for number in range(count):
        mirror.add(Row(asset_of(number, pieces[number % len(pieces)], words, rng), visual[number], vectors[number]))
    return mirror, vectors


def asset_of(number: int, piece, words: list[str], rng: np.random.Generator) -> Asset:
    shares = rng.dirichlet(np.ones(5))
    names = rng.choice(COLOURS, 5, replace=False)
    return Asset(
        id=f"{number:064x}",
        title=f"{piece.title} {number}",
        file_name=f"{number}.jpg",
        folder=f"library/{piece.genre}/{number % 50}",
        width_px=1600,
        height_px=1000,
        bytes=1,
        format="JPEG",
        orientation="landscape",
        tags=tuple(rng.choice(words, 5, replace=False)),
        palette=tuple(
            Swatch(hex="#000000", name=n, share=round(float(s), 4)) for n, s in zip(names, shares, strict=True)
        ),
        brightness=float(rng.random()),
        saturation=float(rng.random()),
        phash=f"{int(rng.integers(1, 2**63)):016x}",
    )


def alternating(ways: dict[str, Callable[[int], object]], rounds: int = ROUNDS) -> dict[str, float]:
    """Median milliseconds of each way; they take turns, so that what disturbs one disturbs all."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for way in ways.values():
        way(0)
    for number in range(rounds):
        for name, way in ways.items():
            started = time.perf_counter()
            way(number)
            taken[name].append((time.perf_counter() - started) * 1000)
    return {name: statistics.median(times) for name, times in taken.items()}


class Paths:
    """The same questions asked of our search and of LanceDB, over one library of `count` assets."""

    def __init__(self, count: int, scratch: Path) -> None:
        import lancedb

        started = time.perf_counter()
        self.mirror, vectors = library(count)
        self.filled_s = time.perf_counter() - started
        self.indexed_s = self._write(scratch / f"{count}.lance", vectors)
        self.table = lancedb.connect(str(scratch / f"{count}.lance")).open_table(TABLE)
        rng = np.random.default_rng(11)
        near = rng.standard_normal((ROUNDS, 384), np.float32) * 0.03
        self.queries = vectors[rng.integers(0, count, ROUNDS)] + near
        self.few = np.sort(rng.choice(count, count // 50, replace=False))
        self.names = ", ".join(f"'{self.mirror.ids[row]}'" for row in self.few)
        table = read_associations(folder("search") / "associations.json")
        self.search = Search(self.mirror, table, lambda texts: [self.queries[0]] * len(texts))

    def _write(self, file: Path, vectors: np.ndarray) -> float:
        """How many seconds the index took."""
        index, ids = LanceIndex(file), self.mirror.ids
        started = time.perf_counter()
        texts = [" ".join((asset.title, *asset.tags)).lower() for asset in map(self.mirror.asset, range(len(ids)))]
        index.rebuild(IndexRow(ids[row], texts[row], vectors[row]) for row in range(len(ids)))
        return time.perf_counter() - started

    def ours_exact(self, number: int) -> list[int]:
        """The nearest ten."""
        likeness = self.mirror.text.view @ self.queries[number]
        best = np.argpartition(-likeness, 10)[:10]
        return best[np.argsort(-likeness[best])].tolist()

    def theirs_exact(self, number: int) -> list[int]:
        """The nearest ten."""
        wanted = self.table.search(self.queries[number]).distance_type("dot").select(["id", "_distance"])
        return [int(one["id"], 16) for one in wanted.limit(10).to_list()]

    def ours_filtered(self, number: int) -> list[int]:
        """The nearest ten of two in a hundred."""
        likeness = self.mirror.text.view[self.few] @ self.queries[number]
        return self.few[np.argsort(-likeness)[:10]].tolist()

    def theirs_filtered(self, number: int) -> list[int]:
        """The nearest ten of two in a hundred."""
        wanted = self.table.search(self.queries[number]).distance_type("dot")
        wanted = wanted.where(f"id IN ({self.names})", prefilter=True).select(["id", "_distance"])
        return [int(one["id"], 16) for one in wanted.limit(10).to_list()]

    def ours_words(self, number: int) -> int:
        """The best fifty for a word."""
        posting = self.mirror.postings.get(ASKED[number])
        strengths = np.zeros(len(self.mirror.ids), np.float32)
        if posting is not None:
            rows, weights = posting.arrays()
            strengths[rows] = weights
        return len(np.argpartition(-strengths, 50)[:50])

    def theirs_words(self, number: int) -> int:
        """The best fifty for a word."""
        from lancedb.query import MatchQuery

        wanted = self.table.search(MatchQuery(ASKED[number], "text"), query_type="fts")  # type: ignore[call-arg]
        return wanted.select(["id", "_score"]).limit(50).to_arrow().num_rows

    def ours_whole(self, number: int) -> object:
        """A whole search."""
        return self.search.find(Query(words=f"{ASKED[number]} at night", less_colours=("purple",), limit=50))

    def theirs_whole(self, number: int) -> object:
        """Both calls that it takes there."""
        return (self.theirs_words(number), self.theirs_exact(number))


def run(count: int, scratch: Path) -> None:
    """Print one table for a library of `count` assets."""
    both = Paths(count, scratch)
    for number in range(ROUNDS):
        assert both.ours_exact(number) == both.theirs_exact(number), "the exact neighbours differ"
        assert both.ours_filtered(number) == both.theirs_filtered(number), "the filtered neighbours differ"
    print(f"\n{count:,} assets: mirror filled in {both.filled_s:.1f} s, index written in {both.indexed_s:.1f} s")
    print(f"{'medians in ms':34}{'ours':>10}{'LanceDB':>10}{'ratio':>8}")
    for name, ours, theirs in (
        ("exact nearest ten", both.ours_exact, both.theirs_exact),
        ("... among 2 % of the rows", both.ours_filtered, both.theirs_filtered),
        ("full text, one word, best fifty", both.ours_words, both.theirs_words),
        ("a whole search (theirs: two calls)", both.ours_whole, both.theirs_whole),
    ):
        taken = alternating({"ours": ours, "theirs": theirs})
        print(f"{name:34}{taken['ours']:10.2f}{taken['theirs']:10.2f}{taken['theirs'] / taken['ours']:8.1f}")


def main() -> None:
    """Run for the sizes asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", nargs="*", type=int, default=[10_000, 100_000])
    scratch = Path(tempfile.mkdtemp(prefix="bench-search-"))
    try:
        for count in parser.parse_args().counts:
            run(count, scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    main()
