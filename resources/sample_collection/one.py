"""A worker process: reads paths of pieces from its input, makes each, answers a line of JSON for each."""

import json
import sys
from pathlib import Path

from resources.sample_collection.catalogue import catalogue
from resources.sample_collection.files import is_made, make


def main() -> int:
    """Work until the input ends, which it also does when the program that asks is gone."""
    folder = Path(sys.argv[1])
    pieces = {piece.path: piece for piece in catalogue()}
    for line in sys.stdin:
        piece = pieces[line.strip()]
        try:
            if not is_made(piece, folder):
                make(piece, folder)
            answer = {"made": piece.path}
        except OSError as error:
            answer = {"failed": piece.path, "reason": error.strerror or str(error)}
        print(json.dumps(answer), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
