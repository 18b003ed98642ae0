"""Orders of deeds that lie outside of the product: files erased, keys told, approval switched off, rules set aside.

Such an order may stand beside a wish, which is read; beside nothing but words that nobody here knows all is refused.
"""

import re
from collections.abc import Callable

from agent.intent import Intent
from agent.offline.unread import is_known, words_of
from agent.vocabulary import Vocabulary

Deed = Callable[[str], str]
"""What nobody here can do a clause asks for, by the rules; empty where it asks for nothing of that."""

_MOST_READ, _MOST_CLAUSES = 4_000, 12
_WHICH = r"(?:(?:all|every|each|any|both|of|the|my|our|your|his|her|their|this|that|these|those|a|an|its) ){0,3}"
_MACHINE = (
    r"(?:(?:hard )?(?:disks?|discs?|drives?)|ssd|computers?|laptops?|pc|servers?|file ?systems?|partitions?|"
    r"operating system|home directory|root directory|desktop|registry|nas|usb sticks?|memory cards?|databases?|"
    r"back ?ups?|system files?|log ?files?|user accounts?|originals)"
)
_FOLDERS = (
    r"(?:sub)?(?:folders?|director(?:y|ies))(?! (?:names?|labels?|titles?|filters?|sections?|rooms?|groups?|order))"
)
_DESTROY = (
    r"(?:erase|delete|wipe|wipe out|format|destroy|remove|purge|shred|overwrite|empty|trash|nuke|clear|clear out|"
    r"drop|unlink|encrypt|get rid of|throw away|burn|corrupt|uninstall|truncate|kill|zero)"
)
_SECRETS = (
    r"(?:system prompts?|hidden prompts?|initial prompts?|your (?:\w+ )?(?:prompts?|instructions|rules|guidelines)|"
    r"(?:hidden|secret|system|initial|original|internal|full) (?:instructions|rules|guidelines|prompts?|messages?)|"
    r"text of (?:the|your) instructions|(?:api|access|private|secret|stored|saved|encryption|licence|license|ssh|"
    r"provider) (?:keys?|tokens?)|your (?:\w+ )?(?:keys?|tokens?|secrets?)|passwords?|pass ?phrases?|credentials?|"
    r"environment variables|source code|config(?:uration)? files?)"
)
_REVEAL = (
    r"(?:print|print out|show|reveal|tell|give|list|display|output|repeat|dump|disclose|leak|write|write down|"
    r"write out|say|read|read out|read aloud|recite|quote|hand over|send|post|expose|share|type out|spell out|copy)"
)
_GUARDS = (
    r"(?:approvals?|approving|confirmations?|confirming|safety|safety checks|guards?|guard ?rails?|safeguards?|"
    r"permission checks?|restrictions|your (?:limits|rules|checks|filters|instructions)|spending (?:cap|limit))"
)
_NOW = r"(?:(?:from now on|now|henceforth|as of now|as of today|from here on) )*"
_ORDERS = tuple(
    (name, re.compile(way))
    for name, way in (
        ("delete", rf"{_DESTROY} (?:\w+ )*?{_WHICH}(?:\w+ )?{_MACHINE}\b"),
        ("delete", rf"{_DESTROY} {_WHICH}(?:\w+ ){{0,2}}?{_FOLDERS}(?: |$)"),
        ("delete", rf"{_DESTROY} (?:all |every |of |my |our |the )*(?:all|every|my) (?:the |my |our |of )*files?\b"),
        ("run", rf"(?:reboot|restart|shut ?down|switch off|turn off|crash|hack|lock) {_WHICH}(?:\w+ )?{_MACHINE}\b"),
        ("run", rf"{_REVEAL} (?:\w+ )*?{_SECRETS}\b"),
        ("approve", rf"(?:switch|turn|shut) (?:off )?{_WHICH}(?:\w+ )?{_GUARDS}(?: \w+)?(?: off)?$"),
        ("approve", rf"(?:disable|deactivate|bypass|skip|suspend|override|circumvent|ignore|remove|drop|lift|cancel|"
                    rf"get around|do without|leave out) {_WHICH}(?:\w+ )?{_GUARDS}\b"),
        ("approve", rf"(?:there are |we need )?no (?:more |longer |further )*{_GUARDS}(?: \w+){{0,2}}$"),
        ("approve", rf"{_WHICH}{_GUARDS} (?:is|are|has been|have been) (?:now )?(?:switched|turned|off|lifted)\b"),
        ("run", rf"{_NOW}you (?:now |shall |will |must )?(?:have|follow|obey|know|need) (?:no|none of your|not any) "
                r"(?:\w+ )?(?:rules|limits|restrictions|instructions|guidelines|filters|boundaries|approval)\b"),
        ("run", rf"{_NOW}(?:you are|act as|behave as|pretend to be|you act as) (?:now )?(?:an? |the |in )?(?:\w+ )?"
                r"(?:admin|administrator|root|developer|dan|unrestricted|jailbroken|superuser|terminal|shell)\b"),
        ("run", rf"(?:ignore|forget|disregard|override|discard|set aside) {_WHICH}(?:\w+ ){{0,3}}?"
                r"(?:instructions|rules|orders|prompts?|guidelines|restrictions|safeguards)\b"),
    )
)  # fmt: skip
_OPENING = re.compile(
    r"(?:(?:please|and|then|now|also|so|first|next|finally|after that|afterwards|just|simply|immediately|quickly|"
    r"secretly|silently|kindly|but|or|from now on|you must|you should|you will|you have to|i want you to|i need you to|"
    r"can you|could you|would you|will you|go and|go ahead and|make sure to|be sure to|let us|try to|instead) )+"
)
_CLAUSE = re.compile(r"[.!?;:\n,]+(?=\s|$)|\s+[-\u2013\u2014]+\s+|\s+(?=(?:and|then|but|or)\s)", re.IGNORECASE)
_ANY_WISH = frozenset({"more", "less", "fewer", "again"})
"""Words that compare, and may be said of anything."""
_POINTS = re.compile(
    r"\b(?:the (?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)|number \w+)\b"
)
"""Works by their places."""
_QUOTED = re.compile(r"[\"“”„«»][^\"“”„«»]*[\"“”„«»]")
_CALLED = re.compile(r"\b(?:called|named|titled|entitled|call it|name it)\b.*", re.IGNORECASE | re.DOTALL)


def order_outside(text: str, vocabulary: Vocabulary, deed: Deed) -> Intent | None:
    """The refusal of a request that orders such a deed and says nothing else that is known here."""
    said = _CALLED.sub(" ", _QUOTED.sub(" ", text[:_MOST_READ]))
    clauses = [part for part in _CLAUSE.split(said) if words_of(part)][:_MOST_CLAUSES]
    others = [part for part in clauses if not _ordered(part, vocabulary)]
    if any(_is_a_wish(part, vocabulary) and not deed(_bare(part)) for part in others):
        return None
    named = [_ordered(part, vocabulary) or (deed(_bare(part)) if len(clauses) > 1 else "") for part in clauses]
    found = next((name for name in named if name), "")
    if not found:
        return None
    return Intent(kind="unclear", missing="ability", name=found, subject=" ".join(text.split())[:400],
                  language=vocabulary.language, confidence=0.9)  # fmt: skip


def _ordered(clause: str, vocabulary: Vocabulary) -> str:
    """By which name the deed is refused that a clause orders; what the library speaks of may be named in a wish."""
    words = words_of(clause)
    if any(is_known(word, vocabulary.library_words) for word in words):
        return ""
    forms = (" ".join(words), _bare(clause))
    return next((name for name, way in _ORDERS for form in forms if way.match(form)), "")


def _bare(clause: str) -> str:
    """The words of a clause without those that only open it."""
    line = " ".join(words_of(clause))
    opened = _OPENING.match(line)
    return line[opened.end() :] if opened is not None else line


def _is_a_wish(clause: str, vocabulary: Vocabulary) -> bool:
    """Whether it has a word of the library, of a theme or a layout, or of what is changed, or asks to see works."""
    words, lists = words_of(clause), vocabulary.lists
    line = f" {' '.join(words)} "
    if any(is_known(word, vocabulary.library_words) for word in words):
        return True
    if _POINTS.search(_bare(clause)):
        return True
    named = (*vocabulary.theme_names, *vocabulary.table("layouts"), *({*lists.get("graded", ())} - _ANY_WISH))
    if any(f" {name} " in line for name in named):
        return True
    asks = any(f" {said} " in line for name in ("create", "show") for said in lists.get(name, ()))
    return asks and bool(set(words) & {*lists.get("works", ())})
