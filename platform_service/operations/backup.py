"""Backups of a shared database: a dump and what must be in it, both of one moment; a drill restores and compares."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from pydantic import BaseModel, ValidationError

from platform_service.errors import Refused, ServiceError
from platform_service.sql.database import now
from platform_service.sql.migrate import refuse_unknown
from platform_service.sql.money_tables import metadata

DUMP, MANIFEST = "database.dump", "manifest.json"
ENVIRONMENT = {
    "host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
}  # fmt: skip
NOTHING = "Nothing was changed."


class BackupFails(ServiceError):
    """A backup could not be made, or does not hold what it should."""

    title, kind = "The backup cannot be used", "backup-fails"


class Manifest(BaseModel):
    """What a backup holds, as it was counted in the very moment that was dumped."""

    taken: str
    schema_revision: str
    sha256: str
    rows: dict[str, dict[str, int]]
    """How many rows each tenant has in each table that has any."""
    audit_heads: dict[str, str]
    """The seal that each tenant's audit log ended with."""


@dataclass(frozen=True)
class Content:
    """What a database holds."""

    revision: str
    rows: dict[str, dict[str, int]]
    audit_heads: dict[str, str]


def back_up(url: str, folder: Path) -> Manifest:
    """Write a backup into a new folder; `url` is of a role that stands above the tenants' policies."""
    if folder.exists():
        raise Refused(f"{folder} is there already.", NOTHING, "Name a new folder.")
    staged = folder.with_name(f".{folder.name}.{os.getpid()}")
    staged.mkdir(parents=True, mode=0o700)
    try:
        with _connected(url) as connection, connection.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            snapshot = str(_one(connection, "SELECT pg_export_snapshot()"))
            found = content(connection)
            _run(url, "pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={staged / DUMP}")
        made = Manifest(
            taken=now(), schema_revision=found.revision, sha256=_digest(staged / DUMP), rows=found.rows,
            audit_heads=found.audit_heads,
        )  # fmt: skip
        (staged / MANIFEST).write_text(made.model_dump_json(indent=1) + "\n", "utf-8")
        os.replace(staged, folder)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return made


def restore(url: str, folder: Path) -> Manifest:
    """Fill an empty database from a backup, all or nothing, and hold it against the manifest."""
    made = read_manifest(folder)
    refuse_unknown(made.schema_revision, "backup")
    with _connected(url) as connection:
        if _one(connection, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"):
            raise Refused("The database is not empty.", NOTHING, "Restore into a new database.")
    _run(url, "pg_restore", "--exit-on-error", "--single-transaction", "--dbname=", str(folder / DUMP))
    with _connected(url) as connection:
        wrong = differences(made, content(connection))
    if wrong:
        raise BackupFails(f"The restored database is not what was backed up: {wrong[0]}.", "The backup is as it was.")
    return made


def drill(url: str, folder: Path) -> Manifest:
    """Restore a backup into a database of its own on the server of `url`, compare, and drop it again."""
    name = f"vernissage_drill_{uuid.uuid4().hex[:12]}"
    with _connected(url) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        try:
            return restore(make_conninfo(url, dbname=name), folder)
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a whole backup; raises BackupFails."""
    try:
        made = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
        digest = _digest(folder / DUMP)
    except (OSError, ValidationError) as error:
        raise BackupFails(f"{folder} is no whole backup.", NOTHING, "Use another backup.") from error
    if digest != made.sha256:
        raise BackupFails(
            f"{folder / DUMP} is not as it was written.", NOTHING, "Use another backup; keep this one to look at."
        )
    return made


def differences(made: Manifest, found: Content) -> list[str]:
    """In what a database differs from a backup's manifest."""
    wrong = []
    if found.revision != made.schema_revision:
        wrong.append(f"the schema is {found.revision}, not {made.schema_revision}")
    for tenant in sorted(made.rows.keys() | found.rows.keys()):
        if made.rows.get(tenant) != found.rows.get(tenant):
            wrong.append(f"{tenant} has other rows: {json.dumps(found.rows.get(tenant, {}), sort_keys=True)}")
    if found.audit_heads != made.audit_heads:
        wrong.append("the audit logs end otherwise")
    return wrong


def content(connection: "psycopg.Connection[Any]") -> Content:
    """What is in a database, by tenant and table."""
    rows: dict[str, dict[str, int]] = {}
    tables = {table.name: table for table in metadata.sorted_tables}
    for name, table in sorted(tables.items()):
        column = "tenant" if "tenant" in table.c else "id"
        query = sql.SQL("SELECT {0}, count(*) FROM {1} GROUP BY {0}").format(
            sql.Identifier(column), sql.Identifier(name)
        )
        for tenant, count in connection.execute(query):
            rows.setdefault(str(tenant), {})[name] = int(count)
    heads = {str(tenant): str(seal) for tenant, seal in connection.execute("SELECT tenant, seal FROM audit_heads")}
    return Content(str(_one(connection, "SELECT version_num FROM alembic_version")), rows, heads)


@contextmanager
def _connected(url: str) -> "Iterator[psycopg.Connection[Any]]":
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=5) as connection:
            connection.execute("SET row_security = off")  # a role below the policies is told so instead of seeing less
            yield connection
    except psycopg.Error as error:
        told = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise BackupFails(f"The database said: {told}", NOTHING, "The role has to stand above the policies.") from error


def _one(connection: "psycopg.Connection[Any]", query: str) -> object:
    row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row[0]


def _run(url: str, program: str, *arguments: str) -> None:
    given = conninfo_to_dict(url)
    environment = {
        **os.environ,
        **{ENVIRONMENT[name]: str(value) for name, value in given.items() if name in ENVIRONMENT},
    }
    command = [str(_program(program)), *(f"{one}{given['dbname']}" if one == "--dbname=" else one for one in arguments)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        told = re.sub(r"\s+", " ", done.stderr.strip())[:400]
        raise BackupFails(f"{program} failed: {told}", "The database is as it was.")


def _program(name: str) -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which(name)
    if not found and on_path is None:
        raise BackupFails(f"{name} is not installed.", NOTHING, "Install PostgreSQL's client programs.")
    return found[-1] if found else Path(str(on_path))


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def told(made: Manifest) -> Mapping[str, object]:
    """A backup in a line."""
    rows = sum(sum(tables.values()) for tables in made.rows.values())
    return {"taken": made.taken, "schema": made.schema_revision, "tenants": len(made.rows), "rows": rows}
