"""The ways to say what is done to works that a clause names."""

from agent.offline.onshow.acts import edit, exchanged, placed_down, shifted, stopped_after, swapped, taken_down
from agent.offline.onshow.form import A_BIT, FOUND, MADE, OUT, SHALL, SHALL_PUT, SIZE, WAYS, Form, forms
from agent.offline.onshow.putting import centred, chosen, hung_beside, others_instead, put_there, put_where

FORMS_OF_WORKS: tuple[Form, ...] = (
    *forms(
        taken_down,
        r"(?:apart from|except(?: for)?|other than|save for) (?P<what>.+?) (?:, )?(?:everything|all|the rest|"
        r"all of (?:it|them)) "
        r"(?:may|can|should|could|is to|shall) (?:stay|remain|keep hanging)",
        rf"(?P<what>.+?)(?: [:,])? {OUT}(?: (?:of )?(?:there|here|it|(?:from )?the (?:show|walls?)))?",
        r"(?:spare (?:us|me|them)|save us|take down|take out|out with|down with|off with|no longer) (?P<what>.+)",
        rf"(?P<what>.+?) (?:(?:is|are|was|were) )?{SHALL}(?:go|leave|come (?:down|off|out)|disappear|vanish|"
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
        r"(?:without|minus|leave out|leaving out|except for|skip|omit) (?P<what>(?:the|those|all|my|our) [^,;.]+)",
        r"(?P<what>.+?) (?:is|are) (?:surplus|superfluous|too much|too many|not needed|unnecessary|redundant|"
        r"one too many)",
    ),
    *forms(
        placed_down,
        r"(?:remove|delete|drop|take (?:away|off|down|out)|get rid of|lose|throw out|leave out|bin|scrap) (?P<what>.+)",
        r"(?:take|throw|get|put|kick) (?P<what>.+?) (?:away|off|down|out)(?: (?:the|of the|from the) (?:show|walls?))?",
    ),
    *forms(
        stopped_after,
        r"(?:i|we) would (?:just )?(?:stop|end|finish|cut (?:it )?(?:off)?|break off) (?:after|behind|with|"
        r"at) (?P<what>.+)",
        r"(?:stop|end it|cut it off|break off) (?:right |just )?(?:after|behind) (?P<what>.+)",
        r"(?:stop|end) (?:it |the row |the show |the line )?(?:after|behind) (?P<what>.+)",
    ),
    *forms(
        swapped,
        rf"(?P<what>.+?) (?:{SHALL})?(?:swap|switch|trade|change|exchange)(?: (?:places|spots|positions))? "
        r"with (?P<other>.+)",
        r"(?:swap|switch|exchange|trade|change)(?: places between)? (?P<what>.+?) (?:with|for|against|"
        r"and) (?P<other>.+?)"
        r"(?: (?:around|over|round))?",
        r"(?:swap|switch|exchange|trade|change|replace) (?P<what>.+?)(?: (?:around|over|round))?",
        rf"(?P<what>.+?)(?: [:,])? (?:{SHALL})?(?:swap|switch|trade|change|exchange)(?: (?:places|spots|positions|"
        rf"over))?",
        rf"(?P<what>.+?) (?:with|and) (?P<other>.+?)(?: [:,])? (?:{SHALL})?(?:swap|switch|trade|change|exchange)"
        r"(?: (?:places|spots|positions))?",
    ),
    *forms(
        hung_beside,
        r"(?:(?:i (?:need|want|would like)|put|hang|move|place|have|bring) )?(?P<what>.+?) (?:(?:should|must|"
        r"has to|can) )?"
        r"(?:(?:be|hang|go|come|belongs?) )?(?:right |directly |just |immediately )?(?:beside|next to|"
        r"alongside) (?P<other>.+)",
    ),
    *forms(
        put_there,
        rf"(?:{SHALL_PUT}|use|take) (?P<what>.+?) (?:(?:in|at|into|to) (?:its|their|that|this|the same) (?:place|"
        rf"spot|position|stead|"
        r"slot)|there)(?: instead)?",
    ),
    *forms(
        put_where,
        r"(?P<what>.+?) (?:should|must|could|can|may|shall|ought to|has to|wants? to)(?: (?:hang|go|be|come|move|"
        r"sit))?(?: over)? "
        r"(?:(?:there )?where|in the (?:place|spot|position) (?:of|where)|to where) (?P<other>.+?)(?: (?:is|hangs?|"
        r"was|sits|stands?|"
        r"are|goes))?(?: (?:now|right now|at the moment|today|currently))?",
        rf"{SHALL_PUT} (?P<what>.+?) (?:(?:there )?where|in the (?:place|spot|position) (?:of|where)|at the (?:place|"
        r"spot|position) (?:of|where)|instead of where) (?P<other>.+?)(?: (?:is|hangs?|was|sits|stands?|are|goes))?"
        r"(?: (?:now|right now|at the moment|today|currently))?",
    ),
    *forms(
        others_instead,
        rf"(?P<what>.+?) (?:{SHALL})?(?:need|needs|want|wants|deserves?|get|gets|have|show|could use|could do with|be)"
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
    *forms(
        chosen,
        r"(?:select|mark|highlight|tick|pick out|click on|click) (?P<what>.+)",
    ),
    *forms(
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
    *forms(
        exchanged,
        rf"{FOUND}(?:another|a different|some other|a new|a better|a fresh)(?: (?P<kind>[^ ]+(?: [^ ]+)??))?"
        r"(?: (?:one|picture|photo|work|image))? (?:for|in|at|on|to) (?:that|this|the same|its|the) "
        r"(?:spot|place|position|slot|stead|gap|nail|hook)",
        rf"{FOUND}(?:another|a different|some other)(?: (?P<kind>[^ ]+))? (?:one|picture|photo|work|image) "
        r"(?:there|instead|for it|in its place|in its stead|in place of it)",
    ),
    *forms(
        edit("unpin"),
        r"let (?P<what>.+?) (?:loose|free)(?: again)?",
        r"(?:you (?:can|may|could) )?(?:let (?:go of|loose|free)|release|loosen|unfasten|free|set free) (?P<what>.+)",
        rf"(?P<what>.+?) (?:{SHALL})?(?:be (?:free|loose|moved|movable)|move|hang free) again",
        r"(?P<what>.+?) (?:neednt|does not need to|need not|do not need to|no longer needs? to|does not have to) "
        r"(?:be (?:fixed|pinned|locked|nailed down|held)|stay (?:put|fixed|there))(?: any ?more| any longer)?",
    ),
    *forms(
        edit("bigger"),
        rf"(?P<what>.+?) {SHALL}(?:dominates?|stand out|be the (?:star|hero|focus|centrepiece|eyecatcher|highlight|"
        rf"main one)|"
        r"steal the show|catch the eye|shine|rule the wall)(?: (?:the|this) (?:room|wall|show|others|rest))?",
    ),
    *forms(
        shifted,
        r"(?P<what>.+?) (?:hangs|is|sits|hang|are) (?:(?:much|a bit|a little|far|way) )?too (?:low|high|far (?:left|"
        r"right))"
        r"(?: ,)? (?:so |please )?(?P<number>\d+(?:\.\d+)?) (?P<unit>[a-z]+) (?:further )?(?:to the )?"
        r"(?P<way>up|down|higher|lower|left|right)(?: with (?:it|them))?",
    ),
    *forms(edit("bigger"), rf"(?:enlarge|blow up|scale up|upsize|magnify) (?P<what>.+?)(?: {A_BIT})?"),
    *forms(edit("smaller"), rf"(?:shrink|scale down|downsize|minimi[sz]e) (?P<what>.+?)(?: {A_BIT})?"),
    *forms(edit("bigger"), rf"(?:make )?(?P<what>.+?)(?: [:,])?{MADE}{SIZE} (?:bigger|larger)"),
    *forms(edit("smaller"), rf"(?:make )?(?P<what>.+?)(?: [:,])?{MADE}{SIZE} smaller"),
    *(
        form
        for verb, way in WAYS
        for form in forms(
            edit(verb),
            rf"(?:shift|move|nudge|push|slide|pull|budge|scoot|drag) (?P<what>.+?)(?: {A_BIT})?(?: "
            rf"further)?(?: over)?"
            rf"(?: to)?(?: the)? {way}(?:wards?)?(?: {A_BIT})?",
            rf"(?P<what>.+?) {A_BIT}(?: further)?(?: to)?(?: the)? {way}(?:wards?)?",
        )
    ),
)  # fmt: skip
