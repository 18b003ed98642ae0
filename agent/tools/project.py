"""Make a project, or tell which projects there are."""

from typing import Literal

from agent.desk import Call, Desk, Outcome, TurnStops
from agent.ports.projects import project_id_of
from agent.tools.tool import Arguments, Tool
from agent.wording import listed, quoted


class ProjectArguments(Arguments):
    """What to do, and the project's name."""

    act: Literal["create", "rename", "list"]
    name: str = ""


async def _project(arguments: ProjectArguments, call: Call, desk: Desk) -> Outcome:
    if arguments.act == "rename":
        raise TurnStops("I can't rename a project.", refused=True, advice="Use Project > Rename in the menu.")
    known = await desk.projects.projects()
    if arguments.act == "list":
        desk.said.append(f"{listed(quoted(p.name) for p in known)}." if known else "There are no projects yet.")
        return Outcome(f"{len(known)} projects")
    if not arguments.name:
        raise TurnStops("What shall the project be called?", refused=True, advice="Say “new project called ...”.")
    mine = project_id_of(call.key)
    if any(known_one.name.casefold() == arguments.name.casefold() and known_one.id != mine for known_one in known):
        raise TurnStops(
            f"There is a project {quoted(arguments.name)} already.", refused=True, advice="Choose another name."
        )
    made = await desk.projects.create_project(arguments.name, call.key)
    desk.said.append(f"Project {quoted(made.name)} is there. Open it from the project menu.")
    return Outcome(f"project {quoted(made.name)}")


PROJECT = Tool("project", "Projects", ProjectArguments, _project)
