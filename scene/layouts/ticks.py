"""Sections of a time axis: days, weeks, months, years or decades, whichever gives a readable number of labels."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from scene.layouts.lettering import ENGLISH, Lettering

MOST_SECTIONS = 14
_DAY_STEPS = (1, 2, 7, 14)
_MONTH_STEPS = (1, 2, 3, 6)
_YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@dataclass(frozen=True)
class Section:
    """A stretch of time from `start` (included) to `end` (not included), as day ordinals, with its label."""

    start: int
    end: int
    label: str


def sections(first: date, last: date, most: int = MOST_SECTIONS, lettering: Lettering = ENGLISH) -> list[Section]:
    """Equal stretches of calendar time that cover both dates, as fine as `most` labels allow."""
    for days in _DAY_STEPS:
        if (last - first).days // days + 1 <= most:
            return _days(first, last, days, lettering)
    for months in _MONTH_STEPS:
        if (_month(last) // months) - (_month(first) // months) + 1 <= most:
            return _months(first, last, months, lettering)
    for years in _YEAR_STEPS:
        if last.year // years - first.year // years + 1 <= most:
            return _years(first, last, years, lettering)
    return _years(first, last, 10_000, lettering)


def _days(first: date, last: date, step: int, lettering: Lettering) -> list[Section]:
    starts = range(first.toordinal(), last.toordinal() + 1, step)
    return [Section(s, s + step, _day_label(s, lettering)) for s in starts]


def _day_label(ordinal: int, lettering: Lettering) -> str:
    day = date.fromordinal(ordinal)
    return lettering.day.format(day=day.day, month=lettering.months[day.month - 1], year=day.year)


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month_start(index: int) -> int:
    if index >= 10_000 * 12:
        return date.max.toordinal() + 1
    return date(max(1, index // 12), index % 12 + 1 if index >= 12 else 1, 1).toordinal()


def _months(first: date, last: date, step: int, lettering: Lettering) -> list[Section]:
    found = []
    for k in range(_month(first) // step, _month(last) // step + 1):
        start, stop = k * step, (k + 1) * step
        name, end = lettering.months[start % 12], lettering.months[(stop - 1) % 12]
        year = start // 12
        one = lettering.month.format(month=name, year=year)
        label = one if step == 1 else lettering.span.format(first=name, last=end, year=year)
        found.append(Section(_month_start(start), _month_start(stop), label))
    return found


def _years(first: date, last: date, step: int, lettering: Lettering) -> list[Section]:
    found = []
    for k in range(first.year // step, last.year // step + 1):
        start, stop = k * step, (k + 1) * step
        label = (
            f"{start}" if step == 1 else (lettering.decade.format(year=start) if step == 10 else _span(start, stop - 1))
        )
        found.append(Section(_month_start(start * 12), _month_start(stop * 12), label))
    return found


def _span(first: int, last: int) -> str:
    """Two years, the second in two figures where that is plain: "1985–89"."""
    return f"{first}–{last % 100:02d}" if first // 100 == last // 100 and first >= 1000 else f"{first}–{last}"


@dataclass(frozen=True)
class Slots:
    """Where dated works go: the slot along the axis and the lane within it; each section's first slot."""

    slot: NDArray[np.int64]
    lane: NDArray[np.int64]
    section: NDArray[np.int64]
    first_slot: NDArray[np.int64]
    """Shape (sections + 1,): the first slot of each section, then the end of the last."""


def slots(ordinals: NDArray[np.int64], parts: list[Section], lanes: int, newest_first: bool, least: int = 1) -> Slots:
    """Give sorted dates (in walking order) slots in time order, at most `lanes` works in each.

    Every section is at least `least` slots long; a dense one is drawn longer.
    """
    if newest_first:
        parts = parts[::-1]
    starts, ends = np.array([p.start for p in parts]), np.array([p.end for p in parts])
    edges = np.sort(starts)
    section = np.searchsorted(edges, ordinals, "right") - 1
    section = len(parts) - 1 - section if newest_first else section
    counts = np.bincount(section, minlength=len(parts))
    lengths = np.maximum(least, -(-counts // lanes))
    first = np.concatenate([[0], np.cumsum(lengths)])
    share = (ordinals - starts[section]) / (ends - starts)[section]
    wanted = np.floor((1 - share if newest_first else share) * lengths[section]).astype(np.int64)
    slot = np.empty(len(ordinals), dtype=np.int64)
    for part in range(len(parts)):
        here = np.flatnonzero(section == part)
        slot[here] = first[part] + _spread(np.minimum(wanted[here], lengths[part] - 1), int(lengths[part]), lanes)
    return Slots(slot, _rank_within(slot), section, first)


def _spread(wanted: NDArray[np.int64], length: int, lanes: int) -> NDArray[np.int64]:
    """The nearest slots not before those wanted that keep the order and hold at most `lanes` works each."""
    count = len(wanted)
    found = wanted.copy()
    for lane in range(lanes):
        mine = wanted[lane::lanes]
        steps = np.arange(len(mine))
        found[lane::lanes] = np.maximum.accumulate(mine - steps) + steps
    latest = length - 1 - (count - 1 - np.arange(count)) // lanes
    return np.minimum(found, latest)


def _rank_within(slot: NDArray[np.int64]) -> NDArray[np.int64]:
    """The place of each item among those of its slot; equal slots stand together."""
    at = np.arange(len(slot))
    fresh = np.concatenate([[True], slot[1:] != slot[:-1]]) if len(slot) else np.zeros(0, dtype=bool)
    starts: NDArray[np.int64] = np.maximum.accumulate(np.where(fresh, at, 0))
    return at - starts
