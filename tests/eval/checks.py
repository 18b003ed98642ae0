"""Judges what is there after a turn against the wish: checks by name, from what was seen to a complaint, or nothing.

They share no code with the agent's tools: words, colours, orders and gaps are read from assets and records anew.
"""

from collections.abc import Mapping, Sequence

from tests.eval.checks_hang import (
    compared,
    eye_m,
    first_is,
    gap_m,
    grouped_by,
    groups_are,
    hangs_on,
    has_no_windows,
    has_windows,
    hero_is,
    is_sound,
    kept_wall,
    laid_out,
    last_is,
    ordered,
    rooms_are,
    themed,
    width_m,
)
from tests.eval.checks_said import acted, came_to, is_touring, looks_at, offered, says, tells_count
from tests.eval.checks_single import (
    are_bigger,
    are_gone,
    are_moved,
    are_pinned,
    are_replaced,
    are_selected,
    are_smaller,
    are_swapped,
    are_unpinned,
    only_swapped,
)
from tests.eval.checks_works import (
    all_of,
    as_after,
    counted,
    is_unchanged,
    less_of,
    more_of,
    most_of,
    no_duplicates,
    none_of,
    other_works,
    same_works,
    some_of,
)
from tests.eval.seen import Check, NotThere, Seen


def failed(seen: Seen, checks: Sequence[str]) -> list[str]:
    """The complaints of all checks."""
    found = []
    for line in checks:
        name = max((name for name in CHECKS if line == name or line.startswith(f"{name} ")), key=len, default="")
        if not name:
            raise ValueError(f"there is no check for {line!r}")
        try:
            complaint = CHECKS[name](seen, line[len(name) :].strip())
        except NotThere as missing:
            complaint = str(missing)
        found += [f"{line}: {complaint}"] if complaint else []
    return found


CHECKS: Mapping[str, Check] = {
    "all": all_of,
    "most": most_of,
    "some": some_of,
    "none": none_of,
    "more": more_of,
    "less": less_of,
    "count": counted,
    "theme": themed,
    "layout": laid_out,
    "rooms": rooms_are,
    "windows": has_windows,
    "no windows": has_no_windows,
    "sound": is_sound,
    "order": ordered,
    "grouped by": grouped_by,
    "no duplicates": no_duplicates,
    "gap": compared("gap", gap_m, "wider", "tighter", 0.12),
    "eye": compared("centre line", eye_m, "higher", "lower", 0.12),
    "size": compared("size", width_m, "bigger", "smaller", 0.05),
    "light": compared("light", lambda scene: scene.theme.light, "brighter", "darker", 0.05),
    "same works": same_works,
    "other works": other_works,
    "unchanged": is_unchanged,
    "as after": as_after,
    "hero": hero_is,
    "first": first_is,
    "last": last_is,
    "on wall": hangs_on,
    "kept wall": kept_wall,
    "groups": groups_are,
    "gone": are_gone,
    "bigger": are_bigger,
    "smaller": are_smaller,
    "moved": are_moved,
    "pinned": are_pinned,
    "unpinned": are_unpinned,
    "replaced": are_replaced,
    "swapped": are_swapped,
    "swapped only": only_swapped,
    "selected": are_selected,
    "says": says,
    "tells count": tells_count,
    "looks at": looks_at,
    "touring": is_touring,
    "action": acted,
    "outcome": came_to,
    "choices": offered,
}
