"""Hand a picture or the document of the scene to the window, which knows where files go."""

from typing import Literal

from agent.desk import Call, Desk, Outcome, TurnStops
from agent.tools.tool import Arguments, Tool


class ExportArguments(Arguments):
    """What to write."""

    what: Literal["picture", "document"]


async def _export(arguments: ExportArguments, call: Call, desk: Desk) -> Outcome:
    if not len(desk.scene):
        raise TurnStops(desk.tell.say("export.nothing"), refused=True, advice=desk.tell.say("export.nothing.advice"))
    desk.action = "export_picture" if arguments.what == "picture" else "export_document"
    desk.said.append(desk.tell.say(f"export.{arguments.what}"))
    return Outcome(arguments.what)


EXPORT = Tool("export", "Export", ExportArguments, _export)
