"""Text of library, scene and history before a model sees it: visible characters only, and not too many."""

import re
import unicodedata
from collections.abc import Iterable

MOST_CHARACTERS_A_VALUE = 120
MOST_CHARACTERS = 6_000
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Control, format (zero width, bidirectional, tags), surrogate, private, unassigned, line and paragraph separators."""
_BLANKS = re.compile(r"\s+")
_LOOKS_EMPTY = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5\u180b\u180c\u180d\u180f")
"""Letters and marks that show nothing."""


def cleaned(text: str, most: int = MOST_CHARACTERS_A_VALUE) -> str:
    """One line of visible characters, at most so many; angle brackets become quotation marks of the same look."""
    text = text[: 8 * most]
    shown = "".join(
        " " if letter in "\t\n\r\u2028\u2029" else letter
        for letter in unicodedata.normalize("NFC", text)
        if letter in "\t\n\r\u2028\u2029"
        or (unicodedata.category(letter) not in _INVISIBLE and letter not in _LOOKS_EMPTY and not _is_selector(letter))
    )
    line = _BLANKS.sub(" ", shown).strip().replace("<", "‹").replace(">", "›")
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def _is_selector(letter: str) -> bool:
    """Variation selectors, which can carry hidden bytes."""
    return "\ufe00" <= letter <= "\ufe0f" or "\U000e0100" <= letter <= "\U000e01ef"


def cleaned_values(values: Iterable[str], most_values: int) -> list[str]:
    """The first values that are left with anything to read."""
    found = (cleaned(value) for value in values)
    return [value for _, value in zip(range(most_values), (value for value in found if value), strict=False)]
