"""`python -m platform_service.local_team`: the team's set-up on one machine, until Ctrl+C; `--invite` adds people."""

import argparse
import sys
from pathlib import Path

from platform_service.errors import ServiceError
from platform_service.identity.caller import ROLES
from platform_service.local_team.layout import Layout
from platform_service.local_team.people import end, invite
from platform_service.local_team.run import run


def main() -> int:
    """Run it; gives 0, or 1 when it could not be started."""
    parser = argparse.ArgumentParser("local_team", description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("build/team"), help="where everything is kept")
    parser.add_argument("--port", type=int, default=0, help="the proxy's port of loopback; 0 keeps the last one")
    parser.add_argument("--words-only", action="store_true", help="do not load the sentence embedding")
    parser.add_argument(
        "--invite", metavar="ID", help="enter a person of the set-up that runs, and print a code for them"
    )
    parser.add_argument("--end", metavar="ID", help="take a person's access to the set-up that runs back")
    parser.add_argument("--name", default="", help="how the person is called")
    parser.add_argument("--role", choices=ROLES, default="creator", help="what the person may do; creator if not given")
    given = parser.parse_args()
    try:
        if given.invite:
            print(invite(Layout(given.folder.absolute()), given.invite, given.name, given.role))
            return 0
        if given.end:
            end(Layout(given.folder.absolute()), given.end)
            return 0
        return run(given.folder.absolute(), given.port, by_meaning=not given.words_only)
    except ServiceError as error:
        print(" ".join(part for part in (error.what, error.kept, error.advice) if part), file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
