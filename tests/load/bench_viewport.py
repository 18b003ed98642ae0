"""Frame times of the viewport beside two peers, each case in a process of its own, in turns in one run.

`python -m tests.load.bench_viewport [--json] [--cases wall,cloud] [--counts 1000,10000] [--peers naive,three]`; the
peers are a naive scene of one VTK actor a card (up to 10,000 cards) and a three.js InstancedMesh page in Chromium.
`--quick-table` prints Markdown within minutes: the naive peer at 1,000 cards alone, three.js where both are compared,
and a walk through a gallery of 30 works.
"""

import argparse
import json
import os
import subprocess
import sys

from viewport.offscreen import renderer_name

CASES = ("wall", "cloud", "near", "gallery")
COUNTS = (1_000, 10_000, 100_000)
MODULES = {"ours": "viewport_ours", "naive": "viewport_naive", "three": "viewport_three"}
NAIVE_UP_TO = 10_000
PATIENCE_S = 420.0

Row = dict[str, object]


def measured(who: str, case: str, count: int) -> Row:
    """What one child process found."""
    if who == "naive" and count > NAIVE_UP_TO:
        return {"absent": f"not measured above {NAIVE_UP_TO:,} cards"}
    command = [sys.executable, "-m", f"tests.load.{MODULES[who]}", case, str(count)]
    try:
        child = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S)
    except subprocess.TimeoutExpired:
        return {"absent": f"took longer than {PATIENCE_S:.0f} s"}
    if child.returncode:
        return {"absent": (child.stderr.strip().splitlines() or ["ended without a word"])[-1]}
    found: Row = json.loads(child.stdout.strip().splitlines()[-1])
    return found


def line_of(case: str, count: int, row: dict[str, Row]) -> str:
    """One line of the table."""
    ours = row["ours"]
    if "absent" in ours:
        return f"{case:8} {count:8,}  {ours['absent']}"
    cells = [f"{case:8} {count:8,}"]
    for key, width in _COLUMNS:
        cells.append(f"{_number(ours.get(key)):>{width}}")
    for peer in ("naive", "three"):
        other = row.get(peer, {})
        median = other.get("median_ms")
        ratio = f"{median / ours['median_ms']:.1f}x" if isinstance(median, float | int) else "-"  # type: ignore[operator]
        cells.append(f"{_number(median):>9} {ratio:>7}")
    return " ".join(cells)


_COLUMNS = (("median_ms", 8), ("p95_ms", 7), ("cpu_ms", 7), ("first_picture_ms", 8), ("sharp_ms", 8),
            ("longest_block_ms", 8), ("pick_ms", 7), ("peak_mb", 7), ("covered", 8), ("full_after_rest_ms", 6),
            ("psnr_db", 6))  # fmt: skip
HEAD = (
    "case        cards   median     p95     cpu    first    sharp    block    pick      MB  covered   full   psnr"
    "     naive            three\n"
    "                        ms      ms      ms       ms       ms       ms      ms             share     ms     dB"
    "        ms   ratio       ms   ratio"
)


def _number(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.2f}" if value < 1 else f"{value:.1f}"
    return f"{value:,}" if isinstance(value, int) else "-"


QUICK: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("gallery", 30, ()),
    *((case, 1_000, ("naive", "three") if case != "gallery" else ("naive",)) for case in CASES),
    *((case, 10_000, ("three",) if case in ("wall", "cloud") else ()) for case in CASES),
    *((case, 100_000, ("three",) if case in ("wall", "cloud", "near") else ()) for case in CASES),
)
"""Cases, counts and peers of the table that takes minutes."""
_MARKDOWN = (("median_ms", "median ms"), ("p95_ms", "p95 ms"), ("cpu_ms", "CPU ms"),
             ("first_picture_ms", "first picture ms"), ("sharp_ms", "all sharp ms"),
             ("refined_ms", "refined after rest ms"), ("longest_block_ms", "longest block ms"),
             ("pick_ms", "pick ms"), ("peak_mb", "peak MB"), ("covered", "covered"))  # fmt: skip


def quick_table() -> None:
    """Markdown, a line for each case as it is measured."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(f"{renderer_name()}, 1280x720, {os.cpu_count()} cores, load {load:.1f} at the start\n")
    heads = ["case", "cards", *(head for _, head in _MARKDOWN), "naive VTK ms", "three.js ms"]
    print(f"| {' | '.join(heads)} |\n| --- |{' ---: |' * (len(heads) - 1)}", flush=True)
    for case, count, peers in QUICK:
        ours = measured("ours", case, count)
        if "absent" in ours:
            print(f"| {case} | {count:,} | {ours['absent']} |", flush=True)
            continue
        cells = [case, f"{count:,}", *(_number(ours.get(key)) for key, _ in _MARKDOWN)]
        cells += [_beside(measured(peer, case, count), ours) if peer in peers else "-" for peer in ("naive", "three")]
        print(f"| {' | '.join(cells)} |", flush=True)


def _beside(peer: Row, ours: Row) -> str:
    """A peer's median and how many times as long it is as ours."""
    median, own = peer.get("median_ms"), ours["median_ms"]
    if not isinstance(median, float | int) or not isinstance(own, float | int):
        return str(peer.get("absent", "-"))
    return f"{_number(median)} ({median / own:.1f}x)"


def main() -> None:
    """Print the table, or everything measured as JSON."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--quick-table", action="store_true")
    asked.add_argument("--cases", default=",".join(CASES))
    asked.add_argument("--counts", default=",".join(map(str, COUNTS)))
    asked.add_argument("--peers", default="naive,three")
    options = asked.parse_args()
    if options.quick_table:
        quick_table()
        return
    everyone = ["ours", *(peer for peer in options.peers.split(",") if peer)]
    found: dict[str, dict[str, Row]] = {}
    out = sys.stderr if options.json else sys.stdout
    renderer = renderer_name()
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(f"renderer {renderer}, 1280x720, load {load:.1f} on {os.cpu_count()} cores\n{HEAD}", file=out, flush=True)
    for count in map(int, options.counts.split(",")):
        for case in options.cases.split(","):
            row = {who: measured(who, case, count) for who in everyone}
            found[f"{case} {count}"] = row
            print(line_of(case, count, row), file=out, flush=True)
    absent = {str(row["three"]["absent"]) for row in found.values() if "absent" in row.get("three", {})}
    for reason in sorted(absent):
        print(f"three.js: {reason}", file=out)
    if options.json:
        print(json.dumps({"renderer": renderer, "size_px": [1280, 720], "load": load, "found": found}, indent=1))


if __name__ == "__main__":
    main()
