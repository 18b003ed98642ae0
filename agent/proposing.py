"""The end of a turn: a proposal with its title and receipt, or an answer, from what lies on the desk."""

from agent.checks import change_between
from agent.desk import Desk
from agent.intent import Intent
from agent.wording import counted, listed
from scene.proposal import Proposal, Receipt

_MOST_NAMED = 6


def proposal_of(desk: Desk) -> Proposal | None:
    """The staged change of this turn; None when nothing would change."""
    change = change_between(desk.context.scene, desk.scene)
    if change.is_empty:
        return None
    receipt = Receipt(
        summary=title_of(desk),
        notes=tuple(dict.fromkeys(desk.notes)),
        unmet=tuple(dict.fromkeys(desk.unmet)),
        unplaced=tuple(dict.fromkeys(desk.unplaced)),
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
    """ "Cyberpunk gallery, 24 works"; for a refinement its own words."""
    if desk.intent.kind == "create":
        return f"{_made(desk.intent, desk)}, {counted(len(desk.scene.placements), 'work')}"
    if desk.title:
        return desk.title
    words = " ".join(desk.request.split()).rstrip(".!?")
    words = words if len(words) <= 60 else words[:59].rstrip() + "…"
    return words[:1].upper() + words[1:] or "A change"


def _made(intent: Intent, desk: Desk) -> str:
    layout = intent.layout or "gallery"
    theme = desk.themes.get(intent.theme or "")
    subject = intent.subject
    if theme is not None and subject.casefold() in (theme.name.casefold(), theme.id.replace("_", " "), ""):
        return f"{theme.name} {layout}"
    named = intent.query.colours
    colours = f"{listed(named).capitalize()} {layout}" if named and not subject else layout.capitalize()
    subject = subject if len(subject) <= 40 else subject[:39].rstrip() + "…"
    return f"{colours} of {subject}" if subject else colours


def receipt_in_words(proposal: Proposal) -> str:
    """The receipt as plain text for the chat."""
    receipt = proposal.receipt
    notes = [_sentence(note) for note in receipt.notes]
    lines = list(dict.fromkeys([_sentence(receipt.summary), *notes]))
    if receipt.unmet:
        lines.append(f"Not met: {'; '.join(receipt.unmet[:_MOST_NAMED])}.")
    if receipt.unplaced:
        more = len(receipt.unplaced) - _MOST_NAMED
        tail = f" and {more} more" if more > 0 else ""
        lines.append(f"Not hung: {'; '.join(receipt.unplaced[:_MOST_NAMED])}{tail}.")
    return "\n".join(lines)


def _sentence(words: str) -> str:
    text = words[:1].upper() + words[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."
