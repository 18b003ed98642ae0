"""Times that are named side by side: "the 2010 and the 2020 birthday" are both of them, not one within the other."""

import re
from datetime import date, timedelta

from agent.offline.draft import Draft
from agent.offline.normalise import BOUNDARY
from agent.ports.library import DateRange

_FEW_WORDS = rf"(?:[^ ,;.!?:{BOUNDARY}]+ ){{0,3}}"
_AND_ONE = rf"{_FEW_WORDS}?(?:, and|and|,|plus|or|&|versus|vs|beside|alongside|against|next to|as well as) {_FEW_WORDS}"


def is_one_more(draft: Draft) -> bool:
    """ "The 2010 and the 2020 birthday": a time that is named beside another one, in a list of two or more."""
    if {*draft.matched().split()} & {"taken", "made", "shot", "dated"}:
        return False
    before, after = f" {BOUNDARY} {_AND_ONE}$", f"{_AND_ONE}{BOUNDARY} "
    return bool(re.search(before, draft.before) or re.match(after, draft.after))


def add_span(draft: Draft, known: DateRange, found: DateRange) -> None:
    """Both spans; the days between two of them are left out."""
    first, last = sorted((known, found), key=lambda span: span.start or span.end or date.min)
    is_third = draft.query.pop("without_dates", None) is not None
    draft.query["dates"] = DateRange(start=first.start, end=last.end)
    if first.end and last.start and (last.start - first.end).days > 1 and not is_third:
        day = timedelta(days=1)
        draft.query["without_dates"] = DateRange(start=first.end + day, end=last.start - day)
