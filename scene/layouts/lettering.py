"""The words of signs that a layout makes by itself: rooms, groups, dates. It is given them, and knows no language."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scene.layouts.columns import MONTHS, OTHERS, UNKNOWN

_DECADE = re.compile(r"\b(\d{3}0)s\b")


@dataclass(frozen=True)
class Lettering:
    """Words and patterns; as they stand, English ones."""

    others: str = OTHERS
    unknown: str = UNKNOWN
    room: str = "Room {n}"
    group: str = "Group {n}"
    hall: str = "Timeline"
    """The room of a timeline that hangs on one wall."""
    decade: str = "{year}s"
    months: tuple[str, ...] = tuple(month[:3] for month in MONTHS)
    month: str = "{month} {year}"
    span: str = "{first}–{last} {year}"
    """Several months of one year."""
    day: str = "{day} {month} {year}"
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By column, its values in other words: colours, orientations."""

    def named(self, value: str, column: str) -> str:
        """A value of a column as its sign reads."""
        if value in (OTHERS, UNKNOWN):
            return self.others if value == OTHERS else self.unknown
        found = self.values.get(column, {}).get(value, value)
        return self.dated(found) if column == "decade" else found

    def dated(self, text: str) -> str:
        """The text with its decades ("1990s") in the language."""
        return _DECADE.sub(lambda found: self.decade.format(year=found[1]), text)

    def renamed(self, groups: Mapping[str, Sequence[int]], column: str) -> dict[str, list[int]]:
        """The groups under the words of their signs; those that read alike become one."""
        named: dict[str, list[int]] = {}
        for value, members in groups.items():
            named.setdefault(self.named(value, column), []).extend(members)
        return named


ENGLISH = Lettering()
