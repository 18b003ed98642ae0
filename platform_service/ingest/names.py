"""What the place and the name of a file say: title, folder, tags and date."""

import os
import re
from datetime import date
from pathlib import Path

from platform_service.ingest.dates import date_in_name
from platform_service.ingest.text import clean, distinct

_SIZE = re.compile(r"(?<![A-Za-z0-9])\d{2,5} ?[xX×] ?\d{2,5}(?![A-Za-z0-9])")
_LETTER = re.compile(r"[^\W\d_]")
_CAMERA_FOLDER = re.compile(r"^\d{3}[A-Z_]{3,5}\d*$")
_NO_TAGS = frozenset({
    "contents", "images", "image", "pictures", "picture", "photos", "photo", "img", "imgs", "dcim", "camera",
    "wallpapers", "wallpaper", "backgrounds", "background", "files", "file", "media", "library", "screenshot",
    "screenshots", "thumbnails", "new", "tmp", "temp", "share", "usr", "home", "png", "jpg", "jpeg", "webp", "gif",
    "tiff", "downloads", "desktop",
})  # fmt: skip

_NO_TITLES = _NO_TAGS | {"preview", "cover", "default", "untitled", "unnamed", "original", "large", "small", "full"}
_CAMEL = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z])")


def shown(path: str | os.PathLike[str]) -> str:
    """A name that may hold any bytes, as safe text."""
    return clean(os.fsencode(path).decode("utf-8", "replace"))


def title_from(path: Path) -> str:
    """ "neon_street-02.jpg" is "Neon street 02"; a name that says nothing, as "1920x1080.jpg", takes the folder's."""
    stem = _spaced(path.stem)
    if _LETTER.search(stem) and stem.lower() not in _NO_TITLES:
        return clean(_capital(stem))
    number = "" if _LETTER.search(stem) else stem
    for part in reversed(path.parent.parts[1:]):
        if _is_telling(part):
            return clean(_capital(f"{_spaced(part)} {number}"))
    return clean(_capital(stem or shown(path.stem))) or "Untitled"


def folder_of(path: Path, root: Path) -> str:
    """The folder as the library shows it, from the imported folder's own name on: "Japan 2019/Kyoto"."""
    return clean("/".join(shown(part) for part in _parts(path, root)))


def tags_from(path: Path, root: Path) -> tuple[str, ...]:
    """The names of its folders in lower case, without those that say nothing."""
    return distinct([_spaced(part).lower() for part in _parts(path, root) if _is_telling(part)], most=12)


def date_from(path: Path, root: Path) -> date | None:
    """From the file name, else from the nearest folder that bears a full date; never from the time on the disk."""
    for name in (path.stem, *reversed(_parts(path, root))):
        if found := date_in_name(name):
            return found
    return None


def _parts(path: Path, root: Path) -> tuple[str, ...]:
    try:
        below = path.parent.relative_to(root)
    except ValueError:
        return (path.parent.name,) if path.parent.name else ()
    return tuple(part for part in (root.name, *below.parts) if part)


def _is_telling(part: str) -> bool:
    words = _spaced(part)
    return (
        bool(_LETTER.search(words) or re.fullmatch(r"(19|20)\d\d", words))
        and words.lower() not in _NO_TAGS
        and not _CAMERA_FOLDER.match(part)
    )


def _spaced(name: str) -> str:
    words = re.sub(r"[_+~]+|%20|(?<=\w)-+(?=\w)|(?<!\d)\.|\.(?!\d)", " ", _CAMEL.sub(" ", shown(name)))
    return " ".join(_SIZE.sub(" ", words).split()).strip(" -.")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
