"""Take the works that are on show, with what the library knows of them."""

from agent.desk import Call, Desk, Outcome, TurnStops
from agent.events import Choice
from agent.ports.library import Asset, Hit
from agent.tools.tool import Arguments, Tool
from agent.wording import counted
from scene.records import Placement


class RecallArguments(Arguments):
    """Nothing to say: it is always the scene of the turn."""


async def _recall(arguments: RecallArguments, call: Call, desk: Desk) -> Outcome:
    placements = desk.scene.placements
    if not placements:
        raise TurnStops(
            desk.tell.say("recall.nothing"),
            (Choice(desk.tell.say("choice.create"), "create a gallery"),),
            refused=True,
            advice=desk.tell.say("recall.nothing.advice"),
        )
    assets = {a.id: a for a in await desk.library.assets(tuple(dict.fromkeys(p.asset_id for p in placements)))}
    shown = tuple(_hit(placement, assets.get(placement.asset_id)) for placement in placements)
    return Outcome(f"{counted(len(shown), 'work')} on show", {"shown": shown})


def _hit(placement: Placement, asset: Asset | None) -> Hit:
    """The work as if it had just been found; one that left the library is known by its placement alone."""
    came_by = placement.provenance
    if asset is None:
        width_m, height_m = placement.size_m
        asset = Asset(
            id=placement.asset_id,
            title=placement.title,
            file_name="",
            width_px=max(round(width_m * 1000), 1),
            height_px=max(round(height_m * 1000), 1),
            bytes=0,
            format="",
            orientation="landscape" if width_m >= height_m else "portrait",
        )
    return Hit(asset=asset, score=came_by.score if came_by.score is not None else 0.5, reason=came_by.reason)


RECALL = Tool("recall", "Take the works on show", RecallArguments, _recall)
