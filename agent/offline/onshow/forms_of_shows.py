"""The ways to say how many shall hang, how high, where one goes, and what is asked of a work."""

from agent.offline.onshow.acts import (
    all_there_is,
    described,
    edit,
    few_of,
    half_of_them,
    looked_at,
    raised_by,
    sized,
    so_many,
    so_many_more,
    that_wall,
    to_hero,
    to_place,
    to_room,
)
from agent.offline.onshow.form import ALL_WORKS, MADE, Form, forms

FORMS_OF_SHOWS: tuple[Form, ...] = (
    *forms(
        edit("pin"),
        r"(?P<what>.+?) (?:must|should|may|can|shall) (?:not|never) (?:be )?(?:move|moved|touched|budge|shift|shifted)"
        r"(?: any ?more| again| any longer)?",
    ),
    *forms(
        to_hero,
        r"(?P<what>.+?) (?:(?:deserves?|gets?|needs?|takes?|in|into|on|to|for|should (?:get|have|take|be in|be)|"
        r"belongs? (?:in|at|on|"
        r"to)|goes? (?:in|to|at|into)|put in) )(?:the |a |its )?(?:place of honou?r|best (?:spot|place|wall)|"
        r"centre stage|"
        r"spotlight|prime spot|main spot|limelight|pride of place|centre of attention|hero spot|hero)",
    ),
    *forms(
        few_of,
        r"(?:only |just )?(?P<number>\d+) of (?:the|those|these|my) (?P<what>.+?) (?:(?:are|is|will be|"
        r"would be) (?:enough|plenty|"
        r"sufficient)|(?:will|would) do|suffice|only)",
        r"(?:keep |leave )?(?:only |just )(?P<number>\d+) of (?:the|those|these|my) (?P<what>.+?)",
    ),
    *forms(
        raised_by,
        rf"(?:(?:hang|put|move|bring|shift|set|get) )?(?:{ALL_WORKS})(?: [:,])? "
        rf"(?P<number>\d+(?:\.\d+)?) (?P<unit>[a-z]+) "
        r"(?:further )?(?P<way>up|down|higher|lower)",
        rf"(?:raise|lift|lower|drop) (?:{ALL_WORKS}) (?:by )?(?P<number>\d+(?:\.\d+)?) (?P<unit>[a-z]+)(?P<way>)",
        r"(?P<number>\d+(?:\.\d+)?) (?P<unit>[a-z]+) (?:further )?(?P<way>up|down|higher|lower) (?:with|for) "
        rf"(?:{ALL_WORKS})",
    ),
    *forms(
        to_place,
        r"(?:(?:take|bring|walk|lead|guide|get|fly|move|beam)(?: me| us)?|go|walk|return|off|straight|i want|let us go)"
        r"(?: straight| right| on| over)?(?: back)? (?:to|at) (?:the )?(?P<place>door|entrance|entry|start|"
        r"beginning|exit|end|"
        r"way in|way out)(?: of (?:the|it) ?\w*)?",
    ),
    *forms(
        sized,
        rf"(?:make )?(?P<what>.+?)(?: [:,])?{MADE} (?P<factor>twice|double|3 times|half)(?: (?:as (?:big|large|"
        rf"wide|high|tall|long)|the "
        r"(?:size|width|height)|(?:its|that|this) (?:size|width|height)))(?: as (?:it is|now|it is now|before))?",
    ),
    *forms(
        to_room,
        r"(?:straight |directly |off |over |now |back )*(?:in)?to (?:the )?(?P<room>[a-z]+(?: but one)?) (?:room|hall)",
        r"(?:go|walk|start|begin|take me|bring me|lead me|walk me|guide me|fly|move|on|over|step|jump)"
        r"(?: on| over)? (?:in|into|to|inside|with|at|from) (?:the )?room(?: number| no| nr)? (?P<room>\d{1,2})",
        r"(?:go|walk|start|begin|take me|bring me|lead me|walk me|guide me|fly|move|on|step|jump)"
        r"(?: on| over)? (?:in|into|to|inside|with|at|from) (?:the |that |this )?(?P<room>[a-z ]+?) room",
        r"(?:walk|take|bring|lead|guide|step|go)(?: me| us)? into (?:the )?(?P<room>[a-z]+(?: but one)?)(?: one)?",
    ),
    *forms(
        that_wall,
        r"(?:let me (?:have a look|look|see|take a look)|look|show me|go|take me|walk me|bring me|i want to see|"
        r"have a look)"
        r"(?: at| to| towards?| over to)? (?:that|the same|this) wall",
    ),
    *forms(
        looked_at,
        r"(?:take|bring|walk|lead|fly|guide|move|beam) (?:me|us)(?: over| back| straight)? (?:to|before|"
        r"in front of) (?P<what>.+)",
        r"(?P<what>.+?) ,? ?(?:close up|up close|from close by|in close up|from near ?by|from up close)",
        r"(?:over |back |on |now |straight )*to (?P<what>(?:the |that )?(?:left|right|back|front|far) wall)",
        r"(?:let me (?:have|take) a (?:closer )?look at|go (?:over )?to|stand (?:in front of|before)|"
        r"step up to) (?P<what>.+)",
    ),
    *forms(
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
    *forms(
        so_many,
        r"(?:i|we|they) (?:need|want|would like|only need|only want|just need|have room for|have space for) "
        r"(?:exactly |just |only )?(?P<number>\d+)(?: of (?:them|these|those))?(?: in all| altogether| in total)?",
        r"(?P<number>\d+)(?: of (?:them|these|those))? (?:will|would|should) (?:do|suffice|be (?:enough|plenty|fine))",
        r"(?P<number>\d+)(?: of (?:them|these|those))? (?:is|are) (?:enough|plenty|sufficient)",
    ),
    *forms(
        so_many_more,
        r"(?:(?:add|give me|hang|put up|bring|show|i want|i need|i could use|make it) )?(?P<number>\d+|one|another) "
        r"(?P<way>more|fewer|less|extra|additional|further)(?: (?:of (?:them|those|these|the same)|works?|"
        r"pictures?|photos?|"
        r"images?|ones?))?",
    ),
    *forms(
        half_of_them,
        r"half (?:of )?(?:that|them|it|those|these|as many)"
        r"(?P<enough> (?:will|would|should) (?:do|suffice|be (?:enough|plenty)))?",
        r"half (?:of )?(?:that|them|it|those|these)(?P<enough> (?:is|are) (?:enough|plenty|sufficient))",
    ),
    *forms(
        all_there_is,
        r"(?:add|hang|put up|bring in|include|show)(?: also| in)? (?:all |everything of )?(?:the )?"
        r"(?:rest|remainder|remaining pictures|other pictures|others|other ones) (?:of|from) (?P<kind>.+?)"
        r"(?: as(?: well)?| too| also)?",
    ),
)  # fmt: skip
