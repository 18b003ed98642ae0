"""Plain words for counts, queries and lists, as receipts and chips use them."""

import re
from collections.abc import Iterable
from datetime import date

from agent.phrases import ENGLISH, Phrases, phrases
from agent.ports.library import DateRange, Query


def counted(number: int, noun: str) -> str:
    """ "1 work", "24 works"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def listed(words: Iterable[str], join: str = "and") -> str:
    """ "a, b and c"."""
    parts = list(words)
    return " ".join([", ".join(parts[:-1]), join, parts[-1]]) if len(parts) > 1 else "".join(parts)


def quoted(words: str, most: int = 60) -> str:
    """The words in quotation marks, cut at a sensible length."""
    return f"“{words if len(words) <= most else words[: most - 1].rstrip() + '…'}”"


def curled(words: str) -> str:
    """The words with curly quotation marks, whoever wrote them."""
    return re.sub(r'"([^"]*)"', r"“\1”", words)


def dates_in_words(dates: DateRange, tell: Phrases | None = None) -> str:
    """ "from 2019", "from the 1990s", "since 2000", "up to 1999"."""
    tell = tell or phrases(ENGLISH)
    start, end = dates.start, dates.end
    if start is None or end is None:
        if start is None and end is None:
            return ""
        return tell.say("dates.since", day=_point(start)) if start else tell.say("dates.until", day=_point(end))
    whole_years = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    if whole_years and start.year == end.year:
        return tell.say("dates.in", day=str(start.year))
    if whole_years and start.year % 10 == 0 and end.year == start.year + 9:
        return tell.say("dates.decade", day=str(start.year))
    if whole_years:
        return tell.say("dates.span", start=str(start.year), end=str(end.year))
    if start == end:
        return tell.say("dates.day", day=start.isoformat())
    return tell.say("dates.span", start=start.isoformat(), end=end.isoformat())


def _point(day: date | None) -> str:
    if day is None:
        return ""
    return str(day.year) if (day.month, day.day) in ((1, 1), (12, 31)) else day.isoformat()


def request_for(query: Query) -> str:
    """The filters of a query in words that are understood when they are typed: "red pictures from 2019"."""
    words = [listed(query.colours)] if query.colours else []
    words += [query.tone] if query.tone else []
    parts = [" ".join([*words, "pictures"])]
    parts += [f"in {query.orientation} format"] if query.orientation else []
    parts += [dates_in_words(query.dates)] if query.dates else []
    parts += ["without a date"] if query.undated else []
    parts += [f"tagged {query.tags[0]}"] if query.tags else []
    parts += [f"by {listed(query.creators)}"] if query.creators else []
    barred = (*query.without_colours, *query.without_words)
    parts += [f"not by {name}" for name in query.without_creators]
    parts += [f"except {dates_in_words(query.without_dates)}"] if query.without_dates else []
    parts += [f"without {listed(barred, 'and')}"] if barred else []
    said = " ".join(part for part in parts if part)
    return "" if said == "pictures" else said


def query_in_words(query: Query, tell: Phrases | None = None) -> str:
    """What is looked for: "red, “crabs”, from 2019, without people"; empty when it is everything."""
    tell = tell or phrases(ENGLISH)

    def named(words: Iterable[str]) -> list[str]:
        return [tell.word("colour", word) for word in words]

    parts: list[str] = [tell.quoted(query.words)] if query.words else []
    parts += [tell.listed(named(query.colours))] if query.colours else []
    parts += [tell.say(f"format.{query.orientation}")] if query.orientation else []
    parts += [tell.say(f"tone.{query.tone}")] if query.tone else []
    parts += [tell.say("query.tagged", what=tell.quoted(tag)) for tag in query.tags]
    parts += [tell.say("query.folder", what=tell.quoted(folder)) for folder in query.folders]
    parts += [tell.say("query.by", what=creator) for creator in query.creators]
    parts += [dates_in_words(query.dates, tell)] if query.dates else []
    parts += [tell.say("query.undated")] if query.undated else []
    parts += [tell.say("query.like")] if query.like_asset_id else []
    parts += [tell.say("query.more", what=word) for word in named((*query.more_colours, *query.more_words))]
    parts += [tell.say("query.less", what=word) for word in named((*query.less_colours, *query.less_words))]
    barred = named((*query.without_colours, *query.without_words, *query.without_tags))
    barred += [tell.say("query.by", what=name) for name in query.without_creators]
    barred += [dates_in_words(query.without_dates, tell)] if query.without_dates else []
    parts += [tell.say("query.without", what=tell.listed(barred, "or"))] if barred else []
    return ", ".join(parts)
