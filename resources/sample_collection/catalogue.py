"""What the collection holds: one record a picture, read from the tables in `pieces/`, and nothing painted."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

CREATOR = "Vernissage sample generator"
LICENCE = "CC0-1.0"
_TABLES = Path(__file__).parent / "pieces"


@dataclass(frozen=True)
class Piece:
    """One picture of the collection: its words, date and size, and the look its genre paints it with."""

    genre: str
    title: str
    description: str
    tags: tuple[str, ...]
    taken: datetime | None
    size_px: tuple[int, int]
    look: Mapping[str, Any] = field(hash=False)
    creator: str = CREATOR
    licence: str = LICENCE

    @property
    def path(self) -> str:
        """Where the file lies under the collection's folder; also the piece's name everywhere."""
        return f"{self.genre}/{_slug(self.title)}.jpg"


@cache
def catalogue() -> tuple[Piece, ...]:
    """All pieces, genres interleaved, so that a collection that is still being made already shows all of them."""
    tables = [_pieces(file) for file in sorted(_TABLES.glob("*.toml"))]
    tables.sort(key=lambda table: table[0])
    rounds = zip_longest(*(pieces for _, pieces in tables))
    return tuple(piece for together in rounds for piece in together if piece is not None)


def _pieces(file: Path) -> tuple[int, list[Piece]]:
    """The table's place in each round, and its pieces."""
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return table["order"], [_piece(file.stem, row) for row in table["piece"]]


def _piece(genre: str, row: dict[str, Any]) -> Piece:
    width, height = row["size"]
    return Piece(
        genre=genre,
        title=row["title"],
        description=row["description"],
        tags=tuple(row["tags"]),
        taken=row.get("taken"),
        size_px=(width, height),
        look=row.get("look", {}),
    )


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
