"""Request bodies that are not already a port's value; all refuse fields they do not know."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from agent.ports.library import Text

AssetId = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Id = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._:-]+$")]


class Strict(BaseModel):
    """Base of the bodies."""

    model_config = ConfigDict(extra="forbid")


class Ids(Strict):
    """Assets by id."""

    ids: Annotated[list[AssetId], Field(max_length=100_000)]


class Texts(Strict):
    """A few short texts."""

    texts: Annotated[list[Annotated[str, Field(min_length=1, max_length=400)]], Field(min_length=1, max_length=64)]


class Named(Strict):
    """Something with a name."""

    name: Annotated[Text, Field(min_length=1)]


class SceneNamed(Named):
    """A scene that a desktop made, in its project."""

    project_id: Id


class ImportRequest(Strict):
    """Files and folders of this machine to import."""

    paths: Annotated[list[Annotated[str, Field(min_length=1, max_length=4_096)]], Field(min_length=1, max_length=1_000)]
    recursive: bool = True


class ImportStarted(BaseModel):
    """The receipt of an import."""

    id: str
