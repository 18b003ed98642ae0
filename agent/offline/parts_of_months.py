"""Spans within a month: its first fortnight, its last week, its second half."""

from datetime import date

from agent.offline import dates
from agent.offline.draft import Draft, Said
from agent.offline.taken import month_of, ordinal_of
from agent.ports.library import DateRange

_DAYS = {"week": 7, "fortnight": 14, "10 days": 10, "2 weeks": 14, "half": 15}


def part_of_month(draft: Draft, said: Said) -> DateRange:
    """ "The first fortnight of November 2019": counted from the first day, or back from the last one."""
    whole = dates.month(int(said["year"]), month_of(draft, said))
    days = next(days for name, days in _DAYS.items() if f" {name} " in draft.matched())
    number = ordinal_of(draft, said["ordinal"])
    assert whole.start is not None
    assert whole.end is not None
    if number < 0 or (days == 15 and number == 2):
        first = whole.end.day - days + 1 if days < 15 else 16
        return DateRange(start=whole.start.replace(day=first), end=whole.end)
    first = (number - 1) * days + 1
    last = min(first + days - 1, whole.end.day)
    return DateRange(start=date(whole.start.year, whole.start.month, first), end=whole.end.replace(day=last))
