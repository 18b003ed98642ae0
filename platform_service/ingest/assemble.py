"""From a decoder's answer, which is not trusted, and the place of the file to an asset."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from agent.ports.library import Asset, Orientation, Swatch
from platform_service.ingest.features import FEATURES
from platform_service.ingest.names import date_from, folder_of, shown, tags_from, title_from
from platform_service.ingest.results import IngestedAsset
from platform_service.ingest.text import distinct

_PANORAMA = 2.0
_SQUARE = 1.05
Share = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False)]
Short = Annotated[str, Field(max_length=400)]
HexColour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Metadata(_Strict):
    title: Short
    description: Short
    creator: Short
    licence: Short
    keywords: Annotated[list[Short], Field(max_length=64)]
    taken: Annotated[str, Field(max_length=10)]
    notes: Annotated[list[Short], Field(max_length=8)]


class _Measures(_Strict):
    palette: Annotated[list[tuple[HexColour, Short, Share]], Field(max_length=6)]
    mean_colour: HexColour
    brightness: Share
    contrast: Share
    sharpness: Share
    saturation: Share
    phash: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]


class Answer(_Strict):
    """What a decoder says about a picture."""

    format: Literal["JPEG", "PNG", "WEBP", "GIF", "TIFF"]
    width_px: Annotated[int, Field(ge=1, le=100_000_000)]
    height_px: Annotated[int, Field(ge=1, le=100_000_000)]
    metadata: _Metadata | None = None
    measures: _Measures | None = None
    parts: Annotated[dict[Literal["64", "256", "1024", "2048", "features"], int], Field(max_length=5)]


_ANSWER = TypeAdapter(Answer)


def read_answer(header: dict[str, Any], body: bytes) -> tuple[Answer, dict[str, bytes]]:
    """The checked answer and its named parts. Raises ValueError."""
    answer = _ANSWER.validate_python(header)
    parts: dict[str, bytes] = {}
    start = 0
    for name, length in answer.parts.items():
        part = body[start : start + length]
        if length < 0 or len(part) != length or (name != "features" and not part.startswith(b"\xff\xd8\xff")):
            raise ValueError("a part of the answer is not what it should be")
        parts[name] = part
        start += length
    return answer, parts


def assemble(asset_id: str, size_bytes: int, answer: Answer, features: bytes, path: Path, root: Path) -> IngestedAsset:
    """Raises ValueError when the answer lacks its measures."""
    vector = np.frombuffer(features, "<f4").astype(np.float32)
    said, seen = answer.metadata, answer.measures
    if said is None or seen is None or vector.shape != (FEATURES,) or not np.isfinite(vector).all():
        raise ValueError("the answer lacks measures")
    asset = Asset(
        id=asset_id,
        title=said.title or title_from(path),
        file_name=shown(path.name),
        folder=folder_of(path, root),
        width_px=answer.width_px,
        height_px=answer.height_px,
        bytes=size_bytes,
        format=answer.format,
        taken=_taken(said.taken, path, root),
        tags=distinct([*said.keywords, *tags_from(path, root)]),
        creator=said.creator,
        licence=said.licence,
        description=said.description,
        orientation=orientation(answer.width_px, answer.height_px),
        palette=tuple(Swatch(hex=code, name=name, share=share) for code, name, share in seen.palette),
        brightness=seen.brightness,
        contrast=seen.contrast,
        sharpness=seen.sharpness,
        saturation=seen.saturation,
        phash=seen.phash,
        added=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    return IngestedAsset(asset, vector, seen.mean_colour, path, tuple(said.notes))


def orientation(width_px: int, height_px: int) -> Orientation:
    """From 2:1 on a panorama; within 5 % a square."""
    ratio = width_px / height_px
    if ratio >= _PANORAMA:
        return "panorama"
    if 1 / _SQUARE <= ratio <= _SQUARE:
        return "square"
    return "landscape" if ratio > 1 else "portrait"


def _taken(said: str, path: Path, root: Path) -> date | None:
    """What the file says, else what its name says, unless that lies in the future."""
    latest = datetime.now(UTC).date() + timedelta(days=1)
    for found in (_date(said), date_from(path, root)):
        if found is not None and found <= latest:
            return found
    return None


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
