"""Dates in words to date ranges, relative to a given day."""

import calendar
from datetime import date, timedelta

from agent.ports.library import DateRange


def years(first: int, last: int) -> DateRange:
    """From the first day of one year to the last day of another, in either order."""
    first, last = min(first, last), max(first, last)
    return DateRange(start=date(first, 1, 1), end=date(last, 12, 31))


def decade(first_year: int, part: str = "") -> DateRange:
    """Ten years, or their "early", "mid" or "late" part, or half of them."""
    spans = {"early": (0, 3), "mid": (4, 6), "late": (7, 9), "first half": (0, 4), "second half": (5, 9)}
    start, end = spans.get(part, (0, 9))
    return years(first_year + start, first_year + end)


def half_year(year: int, *, first: bool) -> DateRange:
    """January to June, or July to December."""
    return DateRange(start=date(year, 1 if first else 7, 1), end=date(year, 6, 30) if first else date(year, 12, 31))


def edge(span: DateRange, part: str) -> DateRange:
    """The "start" or the "end" of a span: the first or the last third; "middle" what is between them."""
    if span.start is None or span.end is None:
        return span
    third = (span.end - span.start) / 3
    if part == "start":
        return DateRange(start=span.start, end=span.start + third)
    return DateRange(
        start=span.end - third if part == "end" else span.start + third, end=span.end - third * (part != "end")
    )


def month(year: int, number: int) -> DateRange:
    """One month."""
    return DateRange(start=date(year, number, 1), end=date(year, number, calendar.monthrange(year, number)[1]))


def season(year: int, first_month: int) -> DateRange:
    """Three months from the first one on; a winter ends in the next year."""
    ends_year, ends_month = (year, first_month + 2) if first_month <= 10 else (year + 1, first_month - 10)
    return DateRange(start=date(year, first_month, 1), end=month(ends_year, ends_month).end)


def last_season(today: date, first_month: int) -> DateRange:
    """The most recent one that is over."""
    found = season(today.year, first_month)
    year = today.year
    while found.end is None or found.end >= today:
        year -= 1
        found = season(year, first_month)
    return found


def this_season(today: date, first_month: int) -> DateRange:
    """The one that is running or that belongs to this year."""
    before = season(today.year - 1, first_month)
    return before if before.end is not None and before.end >= today else season(today.year, first_month)


def last_month_named(today: date, number: int) -> DateRange:
    """The most recent month of that name that has begun."""
    return month(today.year if (today.year, number) <= (today.year, today.month) else today.year - 1, number)


def past(today: date, count: int, days: int) -> DateRange:
    """The last `count` periods of so many days each, up to today."""
    return DateRange(start=today - timedelta(days=min(count * days, 500 * 365)), end=today)


def previous(today: date, days: int) -> DateRange:
    """The last whole day, week, month, year, decade or century before the running one."""
    if days >= 36_500:
        return years(today.year // 100 * 100 - 100, today.year // 100 * 100 - 1)
    if days >= 3652:
        return past(today, 1, days)
    if days >= 365:
        return years(today.year - 1, today.year - 1)
    if days >= 28:
        return month(today.year, today.month - 1) if today.month > 1 else month(today.year - 1, 12)
    if days >= 7:
        monday = today - timedelta(days=today.weekday() + 7)
        return DateRange(start=monday, end=monday + timedelta(days=6))
    return DateRange(start=today - timedelta(days=1), end=today - timedelta(days=1))


def current(today: date, days: int) -> DateRange:
    """The running day, week, month, year, decade or century."""
    if days >= 36_500:
        return years(today.year // 100 * 100, today.year // 100 * 100 + 99)
    if days >= 3652:
        return decade(today.year // 10 * 10)
    if days >= 365:
        return years(today.year, today.year)
    if days >= 28:
        return month(today.year, today.month)
    if days >= 7:
        monday = today - timedelta(days=today.weekday())
        return DateRange(start=monday, end=monday + timedelta(days=6))
    return DateRange(start=today, end=today)


def ago(today: date, count: int, days: int) -> DateRange:
    """The day, month or year that was so long ago."""
    then = today - timedelta(days=min(count * days, 500 * 365))
    if days >= 365:
        return years(today.year - count * (days // 365), today.year - count * (days // 365))
    return month(then.year, then.month) if days >= 28 else DateRange(start=then, end=then)


def apart(a: DateRange, b: DateRange) -> bool:
    """Whether no day is in both."""
    starts = [d for d in (a.start, b.start) if d is not None]
    ends = [d for d in (a.end, b.end) if d is not None]
    return bool(starts and ends) and max(starts) > min(ends)


def both(a: DateRange | None, b: DateRange) -> DateRange:
    """The days that are in both; an empty overlap gives the later wish."""
    if a is None:
        return b
    start = max((d for d in (a.start, b.start) if d is not None), default=None)
    end = min((d for d in (a.end, b.end) if d is not None), default=None)
    return b if start is not None and end is not None and start > end else DateRange(start=start, end=end)
