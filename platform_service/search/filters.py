"""Filters of a query as one mask over the library: each of them must hold."""

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


def mask(query: Query, mirror: Mirror, table: Associations) -> Mask:
    """Which assets pass all filters of the query."""
    passes = _among(query, mirror)
    for wanted, groups, key in (
        (query.tags, mirror.tags, tag_key),
        (query.folders, _folders_below(query.folders, mirror), fold),
        (query.creators, mirror.creators, fold),
    ):
        if wanted:
            passes &= _in_any(wanted, groups, key, len(mirror))
    for colour in query.colours:
        passes &= colour_share(mirror, table, fold(colour)) >= CLEAR_SHARE
    passes &= _dated(query, mirror)
    if query.orientation is not None:
        passes &= mirror.orientation.view == ORIENTATIONS.index(query.orientation)
    if query.tone is not None:
        passes &= has_tone(mirror, query.tone)
    return passes & ~_excluded(query, mirror, table)


def _among(query: Query, mirror: Mirror) -> Mask:
    if query.asset_ids is None:
        return np.ones(len(mirror), bool)
    passes = np.zeros(len(mirror), bool)
    passes[mirror.rows(query.asset_ids)] = True
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


def _dated(query: Query, mirror: Mirror) -> Mask:
    taken = mirror.taken.view
    passes = np.ones(len(mirror), bool)
    if query.undated is not None:
        passes &= (taken == NO_DATE) == query.undated
    if query.dates is not None and (query.dates.start or query.dates.end):
        passes &= _on_days(query.dates, mirror)
    return passes


def _on_days(dates: DateRange, mirror: Mirror) -> Mask:
    taken = mirror.taken.view
    start = dates.start.toordinal() if dates.start else 1
    end = dates.end.toordinal() if dates.end else np.iinfo(np.int32).max
    found: Mask = (taken != NO_DATE) & (taken >= start) & (taken <= end)
    return found


def _excluded(query: Query, mirror: Mirror, table: Associations) -> Mask:
    out = np.zeros(len(mirror), bool)
    for colour in query.without_colours:
        out |= colour_share(mirror, table, fold(colour)) >= TRACE_SHARE
    for tag in query.without_tags:
        out[mirror.tags.get(tag_key(tag), [])] = True
    if query.without_creators:
        out |= _in_any(query.without_creators, mirror.creators, fold, len(mirror))
    if query.without_dates is not None:
        out |= _on_days(query.without_dates, mirror)
    for text in query.without_words:
        for phrase, surface in phrases(text, table):
            term = gather(phrase, surface, mirror, table, "closely")
            out |= term.strengths(mirror) >= EXCLUDED_STRENGTH
    return out
