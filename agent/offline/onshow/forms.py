"""The ways to say what is done to works that a clause names."""

import re
from dataclasses import dataclass

from agent.intent import EditVerb
from agent.offline.onshow.acts import (
    Act,
    Made,
    all_there_is,
    described,
    edit,
    exchanged,
    few_of,
    half_of_them,
    looked_at,
    placed_down,
    raised_by,
    shifted,
    sized,
    so_many,
    so_many_more,
    stopped_after,
    swapped,
    taken_down,
    that_wall,
    to_hero,
    to_place,
    to_room,
)
from agent.offline.onshow.naming import Row
from agent.offline.onshow.putting import centred, chosen, others_instead, put_there, put_where

_SHALL = (
    r"(?:(?:can|could|may|might|should|shall|must|would|will|has to|have to|needs? to|ought to|is to|are to|wants? to|"
    r"deserves? to|better|simply|just|please|now|also|definitely|really) )+"
)
_SHALL_PUT = r"(?:put|hang|place|move|set|have|bring|get|i want|let us have|let us put)"
_WHOLE = r"(?: (?:the |this |my |our )?(?:show|exhibition|gallery|row|wall|room|hang|whole|display|line))"
_MADE = (
    r"(?:(?: (?:can|could|may|might|should|shall|must|would|will|has to|have to|needs? to|ought to|please|also|now))+"
    r"(?: be)?(?: made)?)?"
)
_SIZE = (
    r"(?: (?:a size|1 size|one size|2 sizes|a notch|a touch|a tad|a good bit|a bit|a little|slightly|somewhat|"
    r"much|a lot|"
    r"considerably|a good deal|clearly|quite a bit|far|way))?"
)


_A_BIT = r"(?:a (?:tad|bit|little|touch|smidge|notch|hair|fraction)(?: bit)?|slightly|somewhat|some more|a little bit)"
_ALL_WORKS = (
    r"everything|all(?: of (?:it|them))?|it all|them(?: all)?|(?:all )?the (?:works|pictures|photos|images|"
    r"frames|whole (?:lot|"
    r"row|show))|the lot"
)
_WAYS: tuple[tuple[EditVerb, str], ...] = (
    ("move_left", "left"), ("move_right", "right"), ("raise", "(?:up|higher)"), ("lower", "(?:down|lower)"),
)  # fmt: skip


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
        rf"(?P<what>.+?)(?: [:,])? {_OUT}(?: (?:of )?(?:there|here|it|(?:from )?the (?:show|walls?)))?",
        r"(?:spare (?:us|me|them)|save us|take down|take out|out with|down with|off with|no longer) (?P<what>.+)",
        rf"(?P<what>.+?) (?:(?:is|are|was|were) )?{_SHALL}(?:go|leave|come (?:down|off|out)|disappear|vanish|"
        rf"be (?:gone|out))"
        r"(?: (?:away|off the walls?|from the walls?|now|again))?",
        r"(?P<what>.+?) (?:should not|ought not to|must not|is not to|has no business|does not belong|do "
        r"not belong|should never)"
        r"(?: be)? (?:there|here|in (?:it|here|there|the show|this show)|on (?:the|that|this) walls?|"
        r"hanging(?: here| there)?|"
        r"hang(?: here| there)?|shown|being (?:here|there))",
        r"(?:away|out|off|down|gone) with (?P<what>.+)",
        r"(?P<what>.+?) (?:goes|leaves|comes (?:down|off|out)|makes way|flies out)(?: (?:then|instead|for it|"
        r"for that))*",
        r"(?:without|minus|leave out|leaving out|except for|not|no|skip|omit) (?P<what>(?:the|those|all|my|our) .+)",
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
        put_there,
        rf"(?:{_SHALL_PUT}|use|take) (?P<what>.+?) (?:(?:in|at|into|to) (?:its|their|that|this|the same) (?:place|"
        rf"spot|position|stead|"
        r"slot)|there)(?: instead)?",
    ),
    *_forms(
        put_where,
        r"(?P<what>.+?) (?:should|must|could|can|may|shall|ought to|has to|wants? to)(?: (?:hang|go|be|come|move|"
        r"sit))?(?: over)? "
        r"(?:(?:there )?where|in the (?:place|spot|position) (?:of|where)|to where) (?P<other>.+?)(?: (?:is|hangs?|"
        r"was|sits|stands?|"
        r"are|goes))?(?: (?:now|right now|at the moment|today|currently))?",
        rf"{_SHALL_PUT} (?P<what>.+?) (?:(?:there )?where|in the (?:place|spot|position) (?:of|where)|at the (?:place|"
        r"spot|position) (?:of|where)|instead of where) (?P<other>.+?)(?: (?:is|hangs?|was|sits|stands?|are|goes))?"
        r"(?: (?:now|right now|at the moment|today|currently))?",
    ),
    *_forms(
        others_instead,
        rf"(?P<what>.+?) (?:{_SHALL})?(?:need|needs|want|wants|deserves?|get|gets|have|show|could use|could do with|be)"
        r"(?: to be)? (?:exchanged for |swapped for |replaced (?:with|by) )?(?:some )?(?:different|other|new|fresh|"
        r"better)(?: (?:ones?|works?|pictures?|photos?|images?|pieces?))?(?: (?:from|of|with|by) (?P<kind>.+))?",
        r"for (?P<what>.+?) (?:,)? ?(?:(?:i|we) (?:want|need|would like|would rather have)|find|get|give me|hang|"
        r"put|choose|pick|use|"
        r"show|take)(?: me| us)? (?:some )?(?:different|other|new|fresh|better)"
        r"(?: (?:ones?|works?|pictures?|photos?|images?|pieces?))?(?: (?:from|of|with|by) (?P<kind>.+))?",
        r"(?:exchange|swap|replace|change|trade|switch) (?P<what>.*(?:others?|rest|remainder|else).*?) (?:for|with|"
        r"by|against) "
        r"(?:some |other |new |different |fresh )*(?P<kind>.+?)(?: (?:ones?|works?|pictures?|photos?|images?))?",
        r"(?P<what>.+?) (?:[:,] )?(?:some )?(?:different|other|new|fresh) (?:(?P<kind>[a-z]+(?: "
        r"[a-z]+)?) )?(?:works?|pictures?|photos?|"
        r"images?|ones?)",
        r"do (?P<what>.+?) (?:again|anew|over|afresh)(?: with (?:some )?(?:other|different|new|fresh) (?:works?|"
        r"pictures?|"
        r"photos?|images?|ones?))?",
        r"(?:find|get|give me|hang|put|choose|pick|use|show)(?: me| us)? (?:some )?(?:different|other|new|fresh|better)"
        r"(?: (?:ones?|works?|pictures?|photos?|images?|pieces?))?(?: (?:from|of|with|by) (?P<kind>.+?))? (?:for|"
        r"instead of|in place of) (?P<what>.+)",
    ),
    *_forms(
        chosen,
        r"(?:select|mark|highlight|tick|pick out|click on|click) (?P<what>.+)",
    ),
    *_forms(
        centred,
        r"(?:(?:hang|put|bring|move|set|lower|raise|get|take|centre|center|mount) )?(?:(?:all )?(?:the )?(?:works|"
        r"pictures|photos|"
        r"images|frames)|"
        r"everything|it all|them all|all of (?:it|them)|them)(?: (?:should|must|has to|have to|can))?(?: (?:hang|"
        r"be|go|sit|come))?"
        r"(?: (?:up|down|lower|higher))? (?:to|at) (?P<number>\d+(?:\.\d+)?) (?P<unit>[a-z]+)"
        r"(?: (?:height|high|above (?:the )?(?:floor|ground)|from the floor|off the floor|up))*",
        r"(?:(?:hang|put|set|bring|with) )?(?:the )?(?:middles?|centres?|centers?|midlines?|mid lines?|midpoints?|"
        r"centre lines?|center lines?|eye level)(?: (?:of|for) (?:(?:the|all|all the|these|each|every) )?(?:ones?|"
        r"works?|"
        r"pictures?|photos?|images?|pieces?|frames?|it|them|everything))?(?: (?:should|must|has to|ought to|to|"
        r"can) be)?"
        r"(?: (?:at|on|to|in|up to|down to))? (?P<number>\d+(?:\.\d+)?) (?P<unit>[a-z]+)"
        r"(?: (?:height|high|above (?:the )?(?:floor|ground)|from the floor|off the floor|up))*",
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
        r"let (?P<what>.+?) (?:loose|free)(?: again)?",
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
    *_forms(edit("bigger"), rf"(?:enlarge|blow up|scale up|upsize|magnify) (?P<what>.+?)(?: {_A_BIT})?"),
    *_forms(edit("smaller"), rf"(?:shrink|scale down|downsize|minimi[sz]e) (?P<what>.+?)(?: {_A_BIT})?"),
    *_forms(edit("bigger"), rf"(?:make )?(?P<what>.+?)(?: [:,])?{_MADE}{_SIZE} (?:bigger|larger)"),
    *_forms(edit("smaller"), rf"(?:make )?(?P<what>.+?)(?: [:,])?{_MADE}{_SIZE} smaller"),
    *(
        form
        for verb, way in _WAYS
        for form in _forms(
            edit(verb),
            rf"(?:shift|move|nudge|push|slide|pull|budge|scoot|drag) (?P<what>.+?)(?: {_A_BIT})?(?: "
            rf"further)?(?: over)?"
            rf"(?: to)?(?: the)? {way}(?:wards?)?(?: {_A_BIT})?",
            rf"(?P<what>.+?) {_A_BIT}(?: further)?(?: to)?(?: the)? {way}(?:wards?)?",
        )
    ),
    *_forms(
        edit("pin"),
        r"(?P<what>.+?) (?:must|should|may|can|shall) (?:not|never) (?:be )?(?:move|moved|touched|budge|shift|shifted)"
        r"(?: any ?more| again| any longer)?",
    ),
    *_forms(
        to_hero,
        r"(?P<what>.+?) (?:(?:deserves?|gets?|needs?|takes?|in|into|on|to|for|should (?:get|have|take|be in|be)|"
        r"belongs? (?:in|at|on|"
        r"to)|goes? (?:in|to|at|into)|put in) )(?:the |a |its )?(?:place of honou?r|best (?:spot|place|wall)|"
        r"centre stage|"
        r"spotlight|prime spot|main spot|limelight|pride of place|centre of attention|hero spot|hero)",
    ),
    *_forms(
        few_of,
        r"(?:only |just )?(?P<number>\d+) of (?:the|those|these|my) (?P<what>.+?) (?:(?:are|is|will be|"
        r"would be) (?:enough|plenty|"
        r"sufficient)|(?:will|would) do|suffice|only)",
        r"(?:keep |leave )?(?:only |just )(?P<number>\d+) of (?:the|those|these|my) (?P<what>.+?)",
    ),
    *_forms(
        raised_by,
        rf"(?:(?:hang|put|move|bring|shift|set|get) )?(?:{_ALL_WORKS})(?: [:,])? "
        rf"(?P<number>\d+(?:\.\d+)?) (?P<unit>[a-z]+) "
        r"(?:further )?(?P<way>up|down|higher|lower)",
        rf"(?:raise|lift|lower|drop) (?:{_ALL_WORKS}) (?:by )?(?P<number>\d+(?:\.\d+)?) (?P<unit>[a-z]+)(?P<way>)",
        r"(?P<number>\d+(?:\.\d+)?) (?P<unit>[a-z]+) (?:further )?(?P<way>up|down|higher|lower) (?:with|for) "
        rf"(?:{_ALL_WORKS})",
    ),
    *_forms(
        to_place,
        r"(?:(?:take|bring|walk|lead|guide|get|fly|move|beam)(?: me| us)?|go|walk|return|off|straight|i want|let us go)"
        r"(?: straight| right| on| over)?(?: back)? (?:to|at) (?:the )?(?P<place>door|entrance|entry|start|"
        r"beginning|exit|end|"
        r"way in|way out)(?: of (?:the|it) ?\w*)?",
    ),
    *_forms(
        sized,
        rf"(?:make )?(?P<what>.+?)(?: [:,])?{_MADE} (?P<factor>twice|double|3 times|half)(?: (?:as (?:big|large|"
        rf"wide|high|tall|long)|the "
        r"(?:size|width|height)|(?:its|that|this) (?:size|width|height)))(?: as (?:it is|now|it is now|before))?",
    ),
    *_forms(
        to_room,
        r"(?:straight |directly |off |over |now |back )*(?:in)?to (?:the )?(?P<room>[a-z]+(?: but one)?) (?:room|hall)",
        r"(?:go|walk|start|begin|take me|bring me|lead me|walk me|guide me|fly|move|on|over|step|jump)"
        r"(?: on| over)? (?:in|into|to|inside|with|at|from) (?:the )?room(?: number| no| nr)? (?P<room>\d{1,2})",
        r"(?:go|walk|start|begin|take me|bring me|lead me|walk me|guide me|fly|move|on|step|jump)"
        r"(?: on| over)? (?:in|into|to|inside|with|at|from) (?:the |that |this )?(?P<room>[a-z ]+?) room",
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
        r"(?:over |back |on |now |straight )*to (?P<what>(?:the |that )?(?:left|right|back|front|far) wall)",
        r"(?:let me (?:have|take) a (?:closer )?look at|go (?:over )?to|stand (?:in front of|before)|"
        r"step up to) (?P<what>.+)",
    ),
    *_forms(
        described,
        r"what is (?:the (?:title|name) of )?(?P<what>.+?) (?:called|named|titled)",
        r"what is the (?:title|name) of (?P<what>.+)",
        r"what (?P<what>.+?) (?:is|was) (?:called|named|titled)",
        r"who (?:is|was|are) the (?:photographer|author|creator|maker|artist) (?:of|behind|for) (?P<what>.+)",
        r"whose (?:work|picture|photo|shot|image) (?:is|was) (?P<what>.+)",
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
        so_many_more,
        r"(?:(?:add|give me|hang|put up|bring|show|i want|i need|i could use|make it) )?(?P<number>\d+|one|another) "
        r"(?P<way>more|fewer|less|extra|additional|further)(?: (?:of (?:them|those|these|the same)|works?|"
        r"pictures?|photos?|"
        r"images?|ones?))?",
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
