"""Themes: walls, floor, frames, light, mist, sky and palette of a scene as data, read from JSON files."""

import json
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

Hex = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]
Share = Annotated[float, Field(ge=0.0, le=1.0)]
Metres = Annotated[float, Field(ge=0.0, le=20.0)]
Level = Annotated[float, Field(ge=0.0, le=20.0)]
MaterialName = Literal[
    "plaster",
    "concrete",
    "panels",
    "asphalt",
    "planks",
    "parquet",
    "damask",
    "moss",
    "bark",
    "paper",
    "ruled",
    "adobe",
    "sand",
    "tiles",
    "plain",
]


class ThemeError(ValueError):
    """A theme file that cannot be used; the message says which file and why."""


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Material(_Value):
    """What a surface is made of: a procedural pattern in two colours that repeats every `tile_m` metres."""

    pattern: MaterialName
    colour: Hex
    second: Hex
    tile_m: Annotated[float, Field(ge=0.2, le=20.0)] = 3.0
    contrast: Share = 0.5


class Floor(Material):
    """A floor material and how much of the room it mirrors."""

    reflection: Share = 0.0


class Skirting(_Value):
    """The board along the foot of the walls, and the same moulding around doorways."""

    colour: Hex
    height_m: Metres = 0.12
    door_frame_m: Metres = 0.09


class Frame(_Value):
    """The frame of a work, its mat, and the light it throws on the wall behind it."""

    colour: Hex
    width_m: Metres = 0.03
    depth_m: Metres = 0.04
    mat_m: Metres = 0.0
    mat_colour: Hex = "#f4f1ea"
    halo: Hex = "#ffffff"
    halo_level: Level = 0.0
    shadow: Share = 0.5
    profile: Literal["flat", "scoop"] = "flat"
    """The cross-section of the moulding."""
    gloss: Share = 0.0
    """How strongly it shines where light from above meets it."""


class Cornice(_Value):
    """The moulding where walls meet the ceiling."""

    colour: Hex
    height_m: Metres = 0.2


class Fixtures(_Value):
    """What hangs from the ceiling: lamps on a track before the works, and a luminous field of glass."""

    colour: Hex
    """Of tracks, lamps and the bars of the glass."""
    lamps: bool = True
    glass: Hex | None = None
    """The colour of the luminous field; none when absent."""
    beams: bool = False
    """Whether beams lie across rooms that are open to the sky."""


class Label(_Value):
    """The title card beneath a work."""

    paper: Hex
    ink: Hex


class Strip(_Value):
    """An emissive line of light along an edge of every room."""

    where: Literal["ceiling", "skirting", "corners", "doors"]
    colour: Hex
    second: Hex | None = None
    """Colour on every other wall; the same on all when absent."""
    level: Level = 1.0
    reach_m: Annotated[float, Field(ge=0.05, le=10.0)] = 0.8


class Spots(_Value):
    """The lamps trained on the works; their pools lie on the wall and spill onto the floor."""

    colour: Hex = "#fff1dc"
    level: Level = 0.8
    spread_m: Annotated[float, Field(ge=0.1, le=5.0)] = 0.7
    spill: Level = 0.3


class Sun(_Value):
    """Light that comes from one direction, cut out by blinds, windows, leaves or water."""

    through: Literal["blinds", "windows", "leaves", "water"]
    colour: Hex
    level: Level = 1.0
    azimuth_deg: Annotated[float, Field(ge=-360.0, le=360.0)] = 30.0
    elevation_deg: Annotated[float, Field(ge=5.0, le=90.0)] = 35.0


class Lights(_Value):
    """General light, from the foot to the top of the walls, and everything that shines."""

    ambient: Hex = "#ffffff"
    walls_foot: Level = 0.6
    walls_top: Level = 0.8
    floor: Level = 0.7
    ceiling: Level = 0.7
    corner_shade: Share = 0.35
    spots: Spots | None = None
    strips: tuple[Strip, ...] = ()
    sun: Sun | None = None


class Mist(_Value):
    """Haze that thickens with distance; the works themselves keep their colours."""

    colour: Hex
    density: Annotated[float, Field(ge=0.0, le=1.0)] = 0.0
    """Share of a surface's colour that is lost over one metre, roughly."""


class Sky(_Value):
    """The backdrop of open layouts, and what surrounds a gallery seen from outside."""

    zenith: Hex
    horizon: Hex
    ground: Hex
    scenery: Literal["none", "trees", "reef"] = "none"
    """What stands far away all around."""


class Theme(_Value):
    """One complete look, as data."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,40}$")]
    name: Annotated[str, Field(min_length=1, max_length=60)]
    description: Annotated[str, Field(min_length=1, max_length=300)]
    words: Annotated[tuple[str, ...], Field(min_length=1)]
    """What people call it; any of these in a request chooses the theme."""
    palette: Annotated[tuple[Hex, ...], Field(min_length=3, max_length=8)]
    accent: Hex
    walls: Material
    floor: Floor
    ceiling: Material | None = None
    skirting: Skirting | None = None
    cornice: Cornice | None = None
    fixtures: Fixtures | None = None
    frame: Frame
    label: Label
    sign: Hex
    lights: Lights
    mist: Mist
    sky: Sky


def read_theme(path: Path) -> Theme:
    """The theme in one file; raises ThemeError naming the file and what is wrong in it."""
    try:
        theme = Theme.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise ThemeError(f"{path.name}: {where}: {first['msg']}") from error
    except (OSError, ValueError) as error:
        raise ThemeError(f"{path.name} cannot be read as a theme: {error}") from error
    if theme.id != path.stem:
        raise ThemeError(f"{path.name} calls itself {theme.id!r}; file name and id must be the same")
    return theme


def themes_in(folder: Path) -> dict[str, Theme]:
    """Every theme of a folder by id, in alphabetical order; raises ThemeError for a bad or missing one."""
    found = {path.stem: read_theme(path) for path in sorted(folder.glob("*.json"))}
    if not found:
        raise ThemeError(f"there are no themes in {folder}")
    return found
