"""Dress the scene in a theme and set how bright its lamps are."""

from typing import Annotated

from pydantic import Field

from agent.desk import Call, Desk, Outcome, TurnStops
from agent.events import Choice
from agent.tools.tool import Arguments, Tool
from agent.wording import listed
from scene.operations import set_light, set_theme


class StyleArguments(Arguments):
    """A theme id, a factor on the present brightness, or both."""

    theme: str | None = None
    light: Annotated[float, Field(gt=0.0, le=100.0)] | None = None


async def _style(arguments: StyleArguments, call: Call, desk: Desk) -> Outcome:
    told: list[str] = []
    if arguments.theme is not None:
        told.append(_dress(arguments.theme, desk))
    if arguments.light is not None:
        told.append(_light(arguments.light, desk))
    return Outcome("; ".join(told))


def _dress(theme_id: str, desk: Desk) -> str:
    theme = desk.themes.get(theme_id)
    if theme is None:
        choices = tuple(Choice(t.name, f"{t.name} theme") for t in list(desk.themes.values())[:6])
        raise TurnStops(f"There is no theme called {theme_id!r}; there are {listed(desk.themes)}.", choices)
    desk.scene = set_theme(desk.scene, theme_id).apply_to(desk.scene)
    return f"{theme.name} theme"


def _light(factor: float, desk: Desk) -> str:
    before = desk.scene.theme.light
    desk.scene = set_light(desk.scene, round(before * factor, 3)).apply_to(desk.scene)
    after = desk.scene.theme.light
    if after == before:
        desk.unmet.append("the light is already as " + ("bright" if factor > 1 else "dark") + " as it goes")
    return f"light at {after:.0%}"


STYLE = Tool("style", "Set theme and light", StyleArguments, _style)
