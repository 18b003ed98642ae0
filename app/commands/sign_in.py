"""`vernissage sign-in URL` and `sign-out URL`: keep what proves who you are to a team's platform, or forget it."""

import argparse
import sys
from collections.abc import Callable

from app.models.keys import KeyStoreError
from app.places import DataFolderError, Places, checked_address
from app.platform.process import PlatformStartError
from app.platform.team import TeamPlatform


def add_sign_in_command(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("url", metavar="URL", help="the platform, e.g. https://vernissage.example.org")
    parser.set_defaults(command=_sign_in)


def add_sign_out_command(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("url", metavar="URL", help="the platform to leave")
    parser.set_defaults(command=_sign_out)


def _sign_in(options: argparse.Namespace) -> int:
    def work(address: str) -> str:
        _platform(options, address).sign_in(_code())
        return f"Signed in. Work there with `vernissage --platform {address}`."

    return _told(options, work)


def _sign_out(options: argparse.Namespace) -> int:
    def work(address: str) -> str:
        _platform(options, address).sign_out()
        return "Signed out. What was done there is kept in this computer's folder for it."

    return _told(options, work)


def _told(options: argparse.Namespace, work: Callable[[str], str]) -> int:
    try:
        print(work(checked_address(options.url)))
    except ValueError as error:
        print(f"vernissage: {error}. Nothing was changed.", file=sys.stderr)
        return 2
    except (PlatformStartError, KeyStoreError, DataFolderError) as error:
        print(f"vernissage: {error}", file=sys.stderr)
        return 1
    return 0


def _platform(options: argparse.Namespace, address: str) -> TeamPlatform:
    places = Places.at(options.data_dir, address)
    places.make()
    return TeamPlatform(places, {})


def _code() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    import getpass  # a terminal would show the code

    return getpass.getpass("Code from your administrator, or service key: ").strip()
