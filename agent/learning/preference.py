"""A preference: one readable rule with the evidence that it rests on, and where it holds."""

from typing import Annotated

from pydantic import Field

from agent.learning.evidence import Evidence, Scope, Topic
from agent.ports.library import Frozen, Text

_LESS_MORE: dict[str, tuple[str, str]] = {
    "gap_m": ("wide spacing", "tight spacing"),
    "scale": ("large works", "small works"),
    "eye_height_m": ("a high hang", "a low hang"),
    "count": ("too many works", "too few works"),
    "light": ("bright light", "dark rooms"),
    "detail": ("", "bad quality"),
}
"""What was wrong when less, or more, was wanted."""
_WHERE = {"here": "in this scene", "project": "in this project", "always": "everywhere"}


class Preference(Frozen):
    """A rule. `value` is metres, a factor or a number as the topic has it; `text` names a theme, work or tag."""

    id: Annotated[str, Field(min_length=1, max_length=700)]
    topic: Topic
    scope: Scope
    where: Text = ""
    """The scene or project that it holds in; empty for always."""
    value: float | None = None
    text: Text = ""
    name: Text = ""
    evidence: tuple[Evidence, ...] = ()
    """Newest last."""
    edited: bool = False
    """Set or changed by the creator; later verdicts leave it alone."""

    @property
    def rule(self) -> str:
        """What it does: "gaps of 1.40 m"."""
        return in_words(self.topic, self.value, self.name or self.text)

    @property
    def why(self) -> str:
        """What it rests on: "tight spacing rejected 3 times"."""
        return "set by you" if self.edited else _because(self)

    @property
    def words(self) -> str:
        """The whole rule in one line: "tight spacing rejected 3 times → gaps of 1.40 m (in this project)"."""
        return f"{self.why} → {self.rule} ({_WHERE[self.scope]})"


def in_words(topic: Topic, value: float | None, text: str) -> str:
    """What a preference asks for, as receipts and lists say it."""
    figure = 0.0 if value is None else value
    match topic:
        case "gap_m":
            return f"gaps of {figure:.2f} m"
        case "scale":
            return f"works at {figure:.0%}".replace("%", " %")
        case "eye_height_m":
            return f"centre line at {figure:.2f} m"
        case "count":
            return f"{figure:.0f} works"
        case "light":
            return f"light at {figure:.0%}".replace("%", " %")
        case "detail":
            return f"{figure:.1f} times the usual detail"
        case "theme":
            return f"the {text} theme"
        case "avoid":
            return f"“{text}” is left out"
        case "avoid_tag":
            return f"nothing tagged “{text}”"


def _because(preference: Preference) -> str:
    complaints = [e for e in preference.evidence if e.verdict == "rejected"]
    if not complaints:
        return f"chosen {_times(len(preference.evidence))}"
    if preference.topic in _LESS_MORE:
        less, more = _LESS_MORE[preference.topic]
        said = [less if e.want == "less" else more for e in complaints]
        return " and ".join(f"{what} rejected {_times(said.count(what))}" for what in dict.fromkeys(said))
    return f"rejected {_times(len(complaints))}"


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"
