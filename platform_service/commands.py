"""The service's commands besides serving: migrate a shared database, register a tenant, verify the audit log."""

import argparse
import asyncio
import json
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from platform_service.audit_log import PURPOSE, AuditLog, local_secrets
from platform_service.errors import Refused, ServiceError
from platform_service.identity.caller import LOCAL, ROLES, TENANT_PATTERN
from platform_service.identity.secrets import Secrets
from platform_service.settings import Settings
from platform_service.sql import audit
from platform_service.sql.audit import AuditReport
from platform_service.sql.database import Database
from platform_service.sql.sqlite import SqliteDatabase

DONE, FAILED, BROKEN = 0, 1, 5


def run_command(arguments: Sequence[str]) -> int:
    """Run one command; gives the exit code: 0 done, 1 it could not be done, 5 the audit log is not whole."""
    given = _parser().parse_args(arguments)
    try:
        return int(given.run(given))
    except ServiceError as error:
        print(" ".join(part for part in (error.what, error.kept, error.advice) if part), file=sys.stderr)
        return FAILED


def _migrate(given: argparse.Namespace) -> int:
    from platform_service.sql.migrate_postgres import bring_up_to_date

    url = os.environ.get("VERNISSAGE_OWNER_URL", "")
    if not url:
        raise Refused(
            "The environment variable VERNISSAGE_OWNER_URL is not set.", "Nothing was changed.",
            "Set it to the database's address with the role that owns the tables.",
        )  # fmt: skip
    print(f"The database has schema {bring_up_to_date(url, given.grant_to)}.")
    return DONE


def _tenant(given: argparse.Namespace) -> int:
    if not re.fullmatch(TENANT_PATTERN, given.id):
        raise Refused(f"{given.id!r} is no id of a tenant.", "Nothing was changed.", "Use a-z, 0-9 and hyphens.")
    print(json.dumps(asyncio.run(_registered(given))))
    return DONE


async def _registered(given: argparse.Namespace) -> dict[str, str]:
    """A new tenant with its first person, in one transaction; gives the code that the person signs in with."""
    from platform_service.identity.sign_in import SignIns
    from platform_service.identity.tokens import Tokens
    from platform_service.sql import people, tenants
    from platform_service.sql.postgres import PostgresDatabase
    from platform_service.team_settings import read_team_settings

    team = read_team_settings(given.team)
    secrets = Secrets.read(team.secret_file)
    database: Database = PostgresDatabase(team.database_url, connections=1)
    sign_ins = SignIns(database, secrets, Tokens(secrets), AuditLog(secrets))
    try:
        async with database.writing(given.id) as transaction:
            await tenants.create(transaction, given.name or given.id)
            await people.put_user(transaction, given.user, given.user, given.role, "active")
            invited = await sign_ins.invite(transaction, given.user)
    finally:
        await database.close()
    return {"tenant": given.id, "user": given.user, "refresh_code": sign_ins.code(given.id, invited)}


def _verify(given: argparse.Namespace) -> int:
    report = asyncio.run(_verified(given))
    print(report.model_dump_json(indent=1))
    return DONE if report.is_whole else BROKEN


async def _verified(given: argparse.Namespace) -> AuditReport:
    if given.team is None:
        settings = Settings(given.data.absolute(), "")
        if not settings.database_file.is_file() or not settings.secret_file.is_file():
            raise Refused(f"There is no library in {given.data}.", "Nothing was read.", "Name its folder with --data.")
        secrets = local_secrets(settings.secret_file)
        database: Database = SqliteDatabase(settings.database_file)
    else:
        from platform_service.sql.postgres import PostgresDatabase
        from platform_service.team_settings import read_team_settings

        team = read_team_settings(given.team)
        secrets = Secrets.read(team.secret_file)
        database = PostgresDatabase(team.database_url, connections=1)
    try:
        async with database.reading(given.tenant) as transaction:
            return await audit.verify(transaction, secrets.keys(PURPOSE), given.known_head)
    finally:
        await database.close()


def _work(given: argparse.Namespace) -> int:
    from platform_service.runs.environment import prepare_environment

    prepare_environment()
    from platform_service.runs.worker import work

    return work(given)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("platform_service", description=__doc__)
    commands = parser.add_subparsers(required=True)
    migrate = commands.add_parser("migrate", help="bring the shared database to this program's schema")
    migrate.add_argument("--grant-to", default="", help="the role that the service uses; it gets what it needs")
    migrate.set_defaults(run=_migrate)
    tenant = commands.add_parser("tenant", help="register a tenant").add_subparsers(required=True).add_parser("add")
    tenant.add_argument("id")
    tenant.add_argument("--team", type=Path, required=True, help="the team's TOML file")
    tenant.add_argument("--name", default="")
    tenant.add_argument("--user", required=True, help="id of its first person")
    tenant.add_argument("--role", choices=ROLES, default="admin")
    tenant.set_defaults(run=_tenant)
    worker = commands.add_parser("worker", help="carry out the runs that a team's services queue")
    worker.add_argument("--team", type=Path, required=True, help="the team's TOML file")
    worker.add_argument("--data", type=Path, required=True, help="folder for what may be made again")
    worker.add_argument("--ready-file", type=Path, help="written when the worker takes runs")
    worker.add_argument("--words-only", action="store_true", help="do not load the sentence embedding")
    worker.set_defaults(run=_work)
    verify = commands.add_parser("audit", help="the audit log").add_subparsers(required=True).add_parser("verify")
    where = verify.add_mutually_exclusive_group(required=True)
    where.add_argument("--data", type=Path, help="folder of an embedded library")
    where.add_argument("--team", type=Path, help="the team's TOML file")
    verify.add_argument("--tenant", default=LOCAL)
    verify.add_argument("--known-head", default="", help="a head that was noted before; it must still be in the log")
    verify.set_defaults(run=_verify)
    return parser
