"""What a layout has to say, as messages with values: their words are found where the creator's language is known."""

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

SaidId = Literal[
    # summaries and their parts
    "gallery", "gallery.hero", "cluster", "grid", "grid.by", "timeline.path", "timeline.wall", "timeline.undated",
    "timeline.empty", "span",
    # wishes that could not be met
    "given.fewer", "hung.fewer", "order.unknown", "inapplicable", "wall.unknown", "rooms.stay", "windows.stay",
    "windows.inside", "gap.kept", "gap.walls", "scale.kept", "pinned.outside", "centre.tall", "rooms.few",
    "rooms.empty", "rooms.groups", "likeness.none", "likeness.alone", "groups.many", "groups.alike", "grid.walls",
    "grid.unknown", "grid.many", "columns.high", "dates.none", "time.order", "time.alone", "relation",
    # where one work was wished with regard to another, and why it does not hang there
    "wish.opposite", "wish.beside", "wish.same_wall", "wish.on_wall", "wish.hero", "wish.first", "wish.last",
    "why.absent", "why.taken", "why.no_wall", "why.other_no_wall", "why.across", "why.apart", "why.wall",
    "why.between", "why.full", "why.nowhere", "why.no_window", "why.no_entrance", "why.empty_wall", "why.away",
    # why a work was left out
    "left.no_space", "left.no_date",
]  # fmt: skip
"""Every message that a layout can give."""

Table = Literal["column", "order", "within", "wished", "known", "place"]
"""Tables of single words: metadata columns, orders, layouts ("a grid"), wishes, what works are sorted by, places."""


@dataclass(frozen=True)
class Counted:
    """So many of a kind: "1 work", "24 works"."""

    n: int
    noun: Literal["work", "room", "group", "column"]


@dataclass(frozen=True)
class Quoted:
    """Words that are not ours: a title, the name of a wall, a sign over a group."""

    words: str
    of: str = ""
    """The id of the asset whose title it is."""


@dataclass(frozen=True)
class Term:
    """One word of a table."""

    table: Table
    word: str


class Said(BaseModel):
    """One message with its values; a value may be a message itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: SaidId
    values: dict[str, "Value"] = {}


Value = int | float | str | Counted | Quoted | Term | Said
Said.model_rebuild()


def said(id: SaidId, **values: Value) -> Said:
    """The message with its values."""
    return Said(id=id, values=values)
