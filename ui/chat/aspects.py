"""The aspects of an intent that chips show and correct: how each is read, edited and put back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from agent.intent import Intent
from agent.ports.library import Orientation
from scene.layouts.contract import Column
from ui.chat.editors import Chip, Choose, Count, Editor, Option, Value, Vocabulary, Words, Years

Read = Callable[[Intent], Any]
Show = Callable[[Any, Vocabulary], str]
Edit = Callable[[Vocabulary], Editor]


@dataclass(frozen=True)
class Aspect:
    """One aspect; `path` says where it lives in the intent, `many` that it is a tuple with a chip for each entry."""

    key: str
    name: str
    path: tuple[str, ...]
    show: Show
    editor: Edit
    many: bool = False
    addable: bool = True
    removable: bool = True

    def read(self, intent: Intent) -> Any:
        """The value in the intent; None, "" or () when there is none."""
        found: Any = intent
        for name in self.path:
            found = getattr(found, name)
        return found


def _plain(value: Any, _: Vocabulary) -> str:
    return str(value).replace("_", " ")


def _before(words: str) -> Show:
    return lambda value, _: f"{words} {value}"


def _counted(one: str, several: str) -> Show:
    return lambda value, _: f"{value:,} {one if value == 1 else several}"


def _measured(form: str) -> Show:
    return lambda value, _: form.format(value + 1e-6)  # halves up, as receipts round


def _choose(*values: str) -> Edit:
    options = tuple(Option(value.replace("_", " ").capitalize(), value) for value in values)
    return lambda _: Choose(options)


def _options(values: tuple[str, ...]) -> tuple[Option, ...]:
    return tuple(Option(value, value) for value in values[:14])


def _words(hint: str) -> Edit:
    return lambda _: Words(hint)


def _number(least: float, most: float, step: float = 1.0, decimals: int = 0, unit: str = "") -> Edit:
    return lambda _: Count(least, most, step, decimals, unit)


def _from_library(facet: str) -> Edit:
    return lambda known: Choose(_options(getattr(known, facet)), own_words=True)


def _years(value: Any, _: Vocabulary) -> str:
    start, end = (value.start, value.end) if value else (None, None)
    if start and end:
        whole = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
        if whole:
            return f"{start.year}" if start.year == end.year else f"{start.year} to {end.year}"
        return f"{start:%d %b %Y} to {end:%d %b %Y}"
    return f"from {start.year}" if start else f"until {end.year}" if end else "any time"


_KINDS = {"create": "New", "refine": "Refine", "restyle": "Restyle", "edit": "Edit", "select": "Select",
          "navigate": "Go to", "explain": "Explain", "answer": "Answer", "canvas": "Canvas", "project": "Project",
          "export": "Export", "undo": "Undo", "redo": "Redo"}  # fmt: skip
_CORRECTABLE = ("create", "refine", "restyle")


def _order(value: str, _: Vocabulary) -> str:
    if value in ("newest", "oldest"):
        return f"{value} first"
    return "in the given order" if value == "given" else f"ordered by {value}"


def _at_most(usd: float, _: Vocabulary) -> str:
    cents = f"{usd * 100:.3g}"
    return f"at most {cents} {'cent' if cents == '1' else 'cents'}" if usd < 1 else f"at most ${usd:,.2f}"


def _one(key: str, name: str, part: str, show: Show, editor: Edit) -> Aspect:
    return Aspect(key, name, tuple(part.split(".")), show, editor)


def _list(key: str, name: str, words: str, editor: Edit, path: tuple[str, ...] = ()) -> Aspect:
    """An aspect of the query with any number of entries."""
    return Aspect(key, name, path or ("query", key), _before(words) if words else _plain, editor, many=True)


_COLOURS, _TAGS = _from_library("colours"), _from_library("tags")
ASPECTS: tuple[Aspect, ...] = (
    Aspect("kind", "what to do", ("kind",), lambda v, _: _KINDS.get(str(v), str(v)).lower(),
           lambda _: Choose(tuple(Option(_KINDS[k], k) for k in _CORRECTABLE)), addable=False, removable=False),
    _one("layout", "layout", "layout", _plain, lambda known: Choose(known.layouts)),
    _one("theme", "theme", "theme", lambda v, known: f"{known.theme_name(v).lower()} theme",
         lambda known: Choose(known.themes)),
    _one("count", "number of works", "wishes.count", _counted("work", "works"), _number(1, 10_000)),
    _one("subject", "subject", "subject", _before("about"), _words("What to show")),
    _list("colours", "colour", "", _COLOURS),
    _list("tags", "tag", "tagged", _TAGS),
    _list("folders", "folder", "in", _from_library("folders")),
    _list("creators", "creator", "by", _from_library("creators")),
    _one("dates", "years", "query.dates", _years, lambda _: Years()),
    _one("orientation", "orientation", "query.orientation", _plain, _choose(*get_args(Orientation))),
    _one("tone", "tone", "query.tone", _plain, _choose("dark", "bright", "colourful", "muted")),
    _list("more_words", "more of", "more", _words("More of what")),
    _list("less_words", "less of", "less", _words("Less of what")),
    _list("more_colours", "more of a colour", "more", _COLOURS),
    _list("less_colours", "less of a colour", "less", _COLOURS),
    _list("without_words", "without", "no", _words("Leave out what")),
    _list("without_colours", "without a colour", "no", _COLOURS),
    _list("without_tags", "without a tag", "not tagged", _TAGS),
    _list("without_creators", "without a creator", "not by", _from_library("creators")),
    _one("without_dates", "without some years", "query.without_dates", lambda v, known: f"not {_years(v, known)}",
         lambda _: Years()),
    _one("order", "order", "wishes.order", _order,
         _choose("newest", "oldest", "colour", "brightness", "title", "score")),
    _one("group_by", "grouping", "wishes.group_by", _before("grouped by"), _choose(*get_args(Column))),
    _one("groups", "number of groups", "wishes.groups", _counted("group", "groups"), _number(1, 100)),
    _one("columns", "columns", "wishes.columns", _counted("column", "columns"), _number(1, 1_000)),
    _one("rooms", "rooms", "wishes.rooms", _counted("room", "rooms"), _number(1, 100)),
    _one("gap", "gap", "wishes.gap_m", _measured("gap {:.2f} m"), _number(0.02, 10.0, 0.1, 2, unit=" m")),
    _one("eye_height", "eye height", "wishes.eye_height_m", _measured("centred at {:.2f} m"),
         _number(0.5, 3.0, 0.05, 2, unit=" m")),
    _one("scale", "size", "wishes.scale", _measured("size ×{:.2g}"), _number(0.2, 5.0, 0.1, 2)),
    _one("axis", "axis", "wishes.axis", _before("along the"), _choose("floor", "wall")),
    _one("light", "light", "light", _measured("light ×{:.2g}"), _number(0.2, 3.0, 0.1, 2)),
    _list("keep_walls", "kept wall", "keep wall", _words("back, front, left or right"), ("wishes", "keep_walls")),
    _one("quality", "quality", "quality", lambda v, _: f"{v} quality", _choose("draft", "standard", "high")),
    _one("budget", "what it may cost", "budget_usd", _at_most, _number(0.01, 1_000.0, 0.05, 2, unit=" $")),
)  # fmt: skip
BY_KEY = {aspect.key: aspect for aspect in ASPECTS}


def chips_of(intent: Intent, known: Vocabulary) -> tuple[Chip, ...]:
    """What was understood, as chips in reading order."""
    chips: list[Chip] = []
    for aspect in ASPECTS:
        found = aspect.read(intent)
        if found is None or found == "" or found == ():
            continue
        values = found if aspect.many else (found,)
        removable = aspect.removable
        for index, value in enumerate(values):
            chips.append(Chip(aspect.key, aspect.show(value, known), _value(value), index, removable))
    return tuple(chips) + _target_chips(intent)


def _target_chips(intent: Intent) -> tuple[Chip, ...]:
    targets = intent.targets
    words = [edit.verb.replace("_", " ") for edit in intent.edits]
    words += ["the selection"] if targets.selection else []
    words += ["everything"] if targets.everything else []
    words += [targets.words] if targets.words else []
    words += [f"the {targets.wall} wall"] if targets.wall else []
    words += [targets.room] if targets.room else []
    words += [f"{intent.export}"] if intent.export else []
    words += [f"named {intent.name}"] if intent.name else []
    return tuple(Chip("", text, text, i, removable=False) for i, text in enumerate(words))


def _value(found: Any) -> Value:
    if hasattr(found, "start"):
        return (found.start.year if found.start else None, found.end.year if found.end else None)
    return found if isinstance(found, str) else float(found)


def addable(intent: Intent) -> tuple[Aspect, ...]:
    """The aspects that the intent does not have yet and that a person could add."""
    return tuple(a for a in ASPECTS if a.addable and (a.many or a.read(intent) in (None, "", ())))


def corrected(intent: Intent, key: str, value: Value | None, index: int | None = None) -> Intent:
    """The intent with one aspect replaced (or, for None, removed); without `index`, an entry is added to a list.

    Raises pydantic.ValidationError when the value is out of bounds.
    """
    aspect = BY_KEY[key]
    new = _put_back(aspect, value)
    if aspect.many:
        entries = list(aspect.read(intent))
        if index is None:
            entries += [new] if new not in entries else []
        else:
            entries[index : index + 1] = [] if new is None else [new]
        new = tuple(entries)
    if new is None and aspect.read(Intent(kind="create")) == "":
        new = ""
    plain = intent.model_dump()
    _set(plain, aspect.path, new)
    _keep_in_step(plain, aspect.key, intent)
    plain["confidence"] = 1.0
    return Intent.model_validate(plain)


def _put_back(aspect: Aspect, value: Value | None) -> Any:
    if isinstance(value, tuple):
        start, end = value
        return {"start": date(start, 1, 1) if start else None, "end": date(end, 12, 31) if end else None}
    whole = aspect.key in ("count", "groups", "columns", "rooms")
    return int(value) if whole and value is not None else value


def _set(plain: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for name in path[:-1]:
        plain = plain[name]
    plain[path[-1]] = value


def _keep_in_step(plain: dict[str, Any], key: str, before: Intent) -> None:
    """A query repeats the subject and the count; a corrected chip must reach both."""
    if key == "subject" and before.query.words in ("", before.subject):
        plain["query"]["words"] = plain["subject"]
    if key == "subject":
        plain["query"]["words"] = plain["subject"]
    count = plain["wishes"]["count"]
    if key == "count" and count is not None:
        plain["query"]["limit"] = min(
            10_000, count if before.query.limit == before.wishes.count else max(count, before.query.limit)
        )
