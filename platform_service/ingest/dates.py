"""Dates as cameras, editors and file names write them."""

import re
from datetime import date

_EARLIEST = date(1826, 1, 1)  # the oldest photograph there is
_METADATA = re.compile(r"^\s*(\d{4})[:/.-]?(\d{2})[:/.-]?(\d{2})(?!\d)")
_WRITTEN = re.compile(r"(?:^|\D)(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* (\d{4})")
_NAME = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d{2})(?:(?P<s>[-_. ])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})|(?P<m2>\d{2})(?P<d2>\d{2}))"
    r"(?!\d)"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def date_in_metadata(text: str) -> date | None:
    """The date of "2019:07:21 10:00:00", "2019-07-21T10:00", "20190721" or "Sun, 21 Jul 2019 10:00:00"."""
    if found := _METADATA.match(text):
        return _valid(int(found[1]), int(found[2]), int(found[3]))
    if found := _WRITTEN.search(text):
        return _valid(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1]))
    return None


def date_in_name(name: str) -> date | None:
    """The first date in a file or folder name: 2019-07-21, 2019_7_21, IMG_20190721_101500."""
    for found in _NAME.finditer(name):
        valid = _valid(int(found["y"]), int(found["m"] or found["m2"]), int(found["d"] or found["d2"]))
        if valid is not None:
            return valid
    return None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if found >= _EARLIEST else None
