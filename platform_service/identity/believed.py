"""Who was looked up in SQL lately is believed for a while, on every replica until one of them takes something back."""

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from platform_service.identity.caller import Caller

TOLD_S, ALONE_S = 15.0, 2.0
"""So long is believed what was looked up: while this replica hears of what is taken back, and while it may not."""
MOST = 2_000

Watcher = Callable[[], None]


class Believed:
    """Callers by what proves them, tenant by tenant."""

    def __init__(self, *, is_shared: bool = False) -> None:
        """`is_shared`: other replicas take back, too, and have to be heard."""
        self._is_told = not is_shared
        self._known: dict[str, OrderedDict[str, tuple[float, Caller]]] = {}
        self._turn = 0
        self._watchers: dict[str, set[Watcher]] = {}

    @property
    def good_for_s(self) -> float:
        """So old may be what was looked up."""
        return TOLD_S if self._is_told else ALONE_S

    async def caller(self, tenant: str, proof: str, look_up: Callable[[], Awaitable[Caller]]) -> Caller:
        """The caller whom `look_up` finds, asked again once that is too old."""
        looked_s, known = self._known.get(tenant, OrderedDict()).get(proof, (float("-inf"), None))
        if known is not None and time.monotonic() - looked_s < self.good_for_s:
            return known
        turn, asked_s = self._turn, time.monotonic()
        found = await look_up()
        if turn == self._turn:  # or something was taken back while SQL was asked
            self._keep(tenant, proof, asked_s, found)
        return found

    def forget(self, tenant: str) -> None:
        """Something was taken back in a tenant: everyone of it is looked up again, and open sockets at once."""
        self._turn += 1
        self._known.pop(tenant, None)
        for watcher in list(self._watchers.get(tenant, ())):
            watcher()

    def hears(self, is_told: bool) -> None:
        """Whether the other replicas are heard from now on; what they said until then is not known."""
        self._is_told = is_told
        if is_told:
            for tenant in {*self._known, *self._watchers}:
                self.forget(tenant)

    def watch(self, tenant: str, watcher: Watcher) -> None:
        """Call this when something is taken back in a tenant."""
        self._watchers.setdefault(tenant, set()).add(watcher)

    def leave(self, tenant: str, watcher: Watcher) -> None:
        """Call it no more."""
        watchers = self._watchers.get(tenant, set())
        watchers.discard(watcher)
        if not watchers:
            self._watchers.pop(tenant, None)

    def _keep(self, tenant: str, proof: str, looked_s: float, caller: Caller) -> None:
        known = self._known.setdefault(tenant, OrderedDict())
        known[proof] = (looked_s, caller)
        known.move_to_end(proof)
        if len(known) > MOST:
            known.popitem(last=False)
