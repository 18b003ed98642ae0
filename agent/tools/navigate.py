"""Where to stand and look: at a work, a wall, a room, the entrance, all of it; or a tour."""

from typing import Annotated, Literal

from pydantic import Field

from agent.desk import Call, Desk, Outcome, TurnStops
from agent.events import Camera, Choice
from agent.intent import Panel, View
from agent.tools.select import room_named, walls_named
from agent.tools.tool import Arguments, Tool
from agent.tools.touring import DEFAULT_STOPS, before_all, before_work, tour_past, with_tour
from agent.wording import counted, listed, quoted
from scene.records import Placement, Room, Vector3, Viewpoint, Wall
from scene.scene import Scene

_EYES_M = 1.6


class NavigateArguments(Arguments):
    """Works by placement id, or a wall, a room, a place; or a panel to show, or a way to look."""

    ids: tuple[str, ...] = ()
    wall: str = ""
    room: str = ""
    place: Literal["", "entrance", "end", "overview", "middle", "next", "previous", "tour", "new_tour"] = ""
    count: Annotated[int, Field(ge=1, le=200)] | None = None
    """For `new_tour`: how many stops."""
    panel: Panel = ""
    view: View = ""


async def _navigate(arguments: NavigateArguments, call: Call, desk: Desk) -> Outcome:
    if arguments.panel or arguments.view:
        return _show(arguments, desk)
    if not len(desk.scene):
        choice, advice = (
            Choice(desk.tell.say("choice.create"), "create a gallery"),
            desk.tell.say("show.nothing.advice"),
        )
        raise TurnStops(desk.tell.say("go.no_scene"), (choice,), refused=True, advice=advice)
    if arguments.place == "tour":
        return _tour(desk)
    if arguments.place == "new_tour":
        return _new_tour(arguments, desk)
    camera, where = _camera(arguments, desk)
    desk.camera = camera
    desk.said.append(where)
    return Outcome(where)


def _show(arguments: NavigateArguments, desk: Desk) -> Outcome:
    """A panel or a way to look; the window does it."""
    if arguments.panel:
        desk.action, desk.ids, text = (
            "show_panel",
            (arguments.panel,),
            desk.tell.say("go.panel", panel=desk.tell.word("panel", arguments.panel)),
        )
    else:
        desk.action, desk.ids, text = "set_view", (arguments.view,), f"{arguments.view.replace('_', ' ').capitalize()}."
    desk.said.append(text)
    return Outcome(text)


def _new_tour(arguments: NavigateArguments, desk: Desk) -> Outcome:
    """A path past the works meant, as a part of the proposal."""
    works = [work for i in arguments.ids if isinstance(work := desk.scene.get(i), Placement)]
    stops = tour_past(works, desk.scene, arguments.count or DEFAULT_STOPS)
    if not stops:
        raise TurnStops("There are no works to stop at.", refused=True, advice="Say which works the tour shall show.")
    desk.scene = with_tour(desk.scene, stops)
    text = desk.tell.say("go.new_tour", stops=desk.tell.counted("stop", len(stops)))
    desk.title = desk.title or text
    desk.notes.append(f"{text}: {listed(quoted(stop.name, 40) for stop in stops[:4])}{' ...' * (len(stops) > 4)}")
    return Outcome(text)


def _tour(desk: Desk) -> Outcome:
    stops = [viewpoint for viewpoint in desk.scene.viewpoints if viewpoint.on_path] or desk.scene.viewpoints
    if not stops:
        raise TurnStops("This scene has no visitor path yet.", refused=True, advice="Lay it out anew: “as a gallery”.")
    desk.action, desk.ids = "tour", tuple(stop.id for stop in stops)
    desk.camera = Camera(stops[0].position_m, stops[0].target_m)
    desk.said.append(desk.tell.say("go.tour", stops=desk.tell.counted("stop", len(stops))))
    return Outcome(f"tour of {counted(len(stops), 'stop')}")


def _camera(arguments: NavigateArguments, desk: Desk) -> tuple[Camera, str]:
    scene = desk.scene
    works = [work for i in arguments.ids if isinstance(work := scene.get(i), Placement)]
    together = before_all(works, scene) if len(works) > 1 else None
    if together is not None:
        return together, f"{desk.tell.counted('work', len(works))}."
    if works:
        title = desk.tell.quoted(works[0].title or desk.tell.say("the.work"))
        here = desk.tell.say("go.work.first" if len(works) > 1 else "go.work", title=title, n=len(works))
        return before_work(works[0], scene), here
    if arguments.wall:
        walls = walls_named(scene, arguments.wall, desk.context.viewpoint_m)
        if not walls:
            side = desk.tell.word("side", arguments.wall)
            raise TurnStops(
                desk.tell.say("go.no_wall", side=side), refused=True, advice=desk.tell.say("go.no_wall.advice")
            )
        return before_wall(walls[0], scene), desk.tell.say("go.wall", side=desk.tell.word("side", arguments.wall))
    if arguments.room:
        room = room_named(scene, arguments.room)
        if room is None:
            have = desk.tell.counted("room", len(scene.rooms))
            raise TurnStops(desk.tell.say("go.no_room", room=arguments.room, rooms=have), refused=True)
        return in_room(room), f"{room.name or desk.tell.say('go.room', n=room.order + 1)}."
    return _at_place(arguments.place or "entrance", desk)


def _at_place(place: str, desk: Desk) -> tuple[Camera, str]:
    scene, viewpoints = desk.scene, desk.scene.viewpoints
    if place == "overview" or not viewpoints:
        return above(scene), desk.tell.say("go.above")
    if place == "middle" and scene.rooms:
        return in_room(scene.rooms[len(scene.rooms) // 2]), desk.tell.say("go.middle")
    if place == "end":
        stop = viewpoints[-1]
        return Camera(stop.position_m, stop.target_m), desk.tell.say("go.end")
    if place in ("next", "previous"):
        stop = _step(viewpoints, desk.context.viewpoint_m, 1 if place == "next" else -1)
        return Camera(stop.position_m, stop.target_m), f"{stop.name}."
    entrance = scene.get("entrance")
    stop = entrance if isinstance(entrance, Viewpoint) else viewpoints[0]
    return Camera(stop.position_m, stop.target_m), desk.tell.say("go.entrance")


def _step(viewpoints: list[Viewpoint], here_m: Vector3, step: int) -> Viewpoint:
    def away(viewpoint: Viewpoint) -> float:
        return (viewpoint.position_m[0] - here_m[0]) ** 2 + (viewpoint.position_m[2] - here_m[2]) ** 2

    nearest = min(range(len(viewpoints)), key=lambda i: away(viewpoints[i]))
    return viewpoints[(nearest + step) % len(viewpoints)]


def before_wall(wall: Wall, scene: Scene) -> Camera:
    """Facing the middle of a wall from inside its room."""
    (ax, az), (bx, bz) = wall.start_m, wall.end_m
    middle = ((ax + bx) / 2, (az + bz) / 2)
    room = scene.get(wall.room_id)
    length_m = max(((bx - ax) ** 2 + (bz - az) ** 2) ** 0.5, 0.1)
    normal = ((az - bz) / length_m, (bx - ax) / length_m)
    distance_m = length_m * 0.7
    if isinstance(room, Room):
        (x0, z0), (x1, z1) = room.min_corner_m, room.max_corner_m
        centre = ((x0 + x1) / 2, (z0 + z1) / 2)
        if (centre[0] - middle[0]) * normal[0] + (centre[1] - middle[1]) * normal[1] < 0:
            normal = (-normal[0], -normal[1])
        depth_m = abs(normal[0]) * (x1 - x0) + abs(normal[1]) * (z1 - z0)
        distance_m = min(distance_m, depth_m - 0.5)
    x, z = middle[0] + normal[0] * distance_m, middle[1] + normal[1] * distance_m
    return Camera((x, _EYES_M, z), (middle[0], _EYES_M, middle[1]))


def in_room(room: Room) -> Camera:
    """At one end of a room, looking along it."""
    (x0, z0), (x1, z1) = room.min_corner_m, room.max_corner_m
    x, z = (x0 + x1) / 2, (z0 + z1) / 2
    return Camera((x, _EYES_M, z + (z1 - z0) * 0.4), (x, _EYES_M, z - (z1 - z0) * 0.4))


def above(scene: Scene) -> Camera:
    """Everything in view, from above at a slant."""
    points = [c for room in scene.rooms for c in (room.min_corner_m, room.max_corner_m)]
    points += [(work.position_m[0], work.position_m[2]) for work in scene.placements]
    xs, zs = [p[0] for p in points] or [0.0], [p[1] for p in points] or [0.0]
    x, z = (min(xs) + max(xs)) / 2, (min(zs) + max(zs)) / 2
    span_m = max(max(xs) - min(xs), max(zs) - min(zs), 4.0)
    return Camera((x, span_m * 0.9 + 3.0, z + span_m * 0.8), (x, 0.0, z))


NAVIGATE = Tool("navigate", "Go there", NavigateArguments, _navigate)
