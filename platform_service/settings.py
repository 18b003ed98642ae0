"""Where the service keeps its things and how it is reached: one frozen value, made once from the command line."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """Everything the service is told at start; the token is the secret of this launch."""

    data_folder: Path
    token: str
    uds: Path | None = None
    port: int | None = None
    ready_file: Path | None = None
    parent_pid: int | None = None
    idle_without_parent_s: float = 60.0
    body_limit_bytes: int = 32 * 1024 * 1024
    by_meaning: bool = True
    """Whether the sentence embedding is loaded; without it search goes by words, colours and likeness."""

    @property
    def database_file(self) -> Path:
        """The SQLite file: the truth."""
        return self.data_folder / "vernissage.sqlite3"

    @property
    def lock_file(self) -> Path:
        """Held while a service runs on this folder."""
        return self.data_folder / "service.lock"

    @property
    def index_folder(self) -> Path:
        """LanceDB's folder; may be deleted at any moment."""
        return self.data_folder / "index.lance"

    @property
    def renditions_folder(self) -> Path:
        """Thumbnails and previews; may be deleted at any moment."""
        return self.data_folder / "renditions"

    @property
    def model_folder(self) -> Path:
        """The embedding graph that is built once from the installed weights; may be deleted at any moment."""
        return self.data_folder / "model"
