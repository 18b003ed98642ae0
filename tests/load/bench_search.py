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


def run(count: int, scratch: Path) -> None:
    """Print one table for a library of `count` assets."""
    import lancedb
    from lancedb.query import MatchQuery

    started = time.perf_counter()
    mirror, vectors = library(count)
    filled_s = time.perf_counter() - started
    index = LanceIndex(scratch / f"{count}.lance")
    started = time.perf_counter()
    texts = [" ".join((asset.title, *asset.tags)).lower() for asset in map(mirror.asset, range(count))]
    index.rebuild(IndexRow(mirror.ids[row], texts[row], vectors[row]) for row in range(count))
    indexed_s = time.perf_counter() - started
    table = lancedb.connect(str(scratch / f"{count}.lance")).open_table(TABLE)
    rng = np.random.default_rng(11)
    queries = vectors[rng.integers(0, count, ROUNDS)] + rng.standard_normal((ROUNDS, 384), np.float32) * 0.03
    few = np.sort(rng.choice(count, count // 50, replace=False))
    names = ", ".join(f"'{mirror.ids[row]}'" for row in few)
    asked = ["neon", "harbour", "contours", "rain", "fruit", "moon", "grid"]
    search = Search(
        mirror, read_associations(folder("search") / "associations.json"), lambda texts: [queries[0]] * len(texts)
    )

    def ours_exact(number: int) -> list[int]:
        likeness = mirror.text.view @ queries[number]
        best = np.argpartition(-likeness, 10)[:10]
        return best[np.argsort(-likeness[best])].tolist()

    def theirs_exact(number: int) -> list[int]:
        found = table.search(queries[number]).distance_type("dot").select(["id", "_distance"]).limit(10).to_list()
        return [int(one["id"], 16) for one in found]

    def ours_filtered(number: int) -> list[int]:
        likeness = mirror.text.view[few] @ queries[number]
        return few[np.argsort(-likeness)[:10]].tolist()

    def theirs_filtered(number: int) -> list[int]:
        wanted = table.search(queries[number]).distance_type("dot").where(f"id IN ({names})", prefilter=True)
        return [int(one["id"], 16) for one in wanted.select(["id", "_distance"]).limit(10).to_list()]

    def ours_words(number: int) -> int:
        posting = mirror.postings.get(asked[number])
        strengths = np.zeros(count, np.float32)
        if posting is not None:
            rows, weights = posting.arrays()
            strengths[rows] = weights
        return len(np.argpartition(-strengths, 50)[:50])

    def theirs_words(number: int) -> int:
        wanted = table.search(MatchQuery(asked[number], "text"), query_type="fts")  # type: ignore[call-arg]
        return wanted.select(["id", "_score"]).limit(50).to_arrow().num_rows

    def ours_whole(number: int) -> object:
        return search.find(Query(words=f"{asked[number]} at night", less_colours=("purple",), limit=50))

    def theirs_whole(number: int) -> object:
        return (theirs_words(number), theirs_exact(number))

    for number in range(ROUNDS):
        assert ours_exact(number) == theirs_exact(number), "the exact neighbours differ"
        assert ours_filtered(number) == theirs_filtered(number), "the filtered neighbours differ"
    print(f"\n{count:,} assets: mirror filled in {filled_s:.1f} s, index written in {indexed_s:.1f} s; medians in ms")
    print(f"{'':34}{'ours':>10}{'LanceDB':>10}{'ratio':>8}")
    for name, ours, theirs in (
        ("exact nearest ten", ours_exact, theirs_exact),
        ("... among 2 % of the rows", ours_filtered, theirs_filtered),
        ("full text, one word, best fifty", ours_words, theirs_words),
        ("a whole search (theirs: two calls)", ours_whole, theirs_whole),
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
