"""`vernissage models`: which language models are configured and how they do, their keys, and one call to try them."""

import argparse
import sys
from collections.abc import Callable

from agent.models.settings import ProviderSettings, variable_of
from agent.money import caps_of
from app.background import BackgroundLoop
from app.models.access import ModelAccess
from app.models.keys import KeyStoreError
from app.models.ledger import Ledger
from app.models.trial import Tested
from app.places import Places

_TEST_PATIENCE_S = 60.0


def add_models_command(parser: argparse.ArgumentParser) -> None:
    """The sub-command's own words."""
    parser.set_defaults(command=_list)
    acts = parser.add_subparsers(metavar="ACT")
    listing = acts.add_parser("list", help="providers, models, where their keys lie and whether they answer")
    listing.add_argument("--test", action="store_true", help="ask each provider that has a key for one word")
    listing.set_defaults(command=_list)
    for name, command, what in (
        ("set-key", _set_key, "read a key from standard input and put it into the system's key store"),
        ("remove-key", _remove_key, "take a key out of the system's key store"),
        ("test", _test, "ask the provider for one word"),
    ):
        act = acts.add_parser(name, help=what)
        act.add_argument("provider", metavar="PROVIDER", help='for example "openai"')
        act.set_defaults(command=command)


class _Desk:
    """The models of one data folder for as long as a command runs."""

    def __init__(self, options: argparse.Namespace) -> None:
        places = Places.at(options.data_dir)
        places.make()
        self.loop = BackgroundLoop()
        self.loop.start()
        self.ledger = Ledger(places.ledger)
        self.models = ModelAccess(places, self.loop, self.ledger)
        self.settings = self.models.settings()
        self.ledger.caps = caps_of(self.settings)
        if self.models.complaint:
            print(f"vernissage: {self.models.complaint}", file=sys.stderr)

    def close(self) -> None:
        self.loop.stop()
        self.ledger.close()


def _list(options: argparse.Namespace) -> int:
    desk = _Desk(options)
    try:
        for provider in desk.settings.providers:
            print(_row(provider, desk))
            if getattr(options, "test", False) and _can_be_asked(provider, desk):
                print(f"      {_in_words(desk.models.test(provider.id).result(_TEST_PATIENCE_S))}")
        if not any(_can_be_asked(provider, desk) for provider in desk.settings.providers):
            print("No language model is configured: requests are read by rules, on this computer, at no cost.")
        return 0
    finally:
        desk.close()


def _row(provider: ProviderSettings, desk: _Desk) -> str:
    where = desk.models.key_lies(provider.id)
    if not provider.enabled:
        state = "switched off"
    elif where:
        state = f"key in the {where}"
    else:
        state = "needs no key" if not provider.needs_key else "no key"
    plan = provider.model("plan", desk.settings.quality) or "no model"
    address = f"  {provider.base_url}" if provider.base_url else ""
    return f"{provider.id:12} {state:22} {plan}{address}"


def _can_be_asked(provider: ProviderSettings, desk: _Desk) -> bool:
    return provider.enabled and (not provider.needs_key or bool(desk.models.key_lies(provider.id)))


def _at_provider(options: argparse.Namespace, act: Callable[[_Desk, str], int]) -> int:
    """Do something with the provider that was named, where there is one."""
    desk = _Desk(options)
    try:
        return act(desk, options.provider) if _is_known(options.provider, desk) else 2
    except KeyStoreError as error:
        print(f"vernissage: {error}", file=sys.stderr)
        return 1
    finally:
        desk.close()


def _set_key(options: argparse.Namespace) -> int:
    def act(desk: _Desk, provider: str) -> int:
        if sys.stdin.isatty():
            import getpass  # a terminal would show the key

            key = getpass.getpass(f"Key of {provider}: ")
        else:
            key = sys.stdin.readline()
        desk.models.keep_key(provider, key)
        print(f"The key of {provider} is in the system's key store.")
        return 0

    return _at_provider(options, act)


def _remove_key(options: argparse.Namespace) -> int:
    def act(desk: _Desk, provider: str) -> int:
        desk.models.forget_key(provider)
        if desk.models.key_lies(provider) == "environment":
            print(f"The key store holds none any more; {variable_of(provider)} is still set and still used.")
        else:
            print(f"There is no key of {provider} any more.")
        return 0

    return _at_provider(options, act)


def _test(options: argparse.Namespace) -> int:
    def act(desk: _Desk, provider: str) -> int:
        tested = desk.models.test(provider).result(_TEST_PATIENCE_S)
        print(f"{provider}: {_in_words(tested)}")
        return 0 if tested.well else 1

    return _at_provider(options, act)


def _is_known(provider_id: str, desk: _Desk) -> bool:
    if desk.settings.provider(provider_id) is not None:
        return True
    known = ", ".join(provider.id for provider in desk.settings.providers) or "none"
    print(f"vernissage: there is no provider {provider_id!r} in the settings; there are {known}.", file=sys.stderr)
    return False


def _in_words(tested: Tested) -> str:
    if not tested.well:
        return f"no answer: {tested.words}"
    cost = "price not known" if tested.micro_usd is None else f"${tested.micro_usd / 1_000_000:.6f}"
    return f"answered “{tested.words}” in {tested.seconds:.1f} s, {cost}"
