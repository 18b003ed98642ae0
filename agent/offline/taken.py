"""Meanings of clauses that say when works were taken."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from agent.offline import dates
from agent.offline.draft import Draft, Meaning, Said
from agent.offline.several_times import add_span, is_one_more
from agent.ports.library import DateRange, Query
from agent.wording import request_for


def is_denied(draft: Draft) -> bool:
    """Whether a "without" stands right before the clause ("not from 2019")."""
    stop, denials = draft.stop_words(), draft.vocabulary.lists.get("without", ())
    stop |= {*draft.vocabulary.lists.get("works", ()), "taken", "made"}
    words = draft.before.split()
    while words:
        before = f" {' '.join(words)}"
        found = max((denial for denial in denials if before.endswith(f" {denial}")), key=len, default="")
        if found:
            draft.before = before[1:].removesuffix(found)
            if found.split()[0] in draft.vocabulary.lists.get("whole", ()):
                draft.query["limit"] = 10_000
            return True
        if words.pop() not in stop:
            break
    return False


def dated(find: Callable[[Draft, Said], DateRange]) -> Meaning:
    """A span of time that works are from, or not from where it is denied."""

    def meaning(draft: Draft, said: Said) -> bool | None:
        try:
            found = find(draft, said)
        except (ValueError, OverflowError):
            return False
        if is_denied(draft):
            draft.query["without_dates"] = found
            draft.marks.add("without")
            return None
        known = draft.query.get("dates")
        if known is not None and dates.apart(known, found):
            if is_one_more(draft):
                add_span(draft, known, found)
                return None
            draft.fields["clash"] = tuple(request_for(Query(dates=span)) for span in (known, found))
        draft.query["dates"] = dates.both(known, found)
        return None

    return meaning


def decade_start(draft: Draft, word: str) -> int:
    """The first year of a decade, however it is written."""
    named = draft.vocabulary.table("decades").get(word)
    if named is not None:
        return int(named)
    number = int(re.sub(r"\D", "", word))
    if number >= 100:
        return number
    century = 2000 if 2000 + number <= draft.context.today.year else 1900
    return century + number if number >= 30 else 2000 + number


def decade_part(part: str) -> Meaning:
    """ "The early nineties"."""
    return dated(lambda draft, said: dates.decade(decade_start(draft, said["decade"]), part))


def between_decades(draft: Draft, said: Said) -> DateRange:
    """ "From the eighties to 2005"."""
    first = decade_start(draft, said["decade"])
    if "year" in said:
        return dates.years(first, int(said["year"]))
    last = decade_start(draft, said["last"])
    return dates.years(min(first, last), max(first, last) + 9)


def on_day(draft: Draft, said: Said) -> DateRange:
    """One day."""
    if "isodate" in said:
        found = date.fromisoformat(said["isodate"])
    else:
        day = int(re.sub(r"\D", "", said["dayth"]))
        found = date(int(said["year"]), draft.vocabulary.table("months")[said["month"]], day)
    return DateRange(start=found, end=found)


def month_year(draft: Draft, said: Said) -> DateRange:
    """A month of a year."""
    if "isomonth" in said:
        year, number = said["isomonth"].split("-")
        return dates.month(int(year), int(number))
    return dates.month(int(said["year"]), draft.vocabulary.table("months")[said["month"]])


def in_century(_: Draft, said: Said) -> DateRange:
    """The 20th century is 1900 to 1999, as people say it."""
    number = int(re.sub(r"\D", "", said["dayth"]))
    return dates.years(number * 100 - 100, number * 100 - 1)


def two_years(draft: Draft, said: Said) -> bool | None:
    """ "2012 and 2019": both years, without those between them; "between 2012 and 2019" means all of them."""
    first, last = sorted((int(said["year"]), int(said["last"])))
    before = draft.before.split()[-1:]
    if "dates" in draft.query or is_denied(draft) or before in (["between"], ["after"], ["before"], ["since"]):
        return False
    draft.query["dates"] = dates.years(first, last)
    if last - first > 1:
        draft.query["without_dates"] = dates.years(first + 1, last - 1)
    return None


def two_seasons(draft: Draft, said: Said) -> bool | None:
    """ "Last winter and the one before": both, without the days between them."""
    last = dates.last_season(draft.context.today, season_of(draft, said))
    before = dates.last_season(last.start or draft.context.today, season_of(draft, said))
    if "dates" in draft.query or last.start is None or before.end is None:
        return False
    draft.query["dates"] = DateRange(start=before.start, end=last.end)
    between = DateRange(start=before.end + timedelta(days=1), end=last.start - timedelta(days=1))
    draft.query["without_dates"] = between
    return None


def month_of(draft: Draft, said: Said) -> int:
    """The number of a month."""
    return int(draft.vocabulary.table("months")[said["month"]])


def season_of(draft: Draft, said: Said) -> int:
    """The first month of a season."""
    return int(draft.vocabulary.table("seasons")[said["season"]])


def period_of(draft: Draft, said: Said) -> int:
    """The days of a period."""
    return int(draft.vocabulary.table("periods")[said["period"]])


def number_of(said: Said) -> int:
    """The number that was said; "one" is a word, all others are digits by now."""
    return int(said["number"]) if said["number"].isdecimal() else 1


def ordinal_of(draft: Draft, word: str) -> int:
    """1 for "first" and "1st", -1 for "last"."""
    known = draft.vocabulary.table("ordinals").get(word)
    return int(known) if known is not None else int(re.sub(r"\D", "", word))


def moment_of(draft: Draft, words: str) -> DateRange:
    """The days of a day, a month, a year or its beginning or end: "the first of January 2009", "the end of 2012"."""
    tokens = [word for word in words.replace(",", " ").split() if word not in ("the", "of", "very", "year")]
    months, edges = draft.vocabulary.table("months"), draft.vocabulary.table("edges")
    if "-" in words:
        year, month, *day = (int(part) for part in tokens[0].split("-"))
        return (
            DateRange(start=date(year, month, day[0]), end=date(year, month, day[0]))
            if day
            else dates.month(year, month)
        )
    year = int(tokens[-1])
    month_named = next((months[word] for word in tokens[:-1] if word in months), 0)
    days = [word for word in tokens[:-1] if word not in months and word not in edges]
    if month_named and days:
        found = date(year, month_named, ordinal_of(draft, days[0]))
        return DateRange(start=found, end=found)
    span = dates.month(year, month_named) if month_named else dates.years(year, year)
    edge = next((edges[phrase] for phrase in edges if f" {phrase} " in f" {words} "), "")
    return dates.edge(span, edge) if edge else span


def between_moments(draft: Draft, said: Said) -> DateRange:
    """From the first day of one to the last day of the other."""
    first, last = moment_of(draft, said["moment"]), moment_of(draft, said["last"])
    return DateRange(start=first.start, end=last.end)


def since_moment(draft: Draft, said: Said) -> DateRange:
    """From the first day of it on."""
    return DateRange(start=moment_of(draft, said["moment"]).start)


def until_moment(draft: Draft, said: Said) -> DateRange:
    """Up to the last day of it."""
    return DateRange(end=moment_of(draft, said["moment"]).end)


def after_moment(draft: Draft, said: Said) -> DateRange:
    """From the day after it on."""
    end = moment_of(draft, said["moment"]).end
    return DateRange(start=end + timedelta(days=1) if end else None)


def before_moment(draft: Draft, said: Said) -> DateRange:
    """Up to the day before it."""
    start = moment_of(draft, said["moment"]).start
    return DateRange(end=start - timedelta(days=1) if start else None)
