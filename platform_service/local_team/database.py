"""The database of a local set-up: a cluster, two roles, the schema, the tenant with its first person and key."""

import pwd
import shutil
import subprocess
import time
import uuid

import psycopg
from psycopg import sql

from platform_service.audit_log import AuditLog
from platform_service.errors import ServiceError
from platform_service.identity.believed import Believed
from platform_service.identity.secrets import Secrets
from platform_service.identity.service_keys import ServiceKeys
from platform_service.identity.sign_in import SignIns
from platform_service.identity.tokens import Tokens
from platform_service.local_team.layout import (
    DATABASE,
    OWNER,
    SERVICE,
    TENANT,
    USER,
    CannotSetUp,
    Layout,
    database_user,
    postgres_programs,
)
from platform_service.sql import people, tenants
from platform_service.sql.migrate_postgres import bring_up_to_date
from platform_service.sql.postgres import PostgresDatabase

START_S = 60.0


def make_cluster(layout: Layout) -> None:
    """Make PostgreSQL's files where there are none."""
    if (layout.cluster / "PG_VERSION").exists():
        return
    user = database_user()
    password = layout.database_socket / "password"
    password.write_text(layout.secret("postgres"), "utf-8")
    password.chmod(0o600)
    if user:
        shutil.chown(password, user, _group(user))
    command = [str(postgres_programs(layout.cluster) / "initdb"), "-D", str(layout.cluster), "-U", "postgres"]
    command += ["-A", "scram-sha-256", f"--pwfile={password}", "--locale=C.UTF-8", "--encoding=UTF8"]
    as_user = ["setpriv", f"--reuid={user}", f"--regid={_group(user)}", "--clear-groups"] if user else []
    try:
        done = subprocess.run([*as_user, *command], capture_output=True, text=True, cwd="/", check=False)
    finally:
        password.unlink()
    if done.returncode != 0:
        told = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise CannotSetUp(
            f"PostgreSQL could not make its files: {told}", "Nothing was started.",
            "Its folder must be reachable by the user that PostgreSQL runs as; choose another --folder.",
        )  # fmt: skip


def prepare(layout: Layout) -> None:
    """Roles, database and schema as this program needs them; what is there already stays."""
    with _connected(layout) as connection:
        for role in (OWNER, SERVICE):
            there = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone()
            statement = "ALTER ROLE {} LOGIN PASSWORD {}" if there else "CREATE ROLE {} LOGIN PASSWORD {}"
            connection.execute(sql.SQL(statement).format(sql.Identifier(role), sql.Literal(layout.secret(role))))
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,)).fetchone() is None:
            made = "CREATE DATABASE {} OWNER {} TEMPLATE template0"
            connection.execute(sql.SQL(made).format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))
    with psycopg.connect(_superuser(layout, DATABASE), autocommit=True) as connection:
        connection.execute(sql.SQL("ALTER SCHEMA public OWNER TO {}").format(sql.Identifier(OWNER)))
    bring_up_to_date(layout.database_url(OWNER), SERVICE)


async def register(layout: Layout) -> None:
    """The tenant, its first person and a machine's key; made once, and kept in files of the set-up."""
    names = ("sign-in.code", "service.key")
    if all((layout.secrets / name).exists() for name in names):
        return
    secrets = Secrets.read(layout.secrets / "platform")
    database = PostgresDatabase(layout.database_url(SERVICE), connections=1)
    sign_ins, keys = (
        SignIns(database, secrets, Tokens(secrets), AuditLog(secrets)),
        ServiceKeys(database, secrets, Believed()),
    )
    try:
        async with database.writing(TENANT) as transaction:
            if not await tenants.is_there(transaction):
                await tenants.create(transaction, TENANT)
            await people.put_user(transaction, USER, USER, "admin", "active")
            invited = await sign_ins.invite(transaction, USER)
            key_id = uuid.uuid4().hex
            secret = keys.secret(TENANT, key_id)
            await people.add_key(transaction, key_id, "local set-up", "admin", secret, None)
    finally:
        await database.close()
    layout.keep(names[0], sign_ins.code(TENANT, invited))
    layout.keep(names[1], keys.spelled(TENANT, key_id))


def _connected(layout: Layout) -> "psycopg.Connection[tuple[object, ...]]":
    """A connection as the superuser, as soon as the cluster answers."""
    deadline_s = time.monotonic() + START_S
    while True:
        try:
            return psycopg.connect(_superuser(layout, "postgres"), autocommit=True, connect_timeout=2)
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline_s:
                raise _away(error) from error
            time.sleep(0.1)


def _away(error: psycopg.OperationalError) -> ServiceError:
    told = (str(error).strip().splitlines() or ["no reason given"])[-1]
    return CannotSetUp(f"PostgreSQL does not answer: {told}", "The data was not touched.", "Look at logs/postgres.log.")


def _superuser(layout: Layout, database: str) -> str:
    return f"postgresql://postgres:{layout.secret('postgres')}@/{database}?host={layout.database_socket}"


def _group(user: str) -> int:
    return pwd.getpwnam(user).pw_gid
