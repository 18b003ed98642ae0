"""The ways to say what is done to works that a clause names."""

import re
from dataclasses import dataclass

from agent.offline.onshow.acts import (
    Act,
    Made,
    all_there_is,
    described,
    edit,
    exchanged,
    half_of_them,
    looked_at,
    placed_down,
    shifted,
    so_many,
    stopped_after,
    swapped,
    taken_down,
    that_wall,
    to_room,
)
from agent.offline.onshow.naming import Row

_SHALL = (
    r"(?:(?:can|could|may|might|should|shall|must|would|will|has to|have to|needs? to|ought to|is to|are to|wants? to|"
    r"deserves? to|better|simply|just|please|now|also|definitely|really) )+"
)
_WHOLE = r"(?: (?:the |this |my |our )?(?:show|exhibition|gallery|row|wall|room|hang|whole|display|line))"
_SIZE = r"(?: (?:a bit|a little|slightly|somewhat|much|a lot|considerably|a good deal|clearly|quite a bit|far|way))?"


@dataclass(frozen=True)
class Form:
    """One way to say one act; it takes a whole clause."""

    pattern: re.Pattern[str]
    act: Act


def _forms(act: Act, *patterns: str) -> tuple[Form, ...]:
    return tuple(Form(re.compile(pattern), act) for pattern in patterns)


_OUT = (
    r"(?:out|off|away|down|gone|take down|taken down|take (?:it|them) (?:down|out|away|off)|remove|remove (?:it|them))"
)
_FOUND = r"(?:(?:find|get|give me|hang|put|take|choose|pick|use|show|bring|look for|fetch|i want|i need)(?: me| us)? )?"
FORMS: tuple[Form, ...] = (
    *_forms(
        taken_down,
        r"(?:apart from|except(?: for)?|other than|save for) (?P<what>.+?) (?:, )?(?:everything|all|the rest|"
        r"all of (?:it|them)) "
        r"(?:may|can|should|could|is to|shall) (?:stay|remain|keep hanging)",
        rf"(?P<what>.+?)(?: [:,])? {_OUT}(?: of (?:there|here|it|the show))?",
        r"(?:spare (?:us|me|them)|save us|take down|take out|out with|down with|off with|no longer) (?P<what>.+)",
        rf"(?P<what>.+?) (?:(?:is|are|was|were) )?{_SHALL}(?:go|leave|come (?:down|off|out)|disappear|vanish|"
        rf"be (?:gone|out))"
        r"(?: (?:away|off the walls?|from the walls?|now|again))?",
        r"(?P<what>.+?) (?:is|are) (?:surplus|superfluous|too much|too many|not needed|unnecessary|redundant|"
        r"one too many)",
    ),
    *_forms(
        placed_down,
        r"(?:remove|delete|drop|take (?:away|off|down|out)|get rid of|lose|throw out|leave out|bin|scrap) (?P<what>.+)",
        r"(?:take|throw|get|put|kick) (?P<what>.+?) (?:away|off|down|out)(?: (?:the|of the|from the) (?:show|walls?))?",
    ),
    *_forms(
        stopped_after,
        r"(?:i|we) would (?:just )?(?:stop|end|finish|cut (?:it )?(?:off)?|break off) (?:after|behind|with|"
        r"at) (?P<what>.+)",
        r"(?:stop|end it|cut it off|break off) (?:right |just )?(?:after|behind) (?P<what>.+)",
        r"(?:stop|end) (?:it |the row |the show |the line )?(?:after|behind) (?P<what>.+)",
    ),
    *_forms(
        swapped,
        rf"(?P<what>.+?) (?:{_SHALL})?(?:swap|switch|trade|change|exchange)(?: (?:places|spots|positions))? "
        r"with (?P<other>.+)",
        r"(?:swap|switch|exchange|trade|change)(?: places between)? (?P<what>.+?) (?:with|for|against|"
        r"and) (?P<other>.+?)"
        r"(?: (?:around|over|round))?",
        r"(?:swap|switch|exchange|trade|change|replace) (?P<what>.+?)(?: (?:around|over|round))?",
        rf"(?P<what>.+?)(?: [:,])? (?:{_SHALL})?(?:swap|switch|trade|change|exchange)(?: (?:places|spots|positions|"
        rf"over))?",
        rf"(?P<what>.+?) (?:with|and) (?P<other>.+?)(?: [:,])? (?:{_SHALL})?(?:swap|switch|trade|change|exchange)"
        r"(?: (?:places|spots|positions))?",
    ),
    *_forms(
        exchanged,
        rf"{_FOUND}(?:another|a different|some other|a new|a better|a fresh)(?: (?P<kind>[^ ]+(?: [^ ]+)??))?"
        r"(?: (?:one|picture|photo|work|image))? (?:for|in|at|on|to) (?:that|this|the same|its|the) "
        r"(?:spot|place|position|slot|stead|gap|nail|hook)",
        rf"{_FOUND}(?:another|a different|some other)(?: (?P<kind>[^ ]+))? (?:one|picture|photo|work|image) "
        r"(?:there|instead|for it|in its place|in its stead|in place of it)",
    ),
    *_forms(
        edit("unpin"),
        r"(?:you (?:can|may|could) )?(?:let (?:go of|loose|free)|release|loosen|unfasten|free|set free) (?P<what>.+)",
        rf"(?P<what>.+?) (?:{_SHALL})?(?:be (?:free|loose|moved|movable)|move|hang free) again",
        r"(?P<what>.+?) (?:neednt|does not need to|need not|do not need to|no longer needs? to|does not have to) "
        r"(?:be (?:fixed|pinned|locked|nailed down|held)|stay (?:put|fixed|there))(?: any ?more| any longer)?",
    ),
    *_forms(
        edit("bigger"),
        rf"(?P<what>.+?) {_SHALL}(?:dominates?|stand out|be the (?:star|hero|focus|centrepiece|eyecatcher|highlight|"
        rf"main one)|"
        r"steal the show|catch the eye|shine|rule the wall)(?: (?:the|this) (?:room|wall|show|others|rest))?",
    ),
    *_forms(
        shifted,
        r"(?P<what>.+?) (?:hangs|is|sits|hang|are) (?:(?:much|a bit|a little|far|way) )?too (?:low|high|far (?:left|"
        r"right))"
        r"(?: ,)? (?:so |please )?(?P<number>\d+(?:\.\d+)?) (?P<unit>[a-z]+) (?:further )?(?:to the )?"
        r"(?P<way>up|down|higher|lower|left|right)(?: with (?:it|them))?",
    ),
    *_forms(edit("bigger"), rf"(?:make )?(?P<what>.+?)(?: [:,])?{_SIZE} (?:bigger|larger)"),
    *_forms(edit("smaller"), rf"(?:make )?(?P<what>.+?)(?: [:,])?{_SIZE} smaller"),
    *_forms(
        to_room,
        r"(?:go|walk|start|begin|take me|bring me|lead me|walk me|guide me|fly|move|on|over|step|jump)"
        r"(?: on| over)? (?:in|into|to|inside|with|at|from) (?:the )?room(?: number| no| nr)? (?P<room>\d{1,2})",
        r"(?:go|walk|start|begin|take me|bring me|lead me|walk me|guide me|fly|move|on|step|jump)"
        r"(?: on| over)? (?:in|into|to|inside|with|at|from) (?:the )?(?P<room>[a-z ]+?) room",
        r"(?:walk|take|bring|lead|guide|step|go)(?: me| us)? into (?:the )?(?P<room>[a-z]+(?: but one)?)(?: one)?",
    ),
    *_forms(
        that_wall,
        r"(?:let me (?:have a look|look|see|take a look)|look|show me|go|take me|walk me|bring me|i want to see|"
        r"have a look)"
        r"(?: at| to| towards?| over to)? (?:that|the same|this) wall",
    ),
    *_forms(
        looked_at,
        r"(?:take|bring|walk|lead|fly|guide|move|beam) (?:me|us)(?: over| back| straight)? (?:to|before|"
        r"in front of) (?P<what>.+)",
        r"(?P<what>.+?) ,? ?(?:close up|up close|from close by|in close up|from near ?by|from up close)",
        r"(?:let me (?:have|take) a (?:closer )?look at|go (?:over )?to|stand (?:in front of|before)|"
        r"step up to) (?P<what>.+)",
    ),
    *_forms(
        described,
        r"what is (?:the (?:title|name) of )?(?P<what>.+?) (?:called|named|titled)",
        r"what is the (?:title|name) of (?P<what>.+)",
        r"(?:who|when) (?:took|shot|made|photographed|was|were|did) (?P<what>.+?)(?: (?:taken|shot|made|"
        r"photographed))?",
        r"what (?:is|was|does) (?P<what>.+?) (?:show|from|of|about)",
    ),
    *_forms(
        so_many,
        r"(?:i|we|they) (?:need|want|would like|only need|only want|just need|have room for|have space for) "
        r"(?:exactly |just |only )?(?P<number>\d+)(?: of (?:them|these|those))?(?: in all| altogether| in total)?",
        r"(?P<number>\d+)(?: of (?:them|these|those))? (?:will|would|should) (?:do|suffice|be (?:enough|plenty|fine))",
        r"(?P<number>\d+)(?: of (?:them|these|those))? (?:is|are) (?:enough|plenty|sufficient)",
    ),
    *_forms(
        half_of_them,
        r"half (?:of )?(?:that|them|it|those|these|as many)"
        r"(?P<enough> (?:will|would|should) (?:do|suffice|be (?:enough|plenty)))?",
        r"half (?:of )?(?:that|them|it|those|these)(?P<enough> (?:is|are) (?:enough|plenty|sufficient))",
    ),
    *_forms(
        all_there_is,
        r"(?:add|hang|put up|bring in|include|show)(?: also| in)? (?:all |everything of )?(?:the )?"
        r"(?:rest|remainder|remaining pictures|other pictures|others|other ones) (?:of|from) (?P<kind>.+?)"
        r"(?: as(?: well)?| too| also)?",
    ),
)  # fmt: skip


def done_by(clause: str, row: Row) -> Made | None:
    """What a clause does to works that it names, every word of it read; None for any other clause."""
    for form, words in ((form, words) for words in (clause, clause.removesuffix(" again")) for form in FORMS):
        found = form.pattern.fullmatch(words)
        if found is None:
            continue
        said = {name: value for name, value in found.groupdict().items() if value}
        made = form.act(said, row)
        if made is not None:
            return made
    return None
