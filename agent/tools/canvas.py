"""Keep works as a canvas of the project, or tell which canvases there are."""

from typing import Literal

from agent.desk import Call, Desk, Outcome, TurnStops
from agent.ports.projects import Canvas
from agent.tools.tool import Arguments, Tool
from agent.wording import counted, listed, quoted
from scene.records import Placement


class CanvasArguments(Arguments):
    """Save the works (placement ids) under a name, or list."""

    act: Literal["save", "list"]
    name: str = ""
    ids: tuple[str, ...] = ()


async def _canvas(arguments: CanvasArguments, call: Call, desk: Desk) -> Outcome:
    project_id = call.context.project_id
    if not project_id:
        raise TurnStops(
            "No project is open, so there is no place for a canvas.", refused=True, advice="Open a project."
        )
    known = await desk.projects.canvases(project_id)
    if arguments.act == "list":
        told = [f"{quoted(canvas.name)} ({counted(len(canvas.asset_ids), 'work')})" for canvas in known]
        desk.said.append(f"{listed(told)}." if told else "This project has no canvases yet.")
        return Outcome(counted(len(known), "canvas").replace("canvass", "canvases"))
    works = [work for i in arguments.ids if isinstance(work := desk.scene.get(i), Placement)]
    made_id = f"canvas-{call.key[:24]}"
    before = next((canvas.name for canvas in known if canvas.id == made_id), "")
    name = arguments.name or before or _free_name({canvas.name for canvas in known})
    same = next((canvas for canvas in known if canvas.name.casefold() == name.casefold()), None)
    made = Canvas(
        id=same.id if same else made_id,
        project_id=project_id,
        name=name,
        asset_ids=tuple(dict.fromkeys(work.asset_id for work in works)),
    )
    await desk.projects.save_canvas(made, call.key)
    text = f"{counted(len(made.asset_ids), 'work')} kept as canvas {quoted(name)}"
    desk.said.append(f"{text}{', in place of what was there' if same else ''}.")
    return Outcome(text)


def _free_name(taken: set[str]) -> str:
    number = 1
    while f"Canvas {number}" in taken:
        number += 1
    return f"Canvas {number}"


CANVAS = Tool("canvas", "Keep as a canvas", CanvasArguments, _canvas)
