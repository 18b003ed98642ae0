"""`vernissage sign-in URL`: keep what proves who you are to a team's platform, in the system's key store."""

import argparse
import sys

from app.model_keys import KeyStoreError
from app.places import checked_address
from app.platform_process import PlatformStartError
from app.team_platform import TeamPlatform


def add_sign_in_command(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("url", metavar="URL", help="the platform, e.g. https://vernissage.example.org")
    parser.set_defaults(command=_sign_in)


def _sign_in(options: argparse.Namespace) -> int:
    try:
        address = checked_address(options.url)
        if sys.stdin.isatty():
            import getpass  # a terminal would show the code

            code = getpass.getpass("Code from your administrator, or service key: ").strip()
        else:
            code = sys.stdin.readline().strip()
        TeamPlatform(address, {}).sign_in(code)
    except ValueError as error:
        print(f"vernissage: {error}. Nothing was changed.", file=sys.stderr)
        return 2
    except (PlatformStartError, KeyStoreError) as error:
        print(f"vernissage: {error}", file=sys.stderr)
        return 1
    print(f"Signed in. Work there with `vernissage --platform {address}`.")
    return 0
