"""The worker program of a team's platform: `python -m platform_service worker --team team.toml --data CACHE`."""

import argparse
import asyncio
import contextlib
import logging
import os
import signal
import socket
import uuid
from pathlib import Path

from agent.running.checkpoints_postgres import tenant_address
from platform_service.compose_team import compose_team
from platform_service.operations.logs import configure
from platform_service.platform import Platform
from platform_service.quiet import keep_secrets
from platform_service.runs.agents import Agents
from platform_service.runs.import_jobs import ImportJobs
from platform_service.runs.queues import HOSTED_RUN, IMPORT, Queues
from platform_service.runs.runner import Runner
from platform_service.runs.team_models import WorkerModels, keys_of
from platform_service.runs.watch import Watch
from platform_service.settings import Settings
from platform_service.sql.migrate_postgres import require_current
from platform_service.team_settings import TeamSettings, read_team_settings

log = logging.getLogger(__name__)
DRAIN_S = 10.0
ENDED_KEPT_DAYS, SWEEP_EVERY_S = 30.0, 3_600.0


def work(given: argparse.Namespace) -> int:
    """Run until told to end; gives the exit code. Raises ServiceError."""
    configure()
    keep_secrets()
    team = read_team_settings(given.team)
    require_current(team.database_url)
    settings = Settings(given.data.absolute(), "", by_meaning=not given.words_only)
    settings.data_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    asyncio.run(_run(settings, team, given.ready_file))
    return 0


async def _run(settings: Settings, team: TeamSettings, ready_file: Path | None) -> None:
    platform = compose_team(settings, team)
    try:
        assert platform.check is not None
        await platform.check()
        await _work(platform, team, ready_file)
    finally:
        await platform.close()


async def _work(platform: Platform, team: TeamSettings, ready_file: Path | None) -> None:
    name = f"{socket.gethostname()[:40]}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
    models = None if team.models is None else WorkerModels(team.models, keys_of(team.models))
    agents = Agents(lambda tenant: tenant_address(team.database_url, tenant), platform.meaning, models)
    runner = Runner(platform.tenancy, agents, name, platform.live.run_happened)
    imports = ImportJobs(platform.tenancy)
    queues = Queues(team.database_url, name, {HOSTED_RUN: runner.carry_out, IMPORT: imports.carry_out})
    watch = Watch(team.database_url, queues)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await asyncio.to_thread(watch.hold)
    looking = asyncio.create_task(watch.go_on(), name="look after workers")
    beside = [looking, asyncio.create_task(_keep_swept(queues), name="sweep the queue")]
    if models is not None:
        beside.append(asyncio.create_task(models.prepare(), name="language models"))
    try:
        await queues.open()
        log.info("worker %s takes runs", name)
        if ready_file is not None:
            await asyncio.to_thread(ready_file.write_text, name, "utf-8")
        await stop.wait()
    finally:
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
        await queues.close(DRAIN_S)
        watch.close()
        await agents.close()
        if ready_file is not None:
            with contextlib.suppress(OSError):
                await asyncio.to_thread(ready_file.unlink)


async def _keep_swept(queues: Queues) -> None:
    """Delete what ended long ago from the queue's tables, a part every hour."""
    while True:
        await asyncio.sleep(SWEEP_EVERY_S)
        try:
            await asyncio.to_thread(queues.forget_ended, ENDED_KEPT_DAYS)
        except Exception:
            log.exception("the queue could not be swept; it is tried again in an hour")
