"""One way to say one act over a show, and the phrases that many ways have in common."""

import re
from dataclasses import dataclass

from agent.intent import EditVerb
from agent.offline.onshow.acts import Act

SHALL = (
    r"(?:(?:can|could|may|might|should|shall|must|would|will|has to|have to|needs? to|ought to|is to|are to|wants? to|"
    r"deserves? to|better|simply|just|please|now|also|definitely|really) )+"
)
SHALL_PUT = r"(?:put|hang|place|move|set|have|bring|get|i want|let us have|let us put)"
MADE = (
    r"(?:(?: (?:can|could|may|might|should|shall|must|would|will|has to|have to|needs? to|ought to|please|also|now))+"
    r"(?: be)?(?: made)?)?"
)
SIZE = (
    r"(?: (?:a size|1 size|one size|2 sizes|a notch|a touch|a tad|a good bit|a bit|a little|slightly|somewhat|"
    r"much|a lot|"
    r"considerably|a good deal|clearly|quite a bit|far|way))?"
)


A_BIT = r"(?:a (?:tad|bit|little|touch|smidge|notch|hair|fraction)(?: bit)?|slightly|somewhat|some more|a little bit)"
ALL_WORKS = (
    r"everything|all(?: of (?:it|them))?|it all|them(?: all)?|(?:all )?the (?:works|pictures|photos|images|"
    r"frames|whole (?:lot|"
    r"row|show))|the lot"
)
WAYS: tuple[tuple[EditVerb, str], ...] = (
    ("move_left", "left"), ("move_right", "right"), ("raise", "(?:up|higher)"), ("lower", "(?:down|lower)"),
)  # fmt: skip


@dataclass(frozen=True)
class Form:
    """One way to say one act; it takes a whole clause."""

    pattern: re.Pattern[str]
    act: Act


def forms(act: Act, *patterns: str) -> tuple[Form, ...]:
    """Several ways to say one act."""
    return tuple(Form(re.compile(pattern), act) for pattern in patterns)


OUT = (
    r"(?:out|off|away|down|gone|take down|taken down|take (?:it|them) (?:down|out|away|off)|remove|remove (?:it|them))"
)
FOUND = r"(?:(?:find|get|give me|hang|put|take|choose|pick|use|show|bring|look for|fetch|i want|i need)(?: me| us)? )?"
