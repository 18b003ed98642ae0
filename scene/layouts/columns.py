"""What a metadata column says about a work."""

from collections.abc import Sequence

from scene.layouts.contract import Column, Work

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
UNKNOWN = "unknown"
MOST_LETTERS = 60


def value_of(work: Work, column: Column) -> str:
    """The work's value in the column as it is shown, or an empty string when it has none."""
    given = work.values.get(column, "").strip()
    if given:
        return given[:MOST_LETTERS]
    if column == "tag":
        return work.tags[0].strip()[:MOST_LETTERS] if work.tags else ""
    if column == "orientation":
        return _orientation(work.width_px / work.height_px)
    if work.taken is None:
        return ""
    if column == "year":
        return f"{work.taken.year}"
    if column == "month":
        return f"{work.taken.year:04d}-{work.taken.month:02d}"
    if column == "day":
        return work.taken.isoformat()
    return ""


def _orientation(aspect: float) -> str:
    if aspect >= 2.2:
        return "panorama"
    if aspect > 1.1:
        return "landscape"
    return "portrait" if aspect < 0.91 else "square"


def grouped(works: Sequence[Work], chosen: Sequence[int], column: Column) -> dict[str, list[int]]:
    """Works by value: time columns in time order, others by how many works they hold; works without a value last."""
    groups: dict[str, list[int]] = {}
    for i in chosen:
        groups.setdefault(value_of(works[i], column) or UNKNOWN, []).append(i)
    rest = groups.pop(UNKNOWN, None)
    if column in ("year", "month", "day"):
        ordered = dict(sorted(groups.items()))
    else:
        ordered = dict(sorted(groups.items(), key=lambda item: (-len(item[1]), item[0].casefold())))
    if rest is not None:
        ordered[UNKNOWN] = rest
    return ordered
