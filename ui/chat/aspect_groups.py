"""The aspects that can be added to a request, grouped as a person looks for them."""

from collections.abc import Sequence

from ui.chat.aspects import Aspect

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("What to show", ("subject", "count", "dates", "colours", "tags", "folders", "creators", "orientation", "tone")),
    ("More, less or without", ("more_words", "more_colours", "less_words", "less_colours", "without_words",
                               "without_colours", "without_tags", "without_creators", "without_dates")),
    ("How to hang it", ("layout", "order", "group_by", "groups", "columns", "rooms", "gap", "eye_height", "scale",
                        "axis", "keep_walls")),
    ("How it looks", ("theme", "light", "quality")),
)  # fmt: skip


def grouped(aspects: Sequence[Aspect]) -> list[tuple[str, list[Aspect]]]:
    """The groups that have any of these aspects, each in its reading order; what no group names comes last."""
    by_key = {aspect.key: aspect for aspect in aspects}
    found = [(title, [by_key.pop(key) for key in keys if key in by_key]) for title, keys in GROUPS]
    return [(title, members) for title, members in [*found, ("Other", list(by_key.values()))] if members]
