"""Requests to start from that the library can answer: of its own years and tags, never of what is not in it."""

from collections import Counter
from collections.abc import Mapping

from agent.ports.library import Facets

MOST = 5
UNKNOWN = (
    "Create a cyberpunk gallery",
    "A timeline of the 90s, newest first",
    "24 calm seascapes in a white cube",
    "Group everything by colour",
    "Botanicals without people, in a forest",
)
"""As long as there is no library; the sample collection answers them all."""
_ENOUGH = 6
"""So many works make a show that is worth a walk."""
_MOST_SHARE = 0.4
"""A tag that more of the library has says too little."""
_LITTLE_SAID = frozenset({"landscape", "portrait", "square", "panorama", "people", "untitled"})


def first_requests(facets: Facets) -> tuple[str, ...]:
    """At most five, the most telling first."""
    if facets.total == 0:
        return UNKNOWN
    tags = {facet.value: facet.count for facet in facets.tags}
    subjects = _subjects(facets)
    found = [_cyberpunk(tags) or _best_ones(facets.total), _timeline(facets)]
    if tags.get("seascapes", 0) >= _ENOUGH:
        found.append(UNKNOWN[2])
    elif subjects:
        found.append(f"{subjects[0].capitalize()} in a white cube")
    found.append(UNKNOWN[3])
    if tags.get("botanicals", 0) >= _ENOUGH:
        found.append(UNKNOWN[4])
    elif len(subjects) > 1:
        found.append(f"{subjects[1].capitalize()} in a forest")
    found.append("Make a contact sheet")
    return tuple(words for words in found if words)[:MOST]


def _cyberpunk(tags: Mapping[str, int]) -> str:
    return UNKNOWN[0] if max(tags.get("neon", 0), tags.get("cyberpunk", 0)) >= _ENOUGH else ""


def _best_ones(total: int) -> str:
    return "Hang the best 24 in a museum" if total > 24 else "Hang everything in a museum"


def _timeline(facets: Facets) -> str:
    """Of the decade that most works are from; nothing where hardly any work has a date."""
    decades = Counter[int]()
    for year in facets.years:
        decades[int(year.value) // 10 * 10] += year.count
    decade, count = max(decades.items(), key=lambda found: (found[1], found[0]), default=(0, 0))
    if count < _ENOUGH:
        return ""
    spoken = f"{decade % 100}s" if 1930 <= decade < 2000 else f"{decade}s"
    return f"A timeline of the {spoken}, newest first"


def _subjects(facets: Facets) -> list[str]:
    """Tags that name a part of the library, neither nearly all of it nor a handful, nor only a colour or a shape."""
    colours = {colour.value for colour in facets.colours}
    return [
        tag.value
        for tag in facets.tags
        if _ENOUGH <= tag.count <= facets.total * _MOST_SHARE and tag.value not in colours | _LITTLE_SAID
    ]
