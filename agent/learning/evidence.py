"""Evidence: what one verdict says about one matter, with the figure that was on show when it was given."""

from typing import Annotated, Literal

from pydantic import Field

from agent.ports.library import Frozen, Text

Topic = Literal["gap_m", "scale", "eye_height_m", "count", "light", "detail", "theme", "avoid", "avoid_tag"]
"""What can be preferred: figures, then a theme, then works and tags that shall not come again."""
Scope = Literal["here", "project", "always"]
Want = Literal["more", "less", "this", "not"]
"""More or less than the figure shown; just this; never this."""

FIGURES: tuple[Topic, ...] = ("gap_m", "scale", "eye_height_m", "count", "light", "detail")


class Evidence(Frozen):
    """One thing that one verdict said. `value` is the figure shown or chosen; `text` a theme, asset id or tag."""

    id: Annotated[str, Field(min_length=1, max_length=200)]
    topic: Topic
    want: Want
    verdict: Literal["approved", "rejected"] = "rejected"
    value: float | None = None
    text: Text = ""
    name: Text = ""
    """How `text` is called, where it is not a name itself."""
    said: Text = ""
    """The reason in the creator's words, or the chip that was pressed."""
    scene_id: Text = ""
    project_id: Text = ""
    turn_id: Text = ""
    at: Text = ""
    """UTC time, ISO 8601."""
