"""What a metadata column says about a work."""

from collections.abc import Sequence

from scene.layouts.contract import Column, Work

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
UNKNOWN, OTHERS = "unknown", "others"
"""Over works without a value, and over those of the rarest values."""
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
    if column == "folder":
        groups = _by_last_part(groups)
    if column in ("year", "month", "day"):
        ordered = dict(sorted(groups.items()))
    else:
        ordered = dict(sorted(groups.items(), key=lambda item: (-len(item[1]), item[0].casefold())))
    if rest is not None:
        ordered[UNKNOWN] = rest
    return ordered


def last_part(folder: str) -> str:
    """The folder's own name in plain words: "library/night-rain" is "night rain"."""
    own = folder.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    return " ".join(own.replace("-", " ").replace("_", " ").split()) or folder


def _by_last_part(groups: dict[str, list[int]]) -> dict[str, list[int]]:
    """The groups under their folders' own names; folders whose names are alike keep the name of what holds them."""
    short = [last_part(folder) for folder in groups]
    named: dict[str, list[int]] = {}
    for (folder, members), name in zip(groups.items(), short, strict=True):
        above = last_part(folder.rstrip("/").rpartition("/")[0]) if "/" in folder else ""
        chosen = name if short.count(name) == 1 else f"{name} ({above})" if above else folder
        named[chosen if chosen not in named else folder] = members
    return named
