"""Strings that came from files: made safe to show and bounded."""

import re
import unicodedata

TEXT_LENGTH = 400
"""Longest title, tag or name; the same bound as `agent.ports.library.Text`."""

_JOINERS = "\u200c\u200d"  # needed by Persian, Indic scripts and emoji
_SPACE = re.compile(r"\s+")


def clean(text: str, length: int = TEXT_LENGTH) -> str:
    """One line without control, direction, surrogate and private characters, at most `length` long."""
    spaced = _SPACE.sub(" ", unicodedata.normalize("NFC", text[: length * 8]))
    kept = "".join(c for c in spaced if _may_stay(c))
    return _SPACE.sub(" ", kept).strip(" " + _JOINERS)[:length].strip()


def _may_stay(character: str) -> bool:
    if character in _JOINERS:
        return True
    category = unicodedata.category(character)
    return category[0] != "C"


def decode_bytes(raw: bytes) -> str:
    """UTF-8 when it is valid, else Latin-1, which never fails."""
    raw = raw.rstrip(b"\x00")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def distinct(words: list[str], most: int = 64) -> tuple[str, ...]:
    """The non-empty ones, first spelling kept, compared without case, at most `most`."""
    kept: dict[str, str] = {}
    for word in words:
        tidy = clean(word, 80)
        if tidy:
            kept.setdefault(tidy.casefold(), tidy)
        if len(kept) == most:
            break
    return tuple(kept.values())
