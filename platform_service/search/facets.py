"""What there is to filter by, counted over the mirror."""

from collections import Counter
from datetime import date

import numpy as np

from agent.ports.library import Facet, Facets
from platform_service.search.evidence import CLEAR_SHARE
from platform_service.search.mirror import NO_DATE, ORIENTATIONS, Mirror
from platform_service.search.titles import words_of_titles

MOST_VALUES = 400


def count_facets(mirror: Mirror) -> Facets:
    """Counts by colour, tag, folder, year, creator and orientation, most frequent first."""
    tags: Counter[str] = Counter()
    folders: Counter[str] = Counter()
    creators: Counter[str] = Counter()
    for row in range(len(mirror)):
        tags.update(mirror.tags_shown[row])
        folders[mirror.folder_shown[row]] += 1
        if mirror.creator_shown[row]:
            creators[mirror.creator_shown[row]] += 1
    shares = mirror.shares.view
    colours = {name: int((shares[:, column] >= CLEAR_SHARE).sum()) for name, column in mirror.colours.items()}
    orientations = {name: int((mirror.orientation.view == code).sum()) for code, name in enumerate(ORIENTATIONS)}
    return Facets(
        colours=_facets(colours),
        tags=_facets(tags),
        folders=_facets({name: count for name, count in folders.items() if name}),
        years=_facets(_years(mirror)),
        creators=_facets(creators),
        orientations=_facets(orientations),
        words=_facets(words_of_titles(mirror.postings)),
        total=len(mirror),
        undated=int((mirror.taken.view == NO_DATE).sum()),
    )


def _years(mirror: Mirror) -> dict[str, int]:
    days, counts = np.unique(mirror.taken.view, return_counts=True)
    years: Counter[str] = Counter()
    for day, count in zip(days, counts, strict=True):
        if day != NO_DATE:
            years[str(date.fromordinal(int(day)).year)] += int(count)
    return years


def _facets(counts: "dict[str, int] | Counter[str]") -> tuple[Facet, ...]:
    ranked = sorted(((value, count) for value, count in counts.items() if count), key=lambda one: (-one[1], one[0]))
    return tuple(Facet(value=value, count=count) for value, count in ranked[:MOST_VALUES])
