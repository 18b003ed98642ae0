"""Commands of those who run a platform: backup, restore, drill."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from platform_service.errors import Refused, ServiceError
from platform_service.operations import backup

URL = "VERNISSAGE_BACKUP_URL"


def run_command(arguments: Sequence[str]) -> int:
    """Run one command; gives the exit code: 0 done, 1 it could not be done."""
    parser = argparse.ArgumentParser("platform_service", description=__doc__)
    parser.add_argument("command", choices=("backup", "restore", "drill"))
    parser.add_argument("folder", type=Path, help="the backup's folder; a new one for `backup`")
    given = parser.parse_args(arguments)
    done = {"backup": backup.back_up, "restore": backup.restore, "drill": backup.drill}[given.command]
    try:
        print(json.dumps({given.command: str(given.folder), **backup.told(done(_url(), given.folder))}))
    except ServiceError as error:
        print(" ".join(part for part in (error.what, error.kept, error.advice) if part), file=sys.stderr)
        return 1
    return 0


def _url() -> str:
    url = os.environ.get(URL, "")
    if not url:
        raise Refused(
            f"The environment variable {URL} is not set.", "Nothing was changed.",
            "Set it to the database's address with a role that stands above the tenants' policies.",
        )  # fmt: skip
    return url
