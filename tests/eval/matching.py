"""Whether an intent means what a case expects: a path into the intent, and a matcher for what is found there.

A matcher is a value (equal, capitals aside), "a|b" (either), "~rain" (has these words), "*" (something is said),
"-" or null (nothing is said), ">0", "<=2" (a comparison), "1990..1999" (numbers, or dates by year), or a list (these
parts, each a matcher, in any order).
"""

import operator
import re
from collections.abc import Mapping
from typing import Any

from agent.intent import Intent

_COMPARED = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt}


def misread(intent: Intent | None, means: Mapping[str, Any]) -> list[str]:
    """What of the expectation the intent does not meet, in words; empty when it was understood."""
    if intent is None:
        return ["nothing was understood"] if means else []
    plain = intent.model_dump(mode="json")
    wrong = []
    for path, wanted in means.items():
        found = any(matches(at(plain, option), wanted) for option in path.split("|"))
        if not found:
            wrong.append(f"{path}: {at(plain, path.split('|')[0])!r}, not {wanted!r}")
    return wrong


def at(plain: Any, path: str) -> Any:
    """The value at "query.dates" or "edits.0.verb"; None where there is none."""
    for name in path.split("."):
        if isinstance(plain, list):
            plain = plain[int(name)] if int(name) < len(plain) else None
        elif isinstance(plain, Mapping):
            plain = plain.get(name)
        else:
            return None
    return plain


def matches(found: Any, wanted: Any) -> bool:
    """Whether a value fits a matcher."""
    if wanted is None or wanted == "-":
        return found in (None, "", [], {}, False)
    if wanted == "*":
        return found not in (None, "", [], {}, False)
    if isinstance(wanted, list):
        return (
            isinstance(found, list)
            and len(found) == len(wanted)
            and all(any(matches(part, want) for part in found) for want in wanted)
        )
    if isinstance(wanted, bool) or not isinstance(wanted, str):
        return (
            _number(found) == wanted
            if isinstance(wanted, float | int) and not isinstance(wanted, bool)
            else found == wanted
        )
    if span := re.fullmatch(r"(\d*)\.\.(\d*)", wanted):
        return _within(found, span[1], span[2])
    if sign := re.fullmatch(r"(>=|<=|>|<)\s*(-?[\d.]+)", wanted):
        number = _number(found)
        return number is not None and _COMPARED[sign[1]](number, float(sign[2]))
    return any(_says(found, option) for option in wanted.split("|"))


def _says(found: Any, wanted: str) -> bool:
    if isinstance(found, list):
        return any(_says(part, wanted) for part in found)
    text = str("" if found is None else found).casefold()
    if wanted.startswith("~"):
        return all(re.search(rf"(?<!\w){re.escape(_stem(word))}", text) for word in wanted[1:].casefold().split())
    return text == wanted.casefold()


def _stem(word: str) -> str:
    return word.removesuffix("s") if len(word) > 3 else word


def _number(found: Any) -> float | None:
    return float(found) if isinstance(found, int | float) and not isinstance(found, bool) else None


def _within(found: Any, low: str, high: str) -> bool:
    """A number between two others, or a date range that begins and ends with these years; an open end stays open."""
    if isinstance(found, Mapping):
        start, end = (str(found.get(name) or "")[:4] for name in ("start", "end"))
        return (start, end) == (low, high)
    number = _number(found)
    return number is not None and (not low or number >= int(low)) and (not high or number <= int(high))
