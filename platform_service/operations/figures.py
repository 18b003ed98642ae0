"""The figures that Prometheus reads; labels are routes and statuses, never tenants, people or words."""

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from platform_service.operations.readiness import Probes

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Figures:
    """Counts for one process, in a registry of its own."""

    media_type = CONTENT_TYPE_LATEST

    def __init__(self, probes: Probes, version: str) -> None:
        self._registry = CollectorRegistry()
        self._probes = probes
        made = {"registry": self._registry, "namespace": "vernissage"}
        self._requests = Counter("requests", "Requests answered.", ("method", "route", "status"), **made)  # type: ignore[arg-type]
        self._seconds = Histogram("request_seconds", "Time to answer.", ("route",), buckets=SECONDS, **made)  # type: ignore[arg-type]
        self._under_way = Gauge("requests_under_way", "Requests being answered.", **made)  # type: ignore[arg-type]
        self._sockets = Gauge("live_sockets", "Live sockets that are open.", **made)  # type: ignore[arg-type]
        self._stores = Gauge("store_ready", "1 where a store answers.", ("store",), **made)  # type: ignore[arg-type]
        Gauge("build", "The program's version.", ("version",), **made).labels(version).set(1)  # type: ignore[arg-type]
        ProcessCollector(registry=self._registry)

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """A request is being answered."""
        with self._under_way.track_inprogress():
            yield

    @contextmanager
    def open_socket(self) -> Iterator[None]:
        """A live socket is open."""
        with self._sockets.track_inprogress():
            yield

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """A request was answered."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    async def page(self) -> bytes:
        """All figures as Prometheus reads them; the stores are asked for it."""
        for store, state in (await self._probes.readiness()).stores.items():
            self._stores.labels(store).set(float(state == "ready"))
        return generate_latest(self._registry)
