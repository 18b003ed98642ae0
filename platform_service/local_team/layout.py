"""Where a local set-up keeps its things, and its secrets: made once, each in a file that only its user can read."""

import os
import pwd
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from platform_service.errors import ServiceError

LONGEST_SOCKET_PATH = 90
DATABASE, OWNER, SERVICE = "vernissage", "vernissage_owner", "vernissage_service"
TENANT, USER = "studio", "me"
REPLICAS = (1, 2)


class CannotSetUp(ServiceError):
    """The local set-up cannot be made or started."""

    title, kind = "The set-up cannot be started", "cannot-set-up"


@dataclass(frozen=True)
class Layout:
    """All paths of a set-up, below one folder."""

    folder: Path

    def make(self) -> None:
        """Create what is missing; what is there stays."""
        if len(os.fsencode(self.sockets)) > LONGEST_SOCKET_PATH:
            raise CannotSetUp(
                f"The path {self.folder} is too long for sockets.", "Nothing was made.", "Choose a shorter --folder."
            )
        shared = database_user()
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o711 if shared else 0o700)
        for private in (self.secrets, self.logs, self.imports / TENANT):
            private.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.sockets.mkdir(exist_ok=True, mode=0o711 if shared else 0o700)
        for own in (self.cluster, self.database_socket):
            own.mkdir(exist_ok=True, mode=0o700)
            if shared:
                own.chmod(0o711 if own == self.database_socket else 0o700)
                shutil.chown(own, shared, pwd.getpwnam(shared).pw_gid)

    @property
    def secrets(self) -> Path:
        """One file for each secret."""
        return self.folder / "secrets"

    @property
    def logs(self) -> Path:
        """What each process tells."""
        return self.folder / "logs"

    @property
    def imports(self) -> Path:
        """Where pictures may be imported from."""
        return self.folder / "imports"

    @property
    def sockets(self) -> Path:
        """Where the processes listen for each other."""
        return self.folder / "s"

    @property
    def cluster(self) -> Path:
        """PostgreSQL's data."""
        return self.folder / "postgres"

    @property
    def database_socket(self) -> Path:
        """The folder of PostgreSQL's socket."""
        return self.sockets / "pg"

    @property
    def redis_socket(self) -> Path:
        """Where Redis listens."""
        return self.sockets / "redis"

    @property
    def team_file(self) -> Path:
        """The replicas' settings."""
        return self.secrets / "team.toml"

    @property
    def more_settings(self) -> Path:
        """What whoever runs the set-up adds to the settings: flags, models."""
        return self.folder / "more.toml"

    def replica_socket(self, number: int) -> Path:
        """Where a replica listens."""
        return self.sockets / f"replica-{number}"

    def secret(self, name: str) -> str:
        """A secret of this set-up, made when it is first asked for."""
        file = self.secrets / name
        if not file.exists():
            self.keep(name, secrets.token_hex(32))
        return file.read_text("utf-8").strip()

    def keep(self, name: str, text: str) -> Path:
        """Write a file that only this user can read, whole or not at all."""
        file, staged = self.secrets / name, self.secrets / f".{name}.{os.getpid()}"
        descriptor = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
            opened.write(text.rstrip("\n") + "\n")
        os.replace(staged, file)
        return file

    def database_url(self, role: str) -> str:
        """How a role reaches the database."""
        return f"postgresql://{role}:{self.secret(role)}@/{DATABASE}?host={self.database_socket}"

    @property
    def redis_url(self) -> str:
        """How the replicas reach Redis."""
        return f"unix://:{self.secret('redis')}@{self.redis_socket}"


def database_user() -> str:
    """The user that PostgreSQL runs as where we are root, which it refuses to be; empty where we are not."""
    if os.getuid() != 0:
        return ""
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def program(name: str) -> Path:
    """A program on the path, or where Debian keeps what only root needs."""
    found = shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"]))
    if found is None:
        raise CannotSetUp(f"{name} is not installed.", "Nothing was started.", "`make system-team` installs it.")
    return Path(found)


def postgres_programs(cluster: Path) -> Path:
    """The folder of PostgreSQL's programs: of the version that made the cluster, or else the newest."""
    found = {int(path.parent.name): path for path in Path("/usr/lib/postgresql").glob("*/bin")}
    version = cluster / "PG_VERSION"
    if version.exists() and found:
        made_by = int(version.read_text())
        if made_by not in found:
            raise CannotSetUp(
                f"The data was made by PostgreSQL {made_by}, which is not installed.",
                "The data was not touched.",
                f"Install postgresql-{made_by}, or restore a backup into a new folder.",
            )
        return found[made_by]
    return found[max(found)] if found else program("initdb").parent
