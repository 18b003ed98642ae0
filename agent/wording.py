"""Plain words for counts, queries and lists, as receipts and chips use them."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

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


def dates_in_words(dates: DateRange) -> str:
    """ "from 2019", "from the 1990s", "since 2000", "up to 1999"."""
    start, end = dates.start, dates.end
    if start is None or end is None:
        return f"since {_point(start)}" if start else f"up to {_point(end)}" if end else ""
    whole_years = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    if whole_years and start.year == end.year:
        return f"from {start.year}"
    if whole_years and end.year - start.year == 9 and start.year % 10 == 0:
        return f"from the {start.year}s"
    if whole_years:
        return f"from {start.year} to {end.year}"
    return f"from {start.isoformat()}" if start == end else f"from {start.isoformat()} to {end.isoformat()}"


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
    parts += [f"without {listed(barred, 'and')}"] if barred else []
    said = " ".join(part for part in parts if part)
    return "" if said == "pictures" else said


def query_in_words(query: Query) -> str:
    """What is looked for: "red, “crabs”, from 2019, without people"; empty when it is everything."""
    parts: list[str] = [quoted(query.words)] if query.words else []
    parts += [listed(query.colours)] if query.colours else []
    parts += [f"{query.orientation} format"] if query.orientation else []
    parts += [query.tone] if query.tone else []
    parts += [f"tagged {quoted(tag)}" for tag in query.tags]
    parts += [f"in the folder {quoted(folder)}" for folder in query.folders]
    parts += [f"by {creator}" for creator in query.creators]
    parts += [dates_in_words(query.dates)] if query.dates else []
    parts += ["undated"] if query.undated else []
    parts += ["like the one you chose"] if query.like_asset_id else []
    parts += [f"more {word}" for word in (*query.more_colours, *query.more_words)]
    parts += [f"less {word}" for word in (*query.less_colours, *query.less_words)]
    barred: Sequence[str] = (*query.without_colours, *query.without_words, *query.without_tags)
    parts += [f"without {listed(barred, 'or')}"] if barred else []
    return ", ".join(parts)
