"""What a request means, as one typed value that planners return, chips show and the workflow is built from."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from agent.ports.library import Query, Text
from scene.layouts.contract import LayoutName, Wishes

Kind = Literal[
    "create",  # a new environment from the library
    "refine",  # change what is on show or how it is laid out
    "edit",  # act on named or selected works: move, scale, remove, pin, replace
    "restyle",  # another theme or light, works stay where they are
    "navigate",  # go to a work, wall, room, group or viewpoint; start a tour
    "select",  # select works by words
    "undo",  # take back the last step, or the agent's last turn
    "redo",
    "explain",  # why is this here
    "answer",  # a question about the library
    "canvas",  # keep the works as a canvas, or make one
    "project",  # create or rename a project
    "export",  # picture or document
    "unclear",
]

EditVerb = Literal[
    "remove", "bigger", "smaller", "move_left", "move_right", "raise", "lower", "pin", "unpin", "rotate", "swap",
    "straighten", "replace",
]  # fmt: skip


Extreme = Literal[
    "", "newest", "oldest", "biggest", "smallest", "brightest", "darkest", "colourful", "best", "worst", "hero",
    "middle", "leftmost", "rightmost",
]  # fmt: skip


Panel = Literal["", "library", "outline", "history", "conversation", "inspector", "plan"]
View = Literal["", "walk", "orbit", "fly", "full_screen", "frame_all", "compare", "filter", "draft", "standard", "high"]


class Targets(BaseModel):
    """Which placements are meant. `words` are matched against titles, tags and groups of the works on show."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    selection: bool = False
    everything: bool = False
    words: Text = ""
    wall: Text = ""
    room: Text = ""
    extreme: Extreme = ""
    """ "The biggest one"; applies to what the rest of the targets leaves."""
    many: Annotated[int, Field(ge=1, le=10_000)] | None = None
    """With an ordinal or an extreme: "the last three", "the two smallest"."""
    duplicates: bool = False
    """Of the rest, works that look the same as another one that stays."""
    one: bool = False
    """The words speak of a single work ("the rainy one"): a title that has them is enough."""
    ordinal: int | None = None
    """1 for "the first one", -1 for "the last"."""
    query: Query | None = None
    """Filters on the works on show ("the red ones from 2019")."""
    also: tuple["Targets", ...] = ()
    """Works besides these ("the third and the fifth")."""
    but: "Targets | None" = None
    """Works that are not meant all the same ("all but the first three")."""


class Edit(BaseModel):
    """One verb on targets; `amount` is metres, degrees or a factor as the verb has it, None for its default step."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    verb: EditVerb
    amount: float | None = None
    targets: Targets | None = None
    """What this verb acts on, when it is not what the intent's `targets` name."""
    other: Targets | None = None
    """Swap and replace: what comes in its place."""


class WishedRelation(BaseModel):
    """A wish about where certain works hang, in words; it becomes a `Relation` once the works are known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    targets: Targets
    how: Literal["opposite", "beside", "same_wall", "on_wall", "hero", "first", "last"]
    to: Text = ""
    """A wall ("back"), "windows" or "entrance"; empty when `other` says it."""
    other: Targets | None = None


class Condition(BaseModel):
    """A wish that holds only while so many works fit: "if there are more than ten from 2019"."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    query: Query = Query()
    compare: Literal[">", ">=", "<", "<=", "="] = ">"
    number: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    shown: bool = False
    """Count among the works on show, not in the library."""
    words: Text = ""
    """What was said to be counted."""


class Intent(BaseModel):
    """What was understood. `confidence` is 0 to 1; below 0.5 the agent asks instead of acting."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    subject: Text = ""
    """What to show, in the words of the request ("rainy neon streets")."""
    theme: Text | None = None
    """A theme id of `resources/themes`."""
    layout: LayoutName | None = None
    query: Query = Query()
    wishes: Wishes = Wishes()
    relations: tuple[WishedRelation, ...] = ()
    """Where certain works shall hang, in words."""
    again: bool = False
    """Another take: the same words, other works."""
    rehang: bool = False
    """The same works in another hang."""
    pick: Extreme | Literal["random"] = ""
    """Choose by this instead of by how well the works fit."""
    sort: Extreme = ""
    """Hang in this order ("smallest first"), where `wishes.order` has no word for it."""
    sequence: tuple[Targets, ...] = ()
    """Refine: works hang in the order of these; those that none names hang where `everything` stands, else last."""
    coming: Query | None = None
    """Refine: what works that come in addition are found by, where that is said of them alone."""
    only_shown: bool = False
    """Refine: stay among the works on show ("only the ones from the 90s"), add none."""
    about: Literal[
        "", "count", "facet", "shown", "described", "extreme", "help", "saved", "approving", "cost", "idle", "setting",
        "overview", "span", "most", "share", "compare", "average", "distinct",
    ] = ""  # fmt: skip
    """What an `answer` is about."""
    against: Query | None = None
    """Answer, about `compare`: what the count of `query` is held against."""
    place: Literal["", "entrance", "end", "overview", "middle", "next", "previous", "tour", "new_tour"] = ""
    """Where to go, when it is not a work, wall or room; `new_tour` plans a path past the works meant."""
    panel: Panel = ""
    """A panel of the window to show."""
    view: View = ""
    """How to look: on foot, in orbit, in full screen, at a quality of drawing."""
    widen: bool = False
    """Take works below the cut-off too, when too few fit."""
    accept_fewer: bool = False
    """Stop at those that fit, without asking."""
    continues: bool = False
    """What was said is about the request that the agent asked a question about."""
    keep_works: bool = False
    """Refine: the same works stay, only layout, wishes or theme change."""
    targets: Targets = Targets()
    edits: tuple[Edit, ...] = ()
    light: float | None = None
    """Brightness factor for the theme's lamps ("darker" is below 1)."""
    missing: Literal["", "selection", "number", "ability", "change"] = ""
    """What the request needs and the context does not have; an ability that nobody here has is called by `name`."""
    condition: Condition | None = None
    """Do this only if so many works fit; else what `otherwise` says."""
    otherwise: "Intent | None" = None
    alternatives: tuple[Text, ...] = ()
    """Ways to say it that were offered at once ("a timeline or a grid"); which one is asked."""
    quality: Literal["draft", "standard", "high"] | None = None
    budget_usd: float | None = None
    export: Literal["picture", "document"] | None = None
    undo_what: Literal["step", "turn"] | None = None
    times: Annotated[int, Field(ge=1, le=50)] = 1
    """How many steps to take back or to bring back."""
    act: Literal["", "create", "rename", "list", "save"] = ""
    """What to do with a canvas or a project."""
    name: Text = ""
    """For a canvas, a project or a viewpoint."""
    then: tuple["Intent", ...] = ()
    """What to do after this, in the same turn ("... and then take me to the entrance")."""
    language: Text = "en"
    confidence: Annotated[float, Field(ge=0.0, le=1.0)] = 1.0
    understood: tuple[Text, ...] = ()
    """The words of the request that were used."""
    ignored: tuple[Text, ...] = ()
    """Meaningful words that were not understood; the receipt names them."""
    note: Text = ""
    """What the planner has to say of how it understood, for the creator to read."""
    reworded: Text = ""
    """The request in the words that were read, where what was said had to be taken for something."""
