"""The command `python -m resources.sample_collection FOLDER [--count N] [--sheet sheet.png]`."""

import argparse
import sys
from pathlib import Path

from resources.sample_collection.catalogue import catalogue
from resources.sample_collection.generate import SampleCollectionError, ensure_sample_collection
from resources.sample_collection.sheet import contact_sheet


def main() -> int:
    """Make the collection and, when asked, a sheet of it."""
    parser = argparse.ArgumentParser(
        prog="python -m resources.sample_collection", description="Make the sample pictures."
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, help="make only the first COUNT pictures")
    parser.add_argument("--workers", type=int, default=2, help="worker processes (default 2)")
    parser.add_argument("--sheet", type=Path, help="also write a contact sheet to this file")
    wishes = parser.parse_args()
    if wishes.count is not None and wishes.count < 1:
        parser.error("--count must be 1 or more")
    try:
        ensure_sample_collection(wishes.folder, _show, wishes.workers, count=wishes.count)
    except SampleCollectionError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    print()
    if wishes.sheet:
        ordered = sorted(catalogue()[: wishes.count], key=lambda piece: piece.genre)
        contact_sheet(wishes.folder / piece.path for piece in ordered).save(wishes.sheet)
    return 0


def _show(done: int, total: int) -> None:
    print(f"\r{done} of {total} pictures", end="", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
