"""Make a project, or tell which projects there are."""

from typing import Literal

from agent.desk import Call, Desk, Outcome, TurnStops
from agent.ports.projects import project_id_of
from agent.tools.tool import Arguments, Tool


class ProjectArguments(Arguments):
    """What to do, and the project's name."""

    act: Literal["create", "rename", "list"]
    name: str = ""


async def _project(arguments: ProjectArguments, call: Call, desk: Desk) -> Outcome:
    tell = desk.tell
    if arguments.act == "rename":
        raise TurnStops(tell.say("project.rename"), refused=True, advice=tell.say("project.rename.advice"))
    known = await desk.projects.projects()
    if arguments.act == "list":
        names = tell.listed(tell.quoted(project.name) for project in known)
        desk.said.append(f"{names}." if known else tell.say("project.none"))
        return Outcome(tell.counted("step.projects", len(known)))
    if not arguments.name:
        raise TurnStops(tell.say("project.ask"), refused=True, advice=tell.say("project.ask.advice"))
    mine = project_id_of(call.key)
    if any(known_one.name.casefold() == arguments.name.casefold() and known_one.id != mine for known_one in known):
        there = tell.say("project.there", name=tell.quoted(arguments.name))
        raise TurnStops(there, refused=True, advice=tell.say("project.there.advice"))
    made = await desk.projects.create_project(arguments.name, call.key)
    desk.said.append(tell.say("project.made", name=tell.quoted(made.name)))
    return Outcome(tell.say("step.project", name=tell.quoted(made.name)))


PROJECT = Tool("project", "Projects", ProjectArguments, _project)
