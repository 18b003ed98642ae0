"""Filters of a query as one mask over the library: each of them must hold."""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from agent.ports.library import DateRange, Query
from platform_service.search.associations import Associations
from platform_service.search.evidence import CLEAR_SHARE, colour_share, gather
from platform_service.search.mirror import NO_DATE, ORIENTATIONS, Mirror
from platform_service.search.postings import tag_key
from platform_service.search.query_words import phrases
from platform_service.search.tones import has_tone
from platform_service.search.words import fold

Mask = NDArray[np.bool_]
TRACE_SHARE = 0.1
"""An excluded colour may still be there as a trace."""
EXCLUDED_STRENGTH = 0.5


def mask(query: Query, mirror: Mirror, table: Associations) -> Mask | None:
    """Which assets pass all filters of the query; None where there are none."""
    passes: Mask | None = None
    for each in _filters(query, mirror, table):
        passes = each if passes is None else passes & each
    return passes


def _filters(query: Query, mirror: Mirror, table: Associations) -> Iterator[Mask]:
    if query.asset_ids is not None:
        yield _among(query.asset_ids, mirror)
    for wanted, groups, key in (
        (query.tags, mirror.tags, tag_key),
        (query.folders, _folders_below(query.folders, mirror), fold),
        (query.creators, mirror.creators, fold),
    ):
        if wanted:
            yield _in_any(wanted, groups, key, len(mirror))
    for colour in query.colours:
        yield colour_share(mirror, table, fold(colour)) >= CLEAR_SHARE
    if query.undated is not None:
        yield (mirror.taken.view == NO_DATE) == query.undated
    if query.dates is not None and (query.dates.start or query.dates.end):
        yield _on_days(query.dates, mirror)
    if query.orientation is not None:
        yield mirror.orientation.view == ORIENTATIONS.index(query.orientation)
    if query.tone is not None:
        yield has_tone(mirror, query.tone)
    for excluded in _excluded(query, mirror, table):
        yield ~excluded


def _among(asset_ids: Iterable[str], mirror: Mirror) -> Mask:
    passes = np.zeros(len(mirror), bool)
    passes[mirror.rows(asset_ids)] = True
    return passes


def _in_any(wanted: tuple[str, ...], groups: dict[str, list[int]], key: "type[str] | object", size: int) -> Mask:
    passes = np.zeros(size, bool)
    for value in wanted:
        passes[groups.get(key(value), [])] = True  # type: ignore[operator]
    return passes


def _folders_below(wanted: tuple[str, ...], mirror: Mirror) -> dict[str, list[int]]:
    """The rows of each wanted folder, its sub-folders included; a last part of the path names it too."""
    found: dict[str, list[int]] = {}
    for value in wanted:
        name = fold(value).strip("/")
        inside = [
            rows
            for folder, rows in mirror.folders.items()
            if f"/{name}/" in f"/{folder.strip('/')}/"
        ]  # fmt: skip
        found[fold(value)] = [row for rows in inside for row in rows]
    return found


def _on_days(dates: DateRange, mirror: Mirror) -> Mask:
    taken = mirror.taken.view
    start = dates.start.toordinal() if dates.start else 1
    end = dates.end.toordinal() if dates.end else np.iinfo(np.int32).max
    found: Mask = (taken != NO_DATE) & (taken >= start) & (taken <= end)
    return found


def _excluded(query: Query, mirror: Mirror, table: Associations) -> Iterator[Mask]:
    for colour in query.without_colours:
        yield colour_share(mirror, table, fold(colour)) >= TRACE_SHARE
    if query.without_tags:
        yield _in_any(query.without_tags, mirror.tags, tag_key, len(mirror))
    if query.without_creators:
        yield _in_any(query.without_creators, mirror.creators, fold, len(mirror))
    if query.without_dates is not None:
        yield _on_days(query.without_dates, mirror)
    for text in query.without_words:
        for phrase, surface in phrases(text, table):
            term = gather(phrase, surface, mirror, table, "closely")
            yield term.strengths(mirror) >= EXCLUDED_STRENGTH
