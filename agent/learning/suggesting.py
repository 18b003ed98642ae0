"""The next likely requests: what followed such a request before, and what fits the scene while nothing is known."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from agent.intent import Intent
from scene.scene import Scene

Sign = tuple[str, ...]
_RECENT = 200
_JUST_SAID = 3
_MOST_LETTERS = 80
_PAIR_WEIGHT, _SINGLE_WEIGHT, _OFTEN_WEIGHT = 4.0, 2.0, 0.25
_NOT_AGAIN = frozenset({"unclear", "undo", "redo"})


@dataclass(frozen=True)
class Said:
    """A request of the past with what it meant; `worked` says that it came to something."""

    request: str
    intent: Intent | None
    worked: bool = True


@dataclass(frozen=True)
class State:
    """What the creator has before them."""

    works: int = 0
    layout: str = ""
    proposed: bool = False
    library: int = 1
    selected: int = 0


def state_of(scene: Scene, *, proposed: bool, library: int, selected: int) -> State:
    """The state of a scene as it is seen."""
    layout = scene.arrangement.layout if scene.arrangement is not None else ""
    return State(len(scene.placements), layout, proposed, library, selected)


def next_requests(past: Sequence[Said], state: State, most: int = 4) -> tuple[str, ...]:
    """Requests that are likely to come next, best first; never the one that was said last, none twice."""
    said = [
        one for one in past[-_RECENT:] if one.intent is not None and one.worked and one.intent.kind not in _NOT_AGAIN
    ]
    last = " ".join(past[-1].request.split()).casefold() if past else ""
    found: dict[str, str] = {}
    for request in (*_followers(said, state), *cold_start(state)):
        plain = " ".join(request.split())
        if plain.casefold() != last and len(plain) <= _MOST_LETTERS:
            found.setdefault(plain.casefold(), plain)
    return tuple(found.values())[:most]


def sign_of(intent: Intent) -> Sign:
    """What kind of request it is: its kind and which slots it fills, without what fills them."""
    slots = [name for name in ("layout", "theme", "light", "about", "place", "panel") if getattr(intent, name)]
    slots += [edit.verb for edit in intent.edits[:1]]
    slots += sorted(intent.wishes.model_dump(exclude_defaults=True))
    slots += sorted(name for name in intent.query.model_dump(exclude_defaults=True) if name != "limit")
    return (intent.kind, *slots)


def _followers(said: Sequence[Said], state: State) -> list[str]:
    """Requests by how often they followed the last one, or the last two, counting the newer ones a little more."""
    signs = [sign_of(one.intent) for one in said if one.intent is not None]
    weights: defaultdict[Sign, float] = defaultdict(float)
    newest: dict[Sign, str] = {}
    for at, sign in enumerate(signs):
        fresh = 1.0 + at / max(len(signs), 1)
        newest[sign] = said[at].request
        weights[sign] += _OFTEN_WEIGHT * fresh if signs.count(sign) > 1 else 0.0
        if at and len(signs) > 1 and signs[at - 1] == signs[-1] and at < len(signs):
            weights[sign] += _SINGLE_WEIGHT * fresh
        if at > 1 and len(signs) > 2 and signs[at - 2 : at] == signs[-2:]:
            weights[sign] += _PAIR_WEIGHT * fresh
    just_said = {one.request for one in said[-_JUST_SAID:]}
    for sign in [sign for sign in weights if weights[sign] < _SINGLE_WEIGHT and newest[sign] in just_said]:
        del weights[sign]
    ranked = sorted((sign for sign in weights if weights[sign] > 0.0), key=lambda sign: (-weights[sign], sign))
    return [newest[sign] for sign in ranked if _makes_sense(sign[0], state)]


def _makes_sense(kind: str, state: State) -> bool:
    """A refinement needs works on show, an act on works too."""
    if kind in ("create", "answer", "project"):
        return state.library > 0 or kind == "project"
    return state.works > 0


def cold_start(state: State) -> tuple[str, ...]:
    """What fits the state where nothing was learnt yet; each is understood without a model."""
    if state.library == 0:
        return ("help",)
    if state.works == 0:
        return ("Create a cyberpunk gallery", "A timeline of everything", "Make a contact sheet", "Describe my library")
    if state.selected == 1:
        return ("Why is this here?", "More like this", "Make this bigger", "Pin it")
    if state.proposed:
        others = [words for layout, words in _LAYOUTS if layout != state.layout]
        return ("Bigger gaps", "Fewer works", others[0], "Another take", "Make it noir")
    others = [words for layout, words in _LAYOUTS if layout != state.layout]
    return ("Start a tour", *others[:1], "Bigger gaps", "Remove duplicates", "Plan a tour")


_LAYOUTS = (
    ("timeline", "Make it a timeline"), ("gallery", "Make it a gallery"), ("cluster", "Group by colour"),
    ("grid", "Make it a grid"),
)  # fmt: skip
