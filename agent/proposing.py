"""The end of a turn: a proposal with its title and receipt, or an answer, from what lies on the desk."""

from dataclasses import replace

from agent.checking.draft import change_between
from agent.desk import Desk
from agent.figures import change_in_words, figures
from agent.intent import Intent
from agent.learning.applying import preferred_in, receipt_notes
from agent.phrases import ENGLISH, Phrases, phrases
from agent.refining import base_query
from scene.layouts.contract import Wishes
from scene.layouts.sequence import meaningless
from scene.proposal import Proposal, Receipt
from scene.records import ThemeChoice
from scene.scene import Scene

_MOST_NAMED = 6
_EVERYTHING = 10_000


def proposal_of(desk: Desk) -> Proposal | None:
    """The staged change of this turn; None when nothing would change."""
    change = change_between(desk.context.scene, desk.scene)
    if change.is_empty:
        return None
    receipt = Receipt(
        summary=title_of(desk),
        notes=tuple(
            dict.fromkeys((*_figures(desk), *_preferred(desk), *desk.notes, *_left_out(desk.unplaced, desk.tell)))
        ),
        unmet=tuple(dict.fromkeys(desk.unmet)),
        unplaced=tuple(f"{title}: {why}" for title, why in desk.unplaced),
    )
    turn_id = desk.context.turn_id
    return Proposal(
        id=f"proposal-{turn_id}" if turn_id else "proposal",
        turn_id=turn_id,
        title=title_of(desk),
        change=change,
        base=desk.context.scene,
        receipt=receipt,
        request=desk.request,
    )


def title_of(desk: Desk) -> str:
    """What is proposed by its name: "Cyberpunk gallery, 24 works: less purple"; for edits, what was done."""
    intent, works = desk.intent, desk.tell.works(len(desk.scene.placements))
    if intent.kind == "create":
        return f"{_made(intent, desk)}, {works}"
    if desk.title:
        return desk.title
    change = change_in_words(intent.model_copy(update={"wishes": _met(intent.wishes, desk.scene)}))
    return f"{_on_show(desk)}, {works}{f': {change}' if change else ''}"[:200]


def _met(wishes: Wishes, scene: Scene) -> Wishes:
    """The wishes without those that mean nothing to the layout, and without rooms that were not built so many."""
    layout = scene.arrangement.layout if scene.arrangement else ""
    unmet = [*meaningless(wishes, layout), *(["rooms"] if wishes.rooms not in (None, len(scene.rooms)) else [])]
    return wishes.model_copy(update=dict.fromkeys(unmet))


def _made(intent: Intent, desk: Desk) -> str:
    named = intent.query.colours
    tell = desk.tell
    colours = tell.listed(tell.word("colour", name) for name in named)
    plain = intent.subject or (tell.say("title.coloured", colours=colours) if named else "")
    picked = (
        tell.say("title.the", what=tell.word("extreme", intent.pick))
        if intent.pick not in ("", "random") and not plain
        else ""
    )
    everything = tell.say("title.everything") if intent.query.limit >= _EVERYTHING and not plain else ""
    theme = intent.theme or ""
    return _named(desk, theme, intent.layout or "gallery", plain or picked or everything, _by(intent.wishes, tell))


def _on_show(desk: Desk) -> str:
    """The name of what hangs after a refinement: its theme, its layout and what it was searched by."""
    arrangement = desk.scene.arrangement
    layout = arrangement.layout if arrangement else "hanging"
    theme = desk.scene.theme.theme
    default = theme == ThemeChoice().theme and desk.intent.theme is None
    subject = base_query(replace(desk.context, scene=desk.scene)).words
    return _named(desk, "" if default else theme, layout, subject)


def _named(desk: Desk, theme_id: str, layout: str, subject: str, by: str = "") -> str:
    theme = desk.themes.get(theme_id)
    subject = subject if len(subject) <= 40 else subject[:39].rstrip() + "…"
    words = desk.vocabulary.theme(theme_id)
    same = {
        "",
        theme_id.replace("_", " "),
        *((theme.name.casefold(),) if theme else ()),
        *((words.subject,) if words else ()),
    }
    tell, kind = desk.tell, desk.tell.word("layout", layout)
    what = tell.say("title.theme", theme=theme.name, layout=kind) if theme is not None else kind[:1].upper() + kind[1:]
    title = f"{tell.say('title.of', what=what, subject=subject) if subject.casefold() not in same else what}{by}"
    return title[:1].upper() + title[1:]


def _by(wishes: Wishes, tell: Phrases) -> str:
    return f" {tell.say('wish.by', column=tell.word('column', wishes.group_by))}" if wishes.group_by else ""


def receipt_in_words(proposal: Proposal, language: str = ENGLISH) -> str:
    """The receipt as plain text for the chat."""
    receipt = proposal.receipt
    notes = [_sentence(note) for note in receipt.notes]
    lines = list(dict.fromkeys([_sentence(receipt.summary), *notes]))
    if receipt.unmet:
        lines.append(phrases(language).say("receipt.unmet", what="; ".join(receipt.unmet[:_MOST_NAMED])))
    return "\n".join(lines)


def _figures(desk: Desk) -> list[str]:
    """What was done, measured; a layout that was changed says how it hung the works."""
    found = figures(desk.context.scene, desk.scene, desk.intent) if desk.intent.kind in ("refine", "restyle") else []
    wishes = desk.intent.wishes
    anew = (
        desk.intent.layout
        or desk.intent.sort
        or desk.intent.sequence
        or wishes.order
        or wishes.group_by
        or wishes.axis
        or wishes.columns
    )
    if desk.intent.kind == "refine" and desk.laid_out and anew:
        found.append(desk.laid_out)
    return found


def _preferred(desk: Desk) -> list[str]:
    """Which of the creator's preferences shaped this, and what they rest on."""
    context = desk.context
    return receipt_notes(preferred_in(desk.intent, context.preferences, context.scene))


def _left_out(unplaced: list[tuple[str, str]], tell: Phrases) -> list[str]:
    """ "3 works not hung, no date is known: A, B and C", one sentence for each reason.

    Works that are called the same count one by one and are named once.
    """
    by_reason: dict[str, list[str]] = {}
    for title, why in unplaced:
        by_reason.setdefault(why, []).append(title)
    told: list[str] = []
    for why, titles in by_reason.items():
        called = list(dict.fromkeys(titles))[:_MOST_NAMED]
        more = sum(title not in called for title in titles)
        names = tell.say("list.comma").join(tell.quoted(title) for title in called)
        what = tell.say("list.more", what=names, n=more) if more > 0 else names
        told.append(tell.counted("left.out", len(titles), why=why, what=what))
    return told


def _sentence(words: str) -> str:
    text = words[:1].upper() + words[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."
