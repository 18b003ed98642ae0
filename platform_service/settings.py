"""Where the service keeps its things and how it is reached: one frozen value, made once from the command line."""

from dataclasses import dataclass
from pathlib import Path

LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]", "vernissage"})


@dataclass(frozen=True)
class DoorRules:
    """What every request has to keep to."""

    hosts: frozenset[str] = LOCAL_HOSTS
    """The names under which the service may be asked for."""
    origins: frozenset[str] = LOCAL_HOSTS
    """The hosts whose web pages may ask."""
    body_limit_bytes: int = 32 * 1024 * 1024
    header_limit_bytes: int = 32 * 1024
    header_limit: int = 100
    trusted_proxies: int = 0
    """How many proxies of ours stand before the service; each adds one address to X-Forwarded-For."""


@dataclass(frozen=True)
class Settings:
    """Everything the service is told at start; the token is the secret of this launch."""

    data_folder: Path
    token: str
    uds: Path | None = None
    port: int | None = None
    host: str = "127.0.0.1"
    ready_file: Path | None = None
    parent_pid: int | None = None
    idle_without_parent_s: float = 60.0
    door: DoorRules = DoorRules()
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
    def secret_file(self) -> Path:
        """What seals the audit log of an embedded platform."""
        return self.data_folder / "audit.secret"

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
