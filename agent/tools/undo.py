"""Take back the last step or the agent's last turn, or bring a step back; the session does it on its own thread."""

from typing import Literal

from agent.desk import Call, Desk, Outcome
from agent.tools.tool import Arguments, Tool


class UndoArguments(Arguments):
    """What to take back or bring back."""

    what: Literal["step", "turn", "redo"]


async def _undo(arguments: UndoArguments, call: Call, desk: Desk) -> Outcome:
    if arguments.what == "redo":
        desk.action, text = "redo", desk.tell.say("undo.back")
    elif arguments.what == "turn" and desk.context.can_undo_turn:
        desk.action, text = "undo_turn", desk.tell.say("undo.take")
    else:
        desk.action, text = "undo_step", desk.tell.say("undo.take")
    desk.said.append(text)
    return Outcome(text)


UNDO = Tool("undo", "Take back", UndoArguments, _undo)
