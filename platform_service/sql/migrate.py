"""Bringing a database to the schema of this program; one of a newer program is left alone."""

import sqlite3
from pathlib import Path
from typing import Any

from platform_service.errors import NewerSchema
from platform_service.sql.sqlite import disk_errors_told

KNOWN = ("0001", "0002", "0003", "0004")
HEAD = KNOWN[-1]


def revision(file: Path) -> str | None:
    """The schema revision of a database file, read without touching it; None when there is none yet."""
    if not file.is_file() or file.stat().st_size == 0:
        return None
    with disk_errors_told("The file was not touched."):
        connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError as error:
            if "no such table" not in str(error):
                raise
            return None
        finally:
            connection.close()
    return str(row[0]) if row else None


def bring_up_to_date(file: Path) -> None:
    """Create or migrate the file; raises NewerSchema, without a byte changed, when it is not one of ours."""
    found = revision(file)
    if found == HEAD:
        return
    refuse_unknown(found, "library")
    with disk_errors_told("The file is as it was."):
        upgrade(f"sqlite:///{file}")


def refuse_unknown(found: str | None, what: str) -> None:
    """Raise NewerSchema for a revision that this program has never heard of."""
    if found is not None and found not in KNOWN:
        raise NewerSchema(
            f"This {what} has schema {found}; this program knows up to {HEAD}.",
            f"The {what} was not touched.",
            "Update the program, or choose another data folder.",
        )


def upgrade(url: str, to: str = HEAD) -> None:
    """Run the revisions that are missing, all of them in one transaction."""
    from alembic import command  # costs a third of a second, and most starts have nothing to migrate
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    attributes: dict[str, Any] = config.attributes
    attributes["url"] = url
    command.upgrade(config, to)
