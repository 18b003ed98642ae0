"""A family album and a photographer's archive of small pictures, rich in dates, people, places, cameras and colours.

Everything in it is drawn here, the same on every run; the sample collection has genres, this one has metadata.
"""

import colorsys
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from PIL import ExifTags, Image

from resources.sample_collection.catalogue import LICENCE, Piece
from resources.sample_collection.metadata import exif_of, xmp_of

SIZES_PX = ((320, 240), (240, 320), (280, 280), (320, 240), (320, 240), (240, 320), (480, 160))
HUES = {
    "red": 0.0,
    "orange": 0.08,
    "yellow": 0.15,
    "green": 0.33,
    "blue": 0.61,
    "purple": 0.76,
    "grey": -1.0,
    "brown": -2.0,
}


@dataclass(frozen=True)
class Chapter:
    """One folder of the album: what was taken where, when, by whom, with what; motifs are titles with their colours."""

    folder: str
    place: str
    years: tuple[int, ...]
    """One is taken in turn; none for undated scans."""
    month: int
    creator: str
    camera: str
    people: tuple[str, ...]
    motifs: tuple[tuple[str, str, str], ...]
    """Title, tags, colour."""
    each: int = 5


CHAPTERS = (
    Chapter(
        "Lisbon",
        "Lisbon",
        (2009, 2012, 2012),
        7,
        "Anna",
        "Nikon D700",
        ("Clara", "Ben"),
        (
            ("Tram on the hill", "tram,street,city,travel", "yellow"),
            ("Tiles of a doorway", "tiles,pattern,door,travel", "blue"),
            ("Laundry in the alley", "laundry,street,travel", "red"),
            ("Ferry at noon", "boat,river,water,travel", "blue"),
            ("Clara at the harbour", "harbour,portrait,person,travel", "orange"),
            ("Orange trees", "tree,fruit,garden,travel", "orange"),
        ),
    ),
    Chapter(
        "Iceland",
        "Iceland",
        (2016,),
        2,
        "Bruno",
        "Fuji X-T2",
        (),
        (
            ("Glacier edge", "glacier,ice,snow,mountain,landscape,travel", "blue"),
            ("Black beach", "beach,sea,sand,landscape,travel", "grey"),
            ("Aurora over the farm", "aurora,night,sky,travel", "green"),
            ("Horses in snow", "horse,animal,snow,travel", "grey"),
            ("Waterfall", "waterfall,water,landscape,travel", "blue"),
        ),
    ),
    Chapter(
        "Kyoto",
        "Kyoto",
        (2019,),
        11,
        "Anna",
        "Leica Q2",
        ("Ben",),
        (
            ("Maple leaves", "maple,leaves,autumn,tree,travel", "red"),
            ("Temple gate", "temple,gate,architecture,travel", "orange"),
            ("Bamboo path", "bamboo,forest,path,travel", "green"),
            ("Lanterns at dusk", "lantern,night,street,travel", "red"),
            ("Ben under an umbrella", "umbrella,rain,portrait,person,travel", "purple"),
        ),
    ),
    Chapter(
        "Garden",
        "home",
        (2018, 2020, 2021, 2022),
        5,
        "Clara",
        "Pixel 4",
        ("Grandma",),
        (
            ("Roses by the wall", "rose,flower,garden", "red"),
            ("Lavender", "lavender,flower,garden", "purple"),
            ("Sunflowers", "sunflower,flower,garden", "yellow"),
            ("Fern in the shade", "fern,plant,garden", "green"),
            ("Grandma with tomatoes", "tomato,portrait,person,garden,family", "green"),
            ("The cat asleep", "cat,animal,garden", "orange"),
        ),
    ),
    Chapter(
        "Birthdays",
        "home",
        (2005, 2010, 2015, 2020),
        9,
        "Bruno",
        "Canon EOS 5D",
        ("Anna", "Ben", "Clara", "Grandma"),
        (
            ("Cake with candles", "birthday,cake,party,family", "brown"),
            ("Balloons", "birthday,balloon,party,family", "red"),
            ("Dancing", "birthday,dance,party,people,family", "purple"),
            ("Opening presents", "birthday,present,party,people,family", "yellow"),
        ),
    ),
    Chapter(
        "Streets",
        "Berlin",
        (1994, 1996, 1998),
        10,
        "Bruno",
        "Nikon F3",
        (),
        (
            ("Tower block", "building,architecture,city", "grey"),
            ("Underground station", "station,train,city,people", "yellow"),
            ("Demonstration", "crowd,people,city,protest", "grey"),
            ("Night bus", "bus,night,city", "red"),
            ("Bridge in fog", "bridge,fog,river,city", "grey"),
        ),
    ),
    Chapter(
        "Winter",
        "Alps",
        (2003, 2008, 2013, 2023),
        1,
        "Anna",
        "Canon EOS 5D",
        ("Ben", "Clara"),
        (
            ("Ski tracks", "ski,snow,mountain,winter,sport", "blue"),
            ("Chalet lights", "house,night,snow,winter", "orange"),
            ("Frozen lake", "lake,ice,snow,winter,landscape", "blue"),
            ("Snowman", "snowman,snow,winter,family", "grey"),
        ),
    ),
    Chapter(
        "Scans",
        "",
        (),
        1,
        "",
        "",
        ("Grandma",),
        (
            ("Wedding", "wedding,portrait,people,family", "brown"),
            ("Old farmhouse", "house,farm,countryside", "brown"),
            ("School class", "school,people,family", "grey"),
            ("Ox cart", "animal,cart,countryside", "brown"),
        ),
        3,
    ),
)


def pieces() -> Iterator[tuple[Piece, str, str]]:
    """Every picture of the album as a catalogue entry, with its colour and its camera."""
    number = 0
    for chapter in CHAPTERS:
        for title, tags, colour in chapter.motifs:
            for take in range(chapter.each):
                number += 1
                yield _piece(chapter, title, tags, number, take), colour, chapter.camera


def _piece(chapter: Chapter, title: str, tags: str, number: int, take: int) -> Piece:
    words = [word for word in (*tags.split(","), chapter.place, chapter.camera) if word]
    shown = [name for name in chapter.people if name in title]
    if not shown and {"people", "person", "party"} & set(words):
        shown = [chapter.people[(number + i) % len(chapter.people)] for i in range(2)] if chapter.people else []
    words += dict.fromkeys(shown)
    years = chapter.years
    taken = datetime(years[take % len(years)], chapter.month, 1 + number % 28, 8 + take) if years else None
    numbered = f"{title} {take + 1}"
    return Piece(
        chapter.folder,
        numbered,
        f"{title}{f', {chapter.place}' if chapter.place else ''}.",
        tuple(words),
        taken,
        SIZES_PX[number % len(SIZES_PX)],
        {},
        chapter.creator or "unknown",
        LICENCE,
    )


def made(folder: Path) -> Path:
    """The album as files; what is there already is kept."""
    for number, (piece, colour, camera) in enumerate(pieces()):
        path = folder / piece.path
        if path.exists():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        exif = exif_of(piece)
        if camera:
            exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = camera.split()[0], camera
        drawn(number, piece.size_px, colour).save(path, quality=82, exif=exif, xmp=xmp_of(piece))
    return folder


def drawn(number: int, size_px: tuple[int, int], colour: str) -> Image.Image:
    """Blotches of one colour, no two pictures alike."""
    draw, noise = random.Random(number), np.random.default_rng(number)
    width, height = size_px
    coarse = noise.normal(0, 1, (6, 8)).astype(np.float32)
    light = np.asarray(Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC))
    level = draw.choice((0.35, 0.6, 0.75))
    value = np.clip(level + 0.16 * light, 0.05, 1.0)
    base = np.array(_rgb(colour)) / 255
    grain = noise.normal(0, 0.015, (height, width, 1))
    return Image.fromarray((np.clip(value[..., None] * base + grain, 0, 1) * 255).astype(np.uint8))


def _rgb(colour: str) -> tuple[int, int, int]:
    hue = HUES[colour]
    if hue == -1.0:
        return 200, 200, 200
    if hue == -2.0:
        return 150, 95, 50
    red, green, blue = colorsys.hsv_to_rgb(hue, 0.85, 1.0)
    return round(red * 255), round(green * 255), round(blue * 255)
