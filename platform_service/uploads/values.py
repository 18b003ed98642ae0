"""What is said about uploads: the files that a desktop has, and which of them are wanted from which byte on."""

from typing import Annotated

from pydantic import BaseModel, Field, field_validator

from platform_service.http.bodies import AssetId, Strict
from platform_service.sql.imports import BadFile

MOST_FILES = 2_000
"""In one upload; a larger folder is sent as several."""
MOST_DEPTH = 32


class Offered(Strict):
    """A file by its content and its name below the folder that is sent, that folder's own name first."""

    id: AssetId
    bytes: Annotated[int, Field(ge=1, le=2**40)]
    name: Annotated[str, Field(min_length=1, max_length=1_024)]

    @field_validator("name")
    @classmethod
    def _below(cls, name: str) -> str:
        parts = name.split("/")
        if len(parts) > MOST_DEPTH or any(part in ("", ".", "..") for part in parts) or "\0" in name:
            raise ValueError("a name is a path below a folder, with / between its parts")
        return name


class NewUpload(Strict):
    """Files that a desktop would send; nothing of them is sent yet."""

    folder: Annotated[str, Field(min_length=1, max_length=400)]
    """What the creator calls it: the name of the folder."""
    files: Annotated[tuple[Offered, ...], Field(min_length=1, max_length=MOST_FILES)]


class Wanted(BaseModel):
    """A file that has to be sent, from this byte on."""

    id: str
    received: int = 0


class UploadStarted(BaseModel):
    """What of the offered files is wanted; the rest is there already, or refused."""

    id: str
    wanted: tuple[Wanted, ...]
    there: int
    refused: tuple[BadFile, ...] = ()


class PartTaken(BaseModel):
    """How much of a file is there; `whole` once it was checked."""

    received: int
    whole: bool = False
