"""A person who is erased has left no trace in any table, store, queue, index or file, but where the receipt says so."""

import re
from pathlib import Path

import psycopg
import pytest
import redis
from sqlalchemy import update

from platform_service.operations.retention import days_ago, sweep
from platform_service.sql import events
from platform_service.sql.team_tables import events as table
from tests.platform_service.conftest import until
from tests.platform_service.runs.conftest import Hosted
from tests.platform_service.runs.test_uploads import Sender, pictures_of

WHO, WORDS = "noraxq", "vermilionxq"
STAYS = {"audit"}
"""Lines that bear the id and nothing else; the receipt says so."""
TABLES = (
    "SELECT format('%I.%I', table_schema, table_name) || ' ' || string_agg(CASE data_type WHEN 'bytea' THEN "
    "format('encode(%I, ''escape'')', column_name) ELSE format('%I::text', column_name) END, ', ') "
    "FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name) "
    "WHERE table_schema IN ('public', 'dbos') AND table_type = 'BASE TABLE' GROUP BY table_schema, table_name"
)


def traces(hosted: Hosted) -> dict[str, str]:
    """Where the person's id or words stand: tables, keys of Redis, files; with the place found."""
    team, found = hosted.team, {}
    for line in _lines(hosted, TABLES):
        table, _, columns = line.strip().partition(" ")
        query = f"SELECT concat_ws(' ', {columns}) FROM {table} WHERE concat_ws(' ', {columns}) ~* '{WHO}|{WORDS}'"
        rows = "\n".join(_lines(hosted, query))
        if rows:
            found[table] = rows[:300]
    client = redis.Redis.from_url(hosted.redis_url)
    for key in client.scan_iter("*"):
        value = client.get(key) if client.type(key) == b"string" else b""
        if re.search(f"{WHO}|{WORDS}".encode(), key + (value or b""), re.IGNORECASE):
            found[f"redis {key!r}"] = str(value)[:300]
    client.close()
    for file in team.service.folder.rglob("*"):
        if file.is_file() and file.name != "log" and re.search(f"{WHO}|{WORDS}".encode(), _read(file)):
            found[str(file.relative_to(team.service.folder))] = ""
    return found


def _lines(hosted: Hosted, query: str) -> list[str]:
    """One text of each row, as the cluster's superuser sees it, whom no policy binds."""
    team = hosted.team
    with psycopg.connect(team.postgres.url(team.database, "postgres"), autocommit=True) as connection:
        return [str(row[0]) for row in connection.execute(query).fetchall()]


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


@pytest.fixture(scope="module")
def left(hosted: Hosted, paint, tmp_path_factory):
    """A tenant in which somebody asked, uploaded, wrote down and saved; the token and the runs."""
    hosted.join("leaving")
    admin = hosted.tokens["leaving"]
    token = hosted.tokens["of-nora"] = hosted.member("leaving", WHO, "curator")
    worker = hosted.start_worker()
    sender = Sender(hosted, token, pictures_of(paint, tmp_path_factory.mktemp("hers"), 400, 3))
    sender.files = {f"{WORDS}/{n}.jpg": content for n, content in enumerate(sender.files.values())}
    started = hosted.team.write(
        token,
        "POST",
        "/v1/uploads",
        {"folder": WORDS, "files": [{**one, "name": f"Hers/{n}.jpg"} for n, one in enumerate(sender.offered())]},
    ).json()
    sender.send_all(started)
    sender.complete(started["id"])
    until(lambda: sender.progress(started["id"])["state"] == "done")
    project = hosted.project("of-nora")
    run_id = hosted.post("of-nora", project, f"hang 2 works of {WORDS}")
    hosted.ended("of-nora", run_id)
    own: dict[str, object] = {
        "id": "her-own-run",
        "project_id": project,
        "request": f"less {WORDS}",
        "outcome": "approved",
    }
    own["workflow"] = {"steps": [{"tool": "search", "arguments": {"words": WORDS}}]}
    write = hosted.team.write
    assert write(token, "PUT", "/v1/runs/her-own-run", own).is_success
    assert write(
        token, "POST", "/v1/feedback", {"run_id": "her-own-run", "verdict": "approved", "reason": WORDS}
    ).is_success
    assert write(token, "PUT", "/v1/context/memory/note", {"text": WORDS}).is_success
    assert write(token, "POST", "/v1/context/sessions/s/turns", {"by": "creator", "text": WORDS}).is_success
    yield admin, token, run_id
    worker.kill()


def test_nothing_is_found_of_an_erased_person_but_what_the_receipt_names(hosted, left):
    admin, _, run_id = left
    before = traces(hosted)
    for place in (
        "public.events",
        "public.runs",
        "public.imports",
        "public.context",
        "public.idempotency",
        "public.users",
    ):
        assert place in before, f"the search would not find it in {place}"
    assert run_id in str(_lines(hosted, "SELECT workflow_uuid FROM dbos.workflow_status"))
    exported = hosted.team.get(admin, f"/v1/identity/users/{WHO}/export").json()
    assert WORDS in str(exported["runs"])
    answer = hosted.team.write(admin, "POST", f"/v1/identity/users/{WHO}/erasure")
    assert answer.status_code == 201, answer.text
    counts = answer.json()["counts"]
    assert (counts["hosted_runs"], counts["imports"], counts["runs_made_nameless"]) == (1, 1, 2)
    assert counts["run_events"] > 4
    after = {place: rows for place, rows in traces(hosted).items() if place.rpartition(".")[2] not in STAYS}
    receipt_of_it = after.pop("public.idempotency", WHO)
    assert WORDS not in receipt_of_it, "only the receipt of the erasure itself names the id"
    assert after == {}
    queue = str(_lines(hosted, "SELECT workflow_uuid FROM dbos.workflow_status"))
    assert run_id not in queue
    assert hosted.team.get(admin, f"/v1/runs/{run_id}").status_code == 404
    usage = hosted.team.get(admin, "/v1/usage").json()
    assert usage["runs"] == 2, "what was done is still counted, without words"
    assert hosted.team.get(admin, "/v1/audit/report").json()["broken"] == []


async def test_what_happened_in_old_runs_is_swept_and_young_ones_stay(store):
    async with store.of("ours").writing() as transaction:
        for run_id in ("old", "week", "new"):
            for stream, kind in ((f"run:{run_id}", "posted"), (f"kept:{run_id}", "step"), (f"run:{run_id}", "ended")):
                await events.append(transaction, stream, kind, {})
    async with store.of("ours").writing() as transaction:
        for run_id, days in (("old", 366), ("week", 8)):
            where = table.c.stream.in_((f"run:{run_id}", f"kept:{run_id}"))
            await transaction.execute(update(table).where(where).values(created=days_ago(days)))
        gone = await sweep(transaction, runs_too=True)
        left = [
            len(await events.after(transaction, stream, 0, 9))
            for stream in ("run:week", "kept:week", "run:new", "kept:new")
        ]
    assert (gone["run_events"], left) == (4, [2, 0, 2, 1])
