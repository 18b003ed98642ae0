"""Ports that are asked again when a failure may pass: with back-off and jitter, a few times, never what is final."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt, wait_exponential_jitter

from agent.ports.errors import PortError
from agent.ports.library import Asset, Facets, Library, Query, SearchResult
from agent.ports.projects import Canvas, Feedback, Project, Projects, RunRecord

T = TypeVar("T")

ATTEMPTS = 4
FIRST_WAIT_S = 0.1
LONGEST_WAIT_S = 1.5

OnRetry = Callable[[int, str], None]
"""Told the number of the attempt that follows, and why."""


def may_pass(error: BaseException) -> bool:
    """Whether the same call may succeed a moment later."""
    if isinstance(error, PortError):
        return error.transient
    return isinstance(error, TimeoutError | ConnectionError)


async def patiently(call: Callable[[], Awaitable[T]], on_retry: OnRetry, attempts: int | None = None) -> T:
    """The call's answer, asked up to four times (or `attempts`); the last failure is raised as it is."""

    def tell(state: RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        on_retry(state.attempt_number + 1, str(error))

    retrying = AsyncRetrying(
        retry=retry_if_exception(may_pass),
        stop=stop_after_attempt(attempts or ATTEMPTS),
        wait=wait_exponential_jitter(multiplier=FIRST_WAIT_S, max=LONGEST_WAIT_S, jitter=FIRST_WAIT_S),
        before_sleep=tell,
        reraise=True,
    )
    async for attempt in retrying:
        with attempt:
            return await call()
    raise AssertionError("unreachable: the last attempt re-raises")


class PatientLibrary:
    """A library whose calls are patient."""

    def __init__(self, library: Library, on_retry: OnRetry) -> None:
        self._library = library
        self._on_retry = on_retry

    async def search(self, query: Query) -> SearchResult:
        """Find assets."""
        return await patiently(lambda: self._library.search(query), self._on_retry)

    async def assets(self, ids: tuple[str, ...]) -> tuple[Asset, ...]:
        """The assets of these ids."""
        return await patiently(lambda: self._library.assets(ids), self._on_retry)

    async def facets(self) -> Facets:
        """Counts of what there is."""
        return await patiently(self._library.facets, self._on_retry)

    async def features(self, ids: tuple[str, ...]) -> NDArray[np.float32]:
        """Feature vectors."""
        return await patiently(lambda: self._library.features(ids), self._on_retry)


class PatientProjects:
    """Projects whose calls are patient; a write goes out again with the same key, so it has one effect."""

    def __init__(self, projects: Projects, on_retry: OnRetry) -> None:
        self._projects = projects
        self._on_retry = on_retry

    async def projects(self) -> tuple[Project, ...]:
        """All projects."""
        return await patiently(self._projects.projects, self._on_retry)

    async def create_project(self, name: str, key: str) -> Project:
        """A new project."""
        return await patiently(lambda: self._projects.create_project(name, key), self._on_retry)

    async def canvases(self, project_id: str) -> tuple[Canvas, ...]:
        """The canvases of a project."""
        return await patiently(lambda: self._projects.canvases(project_id), self._on_retry)

    async def save_canvas(self, canvas: Canvas, key: str) -> Canvas:
        """Create or replace a canvas."""
        return await patiently(lambda: self._projects.save_canvas(canvas, key), self._on_retry)

    async def save_run(self, run: RunRecord, key: str) -> None:
        """Keep a run."""
        await patiently(lambda: self._projects.save_run(run, key), self._on_retry)

    async def give_feedback(self, feedback: Feedback, key: str) -> None:
        """Keep what the creator thought."""
        await patiently(lambda: self._projects.give_feedback(feedback, key), self._on_retry)
