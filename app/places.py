"""Where the desktop keeps its files: one data folder, everything below it named here."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs

_LONGEST_SOCKET_PATH = 100
"""Unix socket paths are limited to 104-108 bytes by the system."""


class DataFolderError(Exception):
    """The data folder cannot be written; the message says what to do."""


@dataclass(frozen=True)
class Places:
    """The folders and files below one data folder."""

    data: Path
    team: str = ""
    """The address of the team's platform that is worked with; empty for the embedded one."""
    home: Path | None = None
    """Where settings lie that hold for all platforms; `data` where there is no team."""

    @staticmethod
    def at(data: Path | None = None, team: str | None = None) -> "Places":
        """The places below `data`, else below VERNISSAGE_DATA_DIR, else below the user's own data folder.

        Work with a team's platform (`team`, else VERNISSAGE_PLATFORM) has a folder of its own there.
        """
        chosen = data or os.environ.get("VERNISSAGE_DATA_DIR") or platformdirs.user_data_dir("vernissage", False)
        home = Path(chosen).expanduser().absolute()
        team = os.environ.get("VERNISSAGE_PLATFORM", "").strip() if team is None else team
        if not team:
            return Places(home)
        try:
            team = checked_address(team)
        except ValueError as error:
            raise DataFolderError(f"{error}. Nothing was changed.") from error
        return Places(home / "teams" / hashlib.sha256(team.encode()).hexdigest()[:12], team, home)

    @property
    def platform(self) -> Path:
        """The embedded platform's own folder."""
        return self.data / "platform"

    @property
    def journal(self) -> Path:
        """The desktop's journal of approved steps."""
        return self.data / "journal.sqlite"

    @property
    def memory(self) -> Path:
        """What is remembered of the creator: verdicts, own rules, recipes, what was said."""
        return self.data / "memory.sqlite"

    @property
    def house_rules(self) -> Path:
        """What must not hang here, as the creator or the house says it; the shipped rules hold where it is not."""
        return self.data / "house rules.json"

    @property
    def runs(self) -> Path:
        """Every run with its steps."""
        return self.data / "runs.sqlite"

    @property
    def checkpoints(self) -> Path:
        """Where runs that go on stand; may be deleted while no program runs."""
        return self.data / "checkpoints.sqlite"

    @property
    def uploads(self) -> Path:
        """What is being sent to a team's platform."""
        return self.data / "uploads.json"

    @property
    def notices(self) -> Path:
        """How far the platform's notices were read."""
        return self.data / "notices.json"

    @property
    def ledger(self) -> Path:
        """What language models have cost."""
        return self.data / "ledger.sqlite"

    @property
    def model_settings(self) -> Path:
        """Providers of language models and what they may cost; without keys."""
        return (self.home or self.data) / "language models.json"

    @property
    def renditions(self) -> Path:
        """Cache of thumbnails; may be deleted at any moment."""
        return self.data / "cache" / "renditions"

    @property
    def sample_collection(self) -> Path:
        """The pictures that the sample generator makes."""
        return (self.home or self.data) / "sample collection"

    @property
    def logs(self) -> Path:
        """Logs of the desktop and the embedded platform."""
        return self.data / "logs"

    @property
    def run(self) -> Path:
        """Locks, sockets and tokens of the programs that run now."""
        return self.data / "run"

    @property
    def clients(self) -> Path:
        """One lock file for each desktop or command line that uses the embedded platform."""
        return self.run / "clients"

    @property
    def sessions(self) -> Path:
        """One lock file for each program that works in this folder, named after its session."""
        return self.run / "sessions"

    @property
    def launch_lock(self) -> Path:
        """Held while the embedded platform is being started, so that two starters make one platform."""
        return self.run / "launch.lock"

    @property
    def access_file(self) -> Path:
        """How to reach the running platform and its token; readable by its owner alone."""
        return self.run / "access.json"

    @property
    def ready_file(self) -> Path:
        """Written by the platform when it listens."""
        return self.run / "ready.json"

    @property
    def socket(self) -> Path:
        """The platform's Unix socket; among the temporary files where the data folder's path is too long."""
        beside = self.run / "platform.sock"
        if len(os.fsencode(beside)) <= _LONGEST_SOCKET_PATH:
            return beside
        digest = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]
        private = Path(tempfile.gettempdir()) / f"vernissage-{_owner()}-{digest}"
        private.mkdir(mode=0o700, exist_ok=True)
        if hasattr(os, "getuid") and private.stat().st_uid != os.getuid():
            raise DataFolderError(f"{private} belongs to somebody else. Choose a shorter data folder with --data-dir.")
        return private / "platform.sock"

    def make(self) -> None:
        """Create the folders; raises DataFolderError when the data folder cannot be written."""
        try:
            for folder in (self.platform, self.renditions, self.logs, self.clients):
                folder.mkdir(parents=True, exist_ok=True)
            probe = self.run / f"probe-{os.getpid()}"
            probe.write_bytes(b"vernissage")
            probe.unlink()
        except OSError as error:
            raise DataFolderError(
                f"Vernissage cannot write to its data folder {self.data} ({error.strerror}). Nothing was changed. "
                "Make the folder writable or free some space, or choose another with --data-dir."
            ) from error


def checked_address(url: str) -> str:
    """A platform's address without a closing slash; raises ValueError in words."""
    parts = urlsplit(url)
    local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.query or parts.username:
        raise ValueError(f"{url!r} is no address of a platform; one looks like https://vernissage.example.org")
    if parts.scheme == "http" and not local:
        raise ValueError(f"{url!r} is not encrypted; use https")
    return url.rstrip("/")


def _owner() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")
